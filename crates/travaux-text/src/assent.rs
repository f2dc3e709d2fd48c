//! What a text's standing is: bracketed, clean but not agreed, or agreed ad referendum; and what
//! has become of a proposal.
//!
//! The two never mix: a proposal's status says nothing about assent, and a text without brackets
//! is not agreed by being clean. Who agreed, when and in which meeting is the record's business.

/// What the body has decided about a provision, and nothing else (DESIGN, section 4).
///
/// Silence is not consent: without a decision, the assent is [`Assent::None`], however clean the
/// text.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Assent {
    /// The body has decided nothing.
    #[default]
    None,
    /// Agreed ad referendum: the delegations agree, subject to confirmation by their capitals.
    AdReferendum,
    /// Agreed, and closed: no further proposal is in order until the body reopens it.
    Closed,
    /// Was agreed, and has been reopened: nothing is agreed now.
    Reopened,
}

/// What happens to the assent of a provision.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum AssentStep {
    /// The body agrees to the text ad referendum.
    Agree,
    /// The body closes what it has agreed.
    Close,
    /// The body reopens what it had agreed.
    Reopen,
}

impl Assent {
    /// Returns the assent after `step`, or nothing where the step is irregular: only an agreed
    /// text can be closed, and only an agreed or closed one reopened.
    pub const fn after(self, step: AssentStep) -> Option<Self> {
        match (self, step) {
            (Self::None | Self::Reopened | Self::AdReferendum, AssentStep::Agree) => {
                Some(Self::AdReferendum)
            }
            (Self::AdReferendum, AssentStep::Close) => Some(Self::Closed),
            (Self::AdReferendum | Self::Closed, AssentStep::Reopen) => Some(Self::Reopened),
            (Self::Closed, AssentStep::Agree | AssentStep::Close)
            | (Self::None | Self::Reopened, AssentStep::Close | AssentStep::Reopen) => None,
        }
    }

    /// Reports whether an agreement stands.
    pub const fn is_agreed(self) -> bool {
        match self {
            Self::AdReferendum | Self::Closed => true,
            Self::None | Self::Reopened => false,
        }
    }
}

/// Whether anything in a provision stands in brackets.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Brackets {
    /// No open alternative, and nobody has asked for brackets.
    Absent,
    /// Brackets were asked for without an alternative (a placeholder counts as one).
    Requested,
    /// At least one open proposal reads otherwise than the base.
    Alternatives,
}

/// How the text now before the body relates to the one it agreed to.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum AgreedText {
    /// It is the same, to the byte.
    Same,
    /// It differs: the agreement was to other words.
    Differs,
}

/// The three states of a text that are never confused (DESIGN, section 4).
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum TextState {
    /// Something in it stands in brackets.
    Bracketed,
    /// Nothing stands in brackets and nothing has been agreed: a chair's clean text is a
    /// proposal, not consent.
    CleanNotAgreed,
    /// The body has agreed to exactly these words.
    AgreedAdReferendum,
}

/// What a reader has to know besides the state.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum StandingNote {
    /// Agreed and closed.
    Closed,
    /// Agreed before, since reopened.
    Reopened,
    /// Agreed, and a proposal or a request for brackets has been received since: it opens no
    /// bracket, and is considered only if the body reopens the provision.
    ReceivedSince,
    /// The body agreed to other words than those now before it; the agreement does not cover
    /// them.
    AgreedToOtherWords,
}

/// How a provision stands: its state, and what has to be said besides.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Standing {
    /// The state shown, counted and charted.
    pub state: TextState,
    /// What has to be said besides, if anything; the gravest where several apply.
    pub note: Option<StandingNote>,
}

impl Standing {
    /// Decides how a provision stands, by what is open on it or, where it is agreed, has been
    /// received on it since.
    ///
    /// Only an agreement that stands, to exactly these words, makes a text agreed; what is received
    /// later does not undo it (the body does, by reopening) but is noted.
    pub const fn of(brackets: Brackets, assent: Assent, agreed: AgreedText) -> Self {
        let open = match brackets {
            Brackets::Absent => TextState::CleanNotAgreed,
            Brackets::Requested | Brackets::Alternatives => TextState::Bracketed,
        };
        match (assent, agreed, brackets) {
            (Assent::None, _, _) => Self { state: open, note: None },
            (Assent::Reopened, _, _) => Self { state: open, note: Some(StandingNote::Reopened) },
            (Assent::AdReferendum | Assent::Closed, AgreedText::Differs, _) => {
                Self { state: open, note: Some(StandingNote::AgreedToOtherWords) }
            }
            (
                Assent::AdReferendum | Assent::Closed,
                AgreedText::Same,
                Brackets::Requested | Brackets::Alternatives,
            ) => Self {
                state: TextState::AgreedAdReferendum,
                note: Some(StandingNote::ReceivedSince),
            },
            (Assent::AdReferendum, AgreedText::Same, Brackets::Absent) => {
                Self { state: TextState::AgreedAdReferendum, note: None }
            }
            (Assent::Closed, AgreedText::Same, Brackets::Absent) => {
                Self { state: TextState::AgreedAdReferendum, note: Some(StandingNote::Closed) }
            }
        }
    }
}

/// What has become of a proposal. It says nothing about any text's assent.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum ProposalStatus {
    /// Tabled and before the body (a re-introduced proposal is open again).
    #[default]
    Open,
    /// Taken back by its sponsors.
    Withdrawn,
    /// Fallen with the base it was tabled on: the next text neither has it nor carries it.
    Lapsed,
    /// Kept open on the next text.
    Carried,
    /// In the text: the next base, or a decision, took it up.
    Adopted,
    /// Put to a decision and not adopted.
    Rejected,
}

