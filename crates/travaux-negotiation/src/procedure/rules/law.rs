//! What a rule tells the engine: one law for each question that the engine asks.
//!
//! The topics are closed: a file that names another is refused. What a law does is in `check` and
//! `next`; here it only has its shape.

use std::fmt;

use serde::{Deserialize, Deserializer, de};
use travaux_record::Majority;

/// A majority that a rule asks for.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Threshold {
    /// More in favour than against.
    SimpleMajority,
    /// At least two thirds.
    TwoThirds,
}

impl Threshold {
    /// Returns it as the record has it.
    pub fn majority(self) -> Majority {
        match self {
            Self::SimpleMajority => Majority::Simple,
            Self::TwoThirds => Majority::TwoThirds,
        }
    }
}

/// A share of the members: at least so much, or more than that.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Share {
    numerator: u32,
    denominator: u32,
    more: bool,
}

impl Share {
    /// Returns the least number out of `members` that is the share.
    pub fn of(self, members: u32) -> u32 {
        let product = u64::from(members) * u64::from(self.numerator);
        let denominator = u64::from(self.denominator);
        let least =
            if self.more { product / denominator + 1 } else { product.div_ceil(denominator) };
        u32::try_from(least).unwrap_or(u32::MAX)
    }

    fn parse(written: &str) -> Option<Self> {
        let (more, share) =
            written.strip_prefix("more than ").map_or((false, written), |rest| (true, rest));
        let (numerator, denominator) = share.split_once('/')?;
        let (numerator, denominator) = (numerator.parse().ok()?, denominator.parse().ok()?);
        (0 < numerator && numerator <= denominator).then_some(Self { numerator, denominator, more })
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more = if self.more { "more than " } else { "" };
        write!(f, "{more}{}/{}", self.numerator, self.denominator)
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let written = String::deserialize(from)?;
        Self::parse(&written).ok_or_else(|| {
            de::Error::custom(format!(
                "expected a share as \"1/4\" or \"more than 1/2\", found {written:?}"
            ))
        })
    }
}

/// The motions whose effect the engine knows.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MotionKind {
    /// A point of order.
    PointOfOrder,
    /// An appeal against a ruling of the chair.
    Appeal,
    /// To suspend the meeting.
    SuspendMeeting,
    /// To adjourn the meeting.
    AdjournMeeting,
    /// To adjourn the debate on the item: the no-action motion.
    AdjournDebate,
    /// To close the debate.
    CloseDebate,
    /// To limit the time of speakers.
    LimitSpeakingTime,
    /// To decide whether the body is competent.
    Competence,
    /// To vote on parts separately.
    Division,
    /// To reconsider what was decided.
    Reconsider,
    /// To decide whether a question is one of procedure.
    Classification,
}

impl MotionKind {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::PointOfOrder,
        Self::Appeal,
        Self::SuspendMeeting,
        Self::AdjournMeeting,
        Self::AdjournDebate,
        Self::CloseDebate,
        Self::LimitSpeakingTime,
        Self::Competence,
        Self::Division,
        Self::Reconsider,
        Self::Classification,
    ];

    /// Returns its name as the record and the rules have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::PointOfOrder => "point_of_order",
            Self::Appeal => "appeal",
            Self::SuspendMeeting => "suspend_meeting",
            Self::AdjournMeeting => "adjourn_meeting",
            Self::AdjournDebate => "adjourn_debate",
            Self::CloseDebate => "close_debate",
            Self::LimitSpeakingTime => "limit_speaking_time",
            Self::Competence => "competence",
            Self::Division => "division",
            Self::Reconsider => "reconsider",
            Self::Classification => "classification",
        }
    }

    /// Returns the kind of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Returns what such a motion asks, in words: "to close the debate".
    pub fn words(self) -> &'static str {
        match self {
            Self::PointOfOrder => "a point of order",
            Self::Appeal => "to appeal against the ruling",
            Self::SuspendMeeting => "to suspend the meeting",
            Self::AdjournMeeting => "to adjourn the meeting",
            Self::AdjournDebate => "to adjourn the debate",
            Self::CloseDebate => "to close the debate",
            Self::LimitSpeakingTime => "to limit the time of speakers",
            Self::Competence => "to decide on the competence of the body",
            Self::Division => "to vote on parts separately",
            Self::Reconsider => "to reconsider the decision",
            Self::Classification => "to decide whether the question is one of procedure",
        }
    }
}

