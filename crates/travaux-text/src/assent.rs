//! What a text's status is: bracketed, clean but not agreed, or agreed ad referendum; and what
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
    /// Approved with the whole text by the committee that negotiated it, which puts it to the organ
    /// that adopts it.
    Approved,
    /// Adopted with the whole text by the organ that can open it for signature.
    Adopted,
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
    /// The committee approves the whole text.
    Approve,
    /// The organ that decides in the end adopts the whole text.
    Adopt,
    /// The body reopens what it had agreed.
    Reopen,
}

impl Assent {
    /// Returns the assent after `step`, or nothing where the step is irregular: only an agreed
    /// text can be closed, only one on which an agreement stands reopened (one that was approved
    /// or adopted by reconsideration), and what was adopted is not approved afterwards.
    pub const fn after(self, step: AssentStep) -> Option<Self> {
        match (self, step) {
            (Self::None | Self::Reopened | Self::AdReferendum, AssentStep::Agree) => {
                Some(Self::AdReferendum)
            }
            (Self::AdReferendum, AssentStep::Close) => Some(Self::Closed),
            (_, AssentStep::Adopt) => Some(Self::Adopted),
            (
                Self::None | Self::AdReferendum | Self::Closed | Self::Approved | Self::Reopened,
                AssentStep::Approve,
            ) => Some(Self::Approved),
            (
                Self::AdReferendum | Self::Closed | Self::Approved | Self::Adopted,
                AssentStep::Reopen,
            ) => Some(Self::Reopened),
            (
                Self::Closed | Self::Approved | Self::Adopted,
                AssentStep::Agree | AssentStep::Close,
            )
            | (Self::None | Self::Reopened, AssentStep::Close | AssentStep::Reopen)
            | (Self::Adopted, AssentStep::Approve) => None,
        }
    }

