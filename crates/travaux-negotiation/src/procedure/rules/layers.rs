//! How layers become rules in force: an upper rule may take the place of a lower one, and says so.

use super::{Law, Layer, Rule, RulesError};

/// What every body must answer before a meeting can be conducted under its rules.
const REQUIRED: [&str; 15] = [
    "chair_powers",
    "quorum",
    "speeches",
    "point_of_order",
    "precedence",
    "withdrawal",
    "voting_rights",
    "majority",
    "present_and_voting",
    "method",
    "conduct",
    "amendments",
    "proposals",
    "ties",
    "participation: state",
];

/// Returns the rules in force.
///
/// # Errors
/// When the layers do not lie over one another, contradict one another, or leave a gap.
pub(super) fn laid(layers: &[Layer]) -> Result<Vec<Rule>, RulesError> {
    in_sequence(layers)?;
    let mut in_force: Vec<Rule> = Vec::new();
    // From below: each layer finds what lies under it.
    for layer in layers.iter().rev() {
        let below = in_force.len();
        let mut own: Vec<Rule> = Vec::new();
        let mut replaced: Vec<usize> = Vec::new();
        for rule in &layer.rules {
            contradicts_none(rule, &own)?;
            replaced.extend(replaces(rule, &in_force[..below])?);
            own.push(rule.clone());
        }
        let mut kept: Vec<Rule> = Vec::new();
        for (at, rule) in in_force.into_iter().enumerate() {
            if replaced.contains(&at) {
                continue;
            }
            contradicts_none(&rule, &own)?;
            kept.push(rule);
        }
        own.extend(kept);
        in_force = own;
    }
    whole(&in_force)?;
    Ok(in_force)
}

fn in_sequence(layers: &[Layer]) -> Result<(), RulesError> {
    let Some(last) = layers.last() else {
        return Err(RulesError::Malformed { reason: "there is no rules file".to_owned() });
    };
    for pair in layers.windows(2) {
        let (upper, lower) = (&pair[0].body, &pair[1].body);
        if upper.over.as_deref() != Some(&lower.key) {
            return Err(RulesError::Layers {
                upper: upper.key.clone(),
                wanted: upper.over.clone().unwrap_or_else(|| "nothing".to_owned()),
                given: format!("\"{}\" was given under them", lower.key),
            });
        }
    }
    match &last.body.over {
        Some(wanted) => Err(RulesError::Layers {
            upper: last.body.key.clone(),
            wanted: wanted.clone(),
            given: "nothing was given under them".to_owned(),
        }),
        None => Ok(()),
    }
}

fn contradicts_none(rule: &Rule, others: &[Rule]) -> Result<(), RulesError> {
    let topic = rule.law.answers();
    match others.iter().find(|other| other.law.answers() == topic) {
        Some(other) => Err(RulesError::Contradiction {
            upper: other.number.clone(),
            lower: rule.number.clone(),
            topic,
        }),
        None => Ok(()),
    }
}

fn replaces(rule: &Rule, below: &[Rule]) -> Result<Option<usize>, RulesError> {
    let Some(instead_of) = &rule.instead_of else { return Ok(None) };
    let nothing = |why: &str| RulesError::NothingReplaced {
        number: rule.number.clone(),
        instead_of: instead_of.clone(),
        why: why.to_owned(),
    };
    let at = below
        .iter()
        .position(|other| other.number == *instead_of)
        .ok_or_else(|| nothing("which no layer below has"))?;
    if below[at].law.answers() != rule.law.answers() {
        return Err(nothing("which answers something else"));
    }
    Ok(Some(at))
}

fn whole(rules: &[Rule]) -> Result<(), RulesError> {
    let is_answered = |topic: &str| rules.iter().any(|rule| rule.law.answers() == topic);
    if let Some(topic) = REQUIRED.into_iter().find(|topic| !is_answered(topic)) {
        return Err(RulesError::Missing { topic: topic.to_owned() });
    }
    for rule in rules {
        let Law::Precedence { order } = &rule.law else { continue };
        for (at, motion) in order.iter().enumerate() {
            if !is_answered(&format!("motion: {}", motion.name())) {
                let (number, motion) = (rule.number.clone(), motion.name().to_owned());
                return Err(RulesError::Unprovided { number, motion });
            }
            if order[..at].contains(motion) {
                let why = format!("\"{}\" stands twice in the order", motion.name());
                return Err(RulesError::Value { number: rule.number.clone(), why });
            }
        }
    }
    Ok(())
}
