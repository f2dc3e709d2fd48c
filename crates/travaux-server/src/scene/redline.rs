//! The Redline page: two documents or sides, and what changed from one to the other.
//!
//! What a redline is and what moved is found by `travaux-text`; here unchanged stretches are folded and
//! long texts shown by their parts.

use travaux_negotiation::SideError;
use travaux_negotiation::draft::Base;
use travaux_text::{
    IssuedText, Provision, ProvisionId, RedlineCounts, RedlinePiece, redline_provisions,
};

use super::{Scene, words};
use crate::address::Address;
use crate::view::{Link, Mark, Phrase, RedlineCountsView, RedlinePage, RedlineRun, SideOption};

/// Unchanged stretches of more bytes than these are folded between two paragraphs.
const SAME_BYTES_MAX: usize = 700;
/// More bytes than these in a redline, and it is shown by parts.
const WHOLE_BYTES_MAX: usize = 90_000;

/// What a redline is asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct RedlineAsked {
    pub(crate) old: String,
    pub(crate) new: String,
    /// The part to compare; empty is all.
    pub(crate) part: String,
    /// Whether to show what did not change.
    pub(crate) whole: bool,
}

/// One of the two texts.
struct Compared {
    key: String,
    text: IssuedText,
    said: Phrase,
    marks: Vec<Mark>,
    notes: Vec<String>,
}

impl Scene<'_> {
    /// Returns a redline as asked for: without names, of the latest document against the one before.
    ///
    /// # Errors
    /// When a text named is no document and no side.
    pub(crate) fn redline(&self, asked: &RedlineAsked) -> Result<RedlinePage, (String, SideError)> {
        let bases: Vec<&Base> = self.negotiation().draft.bases().collect();
        let named = |written: &str, back: usize| match written {
            "" => bases
                .len()
                .checked_sub(1 + back)
                .or(bases.len().checked_sub(1))
                .map_or_else(|| "base".to_owned(), |at| bases[at].document.to_string()),
            written => written.to_owned(),
        };
        let (old, new) = (named(&asked.old, 1), named(&asked.new, 0));
        let read = |name: &str| self.compared(name).map_err(|error| (name.to_owned(), error));
        let (old, new) = (read(&old)?, read(&new)?);
        let parts = parts(&old.text, &new.text);
        let mut part = parts.iter().map(|(key, _)| key).find(|key| **key == asked.part).cloned();
        let mut runs = runs_of((&old, &new), part.as_deref(), asked);
        if part.is_none() && WHOLE_BYTES_MAX < bytes(&runs.0) && !parts.is_empty() {
            part = parts.first().map(|(key, _)| key.clone());
            runs = runs_of((&old, &new), part.as_deref(), asked);
        }
        let (runs, counts) = runs;
        let turned = redline_address(&new.key, &old.key).with("part", &asked.part);
        let mut notes = old.notes;
        notes
            .extend(new.notes.into_iter().filter(|note| !notes.contains(note)).collect::<Vec<_>>());
        if part.is_some() && asked.part.is_empty() {
            notes.push("All of it is too long for one page: choose a part.".to_owned());
        }
        Ok(RedlinePage {
            lead: lead(counts),
            options: self.comparable(),
            old: old.key,
            new: new.key,
            old_text: (old.said, old.marks),
            new_text: (new.said, new.marks),
            parts,
            part: part.unwrap_or_default(),
            whole: asked.whole,
            notes,
            turned: Link {
                to: turned.seen_from(&self.links.vantage),
                label: "Change over".to_owned(),
            },
            counts: counts_view(counts),
            runs,
        })
    }

    /// Where two documents are compared.
    pub(super) fn to_redline(&self, old: &str, new: &str) -> String {
        redline_address(old, new).seen_from(&self.links.vantage)
    }

    /// Finds a text by the symbol or key of a document, or by the name of a side.
    fn compared(&self, name: &str) -> Result<Compared, SideError> {
        let negotiation = self.negotiation();
        let mut bases = negotiation.draft.bases();
        let document = bases
            .find(|base| base.document.as_str() == name || base.symbol.eq_ignore_ascii_case(name));
        if let Some(base) = document {
            let mut notes = Vec::new();
            if let Some(official) = &base.official {
                notes.push(format!(
                    "{}: official words where they were laid over it, from {}.",
                    base.symbol, official.source
                ));
            }
            return Ok(Compared {
                key: base.document.to_string(),
                text: base.read(),
                said: Phrase::default()
                    .link(self.links.entry(base.basis.entry), base.symbol.clone())
                    .then(format!(", {}, {}", base.title, words::in_words(base.basis.at))),
                marks: words::standing(base.standing).into_iter().collect(),
                notes,
            });
        }
        if name == "base" {
            return Ok(Compared {
                key: name.to_owned(),
                text: negotiation.draft.present().clone(),
                said: Phrase::words("The text before the body, no proposal taken up"),
                marks: Vec::new(),
                notes: Vec::new(),
            });
        }
        let read = negotiation.side(name)?;
        let label = match &read.whose {
            travaux_negotiation::Whose::Participant(id) => {
                format!("As {} would have it", negotiation.process.name(id))
            }
            travaux_negotiation::Whose::Proposal(id) => {
                format!("As {} would have it", negotiation.short_attribution(id))
            }
        };
        let marks = read.proposals.iter().filter_map(|one| words::standing(one.standing));
        let mut distinct: Vec<Mark> = Vec::new();
        for mark in marks {
            if !distinct.contains(&mark) {
                distinct.push(mark);
            }
        }
        let said = read.clashes().into_iter().chain(read.left_out());
        Ok(Compared {
            key: name.to_owned(),
            text: read.side.text().unwrap_or_else(|| read.side.preferring([])),
            said: Phrase::words(label),
            marks: distinct,
            notes: said.map(|said| format!("{}.", words::capital(&said))).collect(),
        })
    }

    /// The texts that can be compared: documents, then the sides on the table.
    fn comparable(&self) -> Vec<SideOption> {
        let bases = self.negotiation().draft.bases().map(|base| SideOption {
            key: base.document.to_string(),
            name: format!("{}, {}", base.symbol, base.title),
            group: "Documents".to_owned(),
        });
        bases.chain(self.sides()).collect()
    }
}

