//! The cybercrime convention: rows against entries, counted independently of the builder.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::Value;
use travaux_examples::{Example, Mint};
use travaux_record::{
    Entry, Fact, ParticipantId, PositionForm, ProposalOutcome, Standing, Strength,
};
use travaux_text::Act;

/// Reads the rows of a source file as plain JSON.
fn rows(name: &str) -> Vec<Value> {
    let path = Example::Ahc.folder().join(name);
    let text = std::fs::read_to_string(path).expect("the source file is there");
    let file: Value = serde_json::from_str(&text).expect("the source file is JSON");
    file["rows"].as_array().expect("it has rows").clone()
}

fn entries() -> Vec<Entry> {
    Example::Ahc.mint().expect("the source files are sound").entries().to_vec()
}

fn string(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The values of `key` in a source file; they are distinct.
fn ids(name: &str, key: &str) -> BTreeSet<String> {
    let rows = rows(name);
    let ids: BTreeSet<_> = rows.iter().map(|row| string(&row[key]).to_owned()).collect();
    assert_eq!(ids.len(), rows.len(), "{name} has a row twice");
    ids
}

fn keys(entries: &[Entry], of: impl Fn(&Fact) -> Option<String>) -> BTreeSet<String> {
    entries.iter().filter_map(|entry| of(&entry.fact)).collect()
}

fn count(entries: &[Entry], of: impl Fn(&Fact) -> bool) -> usize {
    entries.iter().filter(|entry| of(&entry.fact)).count()
}

#[test]
fn every_row_becomes_its_entries() {
    let entries = entries();
    let counted = |of: fn(&Fact) -> bool| count(&entries, of);
    let of = |name| rows(name).len();
    assert_eq!(counted(|f| matches!(f, Fact::SourceDescribed(_))), of("sources.json"));
    let participants = of("delegations.json") + of("groups.json") + 1;
    assert_eq!(counted(|f| matches!(f, Fact::ParticipantAdmitted(_))), participants);
    assert_eq!(counted(|f| matches!(f, Fact::IssueFramed(_))), of("issues.json"));
    assert_eq!(counted(|f| matches!(f, Fact::PositionTaken(_))), of("positions.json"));
    assert_eq!(counted(|f| matches!(f, Fact::ProposalTabled(_))), of("proposals.json"));
    // The text as approved is no document of its own: it is the one put to the Committee.
    assert_eq!(counted(|f| matches!(f, Fact::DocumentIssued(_))), of("documents.json") + 1);
    let milestones: BTreeSet<_> = keys(&entries, |fact| match fact {
        Fact::MilestoneSet(set) => Some(set.milestone.to_string()),
        _ => None,
    });
    assert_eq!(milestones, ids("milestones.json", "id"));
    let sessions = keys(&entries, |fact| match fact {
        Fact::SessionConvened(convened) => Some(convened.session.to_string()),
        _ => None,
    });
    assert_eq!(sessions, ids("sessions.json", "id"));
    assert_eq!(counted(|f| matches!(f, Fact::OfficerElected(_))), of("officers.json"));
    assert_eq!(counted(|f| matches!(f, Fact::Signed(_))), of("signatures.json"));
    assert_eq!(counted(|f| matches!(f, Fact::NotYetSigned(_))), of("not_signed.json"));
    assert_eq!(counted(|f| matches!(f, Fact::ConsentRecorded(_))), of("instruments.json"));
    let decisions = keys(&entries, |fact| match fact {
        Fact::VoteTaken(vote) => Some(vote.decision.to_string()),
        Fact::ConsensusReached(reached) => Some(reached.decision.to_string()),
        Fact::ConsensusSought(sought) => Some(sought.decision.to_string()),
        Fact::MotionMade(moved) => Some(moved.motion.to_string()),
        _ => None,
    });
    assert_eq!(decisions, ids("votes.json", "id"));
    let recorded = rows("votes.json").iter().filter(|row| row["kind"] == "recorded_vote").count();
    assert_eq!(counted(|f| matches!(f, Fact::VoteTaken(_))), recorded);
    let spoke: usize = rows("speakers.json").iter().map(|row| array(&row["speakers"]).len()).sum();
    assert_eq!(counted(|f| matches!(f, Fact::StatementDelivered(_))), spoke);
}

/// Checks that the entry minted for each row is there and says what the row says.
#[track_caller]
fn check_rows(table: &str, prefix: &str, key: &str, says: impl Fn(&Entry, &Value) -> bool) {
    let mint = Mint::new("travaux/ahc/1", ParticipantId::new("nobody"), Timestamp::UNIX_EPOCH);
    let entries: BTreeMap<_, _> = entries().into_iter().map(|entry| (entry.id, entry)).collect();
    for row in rows(table) {
        let id = mint.id(&format!("{prefix}/{}", string(&row[key])));
        let entry = entries.get(&id);
        assert!(entry.is_some_and(|entry| says(entry, &row)), "{table}: {row} became {entry:?}");
    }
}

fn cites(entry: &Entry, source: &Value) -> bool {
    entry.evidence.iter().any(|evidence| evidence.source.as_str() == string(source))
}

#[test]
fn a_row_is_entered_as_it_reads() {
    check_rows("sources.json", "source", "id", |entry, row| {
        matches!(&entry.fact, Fact::SourceDescribed(source)
            if source.title == string(&row["title"])
                && source.machine_made == row["machine_made"].as_bool().unwrap_or_default())
    });
    check_rows("positions.json", "position", "id", |entry, row| {
        matches!(&entry.fact, Fact::PositionTaken(taken)
            if taken.participant.as_str() == string(&row["delegation"])
                && taken.option.issue.as_str() == string(&row["issue"])
                && taken.option.option.as_str() == string(&row["option"])
                && taken.note == string(&row["note"]))
            && cites(entry, &row["source_id"])
            && entry.at.to_string().starts_with(string(&row["date"]))
    });
    check_rows("proposals.json", "proposal", "id", |entry, row| {
        matches!(&entry.fact, Fact::ProposalTabled(tabled)
            if tabled.proposal.as_str() == string(&row["id"])
                && tabled.changes[0].target.as_str() == string(&row["target"])
                && (row["label"].is_null() || tabled.label == string(&row["label"])))
            && entry.at.to_string() == string(&row["date"])
    });
    check_rows("signatures.json", "signed", "participant", |entry, row| {
        matches!(&entry.fact, Fact::Signed(signed)
            if signed.participant.as_str() == string(&row["participant"])
                && signed.place == string(&row["place"]))
            && cites(entry, &row["source_id"])
            && entry.at.to_string() == string(&row["date"])
    });
    check_rows("issues.json", "issue", "id", |entry, row| {
        matches!(&entry.fact, Fact::IssueFramed(framed)
            if framed.in_hindsight && framed.options.len() == array(&row["options"]).len())
    });
}

#[test]
fn what_an_alternative_says_on_its_day_knows_nothing_of_later_texts() {
    let mut checked = 0;
    for entry in entries() {
        let Fact::ProposalTabled(tabled) = &entry.fact else { continue };
        for later in ["final text", "Final article", "final article", "zero draft", "Stance"] {
            assert!(!tabled.note.contains(later), "{}: {}", tabled.proposal, tabled.note);
        }
        checked += usize::from(!tabled.note.is_empty());
    }
    assert!(checked > 20, "{checked}");
}

#[test]
fn an_alternative_cites_no_position_later_than_its_session() {
    let entries = entries();
    let ends: BTreeMap<String, String> = rows("sessions.json")
        .iter()
        .map(|row| (string(&row["id"]).to_owned(), string(&row["until"]).to_owned()))
        .collect();
    let first_use: BTreeMap<_, _> = entries
        .iter()
        .rev()
        .filter(|entry| matches!(entry.fact, Fact::PositionTaken(_)))
        .flat_map(|entry| entry.evidence.iter().map(|e| (e.source.clone(), entry.at)))
        .fold(BTreeMap::new(), |mut first, (source, at)| {
            let earliest = first.entry(source).or_insert(at);
            *earliest = at.min(*earliest);
            first
        });
    let sessions: BTreeMap<String, String> = rows("proposals.json")
        .iter()
        .map(|row| (string(&row["id"]).to_owned(), string(&row["session"]).to_owned()))
        .collect();
    for entry in &entries {
        let Fact::ProposalTabled(tabled) = &entry.fact else { continue };
        if tabled.standing != Standing::Alternative {
            continue;
        }
        let end = &ends[&sessions[tabled.proposal.as_str()]];
        for evidence in &entry.evidence {
            if let Some(first) = first_use.get(&evidence.source) {
                assert!(first.counts_from().to_string() <= *end, "{}", tabled.proposal);
            }
        }
    }
}

#[test]
fn no_proposal_is_tabled_on_a_text_that_was_superseded() {
    let entries = entries();
    let mut bases: Vec<(String, travaux_record::Moment)> = entries
        .iter()
        .filter_map(|entry| match &entry.fact {
            Fact::DocumentIssued(issued) if issued.base.is_some() => {
                Some((issued.document.to_string(), entry.at))
            }
            _ => None,
        })
        .collect();
    bases.sort_by_key(|(_, at)| *at);
    assert_eq!(bases.len(), 5);
    for entry in &entries {
        let Fact::ProposalTabled(tabled) = &entry.fact else { continue };
        let place = bases.iter().position(|(id, _)| id == tabled.document.as_str());
        let place = place.expect("a proposal is on a base");
        assert!(bases[place].1 <= entry.at, "{}", tabled.proposal);
        if let Some((_, superseded)) = bases.get(place + 1) {
            assert!(entry.at <= *superseded, "{}", tabled.proposal);
        }
    }
}

#[test]
fn the_readme_counts_what_there_is() {
    let readme = std::fs::read_to_string(Example::Ahc.folder().join("README.md"))
        .expect("the case has a README");
    let entries = entries();
    let told = |what: &str| -> usize {
        let line = readme.lines().find(|line| line.starts_with(&format!("| {what} |")));
        let line = line.unwrap_or_else(|| panic!("the README does not count {what}"));
        let cell = line.split('|').nth(2).unwrap_or_default();
        cell.trim().parse().unwrap_or_else(|_| panic!("no number of {what}: {cell}"))
    };
    let tabled = |standing| {
        count(&entries, |f| matches!(f, Fact::ProposalTabled(t) if t.standing == standing))
    };
    let of = |name: &str| rows(name).len();
    let bases = count(&entries, |f| matches!(f, Fact::DocumentIssued(i) if i.base.is_some()));
    let votes = count(&entries, |f| matches!(f, Fact::VoteTaken(_)));
    let consensus = count(&entries, |f| matches!(f, Fact::ConsensusReached(_)));
    for (what, counted) in [
        ("delegations", of("delegations.json")),
        ("groups", of("groups.json")),
        ("officers", of("officers.json")),
        ("issues", of("issues.json")),
        ("positions", of("positions.json")),
        ("documents", of("documents.json")),
        ("texts", bases),
        ("alternatives that embody an option", tabled(Standing::Alternative)),
        ("illustrative alternatives", tabled(Standing::Illustrative)),
        ("reported proposals", tabled(Standing::Reported)),
        ("sessions and consultations", of("sessions.json")),
        ("milestones", of("milestones.json")),
        ("recorded votes", votes),
        ("decisions without a vote", consensus),
        ("signatures", of("signatures.json")),
        ("sources", of("sources.json")),
        ("entries", entries.len()),
    ] {
        assert_eq!(told(what), counted, "{what}");
    }
}

#[test]
fn every_proposal_ends_before_or_at_the_adopted_text() {
    let entries = entries();
    let ended = |f: &Fact| matches!(f, Fact::ProposalLapsed(_) | Fact::ProposalWithdrawn(_));
    assert_eq!(count(&entries, ended), rows("proposals.json").len());
}

#[test]
fn outcomes_are_those_of_the_rows() {
    let mut expected: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows("proposals.json") {
        *expected.entry(row["outcome"].as_str().unwrap_or_default().to_owned()).or_default() += 1;
    }
    let entries = entries();
    let with =
        |outcome| count(&entries, |f| matches!(f, Fact::ProposalLapsed(l) if l.outcome == outcome));
    assert_eq!(with(ProposalOutcome::Reflected), expected["reflected"]);
    assert_eq!(with(ProposalOutcome::ReflectedInPart), expected["reflected_in_part"]);
    assert_eq!(with(ProposalOutcome::NotReflected), expected["not_reflected"]);
    assert_eq!(with(ProposalOutcome::LeftOpen), expected["left_open"]);
    assert_eq!(count(&entries, |f| matches!(f, Fact::ProposalWithdrawn(_))), expected["withdrawn"]);
}

#[test]
fn no_participant_sponsors_wording_of_ours() {
    let entries = entries();
    let standing: BTreeMap<_, _> = entries
        .iter()
        .filter_map(|entry| match &entry.fact {
            Fact::ProposalTabled(tabled) => Some((tabled.proposal.clone(), tabled.standing)),
            _ => None,
        })
        .collect();
    let mut sponsored = 0;
    for entry in &entries {
        if let Fact::SponsorJoined(joined) = &entry.fact {
            assert_eq!(standing[&joined.proposal], Standing::Reported, "{}", joined.proposal);
            sponsored += 1;
        }
    }
    assert_eq!(sponsored, 12, "sponsors are named where a source reports the proposal");
}

#[test]
fn a_proposal_to_keep_the_text_says_so_without_repeating_it() {
    let kept = rows("proposals.json").iter().filter(|row| row["op"] == "retain").count();
    let no_change = |f: &Fact| matches!(f, Fact::ProposalTabled(t) if t.changes.iter().all(|c| c.act == Act::NoChange));
    assert_eq!(count(&entries(), no_change), kept);
}

#[test]
fn what_is_on_record_for_an_option_is_among_its_positions() {
    let positions: BTreeMap<String, Value> = rows("positions.json")
        .into_iter()
        .map(|row| (row["id"].as_str().unwrap_or_default().to_owned(), row))
        .collect();
    let mut checked = 0;
    for row in rows("proposals.json") {
        for position in row["on_record"].as_array().into_iter().flatten() {
            let position = &positions[string(position)];
            assert_eq!(position["issue"], row["option"]["issue"], "{}", row["id"]);
            // To oppose one option is to be on record for another.
            let is_for_this = position["option"] == row["option"]["option"];
            assert_eq!(is_for_this, position["strength"] != "oppose", "{}: {position}", row["id"]);
            checked += 1;
        }
    }
    assert!(checked > 300, "{checked}");
}

#[test]
fn ballots_add_up_to_the_tally_where_both_are_known() {
    let mut checked = 0;
    for entry in entries() {
        let Fact::VoteTaken(vote) = entry.fact else { continue };
        let Some(tally) = vote.tally.filter(|_| !vote.ballots.is_empty()) else { continue };
        let cast = |ballot| vote.ballots.values().filter(|cast| **cast == ballot).count();
        let counted = [
            cast(travaux_record::Ballot::Yes),
            cast(travaux_record::Ballot::No),
            cast(travaux_record::Ballot::Abstain),
        ];
        let told = [tally.in_favour, tally.against, tally.abstaining].map(|n| n as usize);
        assert_eq!(counted, told, "{}", vote.decision);
        checked += 1;
    }
    assert_eq!(checked, 2);
}

#[test]
fn positions_of_the_fifth_session_count_on_its_last_day() {
    let fifth: Vec<_> = entries()
        .into_iter()
        .filter(|entry| {
            matches!(&entry.fact, Fact::PositionTaken(taken)
                if taken.session.as_ref().is_some_and(|session| session.as_str() == "S5"))
        })
        .map(|entry| entry.at.counts_from().to_string())
        .collect();
    assert_eq!(fifth.len(), 72);
    assert!(fifth.iter().all(|day| day.as_str() <= "2023-04-21"), "{fifth:?}");
}

#[test]
fn every_strength_in_the_rows_is_kept() {
    let told: BTreeSet<String> = rows("positions.json")
        .iter()
        .map(|row| row["strength"].as_str().unwrap_or_default().to_owned())
        .collect();
    let kept: BTreeSet<Strength> = entries()
        .into_iter()
        .filter_map(|entry| match entry.fact {
            Fact::PositionTaken(taken) => Some(taken.strength),
            _ => None,
        })
        .collect();
    assert_eq!(told.len(), kept.len());
}

#[test]
fn what_the_analysis_says_of_groups_is_a_report() {
    let groups: BTreeSet<String> =
        rows("groups.json").iter().map(|row| string(&row["id"]).to_owned()).collect();
    let mut reports = 0;
    for entry in entries() {
        let Fact::PositionTaken(taken) = &entry.fact else { continue };
        let rests_on_it = entry.evidence.iter().any(|e| e.source.as_str() == "gitoc-2023");
        if rests_on_it && groups.contains(taken.participant.as_str()) {
            assert_eq!(taken.form, PositionForm::Report, "{}", taken.participant);
            reports += 1;
        }
    }
    assert_eq!(reports, 44);
}

#[test]
fn only_the_general_assembly_adopts() {
    let adoptions: Vec<String> = rows("milestones.json")
        .iter()
        .filter(|row| row["kind"] == "adoption")
        .map(|row| string(&row["date"]).to_owned())
        .collect();
    assert_eq!(adoptions, ["2024-12-24"]);
}