/// What a rule says of a kind of motion.
#[derive(Clone, Debug, Eq, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MotionLaw {
    /// Which motion.
    pub motion: MotionKind,
    /// The majority that carries it.
    pub threshold: Threshold,
    /// How many may speak in favour, beside its mover.
    #[serde(default)]
    pub in_favour: u32,
    /// How many may speak against.
    #[serde(default)]
    pub against: u32,
    /// Whether it is granted without a vote where nobody objects.
    #[serde(default)]
    pub granted_unless_objected: bool,
}

/// When a class of participants speaks.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MaySpeak {
    /// In the order of requests.
    Yes,
    /// After States, time permitting.
    AfterStates,
    /// Not at all.
    No,
}

/// Who votes on a decision.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Voters {
    /// The members of the body.
    #[default]
    Members,
    /// Those of them that are parties to the treaty.
    Parties,
}

/// For what the chair may waive the notice.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaivedFor {
    /// For nothing.
    #[default]
    Nothing,
    /// For amendments.
    Amendments,
    /// For any proposal.
    Everything,
}

/// What the engine applies of a rule.
#[derive(Clone, Debug, Eq, PartialEq, Deserialize)]
#[serde(tag = "topic", rename_all = "snake_case", deny_unknown_fields)]
pub enum Law {
    /// Elections of officers: secret, unless there are no more candidates than this.
    Officers {
        /// With so many candidates for a post the ballot may be dispensed with.
        dispensed_with_candidates: u32,
    },
    /// The chair does not vote.
    ChairVote {
        /// Whether another member of its delegation may.
        delegation_votes: bool,
    },
    /// The chair conducts the meeting.
    ChairPowers {},
    /// How many must be present.
    Quorum {
        /// To open a meeting.
        open: Share,
        /// To decide.
        decide: Share,
    },
    /// Speakers are called in the order of their requests.
    Speeches {},
    /// The secretariat speaks at any time.
    SecretariatStatements {},
    /// Points of order are decided at once, and a ruling may be appealed against.
    PointOfOrder {
        /// The majority that overrules.
        appeal: Threshold,
    },
    /// The list of speakers may be closed.
    SpeakersList {
        /// Whether a reply may still be given.
        reply_after_closing: bool,
    },
    /// A kind of motion.
    Motion(MotionLaw),
    /// The order in which motions are taken.
    Precedence {
        /// First to be taken first.
        order: Vec<MotionKind>,
    },
    /// Proposals are circulated before they are taken up.
    Notice {
        /// How many days before.
        days: u32,
        /// For what the chair may waive it.
        #[serde(default)]
        chair_may_waive_for: WaivedFor,
    },
    /// What is moved may be withdrawn, and taken up by another.
    Withdrawal {},
    /// Each member has one vote.
    VotingRights {},
    /// The majority for what no other rule speaks of.
    Majority {
        /// The majority.
        threshold: Threshold,
    },
    /// Abstentions do not count.
    PresentAndVoting {},
    /// How votes are taken.
    Method {
        /// How many must ask for a recorded vote or a roll-call.
        on_request_of: u32,
    },
    /// No interruption, explanations of vote.
    Conduct {},
    /// Amendments before the proposal.
    Amendments {
        /// In which order.
        order: AmendmentOrder,
    },
    /// Proposals in the order of submission.
    Proposals {
        /// In which order.
        order: ProposalOrder,
    },
    /// Ballots where one place is to be filled.
    Elections {
        /// To how many the second ballot is restricted.
        restricted_to: u32,
    },
    /// A tie rejects.
    Ties {},
    /// Consensus first; how it comes to a vote.
    Decision {
        /// On what: left out for every decision on substance.
        #[serde(default)]
        on: String,
        /// The majority once consensus has failed.
        fallback: Threshold,
        /// Who decides that efforts are exhausted.
        #[serde(default)]
        certified_by: Option<Certifier>,
        /// Who tells the body.
        #[serde(default)]
        announced_by: Option<Announcer>,
        /// Who votes.
        #[serde(default)]
        voters: Voters,
        /// How many parties there must be.
        #[serde(default)]
        parties_at_least: u32,
    },
    /// How a question is framed decides to what it fails.
    Framing {},
    /// What is agreed ad referendum is provisional.
    AdReferendum {},
    /// Informal consultations leave a report and nothing else.
    Informals {},
    /// Until when sponsors may join.
    Cosponsorship {},
    /// Who votes is present.
    VotingInPerson {},
    /// What a class of participants may do.
    Participation {
        /// Which: `state`, `observer`, `organization`, or a class of stakeholders.
        class: String,
        /// Whether and when it speaks.
        speak: MaySpeak,
        /// Whether it proposes.
        propose: bool,
        /// Whether it votes.
        vote: bool,
    },
    /// Members in arrears have no vote.
    Arrears {},
    /// Credentials.
    Credentials {},
    /// Only what is on the agenda is taken up.
    Agenda {},
    /// Adoption by silence.
    Silence {},
}

