//! Whose text is whose, on both shipped negotiations: the side of every proposal and of every
//! participant is the base with exactly its open proposals composed.
//!
//! The oracle applies each change by itself to a list of provisions, as a clerk would with
//! scissors; it shares with the program only the alignment of words (`travaux_text::Merge`).

use std::collections::BTreeSet;

use travaux_negotiation::{Basis, Negotiation};
use travaux_record::{Fact, ParticipantId, Read, Record, View, decode_lines, project};
use travaux_text::{
    Act, Change, Merge, Place, ProposalKey, Provision, ProvisionId, Side, SideName, text_clash,
};

use crate::program::Folder;

const NEGOTIATIONS: [(&[&str], &str); 2] =
    [(&[], "ahc/record.jsonl"), (&["--practice"], "practice/record.jsonl")];

fn record(path: &str) -> Record {
    let path = format!("{}/../../examples/{path}", env!("CARGO_MANIFEST_DIR"));
    let read = decode_lines(&std::fs::read(path).unwrap()).unwrap();
    Record::of(read.into_iter().map(|read| match read {
        Read::Known(entry) => *entry,
        Read::Newer(newer) => panic!("{newer:?}"),
    }))
    .unwrap()
}

/// The dates on which something about the text happened: on each the text is looked at.
fn dates(record: &Record) -> BTreeSet<jiff::civil::Date> {
    record
        .entries()
        .filter(|entry| {
            matches!(
                entry.fact,
                Fact::DocumentIssued(_)
                    | Fact::ProposalTabled(_)
                    | Fact::ProposalRevised(_)
                    | Fact::ProposalWithdrawn(_)
                    | Fact::ProposalReintroduced(_)
                    | Fact::ProposalCarried(_)
                    | Fact::SponsorJoined(_)
                    | Fact::ProvisionAgreed(_)
            )
        })
        .map(|entry| entry.at.counts_from())
        .collect()
}

fn on(record: &Record, day: jiff::civil::Date) -> Negotiation {
    project(record, &View::public().as_of(day)).unwrap()
}

/// A list of provisions on a clerk's desk.
struct Desk(Vec<Provision>);

impl Desk {
    fn place(&self, id: &ProvisionId) -> Option<usize> {
        self.0.iter().position(|provision| provision.id == *id)
    }

    /// Where what stands under the provision at `place` ends.
    fn end(&self, place: usize) -> usize {
        let mut above = vec![&self.0[place].id];
        let mut end = place + 1;
        while let Some(next) = self.0.get(end)
            && next.parent.as_ref().is_some_and(|parent| above.contains(&parent))
        {
            above.push(&next.id);
            end += 1;
        }
        end
    }

    /// Where to put something, and under which provision.
    fn at(&self, place: &Place) -> Option<(usize, Option<ProvisionId>)> {
        match place {
            Place::FirstUnder(parent) => Some((self.place(parent)? + 1, Some(parent.clone()))),
            Place::After(sibling) => {
                let at = self.place(sibling)?;
                Some((self.end(at), self.0[at].parent.clone()))
            }
        }
    }

    fn cut(&mut self, id: &ProvisionId) -> Vec<Provision> {
        let Some(place) = self.place(id) else { return Vec::new() };
        let end = self.end(place);
        self.0.drain(place..end).collect()
    }

    fn paste(&mut self, place: &Place, mut strip: Vec<Provision>) {
        let (at, parent) = self.at(place).unwrap();
        strip[0].parent = parent;
        self.0.splice(at..at, strip);
    }
}

