//! The rolling text: what stands in it, what is asked of it, and who stands behind what.

use std::collections::{BTreeMap, BTreeSet};

use travaux_negotiation::SideError;
use travaux_negotiation::draft::{Proposal, ProvisionState};
use travaux_record::ProposalId;
use travaux_text::{Origin, Place, Position, ProvisionId, ProvisionKind, RollingProvision};

use super::holding::Holding;
use super::runs::{Numbers, runs};
use super::{Scene, words};
use crate::view::{
    AlternativeNote, Block, ContentsLine, Link, Phrase, Run, RunAlternative, TextPage, TextState,
};

/// A text of more words than these is shown by chapters.
const WORDS_WHOLE_MAX: u64 = 14_000;
/// A text of more words than these is never shown whole: the page would be too large.
const WORDS_ALL_MAX: u64 = 15_000;
/// How many bytes of words are shown of what was looked for; the rest is counted.
const FOUND_BYTES_MAX: usize = 60_000;
/// How long the gist of an option may be in the margin.
const GIST_MAX: usize = 88;

/// What the text is asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    /// The chapter to show, or `all`; nothing leaves it to the size of the text.
    pub(crate) part: String,
    /// The side to read.
    pub(crate) side: String,
    /// The words to find.
    pub(crate) find: String,
    /// Whether only what is bracketed is to be shown.
    pub(crate) only_bracketed: bool,
}

