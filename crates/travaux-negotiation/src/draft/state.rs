//! How each provision stands: bracketed, clean but not agreed, or agreed ad referendum.
//!
//! The three are never confused (DESIGN, section 4), and every count keeps them apart. A count is
//! no measure of disagreement: who wants what, and how much it matters, is not known here.

use std::collections::BTreeSet;
use std::ops::AddAssign;

use travaux_record::{ParticipantId, ProposalId};
use travaux_text::{
    AgreedText, Assent, BracketCount, BracketCounts, Brackets, Position, ProposalKey, ProvisionId,
    ProvisionKind, ProvisionStatus, RollingProvision, TextState, stands_once, words,
};

use super::Draft;

/// How one provision stands.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ProvisionState {
    /// The provision.
    pub provision: ProvisionId,
    /// The state to show, with what has to be said besides.
    pub status: ProvisionStatus,
    /// What the body has decided.
    pub assent: Assent,
    /// What stands in brackets.
    pub brackets: Brackets,
    /// The open proposals received on it since it was agreed, which open no bracket, by key.
    pub received: Vec<ProposalId>,
    /// Who asked for brackets since it was agreed, which do not stand.
    pub brackets_received: Vec<ParticipantId>,
    /// The brackets, alternatives and words as printed.
    pub count: BracketCount,
    /// The open proposals that ask for anything other than the present text, by key.
    pub alternatives: Vec<ProposalId>,
    /// How many words stand in brackets: those of the alternatives, and those brackets were asked
    /// for around.
    pub words_bracketed: u64,
    /// How many words it has outside brackets.
    pub words_plain: u64,
    /// The chapter it stands in; none for what stands outside chapters.
    pub chapter: Option<ProvisionId>,
}

impl ProvisionState {
    /// Returns its state in words: "bracketed", "clean, not agreed", "agreed ad referendum", and
    /// "approved" or "adopted" where that was decided of the whole text.
    pub fn words(&self) -> &'static str {
        match (self.status.state, self.assent) {
            (TextState::Bracketed, _) => "bracketed",
            (TextState::CleanNotAgreed, _) => "clean, not agreed",
            (TextState::AgreedAdReferendum, Assent::Approved) => "approved",
            (TextState::AgreedAdReferendum, Assent::Adopted) => "adopted",
            (TextState::AgreedAdReferendum, _) => "agreed ad referendum",
        }
    }
}

/// Something counted for each of the three states.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct ByState<T> {
    /// In brackets.
    pub bracketed: T,
    /// Clean, and not agreed.
    pub clean: T,
    /// Agreed ad referendum.
    pub agreed: T,
}

impl<T: Copy> ByState<T> {
    /// Returns what was counted for a state.
    pub fn of(&self, state: TextState) -> T {
        match state {
            TextState::Bracketed => self.bracketed,
            TextState::CleanNotAgreed => self.clean,
            TextState::AgreedAdReferendum => self.agreed,
        }
    }
}

impl<T: AddAssign> ByState<T> {
    fn add(&mut self, state: TextState, more: T) {
        match state {
            TextState::Bracketed => self.bracketed += more,
            TextState::CleanNotAgreed => self.clean += more,
            TextState::AgreedAdReferendum => self.agreed += more,
        }
    }
}

/// How a chapter stands, or what stands outside chapters.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ChapterState {
    /// The chapter; none for the title, the preamble and what else stands outside chapters.
    pub chapter: Option<ProvisionId>,
    /// Its provisions that carry words, by state.
    pub provisions: ByState<usize>,
    /// Its words: in brackets, clean, agreed. The words of a bracketed provision that stand
    /// outside its brackets count as clean.
    pub words: ByState<u64>,
    /// Pairs of brackets and sets of alternatives.
    pub brackets: usize,
    /// The open proposals that ask for anything other than its present text.
    pub proposals: BTreeSet<ProposalId>,
}

impl Draft {
    /// Returns how every provision of the rolling text stands, in document order.
    pub fn states(&self) -> &[ProvisionState] {
        self.states.or_work_out(|| {
            let mut chapter = None;
            let mut states = Vec::new();
            // A text without chapters is told by its outermost articles, sections and annexes.
            let has_chapters =
                self.text().provisions().any(|met| met.kind() == ProvisionKind::Chapter);
            for met in self.text().provisions() {
                if met.position() != Position::Standing {
                    continue;
                }
                let divides = match met.kind() {
                    ProvisionKind::Chapter => true,
                    ProvisionKind::Section | ProvisionKind::Article | ProvisionKind::Annex => {
                        !has_chapters && met.depth() == 0
                    }
                    _ => false,
                };
                if divides {
                    chapter = Some(met.id().clone());
                } else if met.depth() == 0 {
                    chapter = None;
                }
                states.push(self.state_of(&met, chapter.clone()));
            }
            states
        })
    }

    /// Returns how one provision stands; none where it is not in the rolling text.
    pub fn state(&self, provision: &ProvisionId) -> Option<&ProvisionState> {
        self.states().iter().find(|state| state.provision == *provision)
    }

