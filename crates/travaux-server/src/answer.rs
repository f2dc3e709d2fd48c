//! From an address to an answer: who looks, from where, at which page, and how it is written.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use jiff::civil::Date;
use maud::Markup;
use serde::Serialize;
use travaux_negotiation::SideError;
use travaux_negotiation::wording::capital;
use travaux_record::{EntryId, NewerKind, ParticipantAdmitted, ParticipantId};
use travaux_text::ProvisionId;

use crate::address::{Address, Links, Vantage};
use crate::page as html;
use crate::pages::{self, Place};
use crate::query::Query;
use crate::refusal::{Refusal, nearest};
use crate::scene::{Asked, FloorAsked, Here, Narrowing, RedlineAsked, Scene};
use crate::view::{Chrome, ForecastPage, Link};
use crate::workbench::{Knowledge, Snapshot, Timeline, Viewers, Workbench};

/// In which form a page is wanted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Form {
    /// As a page to be read.
    Html,
    /// As its JSON twin.
    Json,
}

/// A page made in the form wanted.
pub(crate) struct Made {
    here: Here,
    body: Body,
}

enum Body {
    Html(Markup),
    Json(serde_json::Value),
}

/// Answers one request.
pub(crate) fn answer(workbench: &Workbench, path: &str, query: &Query, form: Form) -> Response {
    let (path, form) = match path.strip_suffix(".json") {
        Some("/overview") => ("/", Form::Json),
        Some(stripped) => (stripped, Form::Json),
        None => (path, form),
    };
    match looked_at(workbench, path, query, form) {
        Ok((chrome, body)) => written(&chrome, body),
        Err(refusal) => refused(workbench, path, &refusal, form),
    }
}

fn looked_at(
    workbench: &Workbench,
    path: &str,
    query: &Query,
    form: Form,
) -> Result<(Chrome, Body), Refusal> {
    let (timeline, vantage) = vantage(workbench, query)?;
    let snapshot = workbench.snapshot(&vantage).map_err(|newer| too_new(&newer))?;
    let scene = scene(&snapshot, &timeline, vantage);
    let Some(place) = Place::at(path) else { return Err(no_page(path)) };
    let desk = Desk { workbench, scene: &scene, place: &place, path, query, form };
    let mut made = place.made(&desk)?;
    made.here.passed_over = query.passed_over();
    Ok((scene.chrome(made.here, workbench.settings().viewers), made.body))
}

fn scene<'a>(snapshot: &'a Snapshot, timeline: &'a Timeline, vantage: Vantage) -> Scene<'a> {
    Scene { snapshot, timeline, links: Links { vantage } }
}

/// Reads from where the address looks.
fn vantage(
    workbench: &Workbench,
    query: &Query,
) -> Result<(std::sync::Arc<Timeline>, Vantage), Refusal> {
    let viewer = viewer_of(workbench, query)?;
    let known_by = query.day("known_by")?;
    let knowledge = Knowledge { viewer: viewer.clone(), known_by };
    let timeline = workbench.timeline(&knowledge).map_err(|newer| too_new(&newer))?;
    let as_of = match query.day("as_of")? {
        Some(day) => day,
        None => opening_view(workbench, &timeline),
    };
    Ok((timeline, Vantage { as_of, viewer, known_by }))
}

/// The day shown where the address names none.
fn opening_view(workbench: &Workbench, timeline: &Timeline) -> Date {
    let set = workbench.settings().opening_view;
    let of_process = timeline.process.opened().and_then(|opened| opened.fact.opening_view);
    set.or(of_process)
        .or_else(|| timeline.days.last().copied())
        .unwrap_or(Date::constant(1970, 1, 1))
}

/// Reads who looks.
pub(crate) fn viewer_of(
    workbench: &Workbench,
    query: &Query,
) -> Result<Option<ParticipantId>, Refusal> {
    let written = query.value("as");
    if written.is_empty() || written == "public" {
        return Ok(None);
    }
    if workbench.settings().viewers == Viewers::PublicOnly {
        return Err(Refusal {
            status: StatusCode::FORBIDDEN,
            ..Refusal::unreadable(
                format!("Not as {written}"),
                "This server shows what is public, to everybody alike.",
                "Leave `as` out of the address.",
            )
        });
    }
    let id = ParticipantId::new(written);
    if workbench.record().class_of(&id).is_some() {
        return Ok(Some(id));
    }
    let knowledge = Knowledge { viewer: None, known_by: None };
    let timeline = workbench.timeline(&knowledge).map_err(|newer| too_new(&newer))?;
    if let Some(found) = timeline.process.find(written) {
        return Ok(Some(found.participant.clone()));
    }
    let all = timeline.process.participants();
    let near = nearest(written, names_of(&all)).into_iter().map(|(name, key)| Link {
        to: Address::new(&[]).with("as", key).bare(),
        label: format!("{name} ({key})"),
    });
    Err(Refusal::unreadable(
        format!("Nobody of the name {written}"),
        format!("The address asks to be seen by \u{201c}{written}\u{201d}, and no such participant was admitted."),
        "Participants are named by their keys: a State by its three letters, as KEN for Kenya.",
    )
    .near(near.collect()))
}

