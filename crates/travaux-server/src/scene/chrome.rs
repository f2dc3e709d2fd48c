//! What stands around a page: masthead, time bar, viewer switch.

use std::collections::BTreeMap;

use jiff::civil::Date;
use travaux_negotiation::process::Process;
use travaux_record::{Moment, ParticipantClass, ParticipantId, SessionConvened, SessionForm};

use super::{Scene, words};
use crate::address::Address;
use crate::pages::{self, Place};
use crate::view::{
    Chrome, Jump, Link, Mark, MarkKind, Masthead, Stop, TimeBar, TimeMark, Tone, ViewerGroup,
    ViewerOption, ViewerSwitch,
};
use crate::workbench::Viewers;

/// Which page this is.
pub(crate) struct Here {
    /// Where it is among the pages; none where it is none of them.
    pub(crate) place: Option<Place>,
    /// Its title.
    pub(crate) title: String,
    /// Its path as in an address.
    pub(crate) path: String,
    /// What its address asks besides the view.
    pub(crate) query: Vec<(String, String)>,
    /// What its address asks of which the page makes nothing, in sentences.
    pub(crate) passed_over: Vec<String>,
}

impl Here {
    fn address(&self) -> Address {
        let address = Address::of_path(&self.path);
        self.query.iter().fold(address, |address, (name, value)| address.with(name, value))
    }

    fn on(&self, scene: &Scene<'_>, day: Date) -> String {
        self.address().seen_from(&scene.links.vantage.on(day))
    }
}

impl Scene<'_> {
    /// Returns what stands around the page `here`.
    pub(crate) fn chrome(&self, here: Here, viewers: Viewers) -> Chrome {
        let vantage = &self.links.vantage;
        let json = Address::of_path(&format!(
            "{}.json",
            if here.path == "/" { "/overview" } else { here.path.as_str() }
        ));
        let json = here.query.iter().fold(json, |json, (name, value)| json.with(name, value));
        let live = Address::new(&["live"])
            .with("as", vantage.viewer.as_ref().map_or("", |viewer| viewer.as_str()));
        Chrome {
            masthead: self.masthead(),
            title: here.title.clone(),
            navigation: pages::navigation(here.place.as_ref(), vantage),
            time: self.time(&here),
            viewer: self.viewer(viewers),
            canonical: here.address().seen_from(vantage),
            json: json.seen_from(vantage),
            live: live.bare(),
            path: here.path,
            query: here.query,
            passed_over: here.passed_over,
        }
    }

    fn masthead(&self) -> Masthead {
        let Some(opened) = self.timeline.process.opened().map(|opened| &opened.fact) else {
            return Masthead {
                name: "A record without a process".to_owned(),
                short_name: "Record".to_owned(),
                body: String::new(),
                mandate: Vec::new(),
                rules: String::new(),
                caution: None,
                marks: Vec::new(),
            };
        };
        let fictional = opened.fictional.then(|| Mark {
            word: "fictional".to_owned(),
            meaning: "An invented negotiation of invented states.".to_owned(),
            tone: Tone::Caution,
        });
        Masthead {
            name: opened.name.clone(),
            short_name: opened.short_name.clone(),
            body: opened.body.clone(),
            mandate: opened.mandate.clone(),
            rules: opened.rules.clone(),
            caution: opened.caution.clone(),
            marks: fictional.into_iter().collect(),
        }
    }

    fn time(&self, here: &Here) -> TimeBar {
        let day = self.day();
        let process = &self.timeline.process;
        let days = &self.timeline.days;
        let behind = days.partition_point(|stop| *stop <= day);
        let step = |to: Option<&Date>| {
            to.map(|to| Link { to: here.on(self, *to), label: words::in_words(Moment::Day(*to)) })
        };
        let earlier = days[..behind].iter().rev().find(|stop| **stop < day);
        TimeBar {
            as_of: day.to_string(),
            as_of_words: words::in_words(Moment::Day(day)),
            place: place(process, day),
            known_by: self.links.vantage.known_by.map(|day| day.to_string()),
            stops: days
                .iter()
                .map(|stop| Stop { day: stop.to_string(), place: period(process, *stop) })
                .collect(),
            at: behind.checked_sub(1),
            marks: self.marks(here),
            previous: step(earlier),
            next: step(days.get(behind)),
            jumps: self.jumps(here),
        }
    }

    /// Sessions and documents along the bar.
    fn marks(&self, here: &Here) -> Vec<TimeMark> {
        let days = &self.timeline.days;
        let process = &self.timeline.process;
        let from_stop = |day: Date| days.partition_point(|stop| *stop < day);
        let until_stop = |day: Date| days.partition_point(|stop| *stop <= day).checked_sub(1);
        let mut marks = Vec::new();
        for session in process.sessions() {
            let fact = &session.fact;
            let (from, until) = (from_stop(fact.from), until_stop(fact.until));
            let Some(until) = until.filter(|until| from <= *until) else { continue };
            marks.push(TimeMark {
                kind: kind(fact.form),
                label: fact.session.as_str().chars().take(5).collect(),
                title: format!("{}, {}", fact.name, words::interval(fact.from, fact.until)),
                from,
                until,
                to: here.on(self, fact.until),
            });
        }
        for document in process.documents() {
            let day = document.basis.at.counts_from();
            let Some(stop) = until_stop(day) else { continue };
            marks.push(TimeMark {
                kind: if document.base.is_some() { MarkKind::Base } else { MarkKind::Document },
                label: document.symbol.clone(),
                title: format!("{}, {}", document.symbol, words::in_words(document.basis.at)),
                from: stop,
                until: stop,
                to: here.on(self, day),
            });
        }
        marks
    }

    /// The sessions and the bases as links, in order of date.
    fn jumps(&self, here: &Here) -> Vec<Jump> {
        let process = &self.timeline.process;
        let mut jumps = Vec::new();
        for session in process.sessions() {
            let fact = &session.fact;
            let jump = Jump {
                kind: kind(fact.form),
                link: Link { to: here.on(self, fact.until), label: fact.name.clone() },
                dates: words::interval(fact.from, fact.until),
                current: fact.from <= self.day() && self.day() <= fact.until,
            };
            jumps.push((fact.from, jump));
        }
        for document in process.documents().iter().filter(|document| document.base.is_some()) {
            let day = document.basis.at.counts_from();
            let jump = Jump {
                kind: MarkKind::Base,
                link: Link { to: here.on(self, day), label: document.symbol.clone() },
                dates: words::in_words(document.basis.at),
                current: day == self.day(),
            };
            jumps.push((day, jump));
        }
        jumps.sort_by_key(|(day, _)| *day);
        jumps.into_iter().map(|(_, jump)| jump).collect()
    }

    fn viewer(&self, viewers: Viewers) -> ViewerSwitch {
        let process = &self.timeline.process;
        let chosen = self.links.vantage.viewer.as_ref();
        let groups = match viewers {
            Viewers::PublicOnly => Vec::new(),
            Viewers::Anybody => viewer_groups(process),
        };
        ViewerSwitch {
            chosen: chosen.map_or("", ParticipantId::as_str).to_owned(),
            words: chosen.map_or("the public", |id| process.name(id)).to_owned(),
            meaning: chosen.and_then(|id| process.class(id)).map_or("", sees).to_owned(),
            groups,
        }
    }
}

