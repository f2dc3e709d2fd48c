//! The words for dates, classes, attitudes, audiences and marks; UN usage and spelling.

use travaux_negotiation::process::Process;
pub(super) use travaux_negotiation::wording::{capital, count, gist, in_words, interval, listed};
use travaux_record::{
    Audience, Ballot, Confidence, MandateForce, ParticipantClass, PositionForm, SourceDescribed,
    StakeholderClass, Standing, Strength,
};
use travaux_text::{ProposalStatus, StatusNote, TextState as State};

use crate::view::{Certainty, Mark, StateChip, TextState, Tone};

pub(super) fn is_address(locator: &str) -> bool {
    locator.starts_with("https://") || locator.starts_with("http://")
}

impl Certainty {
    pub(super) fn of(confidence: Confidence) -> Self {
        match confidence {
            Confidence::Low => Self::Low,
            Confidence::Medium => Self::Medium,
            Confidence::High => Self::High,
        }
    }
}

/// Says how a provision stands.
pub(super) fn chip(status: travaux_text::ProvisionStatus) -> StateChip {
    StateChip {
        state: state(status.state),
        note: status.note.map(|note| {
            match note {
                StatusNote::Closed => "closed",
                StatusNote::Approved => "approved",
                StatusNote::Adopted => "adopted",
                StatusNote::Reopened => "reopened",
                StatusNote::ReceivedSince => "received since",
                StatusNote::AgreedToOtherWords => "agreed to other words",
            }
            .to_owned()
        }),
    }
}

pub(super) fn state(state: State) -> TextState {
    match state {
        State::Bracketed => TextState::Bracketed,
        State::CleanNotAgreed => TextState::CleanNotAgreed,
        State::AgreedAdReferendum => TextState::Agreed,
    }
}

/// Marks a text by what its words are; the participants' own words need no mark.
pub(super) fn standing(standing: Standing) -> Option<Mark> {
    let (word, meaning, tone) = match standing {
        Standing::Authentic => return None,
        Standing::Reported => {
            ("reported", "A source reports this proposal; the wording is ours.", Tone::Plain)
        }
        Standing::Paraphrase => (
            "paraphrase",
            "A paraphrase in our words, not the words of the document.",
            Tone::Caution,
        ),
        Standing::Alternative => (
            "our wording of an option",
            "Our wording of an option: nobody tabled these words. Those named are on record for the option.",
            Tone::Plain,
        ),
        Standing::Illustrative => (
            "illustrative",
            "Made up to show how a text is disputed: nobody tabled these words. Where they embody an option, those named are on record for the option.",
            Tone::Caution,
        ),
    };
    Some(Mark { word: word.to_owned(), meaning: meaning.to_owned(), tone })
}

/// Marks what not everybody sees.
pub(super) fn audience_mark(audience: &Audience, process: &Process) -> Option<Mark> {
    (!audience.is_public()).then(|| Mark {
        word: format!("only {}", audience_words(audience, process)),
        meaning: "Restricted: not everybody sees this.".to_owned(),
        tone: Tone::Restricted,
    })
}

/// Says who may see an entry.
pub(super) fn audience_words(audience: &Audience, process: &Process) -> String {
    match audience {
        Audience::Public => "everybody".to_owned(),
        Audience::Participants => "participants".to_owned(),
        Audience::Group { group, .. } => format!("members of {}", process.name(group)),
        Audience::Delegation(id) => process.name(id).to_owned(),
        Audience::Secretariat => "the secretariat".to_owned(),
        Audience::Observers(classes) => {
            let classes: Vec<String> =
                classes.iter().map(|class| stakeholders(*class).to_owned()).collect();
            format!("participants and {}", listed(&classes))
        }
    }
}

fn stakeholders(class: StakeholderClass) -> &'static str {
    match class {
        StakeholderClass::ConsultativeStatus => "organizations in consultative status",
        StakeholderClass::Accredited => "accredited organizations",
        StakeholderClass::Academia => "academia",
        StakeholderClass::PrivateSector => "the private sector",
    }
}