/// Makes all changes of the proposals on the base. Words on one provision are composed from what
/// each deletes and inserts; structure is changed one act after the other.
fn by_hand(negotiation: &Negotiation, keys: &[ProposalKey]) -> Vec<Provision> {
    let rolling = negotiation.draft.text();
    let mut desk = Desk(rolling.base().provisions().to_vec());
    // Additions to one gap stand in the order of tabling, so the last tabled is put there first.
    let mut proposals: Vec<_> = rolling.proposals().filter(|(key, _)| keys.contains(key)).collect();
    proposals.sort_by_key(|(key, proposal)| (proposal.tabled, (*key).clone()));
    let mut additions: Vec<_> = proposals
        .iter()
        .flat_map(|(key, proposal)| proposal.additions().map(|(n, change)| (*key, n, change)))
        .collect();
    additions.reverse();
    // What hangs on another addition can only be put once that is there.
    while !additions.is_empty() {
        let before = additions.len();
        additions.retain(|(key, ordinal, change)| {
            let Act::Add { place, kind, number, heading, text } = &change.act else {
                return false;
            };
            if desk.at(place).is_none() {
                return true;
            }
            let (number, heading, text) = (number.clone(), heading.clone(), text.clone());
            let id = ProvisionId::added(key.as_str(), *ordinal);
            let strip = Provision { id, parent: None, kind: *kind, number, heading, text };
            desk.paste(place, vec![strip]);
            false
        });
        if additions.len() == before {
            break;
        }
    }
    for provision in &mut desk.0 {
        let asked = |pick: fn(&Act) -> Option<&String>| {
            let asks = proposals.iter().flat_map(|(key, proposal)| {
                let changes = proposal.changes.iter().filter(|c| c.target == provision.id);
                changes.filter_map(move |change| Some((*key, pick(&change.act)?)))
            });
            asks.collect::<Vec<_>>()
        };
        let texts = asked(|act| match act {
            Act::Replace { text } | Act::Editorial { text } => Some(text),
            _ => None,
        });
        let headings = asked(|act| match act {
            Act::Retitle { heading } => Some(heading),
            _ => None,
        });
        provision.text = composed(&provision.text, &texts);
        provision.heading = composed(&provision.heading, &headings);
    }
    let acts: Vec<&Change> = proposals.iter().flat_map(|(_, p)| &p.changes).collect();
    for change in &acts {
        if let Act::Transfer { place } = &change.act {
            let strip = desk.cut(&change.target);
            desk.paste(place, strip);
        }
    }
    for change in &acts {
        if matches!(change.act, Act::Suppress) {
            desk.cut(&change.target);
        }
    }
    desk.0
}

/// Writes the base with what each side deletes left out and what each inserts put in, once.
fn composed(base: &str, asks: &[(&ProposalKey, &String)]) -> String {
    let mut merge = Merge::new(base);
    for (key, text) in asks {
        merge.table((*key).clone(), text).unwrap();
    }
    let changes: Vec<_> = merge.changes().map(|(_, change)| change).collect();
    let mut text = String::new();
    for gap in 0..=merge.base_len() {
        let inserted: BTreeSet<&str> =
            changes.iter().filter_map(|change| change.insertion(gap)).collect();
        assert!(inserted.len() < 2, "what composes puts one string in one gap");
        text.extend(inserted);
        if gap < merge.base_len() && !changes.iter().any(|change| change.deletes(gap)) {
            text += merge.base_text(gap..gap + 1);
        }
    }
    text
}

/// The same without numbers, which follow from the order of tabling and are tested there.
fn unnumbered(provisions: &[Provision]) -> Vec<Provision> {
    provisions.iter().map(|p| Provision { number: String::new(), ..p.clone() }).collect()
}

fn check(negotiation: &Negotiation, keys: &[ProposalKey], whose: &str) {
    let side: Side<'_> = negotiation.draft.text().side(keys);
    if let Some(text) = side.text() {
        let expected = unnumbered(&by_hand(negotiation, keys));
        assert_eq!(unnumbered(text.provisions()), expected, "the side of {whose}");
    } else {
        assert!(!side.clashes().is_empty());
        let many = side.provisions().iter().any(|provision| provision.readings.len() > 1);
        assert!(many, "{whose} does not compose, and nowhere is a second reading");
    }
}

fn keys_of(negotiation: &Negotiation, participant: &ParticipantId) -> Vec<ProposalKey> {
    let open = negotiation.draft.sponsored_by(participant);
    open.map(|proposal| SideName::new(proposal.id.as_str()).unwrap()).collect()
}