/// Says what somebody of a class is shown.
fn sees(class: ParticipantClass) -> &'static str {
    match class {
        ParticipantClass::State | ParticipantClass::Observer => {
            "Shown is what is public, what is for participants, for its groups and for this delegation alone; nothing private to others."
        }
        ParticipantClass::Secretariat => {
            "Shown is what is public, what is for participants and for the secretariat; no delegation's private entries."
        }
        ParticipantClass::NegotiatingGroup | ParticipantClass::ElectoralGroup => {
            "Shown is what is public, what is for participants and for the members of this group."
        }
        ParticipantClass::Stakeholder(_) => {
            "Shown is what is public and what the modalities let its class see."
        }
        ParticipantClass::JointStatement
        | ParticipantClass::AnalystLabel
        | ParticipantClass::Organization => "Shown is what is public.",
    }
}

/// Those who may look, by what they are. Nobody looks as a joint statement or an analyst's label.
pub(super) fn viewer_groups(process: &Process) -> Vec<ViewerGroup> {
    let mut groups: BTreeMap<(u8, &str), Vec<ViewerOption>> = BTreeMap::new();
    for participant in process.participants() {
        let order = match participant.class {
            ParticipantClass::Secretariat => 0,
            ParticipantClass::State => 1,
            ParticipantClass::Observer | ParticipantClass::Organization => 2,
            ParticipantClass::NegotiatingGroup => 3,
            ParticipantClass::ElectoralGroup => 4,
            ParticipantClass::Stakeholder(_) => 5,
            ParticipantClass::JointStatement | ParticipantClass::AnalystLabel => continue,
        };
        let option = ViewerOption {
            key: participant.participant.to_string(),
            name: participant.name.clone(),
        };
        groups.entry((order, words::classes(participant.class))).or_default().push(option);
    }
    groups
        .into_iter()
        .map(|((_, label), options)| ViewerGroup { label: label.to_owned(), options })
        .collect()
}

fn kind(form: SessionForm) -> MarkKind {
    match form {
        SessionForm::Organizational | SessionForm::Negotiating => MarkKind::Session,
        SessionForm::Intersessional | SessionForm::OtherBody => MarkKind::Between,
    }
}

/// Returns the session sitting on a day; a session of the body before anything between.
fn sitting(process: &Process, day: Date) -> Option<&SessionConvened> {
    let sitting = process.sessions().into_iter().map(|session| &session.fact);
    sitting
        .filter(|session| session.from <= day && day <= session.until)
        .max_by_key(|session| (kind(session.form) == MarkKind::Session, session.from))
}

/// Says what part of the negotiation a day lies in.
fn period(process: &Process, day: Date) -> String {
    if let Some(session) = sitting(process, day) {
        return session.name.clone();
    }
    let of_the_body = |session: &&SessionConvened| kind(session.form) == MarkKind::Session;
    let sessions: Vec<&SessionConvened> =
        process.sessions().into_iter().map(|session| &session.fact).filter(of_the_body).collect();
    let closed = sessions.iter().filter(|session| session.until < day).max_by_key(|s| s.until);
    let to_come = sessions.iter().find(|session| day < session.from);
    match (closed, to_come) {
        (Some(closed), _) => format!("After: {}", closed.name),
        (None, Some(to_come)) => format!("Before: {}", to_come.name),
        (None, None) => String::new(),
    }
}

/// Says where a day lies, within its session too.
fn place(process: &Process, day: Date) -> String {
    let Some(session) = sitting(process, day) else { return period(process, day) };
    let within = match day {
        _ if session.from == session.until => String::new(),
        _ if day == session.until => ", last day".to_owned(),
        _ if day == session.from => ", first day".to_owned(),
        _ => format!(", {}", words::interval(session.from, session.until)),
    };
    format!("{}{within}", session.name)
}