fn runs_of(
    (old, new): (&Compared, &Compared),
    part: Option<&str>,
    asked: &RedlineAsked,
) -> (Vec<RedlineRun>, RedlineCounts) {
    let (old, new) = match part {
        Some(part) => (within(&old.text, part), within(&new.text, part)),
        None => (old.text.clone(), new.text.clone()),
    };
    let (old, new) = (old.passages(), new.passages());
    let redline = redline_provisions(&old, &new);
    let pieces = redline.pieces();
    let last = pieces.len().saturating_sub(1);
    let runs = pieces.iter().enumerate().flat_map(|(at, piece)| match piece {
        RedlinePiece::Same(text) if !asked.whole => folded(text, (at, last)),
        piece => vec![run(piece)],
    });
    (runs.collect(), redline.counts())
}

fn redline_address(old: &str, new: &str) -> Address {
    Address::new(&["redline"]).with("old", old).with("new", new)
}

fn lead(counts: RedlineCounts) -> Phrase {
    if counts.fragments == 0 {
        return Phrase::words("The two read alike.");
    }
    let words_of =
        |count: u64| words::count(usize::try_from(count).unwrap_or(usize::MAX), "word", "words");
    let lead = Phrase::default()
        .strong(words::capital(&words_of(counts.deleted_words)))
        .then(" struck out, ")
        .strong(words_of(counts.inserted_words))
        .then(" added");
    let lead = match counts.moves {
        0 => lead,
        moves => lead.then(", ").strong(words::count(moves, "passage", "passages")).then(" moved"),
    };
    lead.then(format!(", in {}.", words::count(counts.fragments, "place", "places")))
}

fn counts_view(counts: RedlineCounts) -> RedlineCountsView {
    RedlineCountsView {
        deleted_words: counts.deleted_words,
        inserted_words: counts.inserted_words,
        moved_words: counts.moved_words,
        moves: counts.moves,
        fragments: counts.fragments,
    }
}

