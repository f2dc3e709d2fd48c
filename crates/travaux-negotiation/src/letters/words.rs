//! What became of a proposal, in sentences that quote its words.

use travaux_text::instruct::instruction;
use travaux_text::{
    Act, Change, ChangeRebase, Edit, EditKind, Fate, IssuedText, Outcome, ProposalKey,
    ProposalRebase,
};

/// What is said of a proposal.
pub(super) struct Said {
    pub(super) request: Vec<String>,
    pub(super) findings: Vec<String>,
    pub(super) suggestion: Vec<String>,
}

impl Said {
    /// Says what was asked of the old text, what the new one made of it, and what is left to ask.
    pub(super) fn of(
        texts: (&IssuedText, &IssuedText),
        key: &ProposalKey,
        asked: &[Change],
        rebase: &ProposalRebase,
    ) -> Self {
        let (old, new) = texts;
        let mut findings: Vec<String> = Vec::new();
        for one in &rebase.changes {
            for said in found(one, old, new) {
                if !findings.contains(&said) {
                    findings.push(said);
                }
            }
        }
        Self {
            request: written(old, key, asked),
            findings,
            suggestion: written(new, key, &rebase.suggestion.changes),
        }
    }
}

/// Writes changes as instructions; what cannot be cited in the text is named by its id.
fn written(text: &IssuedText, key: &ProposalKey, changes: &[Change]) -> Vec<String> {
    if changes.is_empty() {
        return Vec::new();
    }
    if let Ok(all) = instruction(text, key, changes) {
        return lines(&all);
    }
    let one = |change: &Change| match instruction(text, key, std::slice::from_ref(change)) {
        Ok(line) => lines(&line),
        Err(_) => vec![plainly(change)],
    };
    changes.iter().flat_map(one).collect()
}

/// Cuts an instruction into its lines; quoted words may hold line breaks, which stay within.
fn lines(written: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut is_open = false;
    for line in written.split('\n') {
        match lines.last_mut() {
            Some(last) if is_open => {
                last.push('\n');
                last.push_str(line);
            }
            _ => lines.push(line.to_owned()),
        }
        let whole = lines.last().map_or("", String::as_str);
        is_open = whole.matches('\u{201c}').count() != whole.matches('\u{201d}').count();
    }
    lines
}

/// Says what a change asks for without citing it by number.
fn plainly(change: &Change) -> String {
    let id = &change.target;
    match &change.act {
        Act::Replace { text } | Act::Editorial { text } => {
            format!("Let provision `{id}` read \u{201c}{text}\u{201d}.")
        }
        Act::Retitle { heading } => format!("Let `{id}` be entitled \u{201c}{heading}\u{201d}."),
        Act::Add { kind, number, text, .. } => {
            let name = format!("{kind} {number}");
            format!("Insert a new {}: \u{201c}{text}\u{201d}.", name.trim())
        }
        Act::Suppress => format!("Delete provision `{id}`."),
        Act::NoChange => format!("Retain provision `{id}`."),
        Act::Transfer { .. } => format!("Move provision `{id}`."),
    }
}

/// Says what became of one change.
fn found(one: &ChangeRebase, old: &IssuedText, new: &IssuedText) -> Vec<String> {
    let mut said = Vec::new();
    for edit in &one.edits {
        said.extend(edited(edit));
    }
    if said.is_empty() {
        said.extend(whole(one));
    }
    if let Some(trouble) = &one.trouble {
        said.push(format!("For attention: {trouble}."));
    }
    let is_open = matches!(one.outcome, Outcome::Superseded | Outcome::NeedsAttention);
    let (before, after) = (old.provision(&one.change.target), new.provision(&one.change.target));
    if is_open
        && !matches!(one.change.act, Act::Add { .. })
        && let (Some(before), Some(after)) = (before, after)
        && before.text != after.text
    {
        said.push(format!("The new draft reads: \u{201c}{}\u{201d}", after.text));
    }
    said
}

fn edited(edit: &Edit) -> Option<String> {
    let words = edit.text.trim();
    // Marks alone tell a reader nothing; they are in what is left to ask.
    if !words.contains(char::is_alphanumeric) {
        return None;
    }
    Some(match (edit.kind, edit.fate) {
        (EditKind::Insertion, Fate::Absorbed) => {
            format!("The new draft has your words \u{201c}{words}\u{201d}.")
        }
        (EditKind::Deletion, Fate::Absorbed) => {
            format!("The new draft no longer has \u{201c}{words}\u{201d}, as you asked.")
        }
        (EditKind::Insertion, Fate::Carried) => {
            format!("Your words \u{201c}{words}\u{201d} are not in it, and can still be inserted.")
        }
        (EditKind::Deletion, Fate::Carried) => {
            format!("The words \u{201c}{words}\u{201d}, which you would delete, are still in it.")
        }
        (EditKind::Insertion, Fate::Attention(doubt)) => {
            format!("Your words \u{201c}{words}\u{201d} have no certain place in it: {doubt}.")
        }
        (EditKind::Deletion, Fate::Attention(doubt)) => {
            format!("The deletion of \u{201c}{words}\u{201d} has no certain place in it: {doubt}.")
        }
    })
}

/// Says what became of a change that is about a whole provision.
fn whole(one: &ChangeRebase) -> Option<String> {
    let what = match &one.change.act {
        Act::Add { text, heading, .. } if text.is_empty() => {
            format!("the new provision \u{201c}{heading}\u{201d}")
        }
        Act::Add { text, .. } => format!("the new provision \u{201c}{text}\u{201d}"),
        Act::Suppress => "the deletion".to_owned(),
        Act::Transfer { .. } => "the move".to_owned(),
        Act::NoChange => "what you would retain".to_owned(),
        Act::Replace { .. } | Act::Editorial { .. } | Act::Retitle { .. } => {
            "your wording".to_owned()
        }
    };
    let said = match (one.outcome, &one.change.act) {
        (Outcome::Absorbed, Act::Suppress) => Some("The new draft no longer has it, as you asked."),
        (Outcome::Applies, Act::Suppress) => {
            Some("What you would delete is still in the new draft.")
        }
        (Outcome::Absorbed, Act::Transfer { .. }) => Some("It now stands where you asked."),
        (Outcome::Applies, Act::Transfer { .. }) => Some("It stands elsewhere still."),
        _ => None,
    };
    if let Some(said) = said {
        return Some(said.to_owned());
    }
    match (one.outcome, &one.change.act) {
        (Outcome::Absorbed | Outcome::Applies, Act::NoChange) => {
            Some("What you would retain is in the new draft unchanged.".to_owned())
        }
        (Outcome::Absorbed, _) => Some(format!("The new draft has {what}.")),
        (Outcome::Applies, _) => {
            Some(format!("The new draft does not have {what}; it can still be made."))
        }
        (Outcome::PartlyAbsorbed, _) => Some(format!("The new draft has part of {what}.")),
        (Outcome::Superseded, _) => Some(format!("The new draft went another way about {what}.")),
        (Outcome::NeedsAttention, _) => None,
    }
}
