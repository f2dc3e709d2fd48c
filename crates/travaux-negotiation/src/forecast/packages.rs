//! Packages on a record: what each option is worth to each State, from the positions it took.
//!
//! Being for an option is worth one, being able to accept it a half, being against it minus one; what a
//! State has not spoken on is worth nothing to it. A red line on an issue, in a mandate that the viewer
//! may see, makes the State's own position there not to be crossed. A condition is read where its words
//! hold the key of exactly one option of another issue ("the list stays narrow"); others are listed. An
//! analyst's label that took a position is shown beside the States and votes on nothing. How much an
//! issue matters to whom is not on record, so all issues count equal.

use travaux_record::{
    EntryId, IssueId, MandateForce, MandateSubject, OptionId, ParticipantClass, ParticipantId,
    Strength,
};
use travaux_stats::package::{
    Choice, Condition, Delegation, Need, Open, Problem, ProblemError, Refusal,
};

use super::{Known, Silence, Voice};
use crate::positions::Leaning;

/// An issue of a package.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenIssue {
    /// Its key.
    pub issue: IssueId,
    /// Its title.
    pub title: String,
    /// Its options with their labels.
    pub options: Vec<(OptionId, String)>,
    /// Whether it was framed knowing how it ended.
    pub in_hindsight: bool,
}

/// The problem of packages on a record, with what its numbers stand for.
#[derive(Clone, Debug, PartialEq)]
pub struct PackageTable {
    /// The issues, in the order of the problem.
    pub issues: Vec<OpenIssue>,
    /// Those whose positions are known, in the order of the problem: States that spoke on any of the
    /// issues, then analysts' labels.
    pub actors: Vec<ParticipantId>,
    /// How many States spoke on none and are left out: nothing is known of what they want.
    pub silent: usize,
    /// Conditions with the option each was read as; none where it is words that the search does not
    /// read.
    pub conditions: Vec<ReadCondition>,
    /// Red lines on issues on which the State has no position on record, and so not read.
    pub unread_red_lines: Vec<(ParticipantId, String)>,
    /// What the voices rest on.
    pub inputs: Vec<EntryId>,
    /// The problem.
    pub problem: Problem,
}

/// A condition on record, and how it was read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ReadCondition {
    /// Whose it is.
    pub actor: ParticipantId,
    /// The option that is accepted under it.
    pub on: Choice,
    /// Its words.
    pub words: String,
    /// The option it asks for, where it was read.
    pub asks: Option<Choice>,
}

/// How unsure the worth of one option is to who spoke on it.
const UNSURE: f64 = 0.5;

/// Makes the problem of some issues under a rule; the text has no options of its own, so that nothing
/// counts as touched.
///
/// # Errors
/// When nobody has spoken on these issues, or red lines contradict each other.
pub fn packages(
    known: &Known<'_>,
    issues: &[IssueId],
    need: Need,
) -> Result<PackageTable, Silence> {
    let positions = &known.negotiation.positions;
    let framed: Vec<_> = issues.iter().filter_map(|issue| positions.issue(issue)).collect();
    let open: Vec<OpenIssue> = framed
        .iter()
        .map(|framed| OpenIssue {
            issue: framed.fact.issue.clone(),
            title: framed.fact.title.clone(),
            options: framed
                .fact
                .options
                .iter()
                .map(|one| (one.option.clone(), one.label.clone()))
                .collect(),
            in_hindsight: framed.fact.in_hindsight,
        })
        .collect();
    let mut voices: Vec<Vec<Voice>> = open.iter().map(|issue| known.voices(&issue.issue)).collect();
    let labels = labels(known, &open, &mut voices);
    let all = known.states();
    let spoke =
        |state: &ParticipantId| voices.iter().flatten().any(|voice| voice.participant == *state);
    let mut actors: Vec<ParticipantId> =
        all.iter().copied().filter(|state| spoke(state)).cloned().collect();
    let states = actors.len();
    if states == 0 || open.is_empty() {
        return Err(Silence::new(
            format!("nobody is on record on these issues by {}", known.on),
            "positions on the options of the issues chosen",
        ));
    }
    actors.extend(labels);
    let mut table = PackageTable {
        silent: all.len() - states,
        inputs: Known::entries(&voices.concat()),
        issues: open,
        actors,
        conditions: Vec::new(),
        unread_red_lines: Vec::new(),
        problem: Problem { issues: Vec::new(), delegations: Vec::new(), need },
    };
    let options =
        |one: &OpenIssue| Open { options: one.options.len(), current: None, locked: None };
    table.problem.issues = table.issues.iter().map(options).collect();
    for (place, actor) in table.actors.clone().into_iter().enumerate() {
        let refusal = if place < states { Refusal::Against } else { Refusal::Abstains };
        let delegation = delegation(known, &actor, &voices, &mut table);
        table.problem.delegations.push(Delegation { refusal, ..delegation });
    }
    let checked = table.problem.check();
    checked.map_err(|error| contradiction(known, &table.issues, &table.actors, &error))?;
    Ok(table)
}