impl Scene<'_> {
    /// Returns the text as asked for.
    ///
    /// # Errors
    /// When the side named is not before the body.
    pub(crate) fn text(&self, asked: &Asked) -> Result<TextPage, SideError> {
        let reading = self.reading(&asked.side)?;
        let draft = &self.negotiation().draft;
        let parts = self.parts();
        let shown = self.part_shown(asked, &parts);
        let mut blocks = match &reading {
            Some(reading) => self.blocks_read(reading, shown.as_ref()),
            None => self.blocks(shown.as_ref()),
        };
        let narrowed = narrow(&mut blocks, asked);
        let at = parts.iter().position(|part| Some(part) == shown.as_ref());
        let neighbour = |at: Option<usize>| at.and_then(|at| parts.get(at));
        Ok(TextPage {
            base: self.base_and_before(),
            marks: draft
                .base()
                .and_then(|base| words::standing(base.standing))
                .into_iter()
                .collect(),
            contents: self.contents(),
            part: shown.as_ref().map(ToString::to_string),
            narrowed: narrowed.map(|found| self.narrowed_words(asked, found)),
            search: asked.find.clone(),
            only_bracketed: asked.only_bracketed,
            side: asked.side.clone(),
            side_words: reading.as_ref().map(|reading| reading.words.clone()),
            sides: self.sides(),
            blocks,
            previous: neighbour(at.and_then(|at| at.checked_sub(1))).map(|id| self.part_link(id)),
            next: neighbour(at.map(|at| at + 1)).map(|id| self.part_link(id)),
        })
    }

    /// Names the text before the body, with what changed since the document before it.
    fn base_and_before(&self) -> Phrase {
        let mut bases = self.negotiation().draft.bases().rev();
        let line = self.base_line();
        match (bases.next(), bases.next()) {
            (Some(now), Some(before)) => line.then("; ").link(
                self.to_redline(before.document.as_str(), now.document.as_str()),
                format!("what changed since {}", before.symbol),
            ),
            _ => line,
        }
    }

    /// Puts the official words in the place of a paraphrase where nothing is open on it, or beside it.
    fn lay_official(&self, block: &mut Block, id: &ProvisionId) {
        let Some((official, words)) = self.negotiation().draft.official(id) else { return };
        if words.text.is_empty() {
            return;
        }
        let from = format!("Official words, from {}", official.source);
        if block.alternatives.is_empty() && block.asked.is_empty() {
            block.runs = vec![Run::Text(words.text.clone())];
            block.asked.push(Phrase::words(from));
        } else {
            block.asked.push(Phrase::words(format!("{from}: \u{201c}{}\u{201d}", words.text)));
        }
    }

    /// The parts the text can be shown by: its outermost provisions.
    fn parts(&self) -> Vec<ProvisionId> {
        let text = self.negotiation().draft.text();
        let outermost = text.provisions().filter(|met| met.depth() == 0);
        outermost
            .filter(|met| met.position() == Position::Standing)
            .map(|met| met.id().clone())
            .collect()
    }

    /// Reports whether a part can be asked for: nothing, all, or an outermost provision.
    pub(crate) fn has_part(&self, written: &str) -> bool {
        matches!(written, "" | "all") || self.parts().iter().any(|part| part.as_str() == written)
    }

    /// Reports whether the text is too long for one page.
    fn is_long(&self) -> bool {
        self.words_shown() > WORDS_WHOLE_MAX
    }

    fn words_shown(&self) -> u64 {
        self.negotiation().draft.states().iter().map(|state| state.count.words).sum()
    }

    fn part_shown(&self, asked: &Asked, parts: &[ProvisionId]) -> Option<ProvisionId> {
        let named = parts.iter().find(|part| part.as_str() == asked.part);
        let narrows = !asked.find.is_empty() || asked.only_bracketed;
        match named {
            Some(named) => Some(named.clone()),
            None if narrows || !self.is_long() => None,
            None if asked.part == "all" && self.words_shown() <= WORDS_ALL_MAX => None,
            None => parts.first().cloned(),
        }
    }

    /// Returns where a chapter is to be read.
    pub(super) fn to_part(&self, id: &ProvisionId) -> String {
        let part = if self.is_long() { id.as_str() } else { "" };
        self.links.text_part(part, id.as_str())
    }

    fn part_link(&self, id: &ProvisionId) -> Link {
        Link { to: self.links.text_part(id.as_str(), ""), label: self.division(id) }
    }

    fn contents(&self) -> Vec<ContentsLine> {
        let draft = &self.negotiation().draft;
        let states = self.states();
        let mut lines: Vec<ContentsLine> = Vec::new();
        // Where the lines stand into which a provision counts, one for each depth.
        let mut open: Vec<usize> = Vec::new();
        let mut outermost = None;
        let long = self.is_long();
        for met in draft.text().provisions() {
            if met.position() != Position::Standing {
                continue;
            }
            if met.depth() == 0 {
                outermost = Some(met.id().clone());
            }
            if met.kind().is_division() && met.kind() != ProvisionKind::Title {
                open.truncate(met.depth());
                let part = outermost.as_ref().filter(|_| long).map_or("", ProvisionId::as_str);
                lines.push(ContentsLine {
                    depth: open.len().min(2),
                    link: Link {
                        to: if long {
                            self.links.text_part(part, met.id().as_str())
                        } else {
                            format!("#{}", met.id())
                        },
                        label: contents_label(&met),
                    },
                    bracketed: 0,
                    provisions: 0,
                });
                open.push(lines.len() - 1);
            }
            let Some(state) = states.get(met.id()).filter(|state| is_counted(state)) else {
                continue;
            };
            let bracketed = words::state(state.status.state) == TextState::Bracketed;
            for line in open.iter().take(met.depth() + 1) {
                lines[*line].provisions += 1;
                lines[*line].bracketed += usize::from(bracketed);
            }
        }
        lines
    }

    /// How each provision stands, by id.
    pub(super) fn states(&self) -> BTreeMap<&ProvisionId, &ProvisionState> {
        let states = self.negotiation().draft.states();
        states.iter().map(|state| (&state.provision, state)).collect()
    }

    fn blocks(&self, part: Option<&ProvisionId>) -> Vec<Block> {
        let states = self.states();
        let holding = self.holding();
        let mut blocks = Vec::new();
        let mut is_shown = part.is_none();
        for met in self.negotiation().draft.text().provisions() {
            if met.depth() == 0 && met.position() == Position::Standing {
                is_shown = part.is_none_or(|part| part == met.id());
            }
            if is_shown {
                let state = states.get(met.id()).copied();
                blocks.push(self.block(&met, state, &holding));
            }
        }
        blocks
    }

    /// One provision with its brackets and its margin.
    pub(super) fn block(
        &self,
        met: &RollingProvision<'_>,
        state: Option<&ProvisionState>,
        holding: &Holding<'_>,
    ) -> Block {
        let proposals = self.proposals_on(met);
        let numbers = numbers(met, &proposals);
        let state = state.filter(|state| is_counted(state));
        let mut block = Block {
            id: met.id().to_string(),
            depth: indent(met),
            kind: met.kind().name().to_owned(),
            caption: caption(met.kind(), met.number()),
            heading: headed(
                runs(&met.heading().laid_out().nodes, &numbers),
                met.kind(),
                met.number(),
            ),
            runs: runs(&met.text().laid_out().nodes, &numbers),
            to: self.links.provision(met.id()),
            state: state.map(|state| words::chip(state.status)),
            asked: self.asked_of(met, &numbers),
            alternatives: self.notes(&proposals, met, holding),
        };
        if let Position::Arriving { .. } = met.position() {
            // Its words are given where it stands.
            block.id = format!("{}.arriving", met.id());
            block.runs = Vec::new();
            block.heading = Vec::new();
            block.state = None;
            block.alternatives = Vec::new();
        } else {
            self.lay_official(&mut block, met.id());
            bracket_whole(&mut block, met, &numbers);
        }
        block
    }

    /// The open proposals that ask anything of a provision, in order of tabling.
    pub(super) fn proposals_on(&self, met: &RollingProvision<'_>) -> Vec<&Proposal> {
        let draft = &self.negotiation().draft;
        let adding = match met.origin() {
            Origin::Base => None,
            Origin::Added { by, .. } => Some(by),
        };
        let keys: BTreeSet<&str> =
            met.touched_by().chain(adding).map(travaux_text::SideName::as_str).collect();
        if keys.is_empty() {
            return Vec::new();
        }
        let mut on: Vec<&Proposal> =
            draft.open_proposals().filter(|proposal| keys.contains(proposal.id.as_str())).collect();
        // Numbered alternatives by their numbers; the others behind them, in order of tabling.
        on.sort_by_key(|proposal| own_number(&proposal.label).unwrap_or(usize::MAX));
        on
    }

    fn notes(
        &self,
        proposals: &[&Proposal],
        met: &RollingProvision<'_>,
        holding: &Holding<'_>,
    ) -> Vec<AlternativeNote> {
        proposals
            .iter()
            .enumerate()
            .zip(marks(proposals))
            .map(|((index, proposal), mark)| AlternativeNote {
                number: index + 1,
                mark,
                proposal: proposal.id.to_string(),
                label: proposal.label.clone(),
                gist: self.gist(proposal, met),
                behind: holding.behind(proposal).words(self.negotiation()),
                marks: words::standing(proposal.standing).into_iter().collect(),
            })
            .collect()
    }

    /// Says in a few words what a proposal is about here.
    fn gist(&self, proposal: &Proposal, met: &RollingProvision<'_>) -> String {
        let option = proposal.option.as_ref().and_then(|option| {
            self.negotiation().positions.option_label(&option.issue, &option.option)
        });
        let key = proposal.id.as_str();
        let act = if met.suppressed_by().any(|by| by.as_str() == key) {
            "deletion"
        } else if met.no_change_by().any(|by| by.as_str() == key) {
            "no change"
        } else {
            ""
        };
        match (option, act) {
            (Some(option), _) => words::gist(option, GIST_MAX),
            (None, "") => proposal.label.clone(),
            (None, act) if proposal.label.to_lowercase().contains(act) => proposal.label.clone(),
            (None, act) => format!("{}: {act}", proposal.label),
        }
    }

    /// What is asked of a provision as a whole.
    fn asked_of(&self, met: &RollingProvision<'_>, numbers: &Numbers) -> Vec<Phrase> {
        let draft = &self.negotiation().draft;
        let mut asked = Vec::new();
        if let Position::Arriving { by } = met.position() {
            let here = Phrase::default()
                .link(self.links.provision(met.id()), draft.citation(met.id()).words);
            let label =
                draft.proposal(&ProposalId::new(by.as_str())).map_or(by.as_str(), |p| &p.label);
            return vec![here.then(format!(" to stand here, as {label} asks"))];
        }
        for (by, place) in met.transfers() {
            let what = match place {
                Place::After(id) => format!("after {}", draft.citation(id).words),
                Place::FirstUnder(id) => format!("first under {}", draft.citation(id).words),
            };
            asked.push(Phrase::words(format!(
                "{} asks to move it {what}",
                numbered(numbers, by.as_str())
            )));
        }
        if met.text().base().is_empty() {
            for by in met.suppressed_by() {
                asked.push(Phrase::words(format!(
                    "{} asks to delete it with all under it",
                    numbered(numbers, by.as_str())
                )));
            }
        }
        for request in draft.requests(met.id()) {
            let names: Vec<String> = request
                .participants
                .iter()
                .map(|id| self.negotiation().process.name(id).to_owned())
                .collect();
            let who = if names.is_empty() {
                String::new()
            } else {
                format!(" by {}", words::listed(&names))
            };
            let what = request
                .words
                .as_ref()
                .map_or("the whole".to_owned(), |words| format!("\u{201c}{words}\u{201d}"));
            asked.push(
                Phrase::words(format!("Brackets asked for around {what}{who} "))
                    .link(self.links.entry(request.basis.entry), request.basis.entry.short()),
            );
        }
        for placeholder in draft.placeholders(met.id()) {
            asked.push(
                Phrase::words(format!("Awaiting: {} ", placeholder.awaiting)).link(
                    self.links.entry(placeholder.basis.entry),
                    placeholder.basis.entry.short(),
                ),
            );
        }
        asked
    }

    fn narrowed_words(&self, asked: &Asked, found: Found) -> Phrase {
        let what = match (asked.find.is_empty(), asked.only_bracketed) {
            (false, true) => format!("bracketed and with \u{201c}{}\u{201d}", asked.find),
            (false, false) => format!("with \u{201c}{}\u{201d}", asked.find),
            (true, _) => "in brackets".to_owned(),
        };
        let cut = match found.cut {
            0 => String::new(),
            cut => format!("The last {cut} of them have no room on this page. "),
        };
        let all = words::count(found.count, "provision", "provisions");
        Phrase::words(format!("Shown: {all} {what}. {cut}"))
            .link(self.links.text(), "Show the whole text")
    }
}

