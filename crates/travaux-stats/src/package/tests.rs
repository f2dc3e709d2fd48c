//! Whether branch and bound finds what trying every package finds, and what packages obey.

use proptest::prelude::*;

use super::*;
use crate::passage::Rule;

const OBJECTIVES: [Objective; 3] =
    [Objective::Acceptances, Objective::WorstOff, Objective::FewestTouched];

fn choice(issues: usize) -> impl Strategy<Value = Choice> {
    (0..issues, 0_usize..3).prop_map(|(issue, option)| Choice { issue, option })
}

fn delegation(issues: usize) -> impl Strategy<Value = Delegation> {
    let worth = prop::collection::vec(prop::collection::vec(-4_i8..5, 3), issues);
    let condition =
        (prop::collection::vec(choice(issues), 0..2), prop::collection::vec(choice(issues), 1..2))
            .prop_map(|(when, then)| Condition { when, then });
    let red_lines = prop_oneof![3 => Just(0_usize), 1 => Just(1)];
    let red_lines =
        red_lines.prop_flat_map(move |count| prop::collection::vec(choice(issues), count));
    let conditions = prop::collection::vec(condition, 0..2);
    (worth, -3_i8..3, red_lines, conditions, any::<bool>()).prop_map(
        |(worth, threshold, red_lines, conditions, abstains)| Delegation {
            worth: worth
                .into_iter()
                .map(|options| options.into_iter().map(f64::from).collect())
                .collect(),
            threshold: f64::from(threshold),
            red_lines,
            conditions,
            refusal: if abstains { Refusal::Abstains } else { Refusal::Against },
            unsure: 1.0,
        },
    )
}

fn problem() -> impl Strategy<Value = Problem> {
    (2_usize..6).prop_flat_map(|issues| {
        let need = prop_oneof![
            Just(Need::Consensus),
            Just(Need::Vote(Rule::TWO_THIRDS)),
            Just(Need::Vote(Rule::SIMPLE)),
        ];
        let open = (prop::option::of(0_usize..3), prop::option::weighted(0.1, 0_usize..3))
            .prop_map(|(current, locked)| Open { options: 3, current, locked });
        (prop::collection::vec(open, issues), prop::collection::vec(delegation(issues), 1..9), need)
            .prop_map(|(issues, delegations, need)| Problem { issues, delegations, need })
    })
}

/// The oracle: every package, one after the other; the values of those that carry, best first.
fn by_trying(problem: &Problem, objective: Objective) -> Vec<f64> {
    let mut values = Vec::new();
    problem.every_package(&mut |package| {
        let outcome = problem.outcome(package);
        if outcome.carried {
            values.push(outcome.value(objective));
        }
    });
    values.sort_by(|one, other| other.total_cmp(one));
    values
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_best_packages_are_those_that_trying_every_one_finds(problem in problem(), best in 1_usize..5) {
        for objective in OBJECTIVES {
            let found = match solve(&problem, objective, best, Budget::default()) {
                Ok(found) => found,
                Err(ProblemError::RedLines { .. }) => {
                    prop_assert!(by_trying(&problem, objective).is_empty());
                    continue;
                }
                Err(error) => return Err(TestCaseError::fail(error.to_string())),
            };
            prop_assert!(found.proved);
            let values: Vec<f64> = found.best.iter().map(|(_, outcome)| outcome.value(objective)).collect();
            let mut expected = by_trying(&problem, objective);
            expected.truncate(best);
            prop_assert_eq!(values, expected, "{:?}", objective);
            for (package, outcome) in &found.best {
                prop_assert_eq!(&problem.outcome(package), outcome);
            }
        }
    }

    #[test]
    fn one_more_red_line_never_makes_the_best_better(problem in problem(), which in 0_usize..9, line in choice(2)) {
        let mut stricter = problem.clone();
        let which = which % stricter.delegations.len();
        stricter.delegations[which].red_lines.push(line);
        for objective in OBJECTIVES {
            let best = |problem: &Problem| match solve(problem, objective, 1, Budget::default()) {
                Ok(found) => found.best.first().map_or(f64::NEG_INFINITY, |(_, outcome)| outcome.value(objective)),
                Err(_) => f64::NEG_INFINITY,
            };
            prop_assert!(best(&stricter) <= best(&problem), "{objective:?}");
        }
    }

    #[test]
    fn a_bound_holds_however_little_work_is_allowed(problem in problem(), work in 0_u64..20_000) {
        for objective in OBJECTIVES {
            let Ok(found) = solve(&problem, objective, 1, Budget(work)) else { continue };
            let best = by_trying(&problem, objective).first().copied().unwrap_or(f64::NEG_INFINITY);
            prop_assert!(best <= found.bound + 1e-6, "{objective:?}: {best} {}", found.bound);
        }
    }

    #[test]
    fn no_package_beats_one_of_the_front(problem in problem()) {
        let front = problem.pareto(1_000).expect("few packages");
        problem.every_package(&mut |package| {
            let outcome = problem.outcome(package);
            let beaten = front.iter().any(|(_, one)| one.beats_or_equals(&outcome));
            assert!(!outcome.carried || beaten);
        });
        for (place, (_, one)) in front.iter().enumerate() {
            for (other_place, (_, other)) in front.iter().enumerate() {
                prop_assert!(place == other_place || !one.beats_or_equals(other));
            }
        }
    }
}

