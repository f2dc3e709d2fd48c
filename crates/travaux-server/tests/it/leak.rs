//! No leak: what a viewer may not see is in no page of theirs, in no form.
//!
//! The oracle is slow and obvious: every restricted entry's id and every private text, looked for
//! in every page.

use travaux_record::{
    Audience, Entry, EntryId, Fact, MandateForce, MandateSet, MandateSubject, ParticipantClass,
    ParticipantId, Viewer,
};

use crate::{ask, page, record, workbench};
use travaux_server::router;

const PATHS: [&str; 8] = [
    "/?",
    "/text?",
    "/participants?",
    "/record?",
    "/record?page=2&",
    "/sources?",
    "/record?kind=mandate&",
    "/overview.json?",
];

#[tokio::test]
async fn what_is_private_is_in_nobody_elses_pages() {
    let record = record("practice");
    let restricted: Vec<_> =
        record.entries().filter(|entry| !entry.audience.is_public()).cloned().collect();
    assert!(restricted.len() > 10, "the practice holds private entries");
    let app = router(workbench("practice"));
    let delegations: Vec<ParticipantId> = record
        .entries()
        .filter_map(|entry| match &entry.fact {
            Fact::ParticipantAdmitted(fact) => match fact.class {
                ParticipantClass::State
                | ParticipantClass::Secretariat
                | ParticipantClass::Stakeholder(_) => Some(fact.participant.clone()),
                _ => None,
            },
            _ => None,
        })
        .step_by(4)
        .collect();
    let viewers = std::iter::once(None).chain(delegations.into_iter().map(Some));
    for viewer in viewers {
        let looking = viewer.clone().map_or(Viewer::Public, Viewer::Participant);
        let query = viewer.map_or_else(String::new, |id| format!("as={id}&"));
        let mut pages = String::new();
        for path in PATHS {
            pages.push_str(&page(&app, &format!("{path}{query}as_of=2099-12-31")).await);
        }
        let mut mandated = std::collections::BTreeSet::new();
        for entry in &restricted {
            let id = entry.id.to_string();
            let about = if let Fact::MandateSet(fact) = &entry.fact {
                mandated.insert(fact.participant.clone());
                Some(fact)
            } else {
                None
            };
            if record.sees(&looking, entry) {
                continue;
            }
            assert!(!pages.contains(&id[..8]), "{looking:?} is shown that {id} exists");
            if let Some(fact) = about {
                let own = format!("/participant/{}?{query}as_of=2099-12-31", fact.participant);
                let own = page(&app, &own).await;
                assert!(!own.contains(&fact.text) && !own.contains(&id[..8]), "{looking:?}: {own}");
                assert!(!pages.contains(&fact.text), "{looking:?} reads {:?}", fact.text);
            }
            let direct = ask(&app, &format!("/record/{id}?{query}as_of=2099-12-31")).await;
            assert_eq!(direct.status.as_u16(), 404, "{looking:?} opens {id}");
        }
    }
}

#[tokio::test]
async fn a_delegation_sees_its_own_red_lines() {
    let record = record("practice");
    let app = router(workbench("practice"));
    let mandate = record
        .entries()
        .find_map(|entry| match &entry.fact {
            Fact::MandateSet(fact) => Some(fact.clone()),
            _ => None,
        })
        .expect("the practice has mandates");
    let id = &mandate.participant;
    let own = page(&app, &format!("/participant/{id}?as={id}&as_of=2099-12-31")).await;
    assert!(crate::words(&own).contains(&mandate.text), "{own}");
}

#[tokio::test]
async fn hidden_and_absent_are_refused_in_the_same_words() {
    let record = record("practice");
    let app = router(workbench("practice"));
    let hidden = record.entries().find(|entry| !entry.audience.is_public()).unwrap().id.to_string();
    let absent = "00000000-0000-4000-8000-000000000000";
    let refusal = |id: &str, body: &str| body.replace(id, "ID").replace(&id[..8], "ID");
    let a = ask(&app, &format!("/record/{hidden}")).await;
    let b = ask(&app, &format!("/record/{absent}")).await;
    assert_eq!(a.status, b.status);
    assert_eq!(refusal(&hidden, &a.body), refusal(absent, &b.body));
}

/// A local record laid over the shared one: nobody but its delegation finds a trace of it, which is
/// to say that every page is to the byte what it is without it.
#[tokio::test]
async fn what_is_laid_over_a_record_changes_no_byte_of_anybody_elses_pages() {
    let record = record("practice");
    let seen_by = |class: ParticipantClass| {
        record.entries().filter_map(move |entry| match &entry.fact {
            Fact::ParticipantAdmitted(fact) if fact.class == class => {
                Some(fact.participant.clone())
            }
            _ => None,
        })
    };
    let mut states = seen_by(ParticipantClass::State);
    let (own, other) = (states.next().unwrap(), states.next().unwrap());
    let secretariat = seen_by(ParticipantClass::Secretariat).next().unwrap();
    let issue = record.entries().find_map(|entry| match &entry.fact {
        Fact::IssueFramed(fact) => Some(fact.issue.clone()),
        _ => None,
    });
    let local = |byte: u8, audience: Audience| Entry {
        audience,
        ..Entry::new(
            EntryId::from_random([byte; 16]),
            "2044-02-03".parse::<travaux_record::Moment>().unwrap(),
            "2044-02-03T00:00:00Z".parse().unwrap(),
            own.clone(),
            Fact::MandateSet(MandateSet {
                participant: own.clone(),
                force: MandateForce::RedLine,
                subject: MandateSubject::Issue(issue.clone().expect("the practice frames issues")),
                text: "our own red line".to_owned(),
            }),
        )
    };
    let alone = Audience::Delegation(own.clone());
    let overlaid = record.overlay([local(0xa1, alone.clone()), local(0xa2, alone)]).unwrap();
    let settings = travaux_server::Settings {
        viewers: travaux_server::Viewers::Anybody,
        ..travaux_server::Settings::default()
    };
    let with = router(travaux_server::Workbench::new(overlaid, settings.clone()));
    let without = router(travaux_server::Workbench::new(record.clone(), settings));
    let paths = [
        "/?",
        "/overview.json?",
        "/text?",
        "/text.json?",
        "/participants?",
        "/participants.json?",
        "/record?",
        "/record.json?",
        "/record?q=red+line&",
        "/sources?",
        "/sources.json?",
    ];
    for viewer in ["", other.as_str(), secretariat.as_str()] {
        let mut addresses: Vec<String> = paths.map(str::to_owned).to_vec();
        addresses.push(format!("/participant/{own}?"));
        addresses.push(format!("/participant/{own}.json?"));
        addresses.push(format!("/record?participant={own}&"));
        addresses.push(format!("/record/{}?", EntryId::from_random([0xa1; 16])));
        for address in addresses {
            for view in ["as_of=2099-12-31", "as_of=2044-02-03&known_by=2044-02-03", ""] {
                let address = format!("{address}as={viewer}&{view}");
                let (with, without) = (ask(&with, &address).await, ask(&without, &address).await);
                assert_eq!(with.status, without.status, "{address}");
                assert!(with.body == without.body, "{address}: the local record shows");
            }
        }
    }
    let mine = page(&with, &format!("/participant/{own}?as={own}&as_of=2099-12-31")).await;
    assert!(mine.contains("our own red line"), "its delegation is shown it");
}