/// Says what a participant is.
pub(super) fn class(class: ParticipantClass) -> &'static str {
    match class {
        ParticipantClass::State => "State",
        ParticipantClass::Observer => "Observer State or regional organization",
        ParticipantClass::NegotiatingGroup => "Negotiating group",
        ParticipantClass::JointStatement => "Joint statement",
        ParticipantClass::ElectoralGroup => "Electoral group",
        ParticipantClass::AnalystLabel => "Label of an analyst",
        ParticipantClass::Organization => "Intergovernmental organization",
        ParticipantClass::Stakeholder(StakeholderClass::ConsultativeStatus) => {
            "Stakeholder in consultative status"
        }
        ParticipantClass::Stakeholder(StakeholderClass::Accredited) => "Accredited stakeholder",
        ParticipantClass::Stakeholder(StakeholderClass::Academia) => "Stakeholder, academia",
        ParticipantClass::Stakeholder(StakeholderClass::PrivateSector) => {
            "Stakeholder, private sector"
        }
        ParticipantClass::Secretariat => "Secretariat",
    }
}

/// Says for several what they are, as a heading.
pub(super) fn classes(class: ParticipantClass) -> &'static str {
    match class {
        ParticipantClass::State => "States",
        ParticipantClass::Observer | ParticipantClass::Organization => {
            "Observers and organizations"
        }
        ParticipantClass::NegotiatingGroup => "Negotiating groups",
        ParticipantClass::JointStatement => "Joint statements",
        ParticipantClass::ElectoralGroup => "Electoral groups",
        ParticipantClass::AnalystLabel => "Labels of analysts",
        ParticipantClass::Stakeholder(_) => "Stakeholders",
        ParticipantClass::Secretariat => "Secretariat",
    }
}

/// Says what membership of a group of this kind passes on.
pub(super) fn passes_on(class: ParticipantClass) -> &'static str {
    match class {
        ParticipantClass::NegotiatingGroup => {
            "it speaks for its members until one speaks for itself"
        }
        ParticipantClass::JointStatement => "it counts for those who signed it",
        ParticipantClass::ElectoralGroup => "a group for elections, which passes no position on",
        ParticipantClass::AnalystLabel => "a label of an analyst, which passes no position on",
        ParticipantClass::State
        | ParticipantClass::Observer
        | ParticipantClass::Organization
        | ParticipantClass::Stakeholder(_)
        | ParticipantClass::Secretariat => "it passes no position on",
    }
}

pub(super) fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Sponsors => "sponsors",
        Strength::Supports => "supports",
        Strength::CanAccept => "can accept",
        Strength::ReservesPosition => "reserves its position on",
        Strength::Abstained => "abstained on",
        Strength::Opposes => "opposes",
    }
}

pub(super) fn form(form: PositionForm) -> &'static str {
    match form {
        PositionForm::Statement => "in a statement",
        PositionForm::JointStatement => "joint statement",
        PositionForm::Vote => "by its vote",
        PositionForm::Act => "by an act of state",
        PositionForm::Report => "as reported by others",
    }
}

pub(super) fn ballot(ballot: Ballot) -> &'static str {
    match ballot {
        Ballot::Yes => "in favour",
        Ballot::No => "against",
        Ballot::Abstain => "abstained",
    }
}

pub(super) fn force(force: MandateForce) -> &'static str {
    match force {
        MandateForce::RedLine => "Red line",
        MandateForce::Objective => "Objective",
        MandateForce::Flexible => "Flexible",
    }
}

pub(super) fn status(status: ProposalStatus) -> &'static str {
    match status {
        ProposalStatus::Open => "open",
        ProposalStatus::Withdrawn => "withdrawn",
        ProposalStatus::Lapsed => "lapsed",
        ProposalStatus::Carried => "open, carried from an earlier text",
        ProposalStatus::TakenUp => "taken up",
        ProposalStatus::Rejected => "settled otherwise by agreement",
    }
}

/// The marks of a source.
pub(super) fn source(source: &SourceDescribed) -> Vec<Mark> {
    let mark = Mark {
        word: "machine-made report".to_owned(),
        meaning: "A machine wrote it, for instance from a recording.".to_owned(),
        tone: Tone::Caution,
    };
    if source.machine_made { vec![mark] } else { Vec::new() }
}
