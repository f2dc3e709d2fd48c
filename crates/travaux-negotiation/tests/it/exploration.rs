//! Small worlds, explored whole: three delegations, every sequence of moves to a stated depth.
//!
//! The invariants are those that docs/procedure.md states. They are written here against the room,
//! not against the rules, so that a rules file that lets them be broken is caught.

use std::collections::BTreeSet;

use travaux_negotiation::decisions::Outcome;
use travaux_negotiation::procedure::{Floor, MatterState, Move, Room, Rules, speak};
use travaux_record::testing::{Builder, id, person};
use travaux_record::{
    Entry, Fact, Majority, Moment, Occurrence, ParticipantClass, Projection as _, QuestionEffect,
    Subject,
};

use crate::procedure::{root, rules, text};

const DAY: &str = "2031-05-03";
/// To this depth every sequence of moves in order is followed, unless `TRAVAUX_DEPTH` says another.
const DEPTH: usize = 4;
/// To this depth every sequence of moves at all.
const DEPTH_OF_ANY: usize = 3;

/// Applies a fact as its own entry, the number being its place.
fn apply(room: &mut Room, fact: &Fact, number: usize, day: &str) {
    let at: Moment = day.parse().unwrap();
    let recorded_at = "2031-05-03T10:00:00Z".parse().unwrap();
    let entry = Entry::new(id(number as u64), at, recorded_at, person("SEC"), fact.clone());
    room.apply(Occurrence { entry: &entry, fact: &entry.fact, at, corrected_by: None });
}

/// Three States, a proposal with an amendment to it that lie a day, an open meeting.
fn opening(rules: &Rules) -> Room {
    let mut builder = Builder::default();
    for state in ["A", "B", "C"] {
        builder.admit(state, ParticipantClass::State);
    }
    builder.add(text());
    let mut room = Room::default();
    for (number, entry) in builder.entries.iter().enumerate() {
        apply(&mut room, &entry.fact, number, "2031-05-01");
    }
    for (line, day) in [
        ("present A B C", "2031-05-01"),
        ("A tables P.1: art.2 \"Each Party may act.\"", "2031-05-01"),
        ("B tables P.2 amending P.1: to delete art.2", "2031-05-01"),
        ("open \"1st meeting\"", DAY),
    ] {
        let spoken = speak(&Floor::new(&room, rules, day.parse().unwrap()), line).unwrap();
        for fact in spoken.facts {
            let number = 100 + room.acts();
            apply(&mut room, &fact, number, day);
        }
    }
    room
}

/// The lines a move stands for: each delegation in turn, keys by what they are for.
fn lines(next: &Move) -> Vec<String> {
    let filled = next
        .say
        .replace("<KEY>", next.kind)
        .replace("<TITLE>", "2nd meeting")
        .replace("<PROVISION>", "art.3")
        .replace(" \"<GROUND>\" unless \"<REMEDY>\"", "");
    let filled = filled.replace("<WORDS>", "words").replace("<REPORT>", "words");
    // What is tabled on the day can't be taken up on it, and only multiplies what is the same.
    if matches!(next.kind, "table" | "amend" | "agenda" | "secretariat") {
        return Vec::new();
    }
    if !filled.contains("<WHO>") {
        return vec![filled];
    }
    ["A", "B", "C"].iter().map(|who| filled.replace("<WHO>", who)).collect()
}

/// What of a room matters for what may follow: not which entry did it.
fn key(room: &Room) -> String {
    let matters: Vec<String> = room
        .matters()
        .map(|matter| {
            let standing: Vec<_> = matter.standing().map(|one| &one.participant).collect();
            let cast = matter.voting.as_ref().map(|voting| &voting.cast);
            let steps = [&matter.sought, &matter.bureau, &matter.informed].map(Option::is_some);
            format!(
                "{} {:?} {standing:?} {steps:?} {cast:?} {:?}",
                matter.id, matter.state, matter.procedural
            )
        })
        .collect();
    let open: Vec<_> = room
        .open_proposals()
        .iter()
        .map(|t| (&t.id, &t.sponsors, &t.divided, t.amended, t.beyond_competence))
        .map(|t| format!("{t:?}"))
        .collect();
    format!(
        "{:?} {:?} {:?} {:?} {} {:?} {:?} {:?} {:?}",
        room.meeting(),
        room.debate(),
        room.speakers(),
        room.speaking().map(|now| &now.participant),
        room.is_list_closed(),
        room.pending(),
        room.ruled(),
        open,
        matters
    )
}

/// The invariants of any room, however it came about.
fn consistent(room: &Room) -> Result<(), String> {
    let live: BTreeSet<_> = room.live().map(|matter| matter.id.clone()).collect();
    for matter in room.matters() {
        let is_live = live.contains(&matter.id);
        let awaits = matches!(matter.state, MatterState::Open | MatterState::Voting);
        if awaits != is_live && matter.subject.is_some() {
            return Err(format!("{} is {:?} and live: {is_live}", matter.id, matter.state));
        }
        if let (MatterState::Decided(Outcome::Carried), Some(tally)) = (matter.state, matter.tally)
            && tally.in_favour == 0
        {
            return Err(format!("{} is carried by nobody", matter.id));
        }
    }
    for pending in room.pending() {
        if !live.contains(&pending.motion) {
            return Err(format!("{} is pending and decided", pending.motion));
        }
    }
    if let Some(voting) = room.voting()
        && voting.state != MatterState::Voting
    {
        return Err(format!("{} is voted on and {:?}", voting.id, voting.state));
    }
    Ok(())
}