/// Who finds that efforts at consensus are exhausted.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certifier {
    /// The bureau.
    Bureau,
}

/// Who informs the body.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Announcer {
    /// The chair.
    Chair,
}

/// In which order amendments are put.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AmendmentOrder {
    /// The one furthest removed in substance first.
    FurthestFirst,
}

/// In which order proposals are put.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProposalOrder {
    /// That of submission.
    Submission,
}

impl Law {
    /// Returns the topic as written in a file.
    pub fn topic(&self) -> &'static str {
        match self {
            Self::Officers { .. } => "officers",
            Self::ChairVote { .. } => "chair_vote",
            Self::ChairPowers {} => "chair_powers",
            Self::Quorum { .. } => "quorum",
            Self::Speeches {} => "speeches",
            Self::SecretariatStatements {} => "secretariat_statements",
            Self::PointOfOrder { .. } => "point_of_order",
            Self::SpeakersList { .. } => "speakers_list",
            Self::Motion(_) => "motion",
            Self::Precedence { .. } => "precedence",
            Self::Notice { .. } => "notice",
            Self::Withdrawal {} => "withdrawal",
            Self::VotingRights {} => "voting_rights",
            Self::Majority { .. } => "majority",
            Self::PresentAndVoting {} => "present_and_voting",
            Self::Method { .. } => "method",
            Self::Conduct {} => "conduct",
            Self::Amendments { .. } => "amendments",
            Self::Proposals { .. } => "proposals",
            Self::Elections { .. } => "elections",
            Self::Ties {} => "ties",
            Self::Decision { .. } => "decision",
            Self::Framing {} => "framing",
            Self::AdReferendum {} => "ad_referendum",
            Self::Informals {} => "informals",
            Self::Cosponsorship {} => "cosponsorship",
            Self::VotingInPerson {} => "voting_in_person",
            Self::Participation { .. } => "participation",
            Self::Arrears {} => "arrears",
            Self::Credentials {} => "credentials",
            Self::Agenda {} => "agenda",
            Self::Silence {} => "silence",
        }
    }

    /// Returns what it answers, so that no two rules answer the same: its topic, and which motion,
    /// class or decision.
    pub fn answers(&self) -> String {
        let of = match self {
            Self::Motion(motion) => motion.motion.name(),
            Self::Participation { class, .. } => class,
            Self::Decision { on, .. } => on,
            _ => "",
        };
        let topic = self.topic();
        if of.is_empty() { topic.to_owned() } else { format!("{topic}: {of}") }
    }
}