pub(crate) fn too_new(newer: &NewerKind) -> Refusal {
    Refusal {
        status: StatusCode::CONFLICT,
        ..Refusal::unreadable("A newer record", format!("{newer}."), &newer.hint())
    }
}

/// Where one page is made.
pub(crate) struct Desk<'a> {
    workbench: &'a Workbench,
    scene: &'a Scene<'a>,
    place: &'a Place,
    path: &'a str,
    query: &'a Query,
    form: Form,
}

impl Desk<'_> {
    fn page<V: Serialize>(&self, title: &str, html: impl FnOnce(&V) -> Markup, view: &V) -> Made {
        let here = Here {
            place: Some(self.place.clone()),
            title: title.to_owned(),
            path: self.path.to_owned(),
            query: Vec::new(),
            passed_over: Vec::new(),
        };
        let body = match self.form {
            Form::Html => Body::Html(html(view)),
            Form::Json => {
                Body::Json(serde_json::to_value(view).expect("a view has string keys only"))
            }
        };
        Made { here, body }
    }

    pub(crate) fn overview(&self) -> Result<Made, Refusal> {
        let earlier = match self.scene.last_closed() {
            Some(day) => {
                let vantage = self.scene.links.vantage.on(day);
                Some(self.workbench.snapshot(&vantage).map_err(|newer| too_new(&newer))?)
            }
            None => None,
        };
        let overview = self.scene.overview(earlier.as_deref().map(Snapshot::negotiation));
        Ok(self.page("Overview", html::overview, &overview))
    }

    pub(crate) fn counts(&self) -> Result<Made, Refusal> {
        let as_of = self.scene.links.vantage.as_of;
        let mut counts = Vec::new();
        for day in self.scene.negotiation().draft.days_to_count(Some(as_of)).into_iter().flatten() {
            let vantage = self.scene.links.vantage.on(day);
            let snapshot = self.workbench.snapshot(&vantage).map_err(|newer| too_new(&newer))?;
            counts.extend(snapshot.negotiation().draft.count(Some(day)));
        }
        let counts = self.scene.counts(&counts);
        Ok(self.page("Counts over drafts", html::counts, &counts))
    }

    pub(crate) fn text(&self) -> Result<Made, Refusal> {
        let query = self.query;
        let asked = Asked {
            part: query.value("part").to_owned(),
            side: query.value("side").to_owned(),
            find: query.value("q").to_owned(),
            only_bracketed: query.value("only") == "bracketed",
        };
        self.expect_one_of("only", &["bracketed"]);
        if !self.scene.has_part(&asked.part) {
            query.leave_aside(format!(
                "The text has no part \u{201c}{}\u{201d}: what is shown is what is shown without it.",
                asked.part
            ));
        }
        let text =
            self.scene.text(&asked).map_err(|refused| self.no_side(&asked.side, &refused))?;
        let view = self.scene.links.vantage.fields();
        let mut made = self.page("Text", |text| html::text(text, &view), &text);
        made.here.query = [
            ("part", asked.part.as_str()),
            ("side", asked.side.as_str()),
            ("q", asked.find.as_str()),
            ("only", if asked.only_bracketed { "bracketed" } else { "" }),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
        Ok(made)
    }

    /// Takes note where the address gives a value that is none of those there are.
    fn expect_one_of(&self, name: &str, values: &[&str]) {
        let written = self.query.value(name);
        if !written.is_empty() && !values.contains(&written) {
            self.query.leave_aside(format!(
                "\u{201c}{name}\u{201d} is {}, and \u{201c}{written}\u{201d} says nothing here.",
                values.join(" or ")
            ));
        }
    }

    /// Reads the provision that the address names by id or citation; none where it names none.
    fn asked_provision(&self, name: &str) -> Result<Option<ProvisionId>, Refusal> {
        let written = self.query.value(name);
        if written.is_empty() {
            return Ok(None);
        }
        if let Some(id) = self.scene.find_provision(written) {
            return Ok(Some(id));
        }
        let draft = &self.scene.negotiation().draft;
        let names = draft.states().iter().map(|state| (state.provision.as_str(), &state.provision));
        let near = nearest(written, names).into_iter().map(|(_, id)| Link {
            to: Address::of_path(self.path)
                .with(name, id.as_str())
                .seen_from(&self.scene.links.vantage),
            label: format!("{} ({id})", draft.citation(id).words),
        });
        Err(Refusal::not_found(
            format!("No provision of the name {written}"),
            "The text before the body on this day has none of that key, and none is cited so.",
            "Write a key, or a citation such as \u{201c}article 42, paragraph 1\u{201d}.",
        )
        .near(near.collect()))
    }

    pub(crate) fn references(&self) -> Result<Made, Refusal> {
        let on = self.asked_provision("on")?;
        let references = self.scene.references(on.as_ref());
        let view = self.scene.links.vantage.fields();
        let write = |page: &_| html::references(page, &view);
        let mut made = self.page("References", write, &references);
        made.here.query = asked(&[("on", self.query.value("on"))]);
        Ok(made)
    }

    pub(crate) fn coverage(&self) -> Result<Made, Refusal> {
        let gone = self.asked_provision("without")?;
        let side = self.query.value("side");
        let coverage = self.scene.coverage(side, gone.as_ref());
        let coverage = coverage.map_err(|refused| self.no_side(side, &refused))?;
        let view = self.scene.links.vantage.fields();
        let write = |page: &_| html::coverage(page, &view);
        let mut made = self.page("Coverage", write, &coverage);
        made.here.query = asked(&[("without", self.query.value("without")), ("side", side)]);
        Ok(made)
    }

    pub(crate) fn redline(&self) -> Result<Made, Refusal> {
        let query = self.query;
        let wanted = RedlineAsked {
            old: query.value("old").to_owned(),
            new: query.value("new").to_owned(),
            part: query.value("part").to_owned(),
            whole: query.value("whole") == "yes",
        };
        self.expect_one_of("whole", &["yes"]);
        let redline = self.scene.redline(&wanted);
        let redline = redline.map_err(|(name, refused)| self.no_text(&name, &refused))?;
        if !wanted.part.is_empty() && wanted.part != redline.part {
            query.leave_aside(format!(
                "Neither text has a part \u{201c}{}\u{201d}: what is shown is what is shown without it.",
                wanted.part
            ));
        }
        let view = self.scene.links.vantage.fields();
        let mut made = self.page("Redline", |page: &_| html::redline(page, &view), &redline);
        made.here.query = asked(&[
            ("old", &wanted.old),
            ("new", &wanted.new),
            ("part", &wanted.part),
            ("whole", if wanted.whole { "yes" } else { "" }),
        ]);
        Ok(made)
    }

    /// Says that a text to be compared is neither a document nor a side.
    fn no_text(&self, name: &str, refused: &SideError) -> Refusal {
        if let SideError::NotOnTheTable { .. } = refused {
            return self.no_side(name, refused);
        }
        let draft = &self.scene.negotiation().draft;
        let symbols: Vec<(&str, &str)> =
            draft.bases().map(|base| (base.symbol.as_str(), base.document.as_str())).collect();
        let near = nearest(name, symbols).into_iter().map(|(symbol, key)| Link {
            to: Address::new(&["redline"]).with("old", key).seen_from(&self.scene.links.vantage),
            label: symbol.to_owned(),
        });
        Refusal::not_found(
            format!("No text of the name {name}"),
            "No document with a text and no side of that name is on record on this day.",
            "Write the symbol of a document, or the key of a proposal or a participant; the Redline \
             page lists them.",
        )
        .near(near.collect())
    }

    fn no_side(&self, side: &str, refused: &SideError) -> Refusal {
        let open = self.scene.negotiation().draft.open_proposals();
        let names: Vec<(&str, &str)> =
            open.map(|proposal| (proposal.id.as_str(), proposal.label.as_str())).collect();
        let near = nearest(side, names).into_iter().map(|(key, label)| Link {
            to: Address::new(&["text"]).with("side", key).seen_from(&self.scene.links.vantage),
            label: format!("{key} ({label})"),
        });
        Refusal::not_found(
            format!("No side of the name {side}"),
            format!("{}.", capital(&refused.to_string())),
            &format!("{}.", capital(refused.hint())),
        )
        .near(near.collect())
    }

    pub(crate) fn provision(&self, id: &str) -> Result<Made, Refusal> {
        if let Some(found) = self.scene.provision_page(&ProvisionId::new(id)) {
            return Ok(self.page(&found.citation, html::provision, &found));
        }
        let draft = &self.scene.negotiation().draft;
        let names = draft.states().iter().map(|state| (state.provision.as_str(), &state.provision));
        let near = nearest(id, names).into_iter().map(|(_, id)| Link {
            to: self.scene.links.provision(id),
            label: format!("{} ({id})", draft.citation(id).words),
        });
        Err(Refusal::not_found(
            format!("No provision of the name {id}"),
            "No text on or before this day has a provision of that name.",
            "Provisions are named by keys that stay through every draft; the Text page leads to \
             each.",
        )
        .near(near.collect()))
    }

    /// Makes a page of forecasts.
    pub(crate) fn forecast(&self, page: &ForecastPage) -> Made {
        self.page(&page.title, html::forecast, page)
    }

    /// What the reader sees.
    pub(crate) fn scene(&self) -> &Scene<'_> {
        self.scene
    }

    pub(crate) fn procedure(&self) -> Result<Made, Refusal> {
        let (line, show) = (self.query.value("line"), self.query.value("show"));
        let projector = show == "projector";
        let floor_asked =
            FloorAsked { line, projector, records: self.workbench.recorder().is_some() };
        let Some(floor) = self.scene.floor_page(&floor_asked) else {
            return Err(Refusal::not_found(
                "No rules of procedure",
                "The record does not say by which rules the body meets.",
                "A record names them when the process is opened, or a meeting is (`ga-committees`, say).",
            ));
        };
        let view = self.scene.links.vantage.fields();
        let mut made = self.page("Procedure", |floor| html::floor(floor, &view), &floor);
        made.here.query = asked(&[("show", show)]);
        Ok(made)
    }

    pub(crate) fn terms(&self) -> Made {
        self.page("Terms", html::terms, &self.scene.terms())
    }

    pub(crate) fn participants(&self) -> Made {
        self.page("Participants", html::participants, &self.scene.participants())
    }

    pub(crate) fn sources(&self) -> Made {
        self.page("Sources", html::sources, &self.scene.sources())
    }

    pub(crate) fn participant(&self, id: &str) -> Result<Made, Refusal> {
        let process = &self.scene.negotiation().process;
        let known = self.scene.participant_page(&ParticipantId::new(id));
        let found = known.or_else(|| self.scene.participant_page(&process.find(id)?.participant));
        if let Some(found) = found {
            return Ok(self.page(&found.name, html::participant, &found));
        }
        let all = process.participants();
        let near = nearest(id, names_of(&all)).into_iter().map(|(name, key)| Link {
            to: self.scene.links.participant(&ParticipantId::new(key)),
            label: name.to_owned(),
        });
        Err(Refusal::not_found(
            format!("No participant of the name {id}"),
            "Nobody of that name was admitted by this day.",
            "The Participants page lists everybody.",
        )
        .near(near.collect()))
    }

    pub(crate) fn record(&self) -> Result<Made, Refusal> {
        let query = self.query;
        let narrowing = Narrowing {
            kind: query.value("kind").to_owned(),
            participant: query.value("participant").to_owned(),
            provision: query.value("provision").to_owned(),
            about: query.value("about").to_owned(),
            source: query.value("source").to_owned(),
            from: query.day("from")?,
            until: query.day("until")?,
            find: query.value("q").to_owned(),
            number: query.number("page")?,
        };
        for unknown in self.scene.unknown(&narrowing) {
            query.leave_aside(unknown);
        }
        let record = self.scene.record(&narrowing, self.workbench.seal());
        let view = self.scene.links.vantage.fields();
        let mut made = self.page("Record", |record| html::record(record, &view), &record);
        made.here.query = narrowing.fields();
        if narrowing.number > 1 {
            made.here.query.push(("page".to_owned(), narrowing.number.to_string()));
        }
        Ok(made)
    }

    pub(crate) fn entry(&self, written: &str) -> Result<Made, Refusal> {
        let id = EntryId::parse(written).ok();
        if let Some(found) = id.and_then(|id| self.scene.entry_page(id)) {
            let title = format!("Entry {}", &found.id[..8]);
            return Ok(self.page(&title, html::entry, &found));
        }
        let starts = self.scene.negotiation().changes.all().filter(|happening| {
            written.len() >= 4 && happening.basis.entry.to_string().starts_with(written)
        });
        let near = starts.take(5).map(|happening| Link {
            to: self.scene.links.entry(happening.basis.entry),
            label: happening.basis.entry.to_string(),
        });
        Err(Refusal::not_found(
            format!("No entry {written}"),
            "No entry of that id is among those that this viewer may see on this day.",
            "Ids are random and hold no order; an entry dated later is shown from its day on.",
        )
        .near(near.collect()))
    }
}