    /// Returns how each chapter stands, in document order; what stands outside chapters first.
    pub fn chapters(&self) -> Vec<ChapterState> {
        let mut chapters: Vec<ChapterState> = Vec::new();
        for state in self.states() {
            let known = chapters.iter().position(|chapter| chapter.chapter == state.chapter);
            let at = known.unwrap_or_else(|| {
                chapters.push(ChapterState {
                    chapter: state.chapter.clone(),
                    provisions: ByState::default(),
                    words: ByState::default(),
                    brackets: 0,
                    proposals: BTreeSet::new(),
                });
                chapters.len() - 1
            });
            chapters[at].add(state);
        }
        chapters.sort_by_key(|chapter| chapter.chapter.is_some());
        chapters
    }

    /// Returns how the whole text stands.
    pub fn total(&self) -> ChapterState {
        let mut total = ChapterState {
            chapter: None,
            provisions: ByState::default(),
            words: ByState::default(),
            brackets: 0,
            proposals: BTreeSet::new(),
        };
        for state in self.states() {
            total.add(state);
        }
        total
    }

    fn state_of(&self, met: &RollingProvision<'_>, chapter: Option<ProvisionId>) -> ProvisionState {
        let id = met.id();
        let contested = met.is_contested() || !met.covered_by().is_empty();
        let asked = self.words_asked(id, &met.words().text);
        let issued = self.base().and_then(|base| base.issued().get(id));
        let issued = issued.filter(|issued| is_open(issued));
        let brackets = match (contested, asked.is_some() || issued.is_some()) {
            (true, _) => Brackets::Alternatives,
            (false, true) => Brackets::Requested,
            (false, false) => Brackets::Absent,
        };
        let agreement = self.agreement(id);
        let assent = agreement.map_or(Assent::None, |agreement| agreement.assent);
        let agreed = agreement.and_then(|agreement| agreement.latest());
        let agreed = match agreed {
            Some(agreed) if agreed.text != met.words().text => AgreedText::Differs,
            Some(_) | None => AgreedText::Same,
        };
        let received: Vec<ProposalId> =
            self.received_on(id).map(|proposal| proposal.id.clone()).collect();
        let asked_since = self.requests_received_on(id);
        let brackets_received: Vec<ParticipantId> =
            asked_since.flat_map(|request| request.participants.iter().cloned()).collect();
        let since = match brackets {
            _ if !received.is_empty() => Brackets::Alternatives,
            Brackets::Absent if self.requests_received_on(id).next().is_some() => {
                Brackets::Requested
            }
            standing => standing,
        };
        let mut count = met.count();
        if let Some(issued) = issued {
            count.brackets += issued.brackets_of_text;
            count.words_bracketed =
                count.words_bracketed.max(issued.words_bracketed.min(count.words));
        }
        let words_bracketed = count.words_bracketed.max(asked.unwrap_or(0));
        ProvisionState {
            provision: id.clone(),
            status: ProvisionStatus::of(since, assent, agreed),
            assent,
            brackets,
            received,
            brackets_received,
            count,
            alternatives: alternatives(met),
            words_bracketed,
            words_plain: count.words.saturating_sub(words_bracketed),
            chapter,
        }
    }

    /// Returns around how many words brackets were asked for, if any were; a placeholder counts.
    fn words_asked(&self, provision: &ProvisionId, text: &str) -> Option<u64> {
        let of_requests = self.requests(provision).map(|request| match &request.words {
            Some(asked) if stands_once(text, asked).is_some() => words(asked),
            Some(_) | None => words(text),
        });
        of_requests.chain(self.placeholders(provision).map(|_| 0)).max()
    }
}

impl ChapterState {
    fn add(&mut self, state: &ProvisionState) {
        let shown = state.status.state;
        if state.count.words > 0 || state.brackets != Brackets::Absent {
            self.provisions.add(shown, 1);
        }
        match shown {
            TextState::Bracketed => {
                self.words.bracketed += state.words_bracketed;
                self.words.clean += state.words_plain;
            }
            TextState::CleanNotAgreed => self.words.clean += state.words_plain,
            // Brackets do not undo an agreement; the words agreed are those outside them.
            TextState::AgreedAdReferendum => self.words.agreed += state.words_plain,
        }
        self.brackets += state.count.brackets;
        self.proposals.extend(state.alternatives.iter().cloned());
    }
}

/// Reports whether the document itself leaves something open in a provision.
fn is_open(issued: &BracketCounts) -> bool {
    issued.words_bracketed > 0
        || issued.brackets_of_text > 0
        || issued.placeholders > 0
        || issued.options > 0
        || issued.no_text > 0
}

/// Returns the open proposals that ask for anything other than the present text of a provision.
fn alternatives(met: &RollingProvision<'_>) -> Vec<ProposalId> {
    let mut keys: BTreeSet<&ProposalKey> = BTreeSet::new();
    for merge in [met.text(), met.heading()] {
        keys.extend(merge.changes().filter(|(_, change)| !change.is_none()).map(|(key, _)| key));
    }
    keys.extend(met.suppressed_by());
    keys.extend(met.transfers().map(|(key, _)| key));
    if let travaux_text::Origin::Added { by, .. } = met.origin() {
        keys.insert(by);
    }
    keys.into_iter().map(|key| ProposalId::new(key.as_str())).collect()
}
