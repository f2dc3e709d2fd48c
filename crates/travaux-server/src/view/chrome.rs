//! What stands around every page: the masthead, the time bar, the viewer switch.

use serde::Serialize;

use super::{Link, Mark};

/// What stands around a page.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Chrome {
    /// Which negotiation, and its cautions.
    pub masthead: Masthead,
    /// The page's title.
    pub title: String,
    /// Where else one may go.
    pub navigation: Navigation,
    /// The time bar.
    pub time: TimeBar,
    /// The viewer switch.
    pub viewer: ViewerSwitch,
    /// The address of this page without the view: where the form goes.
    pub path: String,
    /// What else the address holds, apart from the view.
    pub query: Vec<(String, String)>,
    /// What the address asks of which the page makes nothing, in sentences.
    pub passed_over: Vec<String>,
    /// The address that reproduces this view.
    pub canonical: String,
    /// The address of its JSON twin.
    pub json: String,
    /// The address of the live stream.
    pub live: String,
}

/// The sections of the workbench, and the pages of the section that is shown.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Navigation {
    /// The sections; each leads to its first page.
    pub sections: Vec<Tab>,
    /// The pages of the section shown; none where it has one of its own name.
    pub pages: Vec<Tab>,
}

/// One place of the navigation.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Tab {
    /// What it is called and where it leads.
    pub link: Link,
    /// Whether the page shown is there.
    pub current: Current,
}

/// How the page shown stands to a place of the navigation.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Current {
    /// It is somewhere else.
    Elsewhere,
    /// It belongs there.
    Within,
    /// It is that page.
    Here,
}

/// Which negotiation this is.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Masthead {
    /// Its full name.
    pub name: String,
    /// A name for a heading.
    pub short_name: String,
    /// The body that negotiates.
    pub body: String,
    /// The mandate, as symbols.
    pub mandate: Vec<String>,
    /// The decision rules in a sentence.
    pub rules: String,
    /// A caution wherever it is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caution: Option<String>,
    /// Marks of the whole negotiation (*fictional*).
    pub marks: Vec<Mark>,
}

/// The time bar.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct TimeBar {
    /// The day shown, YYYY-MM-DD.
    pub as_of: String,
    /// The same in words.
    pub as_of_words: String,
    /// Where that is: "Fifth session, last day".
    pub place: String,
    /// The day of knowledge, where one is set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_by: Option<String>,
    /// Every day on which something happened.
    pub stops: Vec<Stop>,
    /// The stop shown: the last on or before the day; none where the day is before them all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<usize>,
    /// Sessions and documents along the bar.
    pub marks: Vec<TimeMark>,
    /// The stop before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<Link>,
    /// The stop behind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Link>,
    /// The sessions and documents as a list of links.
    pub jumps: Vec<Jump>,
}

/// A day on which something happened.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Stop {
    /// The day, YYYY-MM-DD.
    pub day: String,
    /// What that day is part of, for the slider's words.
    pub place: String,
}

/// What a mark along the bar stands for.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MarkKind {
    /// A session of the body.
    Session,
    /// A meeting between sessions.
    Between,
    /// A document that became the base.
    Base,
    /// Another document.
    Document,
}

/// A session or a document along the bar, by stops.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct TimeMark {
    /// What it is.
    pub kind: MarkKind,
    /// What stands under it; short.
    pub label: String,
    /// What it is in full.
    pub title: String,
    /// Its first stop.
    pub from: usize,
    /// Its last stop.
    pub until: usize,
    /// The view it leads to.
    pub to: String,
}

/// A place to jump to.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Jump {
    /// What it is.
    pub kind: MarkKind,
    /// The view it leads to.
    pub link: Link,
    /// Its dates.
    pub dates: String,
    /// Whether the day shown lies in it.
    pub current: bool,
}

/// The viewer switch.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ViewerSwitch {
    /// The key of who looks; empty for anybody.
    pub chosen: String,
    /// Who looks, in words.
    pub words: String,
    /// What that means for what is shown, in a sentence.
    pub meaning: String,
    /// Who else may be chosen.
    pub groups: Vec<ViewerGroup>,
}

/// Some of those who may be chosen.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ViewerGroup {
    /// What they are.
    pub label: String,
    /// Each of them.
    pub options: Vec<ViewerOption>,
}

/// Somebody who may be chosen.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct ViewerOption {
    /// The key.
    pub key: String,
    /// The name.
    pub name: String,
}