/// Adds what analysts' labels say to the voices, and returns the labels.
fn labels(known: &Known<'_>, open: &[OpenIssue], voices: &mut [Vec<Voice>]) -> Vec<ParticipantId> {
    let groups = known.negotiation.process.groups();
    let labels = groups.into_iter().filter(|group| group.class == ParticipantClass::AnalystLabel);
    let mut heard = Vec::new();
    for label in labels {
        let mut spoke = false;
        for (issue, voices) in open.iter().zip(voices.iter_mut()) {
            let own = known.own(&label.participant, &issue.issue);
            spoke |= !own.is_empty();
            voices.extend(own);
        }
        if spoke {
            heard.push(label.participant.clone());
        }
    }
    heard
}

fn delegation(
    known: &Known<'_>,
    actor: &ParticipantId,
    voices: &[Vec<Voice>],
    table: &mut PackageTable,
) -> Delegation {
    let mut delegation = Delegation::default();
    let mut spoken = 0.0;
    for (place, voices) in voices.iter().enumerate() {
        let mut options = vec![0.0; table.issues[place].options.len()];
        for voice in voices.iter().filter(|voice| voice.participant == *actor) {
            let named = &table.issues[place].options;
            let Some(option) = named.iter().position(|(known, _)| *known == voice.option) else {
                continue;
            };
            options[option] = match (voice.leaning, voice.strength) {
                (Leaning::For, Strength::CanAccept) => 0.5,
                (Leaning::For, _) => 1.0,
                (Leaning::Neither, _) => 0.0,
                (Leaning::Against, _) => -1.0,
            };
            spoken += UNSURE * UNSURE;
            if !voice.condition.is_empty() {
                let asks = read(&voice.condition, place, &table.issues);
                let on = Choice { issue: place, option };
                delegation
                    .conditions
                    .extend(asks.map(|then| Condition { when: vec![on], then: vec![then] }));
                let words = voice.condition.clone();
                table.conditions.push(ReadCondition { actor: actor.clone(), on, words, asks });
            }
        }
        // Who is for one option of an issue loses by another, as much as it would have gained.
        let best = options.iter().copied().fold(0.0, f64::max);
        if best > 0.0 {
            for worth in options.iter_mut().filter(|worth| worth.abs() < 1e-9) {
                *worth = -best;
            }
        }
        if let Some(words) = red_line(known, actor, &table.issues[place].issue) {
            let crossed = (0..options.len()).filter(|option| options[*option] < 0.0);
            let crossed: Vec<Choice> =
                crossed.map(|option| Choice { issue: place, option }).collect();
            if crossed.is_empty() {
                table.unread_red_lines.push((actor.clone(), words));
            }
            delegation.red_lines.extend(crossed);
        }
        delegation.worth.push(options);
    }
    delegation.unsure = libm::sqrt(spoken);
    delegation
}

/// Reads which option of another issue a condition asks for: the one whose key stands in its words;
/// none where no key does, or several do.
fn read(condition: &str, of: usize, open: &[OpenIssue]) -> Option<Choice> {
    let words: Vec<String> = condition
        .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .map(str::to_lowercase)
        .collect();
    let mut named =
        open.iter().enumerate().filter(|(issue, _)| *issue != of).flat_map(|(issue, one)| {
            let keys = one.options.iter().enumerate();
            let held = keys.filter(|(_, (key, _))| words.iter().any(|word| word == key.as_str()));
            held.map(move |(option, _)| Choice { issue, option }).collect::<Vec<_>>()
        });
    match (named.next(), named.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    }
}

/// The words of a red line on an issue, where a State has one that the viewer may see.
fn red_line(known: &Known<'_>, actor: &ParticipantId, issue: &IssueId) -> Option<String> {
    let mut own = known.negotiation.positions.mandates_of(actor);
    let found = own.find(|set| {
        let about = matches!(&set.fact.subject, MandateSubject::Issue(about) if about == issue);
        set.fact.force == MandateForce::RedLine && about
    });
    found.map(|set| set.fact.text.clone())
}

fn contradiction(
    known: &Known<'_>,
    open: &[OpenIssue],
    states: &[ParticipantId],
    error: &ProblemError,
) -> Silence {
    let ProblemError::RedLines { issue, crossed } = error else {
        return Silence::new(error.to_string(), "a sound problem");
    };
    let issue = &open[*issue];
    let lines = issue.options.iter().zip(crossed).map(|((_, label), who)| {
        format!("\"{label}\": {}", known.negotiation.process.name(&states[*who]))
    });
    Silence::new(
        format!(
            "no package can have consensus: every option of \"{}\" crosses a red line ({})",
            issue.title,
            lines.collect::<Vec<_>>().join("; ")
        ),
        "one red line less, or a vote instead of consensus",
    )
}