/// Returns the number in a label such as "Alternative 2".
fn own_number(label: &str) -> Option<usize> {
    label.strip_prefix("Alternative ")?.parse().ok()
}

/// Marks alternatives as their labels do ("2" for "Alternative 2"), so that two counts are never
/// side by side; what has no number in its label is marked by letters.
pub(super) fn marks(proposals: &[&Proposal]) -> Vec<String> {
    let mut letters = 'a'..='z';
    let mut own: Vec<usize> =
        proposals.iter().filter_map(|proposal| own_number(&proposal.label)).collect();
    let numbered = own.len();
    own.dedup();
    let by_labels = numbered > 0 && own.len() == numbered;
    proposals
        .iter()
        .enumerate()
        .map(|(index, proposal)| match own_number(&proposal.label) {
            _ if !by_labels => (index + 1).to_string(),
            Some(number) => number.to_string(),
            None => letters.next().map_or_else(|| format!("+{index}"), |letter| letter.to_string()),
        })
        .collect()
}

fn numbered(numbers: &Numbers, key: &str) -> String {
    numbers.of(key).map_or_else(|| key.to_owned(), |number| format!("Alternative {number} here"))
}

/// Numbers the proposals on a provision, and says which of them want no change.
pub(super) fn numbers(met: &RollingProvision<'_>, proposals: &[&Proposal]) -> Numbers {
    let mut numbers = Numbers::new(proposals.iter().map(|proposal| proposal.id.as_str()));
    numbers.keep(met.no_change_by().map(travaux_text::SideName::as_str));
    numbers
}

