//! Runs the scenarios under `scenarios/positions`: who stands where, and by whose word.
//!
//! Each case has a table of what happened and one of questions with their answers; `docs/positions.md`
//! has a row for each case on inheritance.

use std::collections::BTreeSet;
use std::path::PathBuf;

use jiff::civil::Date;
use travaux_negotiation::Negotiation;
use travaux_negotiation::positions::{Leaning, PartInStatement, Route};
use travaux_record::testing::id;
use travaux_record::*;
use travaux_stats::ideal_point::Settings;

const ISSUE: &str = "issue";

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios/positions"))
}

/// One case: its name, what happened, what is asked.
#[derive(Default)]
struct Case {
    name: String,
    happened: Vec<(String, String)>,
    asked: Vec<(String, String)>,
}

fn cases(name: &str) -> Vec<Case> {
    let written = std::fs::read_to_string(folder().join(name)).unwrap();
    let mut cases: Vec<Case> = Vec::new();
    let mut questions = false;
    for line in written.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            cases.push(Case { name: name.to_owned(), ..Case::default() });
        }
        let Some(case) = cases.last_mut() else { continue };
        let Some(cells) = line.strip_prefix("| ").and_then(|line| line.strip_suffix(" |")) else {
            continue;
        };
        let (first, second) = cells.split_once(" | ").unwrap();
        match first {
            "Day" => questions = false,
            "Asked" => questions = true,
            _ if questions => case.asked.push((first.to_owned(), second.to_owned())),
            _ => case.happened.push((first.to_owned(), second.to_owned())),
        }
    }
    cases
}

fn who(name: &str) -> ParticipantId {
    ParticipantId::new(name)
}

/// Builds the record of a case: A, B and C are States, whoever else acts is what the case says.
fn record(case: &Case) -> Record {
    let mut record = Record::new();
    let mut number = 1;
    let mut append = |at: &str, fact: Fact| {
        let recorded_at: jiff::Timestamp = "2030-12-31T00:00:00Z".parse().unwrap();
        let entry =
            Entry::new(id(number), at.parse::<Moment>().unwrap(), recorded_at, who("SECR"), fact);
        number += 1;
        record
            .append(entry.to(Audience::Public))
            .unwrap_or_else(|error| panic!("{}: {error}", case.name));
    };
    let admit = |key: &str, class| {
        Fact::ParticipantAdmitted(ParticipantAdmitted {
            participant: who(key),
            name: key.to_owned(),
            class,
        })
    };
    append("2029-01-01", admit("SECR", ParticipantClass::Secretariat));
    for state in ["A", "B", "C"] {
        append("2029-01-01", admit(state, ParticipantClass::State));
    }
    let mut groups = BTreeSet::new();
    if !case.happened.iter().any(|(_, what)| what.starts_with("the issue has one option")) {
        append("2030-01-01", framed(&["yes", "no"]));
    }
    for (at, what) in &case.happened {
        if let Some((group, class, members)) = group(what) {
            if groups.insert(group) {
                append("2029-01-01", admit(group, class));
            }
            append(at, joined(group, members, None));
        } else if let Some((member, rest)) = what.split_once(" leaves ") {
            let (group, day) = rest.split_once(" after ").unwrap();
            append(at, joined(group, member, Some(day)));
        } else if let Some(option) = what.strip_prefix("the issue has one option: ") {
            append(at, framed(&[option]));
        } else if let Some((speaker, member)) = what.split_once(" speaks, with which ") {
            append(at, statement(speaker, member.strip_suffix(" aligns itself").unwrap()));
        } else {
            append(at, position(what));
        }
    }
    record
}

fn group(what: &str) -> Option<(&str, ParticipantClass, &str)> {
    let (group, rest) = what.split_once(" is a")?;
    let (kind, members) = rest.split_once(" of ")?;
    let class = match kind {
        " negotiating group" => ParticipantClass::NegotiatingGroup,
        " joint statement" => ParticipantClass::JointStatement,
        "n electoral group" => ParticipantClass::ElectoralGroup,
        "n analyst's label" => ParticipantClass::AnalystLabel,
        _ => return None,
    };
    Some((group, class, members))
}

fn joined(group: &str, members: &str, until: Option<&str>) -> Fact {
    Fact::MembershipRecorded(MembershipRecorded {
        group: who(group),
        members: members.split(", ").map(who).collect(),
        until: until.map(|day| day.parse().unwrap()),
        note: String::new(),
    })
}

fn framed(options: &[&str]) -> Fact {
    Fact::IssueFramed(IssueFramed {
        issue: IssueId::new(ISSUE),
        title: "The issue".to_owned(),
        options: options
            .iter()
            .map(|option| IssueOption {
                option: OptionId::new(*option),
                label: (*option).to_owned(),
            })
            .collect(),
        ordered: false,
        provisions: Vec::new(),
        description: String::new(),
        in_hindsight: false,
    })
}

fn statement(speaker: &str, aligned: &str) -> Fact {
    Fact::StatementDelivered(StatementDelivered {
        participant: who(speaker),
        on_behalf_of: Vec::new(),
        aligned: vec![who(aligned)],
        session: None,
        provisions: Vec::new(),
        text: "We prefer yes.".to_owned(),
    })
}

fn position(what: &str) -> Fact {
    let verbs = [
        (" supports ", Strength::Supports, PositionForm::Statement),
        (" opposes ", Strength::Opposes, PositionForm::Statement),
        (" can accept ", Strength::CanAccept, PositionForm::Statement),
        (" is reported to support ", Strength::Supports, PositionForm::Report),
        (" votes against ", Strength::Opposes, PositionForm::Vote),
        (" abstains on ", Strength::Abstained, PositionForm::Vote),
    ];
    let found = verbs.iter().find_map(|(verb, strength, form)| {
        let (participant, option) = what.split_once(verb)?;
        Some((participant, option, *strength, *form))
    });
    let (participant, option, strength, form) =
        found.unwrap_or_else(|| panic!("{what:?} is no position"));
    Fact::PositionTaken(PositionTaken {
        participant: who(participant),
        option: OptionNamed { issue: IssueId::new(ISSUE), option: OptionId::new(option) },
        strength,
        form,
        session: None,
        condition: String::new(),
        note: String::new(),
    })
}