/// The outermost provisions of either text, each once, with what they are called.
fn parts(old: &IssuedText, new: &IssuedText) -> Vec<(String, String)> {
    let mut parts: Vec<(String, String)> = Vec::new();
    for root in new.roots().chain(old.roots()) {
        if parts.iter().all(|(key, _)| *key != root.id.as_str()) {
            parts.push((root.id.to_string(), named(root)));
        }
    }
    parts
}

fn named(provision: &Provision) -> String {
    let number = match provision.kind {
        travaux_text::ProvisionKind::Article if !provision.number.is_empty() => {
            format!("Article {}", provision.number)
        }
        _ => provision.number.clone(),
    };
    let heading = match (number.is_empty(), provision.heading.as_str()) {
        (true, "") => words::gist(&provision.text, 60),
        (_, heading) => heading.to_owned(),
    };
    let parts = [number, heading];
    parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(". ")
}

fn within(text: &IssuedText, part: &str) -> IssuedText {
    let provisions = text.subtree(&ProvisionId::new(part)).to_vec();
    IssuedText::new(provisions).expect("what stands under one provision is a text")
}

fn bytes(runs: &[RedlineRun]) -> usize {
    let each = runs.iter().map(|run| match run {
        RedlineRun::Same(text)
        | RedlineRun::Deleted(text)
        | RedlineRun::Inserted(text)
        | RedlineRun::MovedAway { text, .. } => text.len() + 60,
        RedlineRun::Folded(_) => 60,
        RedlineRun::MovedHere { runs, .. } => bytes(runs) + 120,
    });
    each.sum()
}

fn run(piece: &RedlinePiece<'_>) -> RedlineRun {
    match piece {
        RedlinePiece::Same(text) => RedlineRun::Same((*text).to_owned()),
        RedlinePiece::Deleted(text) => RedlineRun::Deleted((*text).to_owned()),
        RedlinePiece::Inserted(text) => RedlineRun::Inserted((*text).to_owned()),
        RedlinePiece::MovedAway { mark, text } => {
            RedlineRun::MovedAway { mark: *mark, text: (*text).to_owned() }
        }
        RedlinePiece::MovedHere { mark, pieces } => {
            RedlineRun::MovedHere { mark: *mark, runs: pieces.iter().map(run).collect() }
        }
    }
}

/// Keeps of a long unchanged stretch the paragraph at either end, and counts what is between.
fn folded(text: &str, (at, last): (usize, usize)) -> Vec<RedlineRun> {
    const BREAK: &str = "\n\n";
    if text.len() <= SAME_BYTES_MAX {
        return vec![RedlineRun::Same(text.to_owned())];
    }
    let head = if at == 0 { Some(0) } else { text.find(BREAK).map(|at| at + BREAK.len()) };
    let tail =
        if at == last { Some(text.len()) } else { text.rfind(BREAK).map(|at| at + BREAK.len()) };
    match (head, tail) {
        (Some(head), Some(tail)) if head < tail => {
            let mut runs = Vec::new();
            if 0 < head {
                runs.push(RedlineRun::Same(text[..head].to_owned()));
            }
            runs.push(RedlineRun::Folded(travaux_text::words(&text[head..tail])));
            if tail < text.len() {
                runs.push(RedlineRun::Same(text[tail..].to_owned()));
            }
            runs
        }
        _ => vec![RedlineRun::Same(text.to_owned())],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_unchanged_stretch_keeps_its_ends_and_counts_the_rest() {
        let middle = "word ".repeat(200);
        let text = format!("end of one.\n\n{middle}\n\nbeginning");
        let runs = folded(&text, (1, 2));
        let [RedlineRun::Same(head), RedlineRun::Folded(words), RedlineRun::Same(tail)] = &runs[..]
        else {
            panic!("{runs:?}")
        };
        assert_eq!((head.as_str(), *words, tail.as_str()), ("end of one.\n\n", 200, "beginning"));
        assert_eq!(folded("short", (1, 2)), [RedlineRun::Same("short".to_owned())]);
        assert_eq!(folded(&text, (0, 0)).len(), 1);
    }
}
