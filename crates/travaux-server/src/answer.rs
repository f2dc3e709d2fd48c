//! From an address to an answer: who looks, from where, at which page, and how it is written.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use jiff::civil::Date;
use maud::Markup;
use serde::Serialize;
use travaux_record::{EntryId, NewerKind, ParticipantId};
use travaux_text::ProvisionId;

use crate::address::{Links, Vantage, unescape};
use crate::page as html;
use crate::query::Query;
use crate::refusal::{Refusal, nearest};
use crate::scene::{Asked, Here, Narrowing, Scene};
use crate::view::{Chrome, Link, Page};
use crate::workbench::{Knowledge, Snapshot, Timeline, Viewers, Workbench};

/// What is asked of the server, from one address.
enum Place {
    Overview,
    Text,
    Provision(ProvisionId),
    Participants,
    Participant(ParticipantId),
    Record,
    Entry(String),
    Sources,
}

/// A page ready to be written, in either form.
struct Made {
    here: Here,
    html: Markup,
    json: serde_json::Value,
}

/// Answers one request.
pub(crate) fn answer(
    workbench: &Workbench,
    path: &str,
    query: &Query,
    wants_json: bool,
) -> Response {
    let (path, wants_json) = match path.strip_suffix(".json") {
        Some("/overview") => ("/", true),
        Some(stripped) => (stripped, true),
        None => (path, wants_json),
    };
    match looked_at(workbench, path, query) {
        Ok((chrome, made)) => written(&chrome, made, wants_json),
        Err(refusal) => refused(workbench, path, &refusal, wants_json),
    }
}

fn looked_at(
    workbench: &Workbench,
    path: &str,
    query: &Query,
) -> Result<(Chrome, Made), Refusal> {
    let (timeline, vantage) = vantage(workbench, query)?;
    let snapshot = workbench.snapshot(&vantage).map_err(|newer| too_new(&newer))?;
    let scene = scene(&snapshot, &timeline, vantage);
    let made = made(workbench, &scene, path, query)?;
    let here = Here {
        page: made.here.page,
        title: made.here.title.clone(),
        path: made.here.path.clone(),
        query: made.here.query.clone(),
    };
    Ok((scene.chrome(here, workbench.settings().viewers), made))
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
    set.or(of_process).or_else(|| timeline.days.last().copied()).unwrap_or(Date::constant(1970, 1, 1))
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
    let participants = timeline.process.participants();
    let names = participants.iter().flat_map(|one| {
        [(one.participant.as_str(), one.participant.as_str()), (&one.name, one.participant.as_str())]
    });
    let near = nearest(written, names).into_iter().map(|(name, key)| Link {
        to: crate::address::Address::new(&[]).with("as", key).bare(),
        label: format!("{name} ({key})"),
    });
    Err(Refusal::unreadable(
        format!("Nobody of the name {written}"),
        format!("The address asks to be seen by \u{201c}{written}\u{201d}, and no such participant was admitted."),
        "Participants are named by their keys: a State by its three letters, as KEN for Kenya.",
    )
    .near(near.collect()))
}

fn too_new(newer: &NewerKind) -> Refusal {
    Refusal {
        status: StatusCode::CONFLICT,
        ..Refusal::unreadable("A newer record", format!("{newer}."), &newer.hint())
    }
}

/// Makes the page at a path.
fn made(
    workbench: &Workbench,
    scene: &Scene<'_>,
    path: &str,
    query: &Query,
) -> Result<Made, Refusal> {
    let view = scene.links.vantage.fields();
    match place(path)? {
        Place::Overview => {
            let overview = scene.overview();
            Ok(page(Page::Overview, "Overview", "/", html::overview(&overview), &overview))
        }
        Place::Text => text(scene, query, &view),
        Place::Provision(id) => provision(scene, path, &id),
        Place::Participants => {
            let list = scene.participants();
            let html = html::participants(&list);
            Ok(page(Page::Participants, "Participants", path, html, &list))
        }
        Place::Participant(id) => participant(scene, path, &id),
        Place::Record => record(workbench, scene, query, &view),
        Place::Entry(written) => entry(scene, path, &written),
        Place::Sources => {
            let sources = scene.sources();
            Ok(page(Page::Sources, "Sources", path, html::sources(&sources), &sources))
        }
    }
}

