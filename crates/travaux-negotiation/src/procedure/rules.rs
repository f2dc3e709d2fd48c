//! The rules of procedure of a body, read from a file: layers of rules, each with its source.
//!
//! A file has the rules that its own body made, over those of another file; a rule that takes the
//! place of one below names it. Every rule says how its title and its content are known. This
//! module reads text that it is given; it knows no file, and nothing of what happened.

mod law;
mod layers;
mod shipped;

use std::fmt;

use serde::Deserialize;

pub use law::{
    AmendmentOrder, Announcer, Certifier, Law, MaySpeak, MotionKind, MotionLaw, ProposalOrder,
    Share, Threshold, Voters, WaivedFor,
};

use crate::procedure::Cited;

/// How a thing is known.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Deserialize)]
pub enum Known {
    /// Seen in the source or an excerpt of it.
    #[serde(rename = "S")]
    Seen,
    /// Recalled from the public document; to be checked before anybody relies on it.
    #[serde(rename = "R")]
    Recalled,
    /// Computed from other rules.
    #[serde(rename = "C")]
    Computed,
}

impl fmt::Display for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Seen => "seen",
            Self::Recalled => "recalled",
            Self::Computed => "computed",
        })
    }
}

/// How a rule's title and content are known.
#[derive(Clone, Debug, Eq, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// Its number and title.
    pub title: Known,
    /// What it says.
    pub content: Known,
    /// Which part is known how, where it differs.
    #[serde(default)]
    pub note: String,
}

/// One rule.
#[derive(Clone, Debug, Eq, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its number as cited.
    pub number: String,
    /// Its title.
    pub title: String,
    /// What it says, in our own words.
    pub says: String,
    /// The document it stands in; else that of its file.
    #[serde(default)]
    pub source: String,
    /// The rule of a lower layer that it takes the place of.
    #[serde(default)]
    pub instead_of: Option<String>,
    /// How it is known.
    pub prov: Provenance,
    /// What the engine applies.
    pub law: Law,
}

impl Rule {
    /// Returns how it is cited: its number and title, and that it is recalled where it is.
    pub fn cited(&self) -> Cited {
        Cited {
            number: self.number.clone(),
            title: self.title.clone(),
            source: self.source.clone(),
            known: self.prov.content,
        }
    }
}

/// The body whose rules a file holds.
#[derive(Clone, Debug, Eq, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// The key by which records and commands name the rules.
    pub key: String,
    /// Its name.
    pub title: String,
    /// The document or documents the rules stand in.
    pub source: String,
    /// The key of the file laid under this one.
    #[serde(default)]
    pub over: Option<String>,
    /// How many members it has, where that is fixed.
    #[serde(default)]
    pub members: Option<u32>,
    /// Whether its members are those that have consented to be bound, however many.
    #[serde(default)]
    pub members_are_parties: bool,
    /// Whether body and rules are invented.
    #[serde(default)]
    pub invented: bool,
    /// What to say wherever the rules are shown.
    #[serde(default)]
    pub caution: String,
}

/// Something that the rules say and the engine does not judge.
#[derive(Clone, Debug, Eq, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotModelled {
    /// What, in a sentence.
    pub what: String,
}

/// One layer: what one file says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Layer {
    /// The body.
    pub body: Body,
    /// Its rules, in order of the file.
    pub rules: Vec<Rule>,
    /// What is not modelled.
    pub not_modelled: Vec<NotModelled>,
}

/// The rules of a body: its own over those below.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Rules {
    /// The layers, the body's own first.
    layers: Vec<Layer>,
    /// The rules in force, in order of layer and file.
    in_force: Vec<Rule>,
}

/// Why rules cannot be used.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum RulesError {
    /// A file is no well-formed rules file.
    #[error("can't read the rules: {reason}")]
    Malformed {
        /// What is wrong, and where.
        reason: String,
    },
    /// The layers do not follow from one another.
    #[error("the rules \"{upper}\" are laid over \"{wanted}\", and {given}")]
    Layers {
        /// The file that names what it lies over.
        upper: String,
        /// What it names.
        wanted: String,
        /// What was given instead.
        given: String,
    },
    /// A number stands for two rules.
    #[error("rule {number} stands twice in \"{layer}\"")]
    Twice {
        /// The number.
        number: String,
        /// The file.
        layer: String,
    },
    /// Two rules answer one question, and neither takes the other's place.
    #[error(
        "rules {upper} and {lower} both answer \"{topic}\", and neither takes the other's place"
    )]
    Contradiction {
        /// The rule met first.
        upper: String,
        /// The other.
        lower: String,
        /// What both answer.
        topic: String,
    },
    /// A rule takes the place of one that is not there, or that answers something else.
    #[error("rule {number} takes the place of rule {instead_of}, {why}")]
    NothingReplaced {
        /// The rule.
        number: String,
        /// What it names.
        instead_of: String,
        /// What is wrong.
        why: String,
    },
    /// A question that every body must answer is not answered.
    #[error("no rule answers \"{topic}\", and no meeting can be conducted without it")]
    Missing {
        /// The question.
        topic: String,
    },
    /// The order of motions names one for which there is no rule.
    #[error("rule {number} puts \"{motion}\" in an order, and no rule provides for that motion")]
    Unprovided {
        /// The rule.
        number: String,
        /// The motion.
        motion: String,
    },
    /// A share that is no share.
    #[error("rule {number}: {why}")]
    Value {
        /// The rule.
        number: String,
        /// What is wrong with it.
        why: String,
    },
}

