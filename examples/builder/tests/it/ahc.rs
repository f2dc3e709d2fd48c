//! The cybercrime convention: rows against entries, counted independently of the builder.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use travaux_examples::Example;
use travaux_record::{Entry, Fact, ProposalOutcome, Standing, Strength};
use travaux_text::Act;

/// Reads the rows of a source file as plain JSON.
fn rows(name: &str) -> Vec<Value> {
    let path = Example::Ahc.folder().join(name);
    let text = std::fs::read_to_string(path).expect("the source file is there");
    let file: Value = serde_json::from_str(&text).expect("the source file is JSON");
    file["rows"].as_array().expect("it has rows").clone()
}

fn entries() -> Vec<Entry> {
    let built = Example::Ahc.build().expect("the source files are sound");
    built.lines().map(|line| serde_json::from_str(line).expect("a line is an entry")).collect()
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
    assert_eq!(counted(|f| matches!(f, Fact::DocumentIssued(_))), of("documents.json") + 5);
    assert_eq!(counted(|f| matches!(f, Fact::MilestoneSet(_))), of("milestones.json"));
    assert_eq!(counted(|f| matches!(f, Fact::OfficerElected(_))), of("officers.json"));
    assert_eq!(counted(|f| matches!(f, Fact::Signed(_))), of("signatures.json"));
    assert_eq!(counted(|f| matches!(f, Fact::SignatureWithheld(_))), of("not_signed.json"));
    assert_eq!(counted(|f| matches!(f, Fact::ConsentRecorded(_))), of("instruments.json"));
    let recorded = rows("votes.json").iter().filter(|row| row["kind"] == "recorded_vote").count();
    assert_eq!(counted(|f| matches!(f, Fact::VoteTaken(_))), recorded);
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
    assert_eq!(with(ProposalOutcome::Adopted), expected["adopted"]);
    assert_eq!(with(ProposalOutcome::Absorbed), expected["absorbed"]);
    assert_eq!(with(ProposalOutcome::Rejected), expected["rejected"]);
    assert_eq!(with(ProposalOutcome::Unsettled), expected["open"]);
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
    assert_eq!(sponsored, 13, "sponsors are named where a source reports the proposal");
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
            let position = &positions[position.as_str().unwrap_or_default()];
            assert_eq!(position["issue"], row["option"]["issue"], "{}", row["id"]);
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