/// What happens to a proposal.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum ProposalStep {
    /// Its sponsors revise it.
    Revise,
    /// Its sponsors withdraw it.
    Withdraw,
    /// Somebody re-introduces it (rule 122 of the General Assembly's rules of procedure).
    Reintroduce,
    /// A new base leaves it behind.
    Lapse,
    /// A new base is issued and the proposal stays open on it.
    Carry,
    /// The text takes it up.
    Adopt,
    /// The body decides against it.
    Reject,
}

impl ProposalStatus {
    /// Reports whether the proposal is a side of the rolling text.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Open | Self::Carried => true,
            Self::Withdrawn | Self::Lapsed | Self::Adopted | Self::Rejected => false,
        }
    }

    /// Returns the status after `step`, or nothing where the step is irregular: only an open
    /// proposal can be revised, withdrawn or decided on, and only one that was withdrawn or has
    /// lapsed can be re-introduced.
    pub const fn after(self, step: ProposalStep) -> Option<Self> {
        match (self.is_open(), step) {
            (true, ProposalStep::Revise) => Some(self),
            (true, ProposalStep::Withdraw) => Some(Self::Withdrawn),
            (true, ProposalStep::Lapse) => Some(Self::Lapsed),
            (true, ProposalStep::Carry) => Some(Self::Carried),
            (true, ProposalStep::Adopt) => Some(Self::Adopted),
            (true, ProposalStep::Reject) => Some(Self::Rejected),
            (false, ProposalStep::Reintroduce) => match self {
                Self::Withdrawn | Self::Lapsed => Some(Self::Open),
                Self::Open | Self::Carried | Self::Adopted | Self::Rejected => None,
            },
            (true, ProposalStep::Reintroduce)
            | (
                false,
                ProposalStep::Revise
                | ProposalStep::Withdraw
                | ProposalStep::Lapse
                | ProposalStep::Carry
                | ProposalStep::Adopt
                | ProposalStep::Reject,
            ) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BRACKETS: [Brackets; 3] = [Brackets::Absent, Brackets::Requested, Brackets::Alternatives];
    const ASSENTS: [Assent; 4] =
        [Assent::None, Assent::AdReferendum, Assent::Closed, Assent::Reopened];
    const AGREED: [AgreedText; 2] = [AgreedText::Same, AgreedText::Differs];

    #[test]
    fn a_clean_text_never_counts_as_agreement() {
        for assent in [Assent::None, Assent::Reopened] {
            for agreed in AGREED {
                let standing = Standing::of(Brackets::Absent, assent, agreed);
                assert_eq!(standing.state, TextState::CleanNotAgreed, "{assent:?} {agreed:?}");
            }
        }
    }

    /// The oracle states the rule once more, as a sentence: agreed means agreed, to these words.
    #[test]
    fn only_a_standing_agreement_to_these_words_is_shown_as_agreed() {
        for brackets in BRACKETS {
            for assent in ASSENTS {
                for agreed in AGREED {
                    let standing = Standing::of(brackets, assent, agreed);
                    assert_eq!(
                        standing.state == TextState::AgreedAdReferendum,
                        assent.is_agreed() && agreed == AgreedText::Same,
                        "{brackets:?} {assent:?} {agreed:?}"
                    );
                    if standing.state == TextState::CleanNotAgreed {
                        assert_eq!(brackets, Brackets::Absent);
                    }
                }
            }
        }
    }

    #[test]
    fn a_proposal_on_an_agreed_text_is_noted_and_does_not_undo_the_agreement() {
        let standing = Standing::of(Brackets::Alternatives, Assent::AdReferendum, AgreedText::Same);
        assert_eq!(standing.state, TextState::AgreedAdReferendum);
        assert_eq!(standing.note, Some(StandingNote::ReceivedSince));
    }

    #[test]
    fn an_agreed_text_is_closed_or_reopened_and_nothing_else_is() {
        assert_eq!(Assent::None.after(AssentStep::Agree), Some(Assent::AdReferendum));
        assert_eq!(Assent::None.after(AssentStep::Close), None);
        assert_eq!(Assent::None.after(AssentStep::Reopen), None);
        assert_eq!(Assent::AdReferendum.after(AssentStep::Close), Some(Assent::Closed));
        assert_eq!(Assent::Closed.after(AssentStep::Reopen), Some(Assent::Reopened));
        assert_eq!(Assent::Closed.after(AssentStep::Agree), None);
        assert_eq!(Assent::Reopened.after(AssentStep::Agree), Some(Assent::AdReferendum));
    }

    #[test]
    fn only_an_open_proposal_is_withdrawn_and_only_a_fallen_one_comes_back() {
        use ProposalStatus::{Adopted, Carried, Lapsed, Open, Withdrawn};
        assert_eq!(Open.after(ProposalStep::Withdraw), Some(Withdrawn));
        assert_eq!(Withdrawn.after(ProposalStep::Withdraw), None);
        assert_eq!(Withdrawn.after(ProposalStep::Reintroduce), Some(Open));
        assert_eq!(Lapsed.after(ProposalStep::Reintroduce), Some(Open));
        assert_eq!(Open.after(ProposalStep::Carry), Some(Carried));
        assert_eq!(Carried.after(ProposalStep::Lapse), Some(Lapsed));
        assert_eq!(Adopted.after(ProposalStep::Reintroduce), None);
    }
}
