//! How a scenario writes a text and the proposals on it: one line a provision, one line an act.
//!
//! It is for tests only; the record and the interchange formats know nothing of it.

#![expect(clippy::panic, reason = "a scenario that cannot be read is a failed test")]

use travaux_text::{
    Act, Change, IssuedText, Place, Proposal, ProposalKey, Provision, ProvisionId, ProvisionKind,
};

/// Reads a text: `id: kind number. words`, what stands under a provision indented by two spaces.
pub(crate) fn issued(block: &str) -> IssuedText {
    let mut above: Vec<ProvisionId> = Vec::new();
    let provisions = block.lines().filter(|line| !line.trim().is_empty()).map(|line| {
        let depth = (line.len() - line.trim_start().len()) / 2;
        let (id, rest) = line.trim().split_once(": ").unwrap_or_else(|| panic!("no id: {line}"));
        let (kind, number, heading, text) = described(rest);
        above.truncate(depth);
        let parent = above.last().cloned();
        above.push(ProvisionId::new(id));
        Provision { id: ProvisionId::new(id), parent, kind, number, heading, text }
    });
    let provisions: Vec<Provision> = provisions.collect();
    IssuedText::new(provisions).unwrap_or_else(|error| panic!("{error}"))
}

/// Reads `kind number. words`; the words are the heading of what stands under a heading, else
/// the text.
fn described(line: &str) -> (ProvisionKind, String, String, String) {
    let (caption, words) = line.split_once(". ").unwrap_or((line.trim_end_matches('.'), ""));
    let (kind, number) = caption.split_once(' ').unwrap_or((caption, ""));
    let kind = kind_of(kind);
    let (heading, text) = if kind.is_division() { (words, "") } else { ("", words) };
    (kind, number.to_owned(), heading.to_owned(), text.to_owned())
}

fn kind_of(word: &str) -> ProvisionKind {
    use ProvisionKind::{
        Annex, Article, Chapter, Paragraph, Preamble, Section, Subparagraph, Title,
    };
    [Title, Preamble, Chapter, Section, Article, Paragraph, Subparagraph, Annex]
        .into_iter()
        .find(|kind| kind.name() == word)
        .unwrap_or_else(|| panic!("no kind of provision is called {word:?}"))
}

pub(crate) fn key(name: &str) -> ProposalKey {
    ProposalKey::new(name.trim()).unwrap_or_else(|error| panic!("{error}"))
}

/// Reads proposals: a line `A`, `A, amending B` or `A, instead of B`, then its acts, indented.
/// They are tabled in the order they are written in.
pub(crate) fn proposals(block: &str) -> Vec<(ProposalKey, Proposal)> {
    let mut proposals: Vec<(ProposalKey, Proposal)> = Vec::new();
    for line in block.lines().filter(|line| !line.trim().is_empty()) {
        if line.starts_with("  ") {
            let (_, proposal) = proposals.last_mut().expect("an act stands under its proposal");
            proposal.changes.push(change(line.trim()));
            continue;
        }
        let mut parts = line.split(", ");
        let name = key(parts.next().unwrap_or_default());
        let tabled = u32::try_from(proposals.len()).unwrap_or(u32::MAX);
        let mut proposal = Proposal::new(tabled, Vec::new());
        for part in parts {
            proposal = if let Some(other) = part.strip_prefix("amending ") {
                proposal.amending(key(other))
            } else if let Some(other) = part.strip_prefix("instead of ") {
                proposal.instead_of(key(other))
            } else {
                panic!("a proposal is `amending` or `instead of` another: {line}")
            };
        }
        proposals.push((name, proposal));
    }
    proposals
}

fn change(line: &str) -> Change {
    let (target, act) = line.split_once(": ").unwrap_or_else(|| panic!("no target: {line}"));
    if let Some(added) = act.strip_prefix("add ") {
        let place = place(target);
        let (kind, number, heading, text) = described(added);
        let target = place.anchor().clone();
        return Change { target, act: Act::Add { place, kind, number, heading, text } };
    }
    let (verb, words) = act.split_once(' ').unwrap_or((act, ""));
    let words = words.to_owned();
    let act = match verb {
        "replace" => Act::Replace { text: words },
        "editorial" => Act::Editorial { text: words },
        "retitle" => Act::Retitle { heading: words },
        "delete" => Act::Suppress,
        "no" => Act::NoChange,
        "transfer" => Act::Transfer { place: place(&words) },
        _ => panic!("no act is called {verb:?}: {line}"),
    };
    Change { target: ProvisionId::new(target), act }
}

fn place(words: &str) -> Place {
    if let Some(anchor) = words.strip_prefix("after ") {
        Place::After(ProvisionId::new(anchor))
    } else if let Some(anchor) = words.strip_prefix("first under ") {
        Place::FirstUnder(ProvisionId::new(anchor))
    } else {
        panic!("a place is `after` or `first under` a provision: {words}")
    }
}