    /// Reports whether an agreement stands.
    pub const fn is_agreed(self) -> bool {
        match self {
            Self::AdReferendum | Self::Closed | Self::Approved | Self::Adopted => true,
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
pub enum StatusNote {
    /// Agreed and closed.
    Closed,
    /// Approved by the committee with the whole text: not adopted yet.
    Approved,
    /// Adopted with the whole text.
    Adopted,
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
pub struct ProvisionStatus {
    /// The state shown, counted and charted.
    pub state: TextState,
    /// What has to be said besides, if anything; the gravest where several apply.
    pub note: Option<StatusNote>,
}

impl ProvisionStatus {
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
        let note = match assent {
            Assent::None => return Self { state: open, note: None },
            Assent::Reopened => return Self { state: open, note: Some(StatusNote::Reopened) },
            Assent::AdReferendum => None,
            Assent::Closed => Some(StatusNote::Closed),
            Assent::Approved => Some(StatusNote::Approved),
            Assent::Adopted => Some(StatusNote::Adopted),
        };
        let state = TextState::AgreedAdReferendum;
        match (agreed, brackets) {
            (AgreedText::Differs, _) => {
                Self { state: open, note: Some(StatusNote::AgreedToOtherWords) }
            }
            (AgreedText::Same, Brackets::Requested | Brackets::Alternatives) => {
                Self { state, note: Some(StatusNote::ReceivedSince) }
            }
            (AgreedText::Same, Brackets::Absent) => Self { state, note },
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
    /// In the text: the body agreed to its words. What is agreed ad referendum is not adopted.
    TakenUp,
    /// Put to a decision and not taken up.
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
    /// The body agrees to its words.
    TakeUp,
    /// The body decides against it.
    Reject,
}

impl ProposalStatus {
    /// Reports whether the proposal is a side of the rolling text.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Open | Self::Carried => true,
            Self::Withdrawn | Self::Lapsed | Self::TakenUp | Self::Rejected => false,
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
            (true, ProposalStep::TakeUp) => Some(Self::TakenUp),
            (true, ProposalStep::Reject) => Some(Self::Rejected),
            (false, ProposalStep::Reintroduce) => match self {
                Self::Withdrawn | Self::Lapsed => Some(Self::Open),
                Self::Open | Self::Carried | Self::TakenUp | Self::Rejected => None,
            },
            (true, ProposalStep::Reintroduce)
            | (
                false,
                ProposalStep::Revise
                | ProposalStep::Withdraw
                | ProposalStep::Lapse
                | ProposalStep::Carry
                | ProposalStep::TakeUp
                | ProposalStep::Reject,
            ) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BRACKETS: [Brackets; 3] = [Brackets::Absent, Brackets::Requested, Brackets::Alternatives];
    const ASSENTS: [Assent; 6] = [
        Assent::None,
        Assent::AdReferendum,
        Assent::Closed,
        Assent::Approved,
        Assent::Adopted,
        Assent::Reopened,
    ];
    const AGREED: [AgreedText; 2] = [AgreedText::Same, AgreedText::Differs];

    #[test]
    fn a_clean_text_never_counts_as_agreement() {
        for assent in [Assent::None, Assent::Reopened] {
            for agreed in AGREED {
                let status = ProvisionStatus::of(Brackets::Absent, assent, agreed);
                assert_eq!(status.state, TextState::CleanNotAgreed, "{assent:?} {agreed:?}");
            }
        }
    }

    /// The oracle states the rule once more, as a sentence: agreed means agreed, to these words.
    #[test]
    fn only_a_standing_agreement_to_these_words_is_shown_as_agreed() {
        for brackets in BRACKETS {
            for assent in ASSENTS {
                for agreed in AGREED {
                    let status = ProvisionStatus::of(brackets, assent, agreed);
                    assert_eq!(
                        status.state == TextState::AgreedAdReferendum,
                        assent.is_agreed() && agreed == AgreedText::Same,
                        "{brackets:?} {assent:?} {agreed:?}"
                    );
                    if status.state == TextState::CleanNotAgreed {
                        assert_eq!(brackets, Brackets::Absent);
                    }
                }
            }
        }
    }

    #[test]
    fn a_proposal_on_an_agreed_text_is_noted_and_does_not_undo_the_agreement() {
        let status =
            ProvisionStatus::of(Brackets::Alternatives, Assent::AdReferendum, AgreedText::Same);
        assert_eq!(status.state, TextState::AgreedAdReferendum);
        assert_eq!(status.note, Some(StatusNote::ReceivedSince));
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
    fn what_is_approved_is_adopted_later_and_never_the_other_way() {
        assert_eq!(Assent::Approved.after(AssentStep::Adopt), Some(Assent::Adopted));
        assert_eq!(Assent::Adopted.after(AssentStep::Approve), None);
        assert_eq!(Assent::Approved.after(AssentStep::Close), None);
        let status = |assent| ProvisionStatus::of(Brackets::Absent, assent, AgreedText::Same);
        assert_eq!(status(Assent::Approved).note, Some(StatusNote::Approved));
        assert_eq!(status(Assent::Adopted).note, Some(StatusNote::Adopted));
        let other = ProvisionStatus::of(Brackets::Absent, Assent::Adopted, AgreedText::Differs);
        assert_eq!(other.state, TextState::CleanNotAgreed);
    }

    #[test]
    fn only_an_open_proposal_is_withdrawn_and_only_a_fallen_one_comes_back() {
        use ProposalStatus::{Carried, Lapsed, Open, TakenUp, Withdrawn};
        assert_eq!(Open.after(ProposalStep::Withdraw), Some(Withdrawn));
        assert_eq!(Withdrawn.after(ProposalStep::Withdraw), None);
        assert_eq!(Withdrawn.after(ProposalStep::Reintroduce), Some(Open));
        assert_eq!(Lapsed.after(ProposalStep::Reintroduce), Some(Open));
        assert_eq!(Open.after(ProposalStep::Carry), Some(Carried));
        assert_eq!(Carried.after(ProposalStep::Lapse), Some(Lapsed));
        assert_eq!(TakenUp.after(ProposalStep::Reintroduce), None);
    }
}