/// Puts brackets around a provision whose being there is open.
pub(super) fn bracket_whole(block: &mut Block, met: &RollingProvision<'_>, numbers: &Numbers) {
    if block.runs.is_empty() {
        return;
    }
    let inner = |block: &mut Block| std::mem::take(&mut block.runs);
    let deleting = numbers.all(met.suppressed_by());
    if !deleting.is_empty() {
        let keeping = numbers.all(met.kept_by());
        let runs = inner(block);
        block.runs = vec![Run::Choice(vec![
            RunAlternative { base: true, by: keeping, runs },
            RunAlternative { base: false, by: deleting, runs: Vec::new() },
        ])];
    }
    if let Origin::Added { by, .. } = met.origin() {
        let by = numbers.all([by]);
        let runs = inner(block);
        block.runs = vec![Run::Choice(vec![RunAlternative { base: false, by, runs }])];
    }
}

/// Reports whether a provision counts among those with words.
pub(super) fn is_counted(state: &ProvisionState) -> bool {
    state.count.words > 0 || state.brackets != travaux_text::Brackets::Absent
}

/// Heads a division that prints neither number nor heading by what it is.
pub(super) fn headed(heading: Vec<Run>, kind: ProvisionKind, number: &str) -> Vec<Run> {
    if heading.is_empty() && number.is_empty() && kind.is_division() {
        return vec![Run::Text(words::capital(kind.name()))];
    }
    heading
}

/// How far a provision is set in: subparagraphs by one for each level of them.
fn indent(met: &RollingProvision<'_>) -> usize {
    match met.kind() {
        ProvisionKind::Subparagraph => met.depth().saturating_sub(2).clamp(1, 3),
        _ => 0,
    }
}

