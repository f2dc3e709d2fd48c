//! The Counts page: what was open, draft after draft.

use travaux_negotiation::draft::{ByState, ChapterState, DraftCount};
use travaux_record::Moment;
use travaux_text::ProvisionId;

use super::{Scene, words};
use crate::view::{
    ChapterCell, ChapterLine, CountsPage, DraftRow, Link, Phrase, PrintedCount, WordCount,
};

/// How many drafts are shown by chapter: the latest. All are in the first table.
const CHAPTER_DRAFTS_MAX: usize = 8;

impl Scene<'_> {
    /// Returns the Counts page, from the drafts counted each on its last day.
    pub(crate) fn counts(&self, counts: &[DraftCount]) -> CountsPage {
        let from = counts.len().saturating_sub(CHAPTER_DRAFTS_MAX);
        let shown = &counts[from..];
        let chapters = chapters(shown).into_iter().map(|(chapter, label)| ChapterLine {
            chapter: label,
            drafts: shown.iter().map(|count| cell(count, chapter)).collect(),
        });
        CountsPage {
            lead: self.counts_lead(counts),
            drafts: counts.iter().map(|count| self.draft_row(count)).collect(),
            chapters: chapters.collect(),
            chapter_drafts: (from..counts.len()).collect(),
        }
    }

    fn counts_lead(&self, counts: &[DraftCount]) -> Phrase {
        let day = words::in_words(Moment::Day(self.day()));
        let (Some(first), Some(last)) = (counts.first(), counts.last()) else {
            return Phrase::words("By ").strong(day).then(" no text had been before the body.");
        };
        let bracketed = |count: &DraftCount| {
            let words = words_of(&count.total.words);
            format!("{} of {} words", words.bracketed, words.total())
        };
        let phrase = Phrase::words("By ").strong(day).then(format!(
            ", {} before the body. ",
            match counts.len() {
                1 => "one text had been".to_owned(),
                many => format!("{many} texts had been, one after the other,"),
            }
        ));
        let phrase = phrase
            .then(format!("In {}, ", last.symbol))
            .strong(bracketed(last))
            .then(" stood in brackets or options");
        let phrase = match counts.len() {
            1 => phrase.then(". "),
            _ => phrase.then(format!("; in {}, the first, {}. ", first.symbol, bracketed(first))),
        };
        let phrase = phrase.then(
            "Each is counted on its last day before the body. A text without brackets is not an \
             agreed text: agreed is only what was recorded so.",
        );
        self.negotiation().draft.languages().iter().fold(phrase, |phrase, count| {
            let rendered = count.current + count.behind;
            let lag = match count.behind {
                0 => "none lags".to_owned(),
                1 => "1 lags behind the text".to_owned(),
                many => format!("{many} lag behind the text"),
            };
            let versions = words::count(rendered, "provision has", "provisions have");
            phrase.then(format!(" {versions} a version in {}; {lag}.", count.language.name()))
        })
    }

    fn draft_row(&self, count: &DraftCount) -> DraftRow {
        let on = count.on.unwrap_or_else(|| self.day());
        DraftRow {
            draft: Link { to: self.links.text_on(on), label: count.symbol.clone() },
            title: count.title.clone(),
            issued: words::in_words(count.basis.at),
            on: words::in_words(Moment::Day(on)),
            adopted: count.adopted,
            words: words_of(&count.total.words),
            brackets: count.total.brackets,
            proposals: count.total.proposals.len(),
            printed: count.printed.as_ref().map(|printed| PrintedCount {
                open: printed.brackets_open,
                close: printed.brackets_close,
                depth: printed.depth_max,
                options: printed.options,
                unbalanced: printed.unbalanced.len(),
            }),
        }
    }
}

/// Returns the chapters of all drafts in order, each named as in the latest that has it: those of the
/// latest draft, and behind its neighbour what only an earlier one has.
fn chapters(counts: &[DraftCount]) -> Vec<(Option<&ProvisionId>, String)> {
    let mut all: Vec<(Option<&ProvisionId>, String)> = Vec::new();
    for count in counts.iter().rev() {
        let mut behind = 0;
        for part in &count.parts {
            let chapter = part.state.chapter.as_ref();
            let known = all.iter().position(|(known, _)| *known == chapter);
            let at = known.unwrap_or_else(|| {
                let outside = || "Title and preamble".to_owned();
                let label = chapter.map_or_else(outside, |_| part.label.clone());
                all.insert(behind, (chapter, label));
                behind
            });
            behind = at + 1;
        }
    }
    all
}

fn cell(count: &DraftCount, chapter: Option<&ProvisionId>) -> Option<ChapterCell> {
    let part = count.parts.iter().find(|part| part.state.chapter.as_ref() == chapter)?;
    let ChapterState { words, brackets, .. } = &part.state;
    Some(ChapterCell { words: words_of(words), brackets: *brackets })
}

fn words_of(words: &ByState<u64>) -> WordCount {
    let count = |words: u64| usize::try_from(words).unwrap_or(usize::MAX);
    WordCount {
        bracketed: count(words.bracketed),
        clean: count(words.clean),
        agreed: count(words.agreed),
    }
}