/// What an address asks besides the view, without what it leaves empty.
fn asked(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    let given = fields.iter().filter(|(_, value)| !value.is_empty());
    given.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// The names by which participants may be looked up, each with the key.
fn names_of<'a>(all: &[&'a ParticipantAdmitted]) -> Vec<(&'a str, &'a str)> {
    all.iter()
        .flat_map(|one| {
            let key = one.participant.as_str();
            [(key, key), (one.name.as_str(), key)]
        })
        .collect()
}

fn no_page(path: &str) -> Refusal {
    Refusal::not_found(
        "No such page",
        format!("Nothing is kept at {path}."),
        &format!("The pages are {}.", pages::addresses().join(", ")),
    )
}

fn written(chrome: &Chrome, body: Body) -> Response {
    // Nobody's view is kept for somebody else.
    let cache = [(header::CACHE_CONTROL, "private, no-cache"), (header::VARY, "Accept")];
    match body {
        Body::Html(main) => {
            let html = html::document(chrome, &main).into_string();
            (cache, [(header::CONTENT_TYPE, HTML)], html).into_response()
        }
        Body::Json(page) => {
            let whole = serde_json::json!({
                "as_of": chrome.time.as_of,
                "as": chrome.viewer.chosen,
                "known_by": chrome.time.known_by,
                "canonical": chrome.canonical,
                "caution": chrome.masthead.caution,
                "passed_over": chrome.passed_over,
                "page": page,
            });
            (cache, axum::Json(whole)).into_response()
        }
    }
}