/// Reads a path.
fn place(path: &str) -> Result<Place, Refusal> {
    let segments: Vec<Option<String>> = path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .map(unescape)
        .collect();
    let segments: Vec<&str> = segments.iter().flatten().map(String::as_str).collect();
    Ok(match segments.as_slice() {
        [] if path == "/" => Place::Overview,
        ["text"] => Place::Text,
        ["provision", id] => Place::Provision(ProvisionId::new(*id)),
        ["participants"] => Place::Participants,
        ["participant", id] => Place::Participant(ParticipantId::new(*id)),
        ["record"] => Place::Record,
        ["record", id] => Place::Entry((*id).to_owned()),
        ["sources"] => Place::Sources,
        _ => {
            return Err(Refusal::not_found(
                "No such page",
                format!("Nothing is kept at {path}."),
                "The pages are /, /text, /provision/…, /participants, /participant/…, /record, /record/… and /sources.",
            ));
        }
    })
}

fn page(page: Page, title: &str, path: &str, html: Markup, view: &impl Serialize) -> Made {
    Made {
        here: Here {
            page,
            title: title.to_owned(),
            path: path.to_owned(),
            query: Vec::new(),
        },
        html,
        json: serde_json::to_value(view).expect("a view has string keys only"),
    }
}

fn text(
    scene: &Scene<'_>,
    query: &Query,
    view: &[(String, String)],
) -> Result<Made, Refusal> {
    let asked = Asked {
        part: query.value("part").to_owned(),
        side: query.value("side").to_owned(),
        find: query.value("q").to_owned(),
        only_bracketed: query.value("only") == "bracketed",
    };
    let Some(text) = scene.text(&asked) else {
        let open = scene.negotiation().draft.open_proposals();
        let names: Vec<(&str, &str)> =
            open.map(|proposal| (proposal.id.as_str(), proposal.label.as_str())).collect();
        let near = nearest(&asked.side, names.iter().map(|(key, label)| (*key, *label)));
        let near = near.into_iter().map(|(key, label)| Link {
            to: crate::address::Address::new(&["text"])
                .with("side", key)
                .seen_from(&scene.links.vantage),
            label: format!("{key} ({label})"),
        });
        return Err(Refusal::not_found(
            format!("No side of the name {}", asked.side),
            "A side is that of an open proposal, of a participant, or `base`; none of that name is before the body on this day.",
            "Choose one on the Text page.",
        )
        .near(near.collect()));
    };
    let mut made = page(Page::Text, "Text", "/text", html::text(&text, view), &text);
    made.here.query = [
        ("part", asked.part),
        ("side", asked.side),
        ("q", asked.find),
        ("only", if asked.only_bracketed { "bracketed".to_owned() } else { String::new() }),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(name, value)| (name.to_owned(), value))
    .collect();
    Ok(made)
}

fn provision(scene: &Scene<'_>, path: &str, id: &ProvisionId) -> Result<Made, Refusal> {
    match scene.provision_page(id) {
        Some(found) => {
            Ok(page(Page::Text, &found.citation, path, html::provision(&found), &found))
        }
        None => {
            let states = scene.negotiation().draft.states();
            let names = states.iter().map(|state| (state.provision.as_str(), &state.provision));
            let near = nearest(id.as_str(), names).into_iter().map(|(_, id)| Link {
                to: scene.links.provision(id),
                label: format!("{} ({id})", scene.negotiation().draft.citation(id).words),
            });
            Err(Refusal::not_found(
                format!("No provision of the name {id}"),
                "No text on or before this day has a provision of that name.",
                "Provisions are named by keys that stay through every draft; the Text page leads to each.",
            )
            .near(near.collect()))
        }
    }
}

fn participant(scene: &Scene<'_>, path: &str, id: &ParticipantId) -> Result<Made, Refusal> {
    let process = &scene.negotiation().process;
    let found = scene
        .participant_page(id)
        .or_else(|| scene.participant_page(&process.find(id.as_str())?.participant));
    match found {
        Some(found) => {
            Ok(page(Page::Participants, &found.name, path, html::participant(&found), &found))
        }
        None => {
            let all = process.participants();
            let names = all.iter().flat_map(|one| {
                [(one.participant.as_str(), &one.participant), (one.name.as_str(), &one.participant)]
            });
            let near = nearest(id.as_str(), names).into_iter().map(|(name, id)| Link {
                to: scene.links.participant(id),
                label: name.to_owned(),
            });
            Err(Refusal::not_found(
                format!("No participant of the name {id}"),
                "Nobody of that name was admitted by this day.",
                "The Participants page lists everybody.",
            )
            .near(near.collect()))
        }
    }
}

