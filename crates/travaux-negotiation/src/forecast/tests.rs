//! Whether forecasts rest on what was known, and say so where that is too little.

use jiff::civil::{Date, date};
use proptest::prelude::*;
use travaux_record::{IssueId, MilestoneId, OptionId, Record, View, Viewer, decode_lines, project};
use travaux_stats::package::{Budget, Need, Objective, solve};
use travaux_stats::passage::Rule;

use super::*;
use crate::Negotiation;

fn shipped(name: &str) -> Record {
    let path = format!("{}/../../examples/{name}/record.jsonl", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).unwrap();
    let sealed = travaux_record::import(&bytes, &[]).unwrap();
    Record::of_log(&sealed.places).unwrap()
}

fn seen(record: &Record, on: Date) -> Negotiation {
    let mut view = View::of(Viewer::Public);
    view.as_of = Some(on);
    project::<Negotiation>(record, &view).unwrap()
}

const APRIL: Date = date(2023, 4, 21);

fn questions() -> Vec<Asked> {
    let option = |issue: &str, option: &str| Came::Option {
        issue: IssueId::new(issue),
        option: OptionId::new(option),
    };
    let met = Came::Met { milestone: MilestoneId::new("m-deadline"), on: date(2024, 8, 8) };
    let came = [
        option("title", "both"),
        option("eif", "40"),
        option("art5_hr", "keep"),
        option("safeguards_24", "strong"),
        option("mechanism", "cop"),
        Came::Consensus(true),
        met,
    ];
    let asked = |came| Asked { question: "?".to_owned(), came, source: "a test".to_owned() };
    came.into_iter().map(asked).collect()
}

#[test]
fn chances_of_answers_add_up_to_one_and_rest_on_entries() {
    let negotiation = seen(&shipped("ahc"), APRIL);
    let known = Known { negotiation: &negotiation, on: APRIL };
    let card = Scorecard::of(&known, &questions()).unwrap();
    for score in card.scores.iter().filter(|score| score.silence.is_none()) {
        let sum: f64 = score.said.iter().map(|(_, chance)| chance).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{:?}", score.said);
        assert!(!score.inputs.is_empty(), "a number that rests on nothing: {:?}", score.asked.came);
    }
    assert!(card.mean().is_some());
}

/// The whole later record changes nothing of what is said of April 2023.
#[test]
fn what_is_published_or_happens_later_changes_no_forecast() {
    let record = shipped("ahc");
    let negotiation = seen(&record, APRIL);
    // The later projection holds all the later positions, and knows the day it is asked about.
    let later = seen(&record, date(2023, 5, 20));
    let card = |negotiation| {
        let known = Known { negotiation, on: APRIL };
        Scorecard::of(&known, &questions()).unwrap().scores[..4].to_vec()
    };
    assert_eq!(card(&negotiation), card(&later));
}

const ISSUES: [(&str, &str); 4] = [
    ("title", "ict_criminal"),
    ("eif", "70"),
    ("mechanism", "existing_body"),
    ("art5_hr", "delete"),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Whatever anybody says or reports after the day, and however much, is in no forecast of that day:
    /// neither what happened later, nor what happened before and was published later.
    #[test]
    fn entries_of_later_days_change_no_forecast(said in prop::collection::vec((0..4_usize, 0..60_usize, any::<bool>()), 1..40)) {
        let record = shipped("ahc");
        let now = seen(&record, APRIL);
        let known = Known { negotiation: &now, on: APRIL };
        let states = known.states();
        let lines = said.iter().enumerate().map(|(place, (issue, state, earlier))| {
            let (issue, option) = ISSUES[*issue];
            let at = if *earlier { "2023-03-01" } else { "2023-06-01" };
            format!(
                r#"{{"v":1,"id":"00000000-0000-4000-8000-{place:012}","at":"{at}","recorded_at":"2026-11-23T00:00:00Z","by":"COMPILERS","evidence":[{{"source":"dw-rcs-18","confidence":"high"}}],"fact":{{"kind":"position_taken","participant":"{}","issue":"{issue}","option":"{option}","strength":"supports","form":"report"}}}}"#,
                states[*state]
            )
        });
        let read = decode_lines(lines.collect::<Vec<_>>().join("\n").as_bytes()).unwrap();
        let entries = read.into_iter().filter_map(|read| match read {
            travaux_record::Read::Known(entry) => Some(*entry),
            travaux_record::Read::Newer(_) => None,
        });
        let more = record.overlay(entries).unwrap();
        let then = seen(&more, APRIL);
        let of = |negotiation| Scorecard::of(&Known { negotiation, on: APRIL }, &questions()).unwrap();
        prop_assert_eq!(of(&now), of(&then));
        // They are counted once they are known.
        let later = date(2024, 12, 31);
        let changed = seen(&more, later);
        let heard = Known { negotiation: &changed, on: later };
        for (issue, state, _) in &said {
            let (issue, option) = ISSUES[*issue];
            let voices = heard.voices(&IssueId::new(issue));
            prop_assert!(voices.iter().any(|voice| voice.participant == *states[*state] && voice.option.as_str() == option));
        }
    }
}