const HTML: &str = "text/html; charset=utf-8";

/// Writes a refusal as a page that still leads everywhere.
pub(crate) fn refused(
    workbench: &Workbench,
    path: &str,
    refusal: &Refusal,
    form: Form,
) -> Response {
    if form == Form::Json {
        let near: Vec<&str> = refusal.nearest.iter().map(|link| link.label.as_str()).collect();
        let whole = serde_json::json!({
            "error": refusal.what, "why": refusal.why, "hint": refusal.hint, "nearest": near,
        });
        return (refusal.status, axum::Json(whole)).into_response();
    }
    match refusal_page(workbench, path, refusal) {
        Ok(html) => (refusal.status, [(header::CONTENT_TYPE, HTML)], html).into_response(),
        // The record itself can't be shown: plain words are all there is.
        Err(why) => (refusal.status, format!("{}\n{}\n{}\n", refusal.why, refusal.hint, why.why))
            .into_response(),
    }
}

fn refusal_page(workbench: &Workbench, path: &str, refusal: &Refusal) -> Result<String, Refusal> {
    // What could not be read of the address is left out of the way back.
    let (timeline, vantage) = vantage(workbench, &Query::default())?;
    let snapshot = workbench.snapshot(&vantage).map_err(|newer| too_new(&newer))?;
    let is_elsewhere = refusal.status != StatusCode::NOT_FOUND;
    let here = Here {
        place: None,
        title: refusal.what.clone(),
        path: if is_elsewhere { "/" } else { path }.to_owned(),
        query: Vec::new(),
        passed_over: Vec::new(),
    };
    let chrome = scene(&snapshot, &timeline, vantage).chrome(here, workbench.settings().viewers);
    let main = html::refusal(&refusal.what, &refusal.why, &refusal.hint, &refusal.nearest);
    Ok(html::document(&chrome, &main).into_string())
}

/// The answer where more is asked of the server than it can do.
///
/// It is made of nothing: whoever is turned away costs no work.
pub(crate) fn busy(form: Form) -> Response {
    let what = "Too many readers at once";
    let why = "The server has more pages to make than it can, so this one was not begun.";
    let hint = "Try again in a few seconds; nothing is lost, and this address stays good.";
    let again = [(header::RETRY_AFTER, RETRY_SECONDS), (header::CACHE_CONTROL, "no-store")];
    let body = match form {
        Form::Json => axum::Json(serde_json::json!({ "error": what, "why": why, "hint": hint }))
            .into_response(),
        Form::Html => {
            let html = html::bare(what, &html::refusal(what, why, hint, &[])).into_string();
            ([(header::CONTENT_TYPE, HTML)], html).into_response()
        }
    };
    (StatusCode::SERVICE_UNAVAILABLE, again, body).into_response()
}

/// When to try again, as a header says it.
const RETRY_SECONDS: &str = "3";

/// The answer where something broke that should not have.
pub(crate) fn broken() -> Response {
    let words = "This page could not be made: the program has a fault here. Other pages work.\n";
    (StatusCode::INTERNAL_SERVER_ERROR, words).into_response()
}
