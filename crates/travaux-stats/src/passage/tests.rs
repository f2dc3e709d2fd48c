//! Whether the quick ways agree with trying everything.

use proptest::prelude::*;

use super::*;

fn rules(delegations: u32) -> Vec<Rule> {
    let plain = [
        Rule::SIMPLE,
        Rule::TWO_THIRDS,
        Rule::absolute(delegations),
        Rule::absolute(delegations + 1),
        Rule::two_thirds_of_members(delegations),
    ];
    let mut rules = plain.to_vec();
    for quorum in [1, delegations / 2 + 1, delegations, delegations + 1] {
        rules.extend(plain.map(|rule| rule.with_quorum(quorum)));
    }
    rules
}

/// The oracle: every vote of every delegation in every room, one after the other.
struct Enumerated {
    rules: Vec<Rule>,
    passes: Vec<f64>,
    yes: Vec<f64>,
}

impl Enumerated {
    fn of(rules: Vec<Rule>, rooms: &[(f64, Vec<Chances>)]) -> Self {
        let (passes, yes) = (vec![0.0; rules.len()], vec![0.0; rooms[0].1.len() + 1]);
        let mut all = Self { rules, passes, yes };
        for (weight, room) in rooms {
            all.go(*weight, room, Tally::default());
        }
        all
    }

    fn go(&mut self, chance: f64, room: &[Chances], tally: Tally) {
        let Some((first, rest)) = room.split_first() else {
            self.yes[tally.yes as usize] += chance;
            for (rule, passes) in self.rules.iter().zip(&mut self.passes) {
                if rule.carries(tally) {
                    *passes += chance;
                }
            }
            return;
        };
        for vote in Vote::ALL {
            let mut tally = tally;
            match vote {
                Vote::Yes => tally.yes += 1,
                Vote::No => tally.no += 1,
                Vote::Abstain => tally.abstain += 1,
                Vote::Absent => tally.absent += 1,
            }
            self.go(chance * first.of(vote), rest, tally);
        }
    }
}

fn agree(room: &[Chances], loadings: &[f64], points: usize) {
    let rooms = shaken(room, loadings, points);
    let size = u32::try_from(room.len()).expect("small");
    let slow = Enumerated::of(rules(size), &rooms);
    for (rule, expected) in slow.rules.iter().zip(&slow.passes) {
        let quick = passage(*rule, &rooms).expect("rooms of one size");
        assert!((quick.passes - expected).abs() < 1e-12, "{rule}: {} {expected}", quick.passes);
        for (quick, slow) in quick.yes.mass().iter().zip(&slow.yes) {
            assert!((quick - slow).abs() < 1e-12);
        }
    }
}

fn chances() -> impl Strategy<Value = Chances> {
    let part = prop_oneof![4 => 0.0..1.0, 1 => Just(0.0)];
    [part.clone(), part.clone(), part.clone(), part].prop_map(|parts| {
        let sum: f64 = parts.iter().sum();
        let parts = if sum > 0.0 { parts.map(|part| part / sum) } else { [1.0, 0.0, 0.0, 0.0] };
        Chances::new(parts).expect("a distribution")
    })
}

fn room(most: usize) -> impl Strategy<Value = Vec<Chances>> {
    prop::collection::vec(chances(), 1..=most)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn every_majority_agrees_with_enumeration(room in room(6), loading in -2.0_f64..2.0) {
        let loadings: Vec<f64> = (0..room.len()).map(|i| if i % 3 == 2 { -loading } else { loading }).collect();
        agree(&room, &loadings, 3);
    }

    #[test]
    fn a_shared_shock_leaves_each_delegations_chances_as_they_were(chances in chances(), loading in -1.0_f64..1.0) {
        let rooms = shaken(&[chances], &[loading], 40);
        for vote in Vote::ALL {
            let mean: f64 = rooms.iter().map(|(weight, room)| weight * room[0].of(vote)).sum();
            prop_assert!((mean - chances.of(vote)).abs() < 1e-6, "{vote:?}: {mean} {}", chances.of(vote));
        }
    }

    #[test]
    fn a_pivot_is_the_difference_between_two_votes(room in room(6), which in 0_usize..6) {
        let which = which % room.len();
        let rooms = shaken(&room, &vec![0.7; room.len()], 3);
        for rule in rules(u32::try_from(room.len()).expect("small")) {
            let pivot = pivots(rule, &rooms).expect("rooms")[which];
            for (vote, expected) in [(Vote::Yes, pivot.if_yes), (Vote::No, pivot.if_no)] {
                let mut fixed = rooms.clone();
                for (_, room) in &mut fixed {
                    room[which] = Chances::surely(vote);
                }
                let passes = Enumerated::of(vec![rule], &fixed).passes[0];
                prop_assert!((passes - expected).abs() < 1e-12, "{rule}: {passes} {expected}");
            }
        }
    }

    #[test]
    fn no_smaller_and_no_likelier_set_of_switches_turns_the_result(room in room(5)) {
        let votes: Vec<Vote> = room.iter().map(Chances::likeliest).collect();
        for rule in rules(u32::try_from(room.len()).expect("small")) {
            let found = smallest_switches(rule, &votes, &room);
            let slow = switches_by_trying(rule, &votes, &room);
            prop_assert_eq!(found.as_ref().map(Vec::len), slow.map(|slow| slow.0), "{}", rule);
            let Some(found) = found else { continue };
            let mut turned = votes.clone();
            for switch in &found {
                prop_assert_eq!(turned[switch.delegation], switch.from);
                turned[switch.delegation] = switch.to;
            }
            prop_assert!(rule.carries(Tally::of(&turned)) != rule.carries(Tally::of(&votes)));
            if rule.quorum() == 0 {
                let unlikely = odds(&votes, &turned, &room);
                prop_assert!(unlikely <= slow.expect("found").1 + 1e-9, "{}", rule);
            }
        }
    }

    #[test]
    fn consensus_agrees_with_enumeration(rooms in prop::collection::vec((0.1..1.0, prop::collection::vec(0.0..=1.0, 4)), 1..4)) {
        let total: f64 = rooms.iter().map(|(weight, _)| weight).sum();
        let found = consensus(&rooms).expect("rooms");
        let holds = |left_out: Option<usize>| -> f64 {
            let of_room = |room: &[f64]| -> f64 {
                let asked = room.iter().enumerate().filter(|(i, _)| Some(*i) != left_out);
                asked.map(|(_, objects)| 1.0 - objects).product()
            };
            rooms.iter().map(|(weight, room)| weight / total * of_room(room)).sum()
        };
        prop_assert!((found.holds - holds(None)).abs() < 1e-12);
        for (i, without) in found.without.iter().enumerate() {
            prop_assert!((without - holds(Some(i))).abs() < 1e-12);
        }
    }
}