#[test]
fn of_an_issue_on_which_nobody_spoke_nothing_is_said() {
    let negotiation = seen(&shipped("ahc"), APRIL);
    let known = Known { negotiation: &negotiation, on: APRIL };
    let forecast = issue(&known, &IssueId::new("dual_criminality")).unwrap();
    let silence = forecast.answer.unwrap_err();
    assert_eq!(silence.why, "no statement is on record by 2023-04-21");
    let vote =
        vote(&known, &IssueId::new("dual_criminality"), &OptionId::new("none"), Rule::TWO_THIRDS);
    assert!(vote.unwrap().answer.is_err());
    let before = deposits(&known, &[40]).answer.unwrap_err();
    assert_eq!(before.why, "the treaty was not open for signature on 2023-04-21");
    let none = packages(&known, &[IssueId::new("dual_criminality")], Need::Consensus).unwrap_err();
    assert!(none.why.starts_with("nobody is on record"), "{}", none.why);
}

#[test]
fn an_impossible_majority_is_said_to_be_one() {
    let negotiation = seen(&shipped("ahc"), APRIL);
    let known = Known { negotiation: &negotiation, on: APRIL };
    let rule = Rule::SIMPLE.with_quorum(1_000);
    let forecast =
        vote(&known, &IssueId::new("title"), &OptionId::new("cybercrime"), rule).unwrap();
    let silence = forecast.answer.unwrap_err();
    assert!(silence.why.starts_with("the quorum is 1000"), "{}", silence.why);
}

#[test]
fn a_vote_of_which_little_is_known_has_a_wide_distribution() {
    let negotiation = seen(&shipped("ahc"), APRIL);
    let known = Known { negotiation: &negotiation, on: APRIL };
    let of = |option: &str| {
        let option = OptionId::new(option);
        vote(&known, &IssueId::new("safeguards_24"), &option, Rule::TWO_THIRDS)
            .unwrap()
            .answer
            .unwrap()
    };
    let strong = of("strong");
    let (low, high) = strong.passage.yes.band(0.8);
    assert!(high - low > 30, "{low} to {high}");
    assert_eq!(strong.pivots.len(), strong.states.len());
    let total = strong.silent + strong.on_record.iter().sum::<usize>();
    assert_eq!(total, strong.states.len());
}

/// The trade the analysts named: wide cooperation, if the list of crimes stays narrow.
#[test]
fn the_trade_of_scope_for_cooperation_is_found_from_the_conditions_on_record() {
    // The analysis that reports the condition was published in June.
    let on = date(2023, 7, 1);
    let negotiation = seen(&shipped("ahc"), on);
    let known = Known { negotiation: &negotiation, on };
    let issues = ["crim_scope", "coop_scope"].map(IssueId::new);
    let table = packages(&known, &issues, Need::Vote(Rule::SIMPLE)).unwrap();
    let read = table.conditions.iter().find(|one| one.asks.is_some()).expect("a condition is read");
    let asks = read.asks.unwrap();
    assert_eq!(table.issues[asks.issue].options[asks.option].0.as_str(), "narrow");
    let whose = table.actors.iter().position(|actor| *actor == read.actor).unwrap();
    let place = |issue: usize, key: &str| {
        table.issues[issue].options.iter().position(|(known, _)| known.as_str() == key).unwrap()
    };
    let with = |crimes: &str| table.problem.outcome(&[place(0, crimes), place(1, "broad")]);
    assert!(with("narrow").accepts[whose] && !with("broad").accepts[whose]);
    let found = solve(&table.problem, Objective::Acceptances, 3, Budget::default()).unwrap();
    assert!(found.proved);
}

#[test]
fn entry_into_force_is_forecast_once_the_treaty_is_open() {
    let on = date(2026, 6, 1);
    let negotiation = seen(&shipped("ahc"), on);
    let known = Known { negotiation: &negotiation, on };
    let answer = deposits(&known, &[30, 40, 70]).answer.unwrap();
    assert_eq!(answer.needed_by_clause, 40);
    let within: Vec<f64> = answer
        .waits
        .iter()
        .filter_map(|(_, wait)| wait.as_ref())
        .map(|wait| wait.within(20.0))
        .collect();
    assert_eq!(within.len(), 3);
    assert!(within.windows(2).all(|pair| pair[0] >= pair[1]), "{within:?}");
}