fn leaning(leaning: Leaning) -> &'static str {
    match leaning {
        Leaning::For => "for",
        Leaning::Neither => "neither",
        Leaning::Against => "against",
    }
}

fn answer(negotiation: &Negotiation, day: Date, asked: &str) -> String {
    let (positions, process) = (&negotiation.positions, &negotiation.process);
    let list =
        |items: Vec<String>| if items.is_empty() { "none".to_owned() } else { items.join("; ") };
    match asked {
        "deviations" => list(
            positions
                .deviations(process, day)
                .iter()
                .map(|one| format!("{} from {}", one.participant, one.group))
                .collect(),
        ),
        "conflicts" => list(
            positions
                .conflicts(process, day)
                .iter()
                .map(|one| {
                    let groups: Vec<String> = one
                        .groups
                        .iter()
                        .map(|(group, says)| format!("{group} {}", leaning(*says)))
                        .collect();
                    format!("{}: {}", one.participant, groups.join(", "))
                })
                .collect(),
        ),
        "movements" => list(
            positions
                .movements()
                .iter()
                .map(|one| {
                    format!("{}: {:?} to {:?}", one.participant, one.from, one.to)
                        .to_lowercase()
                        .replacen('a', "A", 1)
                })
                .collect(),
        ),
        "between" => list(
            positions
                .between(process, day)
                .iter()
                .map(|one| {
                    let options: Vec<String> = one
                        .options
                        .iter()
                        .zip(&one.joins)
                        .map(|(option, joins)| format!("{option} ({joins})"))
                        .collect();
                    format!("{}: {}", one.participant, options.join(", "))
                })
                .collect(),
        ),
        "divisions" => divisions(negotiation, day),
        "irregularities" => negotiation.irregularities().len().to_string(),
        "map" => map(negotiation, day),
        _ => match asked.strip_prefix("statements of ") {
            Some(participant) => list(
                positions
                    .statements_of(&who(participant))
                    .map(|(part, _)| match part {
                        PartInStatement::Spoke => "spoke".to_owned(),
                        PartInStatement::OnItsBehalf => "on its behalf".to_owned(),
                        PartInStatement::Aligned => "aligned".to_owned(),
                    })
                    .collect(),
            ),
            None => stances(negotiation, day, asked),
        },
    }
}

fn divisions(negotiation: &Negotiation, day: Date) -> String {
    let (positions, process) = (&negotiation.positions, &negotiation.process);

    let division = &positions.divisions(process, day)[0];
    match division.each.len() {
        1 => format!("{} on record, spread {:.2}", division.on_record, division.spread),
        _ => format!("{} on record", division.on_record),
    }
}

fn stances(negotiation: &Negotiation, day: Date, participant: &str) -> String {
    let issue = IssueId::new(ISSUE);
    let stances =
        negotiation.positions.stances_of(&who(participant), &issue, &negotiation.process, day);
    let words: Vec<String> = stances
        .iter()
        .map(|stance| {
            let route = match &stance.route {
                Route::Own => "own".to_owned(),
                Route::Signed(group) => format!("signed {group}"),
                Route::SpokenFor(group) => format!("spoken for by {group}"),
            };
            format!("{}: {} ({route})", stance.option, leaning(stance.leaning()))
        })
        .collect();
    if words.is_empty() { "not placeable".to_owned() } else { words.join("; ") }
}

fn map(negotiation: &Negotiation, day: Date) -> String {
    let answers = negotiation.positions.answers(
        &negotiation.process,
        &negotiation.decisions,
        day,
        &BTreeSet::new(),
    );
    match answers.map(&Settings::new(50, 1), None) {
        Err(error) => error.what,
        Ok(map) => {
            let placed: Vec<String> =
                map.placed.iter().map(|one| one.participant.to_string()).collect();
            let absent: Vec<String> =
                map.not_placeable.iter().map(|(id, items)| format!("{id} {items}")).collect();
            let placed = if placed.is_empty() { "none".to_owned() } else { placed.join(", ") };
            format!("placed: {placed}; not placeable: {}", absent.join(", "))
        }
    }
}

fn run(name: &str) -> Vec<String> {
    let cases = cases(name);
    assert!(!cases.is_empty(), "{name} has no case");
    for case in &cases {
        assert!(!case.asked.is_empty(), "{} asks nothing", case.name);
        let record = record(case);
        for (asked, expected) in &case.asked {
            let (day, asked) = asked.split_once(": ").unwrap();
            let day: Date = day.parse().unwrap();
            let view = View::of(Viewer::Public).as_of(day);
            let negotiation: Negotiation = project(&record, &view).unwrap();
            assert_eq!(
                &answer(&negotiation, day, asked),
                expected,
                "{}: {asked} on {day}",
                case.name
            );
        }
    }
    cases.into_iter().map(|case| case.name).collect()
}

#[test]
fn positions_are_inherited_as_the_scenarios_say() {
    let names = run("inheritance.md");
    let page = std::fs::read_to_string(folder().join("../../docs/positions.md")).unwrap();
    for name in names {
        assert!(page.contains(&format!("| {name} |")), "docs/positions.md has no row {name:?}");
    }
}

#[test]
fn what_is_odd_is_handled_as_the_scenarios_say() {
    run("odd.md");
}