fn odds(from: &[Vote], to: &[Vote], room: &[Chances]) -> f64 {
    let moved = room.iter().zip(from.iter().zip(to)).filter(|(_, (from, to))| from != to);
    moved
        .map(|(chances, (from, to))| {
            let log = |vote: Vote| libm::log(chances.of(vote).max(1e-300));
            log(*from) - log(*to)
        })
        .sum()
}

fn switches_by_trying(rule: Rule, votes: &[Vote], room: &[Chances]) -> Option<(usize, f64)> {
    let carried = rule.carries(Tally::of(votes));
    let mut best: Option<(usize, f64)> = None;
    for code in 0..4_usize.pow(u32::try_from(votes.len()).expect("small")) {
        let tried: Vec<Vote> = (0..votes.len())
            .map(|i| Vote::ALL[code / 4_usize.pow(u32::try_from(i).expect("small")) % 4])
            .collect();
        if rule.carries(Tally::of(&tried)) == carried {
            continue;
        }
        let count = votes.iter().zip(&tried).filter(|(a, b)| a != b).count();
        let cost = (count, odds(votes, &tried, room));
        if best.is_none_or(|best| cost < best) {
            best = Some(cost);
        }
    }
    best
}

fn of(parts: [f64; 4]) -> Chances {
    Chances::new(parts).expect("a distribution")
}

#[test]
fn twelve_delegations_agree_with_enumeration_in_every_majority() {
    let room: Vec<Chances> = (0..12_u32)
        .map(|i| {
            let yes = 0.9 - 0.06 * f64::from(i);
            let rest = 1.0 - yes;
            of([yes, 0.5 * rest, 0.3 * rest, 0.2 * rest])
        })
        .collect();
    agree(&room, &[0.8; 12], 2);
}

#[test]
fn a_room_of_thousands_neither_overflows_nor_loses_anything() {
    let room = vec![of([0.667, 0.332, 0.0005, 0.0005]); 3_000];
    let passage = passage(Rule::TWO_THIRDS, &[(1.0, room)]).expect("a room");
    for distribution in
        [&passage.yes, &passage.no, &passage.abstain, &passage.absent, &passage.margin]
    {
        let sum: f64 = distribution.mass().iter().sum();
        assert!((sum - 1.0).abs() < 1e-11, "{sum}");
    }
    assert!((0.4..0.7).contains(&passage.passes), "{}", passage.passes);
}

#[test]
fn where_all_are_certain_so_is_the_result() {
    let room = |yes: usize, no: usize| {
        let mut room = vec![of([1.0, 0.0, 0.0, 0.0]); yes];
        room.extend(vec![of([0.0, 1.0, 0.0, 0.0]); no]);
        room
    };
    for (yes, no, passes) in [(102, 51, 1.0), (101, 52, 0.0), (2, 1, 1.0), (0, 0, 0.0)] {
        let mut room = room(yes, no);
        room.push(of([0.0, 0.0, 1.0, 0.0]));
        let found = passage(Rule::TWO_THIRDS, &[(1.0, room)]).expect("a room");
        assert!((found.passes - passes).abs() < 1e-12, "{yes} to {no}");
    }
}

#[test]
fn what_cannot_be_reached_is_said_with_the_numbers() {
    let said = Rule::absolute(193).out_of_reach(90).expect("out of reach");
    assert_eq!(said, "97 of 193 members are needed in favour, and 90 take part");
    let said = Rule::SIMPLE.with_quorum(97).out_of_reach(90).expect("out of reach");
    assert_eq!(said, "the quorum is 97, and 90 take part");
    assert_eq!(Rule::TWO_THIRDS.out_of_reach(1), None);
}

#[test]
fn what_is_no_probability_is_refused() {
    assert!(Chances::new([f64::NAN, 0.5, 0.25, 0.25]).is_err());
    assert!(Chances::new([-0.1, 0.6, 0.25, 0.25]).is_err());
    assert_eq!(Chances::new([0.5; 4]), Err(ChanceError::Sum { sum: 2.0 }));
    assert_eq!(passage(Rule::SIMPLE, &[]), Err(PassageError::Nobody));
    let rooms = [(1.0, vec![of([1.0, 0.0, 0.0, 0.0])]), (1.0, vec![of([1.0, 0.0, 0.0, 0.0]); 2])];
    assert_eq!(passage(Rule::SIMPLE, &rooms), Err(PassageError::Sizes { first: 1, other: 2 }));
}