#[test]
fn every_side_is_the_base_with_exactly_its_open_proposals() {
    for (_, path) in NEGOTIATIONS {
        let record = record(path);
        let (mut proposals, mut participants) = (BTreeSet::new(), BTreeSet::new());
        // A side depends on the base and its proposals alone: what is the same is looked at once.
        let mut seen = BTreeSet::new();
        for day in dates(&record) {
            let negotiation = on(&record, day);
            let text = negotiation.draft.text();
            let base = negotiation.draft.present().plain();
            let mut look = |keys: &[ProposalKey], whose: &str| {
                let asks: Vec<_> =
                    keys.iter().map(|key| &text.proposal(key).unwrap().changes).collect();
                if seen.insert(format!("{base}{keys:?}{asks:?}")) {
                    check(&negotiation, keys, whose);
                }
            };
            for proposal in negotiation.draft.open_proposals() {
                let key = SideName::new(proposal.id.as_str()).unwrap();
                look(std::slice::from_ref(&key), proposal.id.as_str());
                proposals.insert(proposal.id.clone());
            }
            for participant in negotiation.process.participants() {
                let keys = keys_of(&negotiation, &participant.participant);
                if !keys.is_empty() {
                    look(&keys, participant.participant.as_str());
                    participants.insert(participant.participant.clone());
                }
            }
        }
        let end = project::<Negotiation>(&record, &View::public()).unwrap();
        for proposal in end.draft.proposals() {
            let day = |basis: Basis| basis.at.counts_from();
            let tabled = day(proposal.tabled());
            let at_once = proposal.life.iter().all(|event| day(event.basis) == tabled);
            assert!(at_once || proposals.contains(&proposal.id), "{} was never open", proposal.id);
        }
        assert!(!participants.is_empty(), "{path}: nobody sponsors anything");
    }
}

/// The program prints that side, to the byte: asked for some of each, since each asks a process.
#[test]
fn the_program_prints_the_side() {
    let folder = Folder::new();
    for (options, path) in NEGOTIATIONS {
        let record = record(path);
        let opening = record.entries().find_map(|entry| match &entry.fact {
            Fact::ProcessOpened(opened) => opened.opening_view,
            _ => None,
        });
        let negotiation = on(&record, opening.unwrap());
        let print = |whose: &str| {
            let args: Vec<&str> =
                ["text", "--plain", "--side", whose].iter().chain(options).copied().collect();
            let run = folder.run(&args);
            assert_eq!(run.code, Some(0), "{run}");
            (String::from_utf8(run.out).unwrap(), run.err)
        };
        let proposals: Vec<_> = negotiation.draft.open_proposals().collect();
        for proposal in proposals.iter().step_by(proposals.len() / 12 + 1) {
            let key = SideName::new(proposal.id.as_str()).unwrap();
            let text = negotiation.draft.text().side([&key]).text().unwrap().plain();
            assert_eq!(print(proposal.id.as_str()).0, text, "{}", proposal.id);
        }
        let participants = negotiation.process.participants();
        for participant in participants.iter().step_by(participants.len() / 12 + 1) {
            let keys = keys_of(&negotiation, &participant.participant);
            let (out, err) = print(participant.participant.as_str());
            match negotiation.draft.text().side(&keys).text() {
                Some(text) => assert_eq!(out, text.plain(), "{}", participant.name),
                None => assert!(err.contains("do not compose"), "{err}"),
            }
        }
    }
}

/// What does not compose is said, and each reading stands there under its name.
#[test]
fn where_proposals_do_not_compose_every_reading_is_printed() {
    let folder = Folder::new();
    let record = record("practice/record.jsonl");
    let mut found = 0;
    for day in dates(&record) {
        let negotiation = on(&record, day);
        for participant in negotiation.process.participants() {
            let keys = keys_of(&negotiation, &participant.participant);
            let side = negotiation.draft.text().side(&keys);
            if side.composes() || found > 3 {
                continue;
            }
            found += 1;
            let day = day.to_string();
            let key = participant.participant.as_str();
            let run =
                folder.run(&["text", "--practice", "--as-of", &day, "--side", key, "--plain"]);
            assert_eq!(run.code, Some(0), "{run}");
            assert!(run.err.contains("do not compose"), "{run}");
            let out = String::from_utf8(run.out).unwrap();
            for provision in side.provisions().iter().filter(|p| p.readings.len() > 1) {
                for reading in &provision.readings {
                    let text = reading.wording.as_ref().map_or("(deleted)", |w| &w.text);
                    assert!(out.contains(text), "{text:?} is missing in {out}");
                }
            }
        }
    }
    assert!(found > 0, "the practice conference has no proposals of one sponsor that clash");
}

#[test]
fn the_oracle_knows_a_clash_when_it_sees_one() {
    let mut merge = Merge::new("The Parties shall report.");
    for (name, text) in [("A", "The Parties may report."), ("B", "The Parties should report.")] {
        merge.table(SideName::new(name).unwrap(), text).unwrap();
    }
    let changes: Vec<_> = merge.changes().map(|(_, change)| change).collect();
    assert!(text_clash(changes[0], changes[1]).is_some());
}
