//! From a proposal to the instruction that asks for it: as short as may be, and never in doubt.
//!
//! Each line is read again before it is given: what it asks for is what the proposal asks for, to the
//! byte. Where words would be in doubt a provision is named by its id.

use std::fmt;

use super::find::{Ground, Part};
use super::lex::Pieces;
use super::shortest::{clauses, length};
use super::{Instructed, understand_after};
use crate::issued::IssuedText;
use crate::provision::{Act, Change, Place, ProvisionId};
use crate::rolling::ProposalKey;

/// A change for which no instruction can be written.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Unwritable {
    /// The provision it is about.
    pub target: ProvisionId,
    /// Whether the text has that provision.
    pub is_there: bool,
}

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = &self.target;
        if self.is_there {
            write!(f, "cannot write an instruction for the change of `{id}`")
        } else {
            write!(
                f,
                "cannot write an instruction for the change of `{id}`: it is not in this text"
            )
        }
    }
}

impl std::error::Error for Unwritable {}

/// Writes changes of a text as an instruction, a line for each; read again, it asks for the same.
///
/// A replacement that leaves the words as they are is a *no change*. `key` is the proposal whose
/// changes these are: what it adds is named by it.
///
/// # Errors
/// When a change is about a provision that the text does not have, or adds one of a rank that has no
/// name in instructions.
pub fn instruction(
    text: &IssuedText,
    key: &ProposalKey,
    changes: &[Change],
) -> Result<String, Unwritable> {
    Ok(lines(text, key, changes)?.join("\n"))
}

/// Writes one line for each change.
pub(super) fn lines(
    text: &IssuedText,
    key: &ProposalKey,
    changes: &[Change],
) -> Result<Vec<String>, Unwritable> {
    let writer = Writer { ground: Ground { text }, key };
    let normal: Vec<Change> = changes.iter().map(|change| normal(text, change)).collect();
    let mut lines = Vec::new();
    for (at, change) in normal.iter().enumerate() {
        lines.push(writer.line(change, &normal[..at], Naming::Words)?);
    }
    let reads_back = |lines: &[String]| {
        let read = understand_after(text, key, &[], &lines.join("\n"));
        read.is_ok_and(|read| read.changes == normal)
    };
    if !reads_back(&lines) {
        // One line changes what the next means: then provisions are named by their ids.
        lines.clear();
        for (at, change) in normal.iter().enumerate() {
            lines.push(writer.line(change, &normal[..at], Naming::Id)?);
        }
        if !reads_back(&lines)
            && let Some(change) = normal.first()
        {
            return Err(Unwritable { target: change.target.clone(), is_there: true });
        }
    }
    Ok(lines)
}

/// Returns a change in the one form in which instructions ask for it.
pub(super) fn normal(text: &IssuedText, change: &Change) -> Change {
    let own = text.provision(&change.target);
    let asks_nothing = own.is_some_and(|own| match &change.act {
        Act::Replace { text } | Act::Editorial { text } => *text == own.text,
        Act::Retitle { heading } => *heading == own.heading,
        _ => false,
    });
    let target = match &change.act {
        Act::Add { place, .. } => place.anchor().clone(),
        _ => change.target.clone(),
    };
    let act = if asks_nothing { Act::NoChange } else { change.act.clone() };
    Change { target, act }
}

/// How provisions are named.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Naming {
    Words,
    Id,
}

impl Naming {
    /// Returns the ways to try, the best first.
    fn tried(self) -> &'static [Self] {
        match self {
            Self::Words => &[Self::Words, Self::Id],
            Self::Id => &[Self::Id],
        }
    }
}

struct Writer<'t> {
    ground: Ground<'t>,
    key: &'t ProposalKey,
}

