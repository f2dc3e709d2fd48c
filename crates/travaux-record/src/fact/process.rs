//! Facts about the process: who takes part, when the body meets, what is issued.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use travaux_text::{Provision, ProvisionId};

use crate::{
    DocumentId, MilestoneId, Moment, ParticipantId, SessionId, SourceId, StakeholderClass, Standing,
};

/// The negotiation began.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcessOpened {
    /// Its full name.
    pub name: String,
    /// A name short enough for a heading.
    pub short_name: String,
    /// The body that negotiates.
    pub body: String,
    /// The symbols of the resolutions that mandate it.
    pub mandate: Vec<String>,
    /// The decision rules in a sentence, with their source.
    pub rules: String,
    /// The key of the rules file by which questions of procedure are answered, for instance `ahc`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub procedure: String,
    /// A caution to show wherever the negotiation is shown, for instance that texts are paraphrased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caution: Option<String>,
    /// Whether the negotiation is invented.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fictional: bool,
    /// The day a newcomer is shown first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening_view: Option<Date>,
}

/// A source that evidence cites.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceDescribed {
    /// The key by which evidence cites it.
    pub source: SourceId,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Moment>,
    /// Its address or document symbol.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locator: Option<String>,
    /// Whether a machine wrote it (a transcript, a generated report).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub machine_made: bool,
    /// Anything else worth knowing of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A participant was admitted.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParticipantAdmitted {
    /// Its key.
    pub participant: ParticipantId,
    /// Its name, for a State as the United Nations write it.
    pub name: String,
    /// What it is.
    pub class: ParticipantClass,
}

/// What a participant is.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParticipantClass {
    /// A State with the right to vote.
    State,
    /// An observer State or a regional organization that takes part without a vote.
    Observer,
    /// A group that a mandate lets speak for its members.
    NegotiatingGroup,
    /// States joined in one statement or paper, for that alone.
    JointStatement,
    /// A group for elections; it passes no position on.
    ElectoralGroup,
    /// A label of an analyst; it passes no position on.
    AnalystLabel,
    /// An intergovernmental organization.
    Organization,
    /// A stakeholder, with the class of its admission.
    Stakeholder(StakeholderClass),
    /// The secretariat.
    Secretariat,
}

impl ParticipantClass {
    /// Reports whether this is a set of participants rather than one.
    pub fn is_group(self) -> bool {
        matches!(
            self,
            Self::NegotiatingGroup
                | Self::JointStatement
                | Self::ElectoralGroup
                | Self::AnalystLabel
        )
    }
}

/// A participant belongs to a group, from the entry's date on unless said otherwise.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MembershipRecorded {
    /// The group.
    pub group: ParticipantId,
    /// The members this entry speaks of.
    pub members: Vec<ParticipantId>,
    /// The last day of the membership, where it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// What the list rests on, where that is not plain from the evidence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// An officer was elected.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficerElected {
    /// The office, for instance "Chair" or "Vice-Chair".
    pub office: String,
    /// The person, where named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// The delegation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub participant: Option<ParticipantId>,
}

/// A session or a meeting period. Recorded when it was set; it happens from `from` to `until`.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionConvened {
    /// Its key.
    pub session: SessionId,
    /// Its name.
    pub name: String,
    /// Whether it is a session of the body or something between.
    pub form: SessionForm,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Where.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// What it is to take up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub programme: Vec<ProvisionId>,
    /// What came of it, where the record says so in one sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub outcome: String,
}

/// Whether a meeting period is a session of the body or something between sessions.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionForm {
    /// A session of the body on its organization.
    Organizational,
    /// A session on the text.
    Negotiating,
    /// A consultation between sessions.
    Intersessional,
    /// A meeting of another body that decides on the outcome.
    OtherBody,
}

/// A dated step was set, moved or reached; the latest entry on a milestone holds.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MilestoneSet {
    /// Its key.
    pub milestone: MilestoneId,
    /// What is to happen or happened, in a sentence.
    pub title: String,
    /// When it is due or was reached.
    pub due: Moment,
    /// When it had been planned, if it slipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned: Option<Moment>,
    /// Whether it has been reached.
    pub reached: bool,
}

/// A document was issued.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentIssued {
    /// Its key.
    pub document: DocumentId,
    /// Its symbol as printed.
    pub symbol: String,
    /// Its title.
    pub title: String,
    /// The session it was issued for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// The text, where the document is a new base of the negotiation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<BaseIssued>,
    /// Anything else worth knowing of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// The text of a document that becomes the base of the negotiation.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaseIssued {
    /// Its provisions in document order.
    pub provisions: Vec<Provision>,
    /// Whether these are the document's words or a paraphrase.
    pub standing: Standing,
    /// What was decided of the whole of it: then it is agreed, not merely clean.
    #[serde(default, alias = "adopted", deserialize_with = "crate::earlier::decision")]
    #[serde(skip_serializing_if = "TextDecision::is_none")]
    pub decision: TextDecision,
    /// The whole text as issued, to the byte, where it came with brackets and options of its own:
    /// square brackets in the provisions are then those of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_issued: Option<String>,
}

/// What was decided of the whole of a text when it was issued.
///
/// A committee approves what it negotiated; the organ that can open it for signature adopts it.
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextDecision {
    /// Nothing: it is a proposal, whoever issued it.
    #[default]
    None,
    /// The committee that negotiated it approved it.
    Approved,
    /// It was adopted.
    Adopted,
}

impl TextDecision {
    /// Reports whether nothing was decided.
    pub fn is_none(&self) -> bool {
        *self == Self::None
    }
}

/// A stakeholder made a submission.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubmissionReceived {
    /// Who made it.
    pub participant: ParticipantId,
    /// Its title.
    pub title: String,
    /// The provisions it addresses.
    pub provisions: Vec<ProvisionId>,
    /// Its gist.
    pub text: String,
    /// The words it asks for in these provisions, to the letter, where it words them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
}
