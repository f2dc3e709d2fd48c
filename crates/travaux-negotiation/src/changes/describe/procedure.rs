//! Sentences about the conduct of a meeting.

use std::fmt::Write as _;

use travaux_record::{
    AgendaAdopted, Ballot, CredentialsExamined, CredentialsStanding, Deadline, DeadlineSet,
    ElectionBallotTaken, FloorAsked, InformalsConvened, InformalsReported, ItemTakenUp, Majority,
    MeetingContinued, MeetingOpened, MeetingStep, MotionWithdrawn, PresenceNoted, QuestionPut,
    RulingGiven, SilenceOpened, SpeakersListSet, SpeakingTimeSet, Speech, VoteCast, VotingMethod,
    VotingOrderSet, VotingRightSet,
};

use super::decisions::named;
use super::{Family, Told};
use crate::Sentence;
use crate::wording::gist;

fn told(kind: &'static str) -> Told {
    Told::new(Family::Decisions, kind)
}

/// Adds what was noted, where anything was.
fn noted(sentence: Sentence, note: &str) -> Sentence {
    if note.is_empty() { sentence } else { sentence.then(format!(": {}", gist(note, 160))) }
}

pub(super) fn meeting(fact: &MeetingOpened) -> Told {
    told("meeting opened")
        .touches(&fact.session)
        .says(Sentence::new(format!("The meeting is opened: {}", fact.title)))
}

pub(super) fn continued(fact: &MeetingContinued) -> Told {
    let (kind, words) = match fact.step {
        MeetingStep::Suspended => ("meeting suspended", "The meeting is suspended"),
        MeetingStep::Resumed => ("meeting resumed", "The meeting is resumed"),
        MeetingStep::Adjourned => ("meeting adjourned", "The meeting is adjourned"),
    };
    told(kind).says(noted(Sentence::new(words), &fact.note))
}

pub(super) fn credentials(fact: &CredentialsExamined) -> Told {
    let words = match fact.standing {
        CredentialsStanding::Accepted => " are accepted",
        CredentialsStanding::Challenged => " are challenged",
        CredentialsStanding::Rejected => " are rejected",
    };
    let sentence = Sentence::new("The credentials of ").list(&fact.participants).then(words);
    told("credentials examined").says(noted(sentence, &fact.note))
}

pub(super) fn presence(fact: &PresenceNoted) -> Told {
    let mut sentence = Sentence::new("Presence is noted");
    if let Some(count) = fact.counted {
        sentence = sentence.then(format!(": {count} members"));
    }
    if !fact.arrived.is_empty() {
        sentence = sentence.then("; present: ").list(&fact.arrived);
    }
    if !fact.left.is_empty() {
        sentence = sentence.then("; left: ").list(&fact.left);
    }
    told("presence noted").says(sentence)
}

pub(super) fn voting_right(fact: &VotingRightSet) -> Told {
    let words = if fact.may_vote { " has its vote again" } else { " has no vote" };
    told("voting right set")
        .links(&fact.participant)
        .says(noted(Sentence::new(&fact.participant).then(words), &fact.ground))
}

pub(super) fn agenda(fact: &AgendaAdopted) -> Told {
    let mut words = "The agenda is adopted".to_owned();
    for (at, item) in fact.items.iter().enumerate() {
        let sign = if at == 0 { ':' } else { ';' };
        let _ = write!(words, "{sign} {} {}", item.item, item.title);
    }
    told("agenda adopted").says(Sentence::new(words))
}

pub(super) fn item(fact: &ItemTakenUp) -> Told {
    told("item taken up").says(Sentence::new(format!("Agenda item {} is taken up", fact.item)))
}

pub(super) fn inscribed(fact: &FloorAsked) -> Told {
    let words = match fact.speech {
        Speech::Statement => " puts its name on the list of speakers",
        Speech::Reply => " asks to speak in right of reply",
        Speech::InFavour => " asks to speak in favour of the motion",
        Speech::Against => " asks to speak against the motion",
    };
    told("speaker inscribed")
        .links(&fact.participant)
        .says(Sentence::new(&fact.participant).then(words))
}

pub(super) fn struck(fact: &FloorAsked) -> Told {
    told("speaker struck")
        .links(&fact.participant)
        .says(Sentence::new(&fact.participant).then(" takes its name off the list of speakers"))
}