impl Writer<'_> {
    /// Writes the line for a change that follows `earlier` ones.
    fn line(
        &self,
        change: &Change,
        earlier: &[Change],
        naming: Naming,
    ) -> Result<String, Unwritable> {
        let unwritable = |is_there| Unwritable { target: change.target.clone(), is_there };
        let at = self.ground.text.position(&change.target);
        let is_own = self.is_own(&change.target, earlier);
        if at.is_none() && !is_own {
            return Err(unwritable(false));
        }
        let candidates = match (&change.act, at) {
            (Act::Add { .. }, _) => self.additions(change, naming),
            (act, Some(at)) => self.candidates(at, act, naming),
            (_, None) => return Err(unwritable(false)),
        };
        let says_it = |line: &String| {
            let read = understand_after(self.ground.text, self.key, earlier, line);
            matches!(read, Ok(Instructed { changes, .. }) if changes == [change.clone()])
        };
        candidates.into_iter().find(says_it).ok_or_else(|| unwritable(true))
    }

    fn is_own(&self, id: &ProvisionId, earlier: &[Change]) -> bool {
        let count = earlier.iter().filter(|change| matches!(change.act, Act::Add { .. })).count();
        (1..=count).any(|ordinal| ProvisionId::added(self.key.as_str(), ordinal) == *id)
    }

    fn cite(&self, id: &ProvisionId, naming: Naming) -> String {
        match self.ground.text.position(id) {
            Some(at) if naming == Naming::Words => self.ground.cite(at),
            _ => format!("provision {}", ticked(id.as_str())),
        }
    }

    /// Returns the lines that could say a change, the best first.
    fn candidates(&self, at: usize, act: &Act, naming: Naming) -> Vec<String> {
        let id = &self.ground.provision(at).id;
        let namings = naming.tried();
        match act {
            Act::Replace { text } => self.worded((at, Part::Text), text, "", naming),
            Act::Editorial { text } => self.worded((at, Part::Text), text, "Editorial: ", naming),
            Act::Retitle { heading } => self.worded((at, Part::Heading), heading, "", naming),
            Act::Suppress => {
                namings.iter().map(|by| format!("Delete {}.", self.cite(id, *by))).collect()
            }
            Act::NoChange => {
                namings.iter().map(|by| format!("Retain {}.", self.cite(id, *by))).collect()
            }
            Act::Transfer { place } => namings
                .iter()
                .map(|by| {
                    let to = match place {
                        Place::After(anchor) => format!("after {}", self.cite(anchor, *by)),
                        Place::FirstUnder(anchor) => {
                            format!("to the beginning of {}", self.cite(anchor, *by))
                        }
                    };
                    format!("Move {} {to}.", closed(&self.cite(id, *by)))
                })
                .collect(),
            Act::Add { .. } => Vec::new(),
        }
    }

    /// Writes a change of words: by clauses, or as a whole where that is shorter.
    fn worded(
        &self,
        (at, part): (usize, Part),
        new: &str,
        lead: &str,
        naming: Naming,
    ) -> Vec<String> {
        let old = self.ground.words(at, part);
        let found = clauses(old, new);
        let id = ticked(self.ground.provision(at).id.as_str());
        let named = match part {
            Part::Heading => format!("the title of provision {id}"),
            Part::Text => format!("the chapeau of provision {id}"),
        };
        let cited =
            if naming == Naming::Id { named.clone() } else { self.ground.cite_own(at, part) };
        let (verb, locative) = if lead.is_empty() { ("Replace", "In") } else { ("replace", "in") };
        let in_words = |cited: &str| {
            let by_clauses = found
                .as_ref()
                .map(|clauses| ended(&format!("{lead}{locative} {cited}, {}", clauses.join("; "))));
            let whole = ended(&format!("{lead}{verb} {} by {}", closed(cited), quoted(new)));
            let is_shorter = found.as_ref().is_some_and(|clauses| {
                length(clauses) + cited.chars().count() + "In , .".len()
                    <= whole.chars().count() - lead.len()
            });
            let mut lines: Vec<String> = by_clauses.into_iter().collect();
            if is_shorter {
                lines.push(whole);
            } else {
                lines.insert(0, whole);
            }
            lines
        };
        let mut lines = in_words(&cited);
        lines.extend(in_words(&named));
        lines
    }

    fn additions(&self, change: &Change, naming: Naming) -> Vec<String> {
        let Act::Add { place, kind, number, heading, text } = &change.act else {
            return Vec::new();
        };
        let titled = if heading.is_empty() {
            String::new()
        } else {
            format!(" entitled {}", quoted(heading))
        };
        let text = match (text.is_empty(), heading.is_empty()) {
            (true, false) => String::new(),
            _ => format!(" reading {}", quoted(text)),
        };
        let plain = if number.is_empty() { String::new() } else { format!(" {number}") };
        let numbered = format!(" numbered {}", quoted(number));
        let mut lines = Vec::new();
        for naming in naming.tried() {
            let at = match place {
                Place::After(anchor) => format!("after {}", self.cite(anchor, *naming)),
                Place::FirstUnder(anchor) => {
                    format!("at the beginning of {}", self.cite(anchor, *naming))
                }
            };
            for number in [&plain, &numbered] {
                let at = closed(&at);
                lines.push(ended(&format!("Insert {at} a new {kind}{number}{titled}{text}")));
            }
        }
        lines
    }
}

/// Returns a place with a comma behind it where it holds one: "article 5, paragraph 2,".
fn closed(cited: &str) -> String {
    if cited.contains(", ") { format!("{cited},") } else { cited.to_owned() }
}

/// Ends a sentence, unless the words it quotes last end with a full stop.
fn ended(line: &str) -> String {
    let is_ended = line.ends_with(".\u{201d}");
    if is_ended { line.to_owned() } else { format!("{line}.") }
}

/// Writes words in backticks, as ids are written.
pub(super) fn ticked(words: &str) -> String {
    if !words.contains('`') {
        return format!("`{words}`");
    }
    fenced(words, 1, " ")
}

/// Writes words in quotation marks that none of them can close.
pub(super) fn quoted(words: &str) -> String {
    if !words.contains(['\u{201c}', '\u{201d}']) {
        return format!("\u{201c}{words}\u{201d}");
    }
    let forms = [
        format!("\u{201c}{words}\u{201d}"),
        format!("\"{words}\""),
        format!("\u{ab}{words}\u{bb}"),
        ticked(words),
    ];
    let is_read = |form: &String| {
        Pieces::cut(form).is_ok_and(|pieces| pieces.len() == 1 && pieces.quote(0) == Some(words))
    };
    forms.into_iter().find(is_read).unwrap_or_else(|| fenced(words, 3, "\n"))
}

/// Writes words between more backticks than any stand in them.
fn fenced(words: &str, least: usize, beside: &str) -> String {
    let mut run = 0;
    let mut longest = 0;
    for c in words.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(least.max(longest + 1));
    format!("{fence}{beside}{words}{beside}{fence}")
}