/// Two camps and a trade: cooperation may be wide if criminalization stays narrow.
fn trade() -> Problem {
    let [narrow, broad, wide] =
        [(0, 0), (0, 1), (1, 1)].map(|(issue, option)| Choice { issue, option });
    let first = Delegation {
        worth: vec![vec![0.0, -2.0], vec![0.0, 0.5]],
        conditions: vec![Condition { when: vec![wide], then: vec![narrow] }],
        red_lines: vec![broad],
        ..Delegation::default()
    };
    let second = Delegation {
        worth: vec![vec![0.0, 1.0], vec![0.0, 2.0]],
        threshold: 1.5,
        ..Delegation::default()
    };
    let open = Open { options: 2, current: Some(0), locked: None };
    Problem { issues: vec![open; 2], delegations: vec![first, second], need: Need::Consensus }
}

#[test]
fn a_trade_between_two_issues_is_found() {
    let found = solve(&trade(), Objective::FewestTouched, 2, Budget::default()).expect("sound");
    assert_eq!(found.best.len(), 1, "no other package carries");
    assert_eq!(found.best[0].0, [0, 1]);
    assert!(found.proved && found.best[0].1.touched == 1);
}

#[test]
fn contradictory_red_lines_are_named() {
    let mut problem = trade();
    problem.delegations[1].red_lines.push(Choice { issue: 0, option: 0 });
    let error =
        solve(&problem, Objective::Acceptances, 1, Budget::default()).expect_err("contradictory");
    assert_eq!(error, ProblemError::RedLines { issue: 0, crossed: vec![1, 0] });
    problem.need = Need::Vote(Rule::TWO_THIRDS);
    let found =
        solve(&problem, Objective::Acceptances, 1, Budget::default()).expect("a vote may be lost");
    assert!(found.best.is_empty() && found.proved, "one of two is not two thirds");
}

#[test]
fn robustness_is_the_chance_that_the_rule_is_met() {
    let mut problem = trade();
    assert_eq!(problem.robustness(&[0, 1]), Ok(1.0));
    problem.delegations[1].unsure = 0.5;
    let chance = problem.robustness(&[0, 1]).expect("a room");
    assert!((chance - normal::below(1.0)).abs() < 1e-12);
    assert_eq!(problem.robustness(&[1, 1]), Ok(0.0), "a red line is sure");
}

#[test]
fn what_makes_no_sense_is_refused() {
    let mut problem = trade();
    problem.delegations[0].worth[1].pop();
    assert_eq!(problem.check(), Err(ProblemError::Worth { delegation: 0, issue: 1 }));
    let mut problem = trade();
    let nowhere = Choice { issue: 7, option: 0 };
    problem.delegations[0].red_lines.push(nowhere);
    assert_eq!(problem.check(), Err(ProblemError::Choice { choice: nowhere }));
}