pub(super) fn floor(fact: &FloorAsked) -> Told {
    let words = match fact.speech {
        Speech::Statement => " has the floor",
        Speech::Reply => " has the floor in right of reply",
        Speech::InFavour => " has the floor in favour of the motion",
        Speech::Against => " has the floor against the motion",
    };
    told("floor given").links(&fact.participant).says(Sentence::new(&fact.participant).then(words))
}

pub(super) fn list(fact: &SpeakersListSet) -> Told {
    let words = if fact.open { "opened" } else { "closed" };
    told("list of speakers set")
        .says(Sentence::new(format!("The list of speakers is declared {words}")))
}

pub(super) fn time(fact: &SpeakingTimeSet) -> Told {
    told("speaking time set").says(Sentence::new(match fact.minutes {
        Some(minutes) => format!("Each speaker has {minutes} minutes"),
        None => "The time of speakers is no longer limited".to_owned(),
    }))
}

pub(super) fn deadline(fact: &DeadlineSet) -> Told {
    let what = match fact.of {
        Deadline::Proposals => "Proposals",
        Deadline::Amendments => "Amendments",
    };
    told("deadline set").says(Sentence::new(format!("{what} are received until {}", fact.until)))
}

pub(super) fn ruling(fact: &RulingGiven) -> Told {
    told("ruling given")
        .links(&fact.decision)
        .says(Sentence::new(format!("The chair rules: {}", fact.ruling)))
}

pub(super) fn motion_withdrawn(fact: &MotionWithdrawn) -> Told {
    let sentence = if fact.participants.is_empty() {
        Sentence::new("The motion is withdrawn: ")
    } else {
        Sentence::default().list(&fact.participants).then(" withdraws the motion: ")
    };
    told("motion withdrawn").links(&fact.motion).says(sentence.then(&fact.motion))
}

pub(super) fn put(fact: &QuestionPut) -> Told {
    let majority = match fact.majority {
        Majority::Simple => "a simple majority",
        Majority::TwoThirds => "two thirds",
    };
    let method = match fact.method {
        VotingMethod::ShowOfHands => "by show of hands",
        VotingMethod::Recorded => "by recorded vote",
        VotingMethod::RollCall => "by roll-call",
        VotingMethod::SecretBallot => "by secret ballot",
    };
    told("question put").links(&fact.decision).touches(named(&fact.subject)).says(Sentence::new(
        format!("Put to the vote {method}: {} It needs {majority}", fact.question),
    ))
}

pub(super) fn cast(fact: &VoteCast) -> Told {
    let how = match fact.ballot {
        Ballot::Yes => " votes in favour on ",
        Ballot::No => " votes against on ",
        Ballot::Abstain => " abstains on ",
    };
    told("vote cast")
        .links(&fact.participant)
        .says(Sentence::new(&fact.participant).then(how).then(&fact.decision))
}

pub(super) fn order(fact: &VotingOrderSet) -> Told {
    told("order of voting set")
        .says(Sentence::new("The order of voting is set: ").list(&fact.order))
}

pub(super) fn election(fact: &ElectionBallotTaken) -> Told {
    let mut sentence = Sentence::new(format!("Ballot for {}", fact.post));
    for votes in &fact.votes {
        sentence = sentence.then("; ").then(&votes.candidate).then(format!(" {}", votes.votes));
    }
    if !fact.elected.is_empty() {
        let how = if fact.by_lot { "; elected by lot: " } else { "; elected: " };
        sentence = sentence.then(how).list(&fact.elected);
    }
    told("election ballot").links(&fact.election).says(sentence)
}

pub(super) fn silence(fact: &SilenceOpened) -> Told {
    told("silence opened")
        .links(&fact.decision)
        .touches(named(&fact.subject))
        .says(Sentence::new(format!("Under silence until {}: {}", fact.until, fact.question)))
}

pub(super) fn informals(fact: &InformalsConvened) -> Told {
    let mut sentence = Sentence::new(format!("{} meets informally", fact.group));
    if !fact.facilitators.is_empty() {
        sentence = sentence.then(", facilitated by ").list(&fact.facilitators);
    }
    told("informals convened").touches(&fact.provisions).says(sentence)
}

pub(super) fn report(fact: &InformalsReported) -> Told {
    told("informals reported").says(Sentence::new(format!(
        "The facilitators of {} report: {}",
        fact.group,
        gist(&fact.report, 160)
    )))
}