/// The number of a provision as it is printed before its words.
pub(super) fn caption(kind: ProvisionKind, number: &str) -> String {
    let punctuated = number.ends_with(['.', ')']);
    match kind {
        _ if number.is_empty() => String::new(),
        ProvisionKind::Title | ProvisionKind::Preamble => number.to_owned(),
        ProvisionKind::Paragraph | ProvisionKind::Subparagraph if punctuated => number.to_owned(),
        ProvisionKind::Paragraph => format!("{number}."),
        ProvisionKind::Subparagraph => format!("({number})"),
        ProvisionKind::Chapter
        | ProvisionKind::Section
        | ProvisionKind::Article
        | ProvisionKind::Annex => format!("{} {number}", words::capital(kind.name())),
    }
}

fn contents_label(met: &RollingProvision<'_>) -> String {
    let heading = met.heading().base();
    let heading =
        if heading.is_empty() { words::capital(met.kind().name()) } else { heading.to_owned() };
    if met.number().is_empty() { heading } else { format!("{} {heading}", met.number()) }
}

/// What was looked for and found.
#[derive(Clone, Copy)]
struct Found {
    /// How many provisions.
    count: usize,
    /// How many blocks the page has no room for.
    cut: usize,
}

/// Leaves only what is asked for, with the headings above it; returns how many are left, or
/// nothing where the whole text is asked for.
fn narrow(blocks: &mut Vec<Block>, asked: &Asked) -> Option<Found> {
    if asked.find.is_empty() && !asked.only_bracketed {
        return None;
    }
    let wanted = asked.find.to_lowercase();
    let hit = |block: &Block| {
        let found = wanted.is_empty()
            || holds(&block.runs, &wanted)
            || holds(&block.heading, &wanted)
            || block.caption.to_lowercase() == wanted;
        found && (!asked.only_bracketed || block.is_bracketed())
    };
    let mut kept = Vec::new();
    let mut above: Vec<Block> = Vec::new();
    let mut found = 0;
    for block in blocks.drain(..) {
        let rank = rank(&block.kind);
        above.retain(|other| self::rank(&other.kind) < rank);
        if hit(&block) {
            kept.append(&mut above);
            kept.push(block);
            found += 1;
        } else if rank < HEADLESS {
            above.push(block);
        }
    }
    // A page has an end; what is not shown is counted.
    let mut bytes = 0;
    let fits = kept.iter().take_while(|block| {
        bytes += bytes_of(&block.runs) + bytes_of(&block.heading);
        bytes <= FOUND_BYTES_MAX
    });
    let fits = fits.count();
    let cut = kept.len() - fits;
    kept.truncate(fits);
    *blocks = kept;
    Some(Found { count: found, cut })
}

fn bytes_of(runs: &[Run]) -> usize {
    let of = |run: &Run| match run {
        Run::Text(words) | Run::Own(words) | Run::Left(words) => words.len(),
        Run::Choice(alternatives) => alternatives.iter().map(|one| bytes_of(&one.runs)).sum(),
    };
    runs.iter().map(of).sum()
}

/// Ranks kinds so that a heading covers what ranks behind it.
fn rank(kind: &str) -> u8 {
    match kind {
        "title" | "preamble" | "chapter" | "annex" => 0,
        "section" => 1,
        "article" => 2,
        _ => HEADLESS,
    }
}

/// The rank of what stands under no heading of its own.
const HEADLESS: u8 = 3;

/// Reports whether any alternative of some words holds others.
fn holds(runs: &[Run], wanted: &str) -> bool {
    fn readings(runs: &[Run], out: &mut String) {
        for run in runs {
            match run {
                Run::Text(words) | Run::Own(words) | Run::Left(words) => out.push_str(words),
                Run::Choice(alternatives) => {
                    for alternative in alternatives {
                        readings(&alternative.runs, out);
                        out.push(' ');
                    }
                }
            }
        }
    }
    let mut all = String::new();
    readings(runs, &mut all);
    all.to_lowercase().contains(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_set_as_printed() {
        assert_eq!(caption(ProvisionKind::Article, "5"), "Article 5");
        assert_eq!(caption(ProvisionKind::Paragraph, "2"), "2.");
        assert_eq!(caption(ProvisionKind::Subparagraph, "a"), "(a)");
        assert_eq!(caption(ProvisionKind::Subparagraph, "(a)"), "(a)");
        assert_eq!(caption(ProvisionKind::Paragraph, ""), "");
    }
}