fn record(
    workbench: &Workbench,
    scene: &Scene<'_>,
    query: &Query,
    view: &[(String, String)],
) -> Result<Made, Refusal> {
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
    let record = scene.record(&narrowing, workbench.seal());
    let mut made = page(Page::Record, "Record", "/record", html::record(&record, view), &record);
    made.here.query = narrowing.fields();
    if narrowing.number > 1 {
        made.here.query.push(("page".to_owned(), narrowing.number.to_string()));
    }
    Ok(made)
}

fn entry(scene: &Scene<'_>, path: &str, written: &str) -> Result<Made, Refusal> {
    let changes = &scene.negotiation().changes;
    let id = EntryId::parse(written).ok();
    if let Some(found) = id.and_then(|id| scene.entry_page(id)) {
        let title = format!("Entry {}", &found.id[..8]);
        return Ok(page(Page::Record, &title, path, html::entry(&found), &found));
    }
    let starts = changes.all().filter(|happening| {
        written.len() >= 4 && happening.basis.entry.to_string().starts_with(written)
    });
    let near = starts.take(5).map(|happening| Link {
        to: scene.links.entry(happening.basis.entry),
        label: happening.basis.entry.to_string(),
    });
    Err(Refusal::not_found(
        format!("No entry {written}"),
        "No entry of that id is among those that this viewer may see on this day.",
        "Ids are random and hold no order; an entry dated later is shown from its day on.",
    )
    .near(near.collect()))
}

fn written(chrome: &Chrome, made: Made, wants_json: bool) -> Response {
    // Nobody's view is kept for somebody else.
    let cache = [(header::CACHE_CONTROL, "private, no-cache"), (header::VARY, "Accept")];
    if wants_json {
        let time = &chrome.time;
        let whole = serde_json::json!({
            "as_of": time.as_of,
            "as": chrome.viewer.chosen,
            "known_by": time.known_by,
            "canonical": chrome.canonical,
            "caution": chrome.masthead.caution,
            "page": made.json,
        });
        return (cache, axum::Json(whole)).into_response();
    }
    let html = html::document(chrome, &made.html).into_string();
    (cache, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

/// Writes a refusal as a page that still leads everywhere, seen as the address says where it does.
fn refused(
    workbench: &Workbench,
    path: &str,
    refusal: &Refusal,
    wants_json: bool,
) -> Response {
    if wants_json {
        let near: Vec<&str> = refusal.nearest.iter().map(|link| link.label.as_str()).collect();
        let whole = serde_json::json!({
            "error": refusal.what, "why": refusal.why, "hint": refusal.hint, "nearest": near,
        });
        return (refusal.status, axum::Json(whole)).into_response();
    }
    let html = html::refusal(&refusal.what, &refusal.why, &refusal.hint, &refusal.nearest);
    let Ok((timeline, vantage)) = vantage(workbench, &Query::default()) else {
        return (refusal.status, format!("{}\n{}\n", refusal.why, refusal.hint)).into_response();
    };
    let Ok(snapshot) = workbench.snapshot(&vantage) else {
        return (refusal.status, format!("{}\n{}\n", refusal.why, refusal.hint)).into_response();
    };
    let here = Here {
        page: Page::Other,
        title: refusal.what.clone(),
        path: if refusal.status == StatusCode::NOT_FOUND { path.to_owned() } else { "/".to_owned() },
        query: Vec::new(),
    };
    let chrome = scene(&snapshot, &timeline, vantage).chrome(here, workbench.settings().viewers);
    let html = html::document(&chrome, &html).into_string();
    (refusal.status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

/// The answer where something broke that should not have.
pub(crate) fn broken() -> Response {
    let words = "This page could not be made: the program has a fault here. Other pages work.\n";
    (StatusCode::INTERNAL_SERVER_ERROR, words).into_response()
}