/// The invariants of a room that came about by moves in order alone.
fn lawful(room: &Room) -> Result<(), String> {
    for matter in room.matters() {
        let is_substance = matter.kind().is_none() && matter.procedural != Some(true);
        let Some(voting) = matter.voting.as_ref().filter(|_| is_substance) else { continue };
        // A question may be put on the ground that efforts on it are exhausted.
        let steps = [matter.sought.is_some(), matter.bureau.is_some(), matter.informed.is_some()];
        if steps != [true; 3] {
            return Err(format!(
                "{} was put to the vote: sought, exhausted, informed: {steps:?}",
                matter.id
            ));
        }
        if voting.put.majority != Majority::TwoThirds
            || voting.put.effect == QuestionEffect::Procedure
        {
            return Err(format!("{} needs two thirds", matter.id));
        }
    }
    for matter in room.matters().filter(|matter| matter.kind().is_none()) {
        let agreed = matter.state == MatterState::Decided(Outcome::WithoutVote);
        if agreed && matter.standing().next().is_some() {
            return Err(format!("{} is agreed over an objection", matter.id));
        }
        if let Some(Subject::Proposal(proposal)) = &matter.subject
            && matter.is_decided()
            && !room.open_amendments(proposal).is_empty()
        {
            return Err(format!("{proposal} is decided before its amendments"));
        }
    }
    Ok(())
}

/// Which moves are followed.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Which {
    InOrder,
    AnyAtAll,
}

/// Follows every sequence of moves; returns how many different rooms were seen.
fn explore(rules: &Rules, depth: usize, which: Which) -> Result<usize, String> {
    let any = which == Which::AnyAtAll;
    let mut seen = BTreeSet::new();
    let mut rooms = vec![(opening(rules), Vec::<String>::new())];
    for reached in 0..=depth {
        let mut next_rooms = Vec::new();
        for (room, path) in rooms {
            let blame = |why: String| format!("{why}, after:\n  {}", path.join("\n  "));
            consistent(&room).map_err(blame)?;
            if !any {
                lawful(&room).map_err(blame)?;
            }
            let floor = Floor::new(&room, rules, DAY.parse().unwrap());
            let moves = floor.next();
            if !any && moves.iter().all(|next| !next.is_in_order()) {
                return Err(blame("nothing is in order any more".to_owned()));
            }
            for barred in moves.iter().flat_map(|next| &next.barred) {
                if barred.way_out.is_empty() || barred.why.is_empty() {
                    return Err(blame(format!("{barred:?} leads nowhere")));
                }
            }
            if reached == depth {
                continue;
            }
            let chosen = moves.iter().filter(|next| any || next.is_in_order());
            for line in chosen.flat_map(lines) {
                let spoken = speak(&floor, &line).map_err(|error| blame(error.to_string()))?;
                let mut then = room.clone();
                let mut in_order = true;
                for fact in &spoken.facts {
                    let floor = Floor::new(&then, rules, DAY.parse().unwrap());
                    in_order &= floor.check(fact).is_empty();
                    let number = 100 + then.acts();
                    apply(&mut then, fact, number, DAY);
                }
                if (any || in_order) && seen.insert(key(&then)) {
                    let mut path = path.clone();
                    path.push(line);
                    next_rooms.push((then, path));
                }
            }
        }
        rooms = next_rooms;
    }
    Ok(seen.len())
}

#[test]
fn every_sequence_of_moves_in_order_keeps_the_law_and_never_ends() {
    let rules = rules("ahc").with_members(3);
    let depth = depth();
    let seen = explore(&rules, depth, Which::InOrder).unwrap();
    eprintln!("{seen} different rooms by {depth} moves in order");
    assert!(seen > 1000, "only {seen} rooms were seen");
}

/// The depth asked for, else the usual one.
fn depth() -> usize {
    let asked = std::env::var("TRAVAUX_DEPTH").ok();
    asked.and_then(|asked| asked.parse().ok()).unwrap_or(DEPTH)
}

#[test]
fn every_sequence_of_acts_at_all_leaves_the_room_consistent() {
    let rules = rules("ahc").with_members(3);
    let seen = explore(&rules, DEPTH_OF_ANY, Which::AnyAtAll).unwrap();
    eprintln!("{seen} different rooms by {DEPTH_OF_ANY} moves of any kind");
    assert!(seen > 1000, "only {seen} rooms were seen");
}

#[test]
fn a_rules_file_that_forgets_the_bureau_is_caught() {
    let read = |name: &str| std::fs::read_to_string(root().join("rules").join(name)).unwrap();
    let broken = read("ahc.toml").replacen(", certified_by = \"bureau\"", "", 1);
    let rules = Rules::read(&[&broken, &read("ga-committees.toml")]).unwrap().with_members(3);
    // Consensus sought, the chair informs, the amendment put: within four moves.
    let caught = explore(&rules, 4, Which::InOrder).unwrap_err();
    assert!(caught.contains("was put to the vote"), "{caught}");
    assert!(caught.contains("sought, exhausted, informed: [true, false, true]"), "{caught}");
}