impl RulesError {
    /// Returns what whoever keeps the file can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "docs/procedure.md says what a rules file holds",
            Self::Layers { .. } => "give the layers from the body's own down, each once",
            Self::Twice { .. } => {
                "give each part of a rule a number of its own, as 118 (suspension)"
            }
            Self::Contradiction { .. } => {
                "say which holds: give the upper one `instead_of` with the number of the other"
            }
            Self::NothingReplaced { .. } => "name a rule of a lower layer that answers the same",
            Self::Missing { .. } => "add the rule, or lay the file over one that has it (`over`)",
            Self::Unprovided { .. } => "add a rule for the motion, or leave it out of the order",
            Self::Value { .. } => "write a share as 1/4 or more than 1/2",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    body: Body,
    #[serde(default)]
    rule: Vec<Rule>,
    #[serde(default)]
    not_modelled: Vec<NotModelled>,
}

impl Layer {
    /// Reads one file: TOML, or JSON of the same shape.
    ///
    /// # Errors
    /// When it is malformed, holds an unknown key, or has a number twice.
    pub fn read(text: &str) -> Result<Self, RulesError> {
        let malformed = |reason: String| RulesError::Malformed { reason };
        let file: File = if text.trim_start().starts_with('{') {
            serde_json::from_str(text).map_err(|error| malformed(error.to_string()))?
        } else {
            toml::from_str(text).map_err(|error| malformed(error.to_string()))?
        };
        let File { body, mut rule, not_modelled } = file;
        for at in 0..rule.len() {
            if rule[..at].iter().any(|other| other.number == rule[at].number) {
                let (number, layer) = (rule[at].number.clone(), body.key.clone());
                return Err(RulesError::Twice { number, layer });
            }
            if rule[at].source.is_empty() {
                rule[at].source.clone_from(&body.source);
            }
        }
        Ok(Self { body, rules: rule, not_modelled })
    }
}

impl Rules {
    /// Reads the files of a body, its own first, each laid over the next.
    ///
    /// # Errors
    /// When one is malformed, when they do not lie over one another as they say, or when what they
    /// say together cannot be applied: [`RulesError`].
    pub fn read(texts: &[&str]) -> Result<Self, RulesError> {
        let layers = texts.iter().map(|text| Layer::read(text)).collect::<Result<Vec<_>, _>>()?;
        Self::of(layers)
    }

    /// Lays layers over one another, the body's own first.
    ///
    /// # Errors
    /// As [`Rules::read`].
    pub fn of(layers: Vec<Layer>) -> Result<Self, RulesError> {
        let in_force = layers::laid(&layers)?;
        Ok(Self { layers, in_force })
    }

    /// Returns the body whose rules these are.
    pub fn body(&self) -> &Body {
        &self.layers[0].body
    }

    /// Returns the layers, the body's own first.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// Returns the rules in force, in order of layer and file.
    pub fn in_force(&self) -> &[Rule] {
        &self.in_force
    }

    /// Returns the same for a body of another size.
    #[must_use]
    pub fn with_members(mut self, members: u32) -> Self {
        self.layers[0].body.members = Some(members);
        self
    }

    /// Returns how many members the body has, where its rules fix it.
    pub fn members(&self) -> Option<u32> {
        self.layers.iter().find_map(|layer| layer.body.members)
    }

    /// Returns the first rule in force whose law `answers`.
    pub fn find<'r, T>(&'r self, answers: impl Fn(&'r Law) -> Option<T>) -> Option<(&'r Rule, T)> {
        self.in_force.iter().find_map(|rule| Some((rule, answers(&rule.law)?)))
    }

    /// Returns the rule on a kind of motion.
    pub fn motion(&self, kind: MotionKind) -> Option<(&Rule, &MotionLaw)> {
        self.find(|law| match law {
            Law::Motion(motion) if motion.motion == kind => Some(motion),
            _ => None,
        })
    }

    /// Returns where a kind of motion stands in the order in which motions are taken; none where
    /// it has no place in it.
    pub fn precedence(&self, kind: MotionKind) -> Option<usize> {
        let (_, order) = self.order_of_motions()?;
        order.iter().position(|other| *other == kind)
    }

    /// Returns the rule on the order of motions.
    pub fn order_of_motions(&self) -> Option<(&Rule, &[MotionKind])> {
        self.find(|law| match law {
            Law::Precedence { order } => Some(order.as_slice()),
            _ => None,
        })
    }

    /// Returns the rule that answers a topic by its written name, with no more than its citation.
    pub fn citing(&self, topic: &str) -> Option<Cited> {
        self.in_force.iter().find(|rule| rule.law.topic() == topic).map(Rule::cited)
    }

    /// Returns the rule of this number, if it is in force.
    pub fn numbered(&self, number: &str) -> Option<&Rule> {
        self.in_force.iter().find(|rule| rule.number == number)
    }
}

#[cfg(test)]
mod tests;
