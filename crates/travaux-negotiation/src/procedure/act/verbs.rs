//! Each act by its verb.

use std::collections::BTreeMap;

use travaux_record::{
    AgendaAdopted, AgendaItem, Ballot, CandidateVotes, ConsensusReached, ConsensusSought,
    CredentialsExamined, CredentialsStanding, Deadline, DeadlineSet, DecisionId, DocumentId,
    EffortsExhausted, ElectionBallotTaken, ExhaustionStep, ExplanationForm, ExplanationGiven, Fact,
    FloorAsked, Implication, InformalsConvened, InformalsReported, ItemTakenUp, Majority,
    MeetingContinued, MeetingOpened, MeetingStep, MotionMade, MotionWithdrawn, ObjectionLifted,
    ObjectionRaised, ParticipantId, PresenceNoted, ProposalId, ProposalNamed, ProposalTabled,
    ProvisionAgreed, QuestionEffect, RulingGiven, SilenceOpened, SpeakersListSet, SpeakingTimeSet,
    Speech, Sponsorship, Standing, Subject, VoteCast, VoteTaken, VotingMethod, VotingOrderSet,
    VotingRightSet,
};
use travaux_text::{Act, Change, ProvisionId};

use super::ActError;
use super::words::Words;
use crate::decisions::Count;
use crate::procedure::check::as_put;
use crate::procedure::rules::MotionKind;
use crate::procedure::{Floor, Matter};

type Facts = Result<Vec<Fact>, ActError>;

/// One act of one fact.
#[expect(clippy::unnecessary_wraps, reason = "it ends each verb, and verbs fail")]
fn one(fact: Fact) -> Facts {
    Ok(vec![fact])
}

/// Reads an act: those of the chair and the secretariat begin with the verb, those of a
/// participant with who acts.
pub(super) fn act(floor: &Floor<'_>, words: &mut Words) -> Facts {
    if let Some(facts) = meeting(words)? {
        return Ok(facts);
    }
    if let Some(facts) = conduct(words)? {
        return Ok(facts);
    }
    if let Some(facts) = decision(floor, words)? {
        return Ok(facts);
    }
    if let Some(facts) = vote(floor, words)? {
        return Ok(facts);
    }
    participant(floor, words)
}

fn people(words: &mut Words, stops: &[&str]) -> Result<Vec<ParticipantId>, ActError> {
    Ok(words.list("a participant", stops)?.into_iter().map(ParticipantId::new).collect())
}

fn meeting(words: &mut Words) -> Result<Option<Vec<Fact>>, ActError> {
    let step = |words: &mut Words, step| {
        let note = words.quoted().unwrap_or_default();
        one(Fact::MeetingContinued(MeetingContinued { step, note })).map(Some)
    };
    if words.take("open list") {
        return one(Fact::SpeakersListSet(SpeakersListSet { open: true })).map(Some);
    }
    if words.take("open") {
        let title =
            words.quoted().ok_or_else(|| words.wrong("the meeting's title in quotation marks"))?;
        let opened = MeetingOpened { title, session: None, rules: String::new() };
        return one(Fact::MeetingOpened(opened)).map(Some);
    }
    if words.take("suspend") {
        return step(words, MeetingStep::Suspended);
    }
    if words.take("resume") {
        return step(words, MeetingStep::Resumed);
    }
    if words.take("adjourn") {
        return step(words, MeetingStep::Adjourned);
    }
    if words.take("present") {
        let mut noted = PresenceNoted { arrived: Vec::new(), left: Vec::new(), counted: None };
        noted.counted = words.number();
        if noted.counted.is_none() {
            noted.arrived = people(words, &[])?;
        }
        return one(Fact::PresenceNoted(noted)).map(Some);
    }
    if words.take("left") {
        let left = people(words, &[])?;
        let noted = PresenceNoted { arrived: Vec::new(), left, counted: None };
        return one(Fact::PresenceNoted(noted)).map(Some);
    }
    if words.take("credentials") {
        let standing = match words.word("accepted, challenged or rejected")?.as_str() {
            "accepted" => CredentialsStanding::Accepted,
            "challenged" => CredentialsStanding::Challenged,
            "rejected" => CredentialsStanding::Rejected,
            _ => return Err(words.wrong("accepted, challenged or rejected")),
        };
        let participants = people(words, &[])?;
        let note = words.quoted().unwrap_or_default();
        return one(Fact::CredentialsExamined(CredentialsExamined {
            participants,
            standing,
            note,
        }))
        .map(Some);
    }
    if words.take("agenda") {
        let mut items = Vec::new();
        while let Some(written) = words.quoted() {
            let (item, title) = written.split_once(". ").unwrap_or(("", &written));
            items.push(AgendaItem { item: item.to_owned(), title: title.to_owned() });
        }
        return one(Fact::AgendaAdopted(AgendaAdopted { items })).map(Some);
    }
    if words.take("take up") {
        let item = words.word("the number of an item")?;
        return one(Fact::ItemTakenUp(ItemTakenUp { item })).map(Some);
    }
    Ok(None)
}

fn speech(words: &mut Words) -> Speech {
    if words.take("to reply") {
        Speech::Reply
    } else if words.take("in favour") {
        Speech::InFavour
    } else if words.take("against") {
        Speech::Against
    } else {
        Speech::Statement
    }
}

fn conduct(words: &mut Words) -> Result<Option<Vec<Fact>>, ActError> {
    if words.take("floor to") {
        let participant = ParticipantId::new(words.word("a participant")?);
        let speech = speech(words);
        return one(Fact::FloorGiven(FloorAsked { participant, speech })).map(Some);
    }
    if words.take("close list") {
        return one(Fact::SpeakersListSet(SpeakersListSet { open: false })).map(Some);
    }
    if words.take("speaking time") {
        let minutes = if words.take("free") {
            None
        } else {
            Some(words.number().ok_or_else(|| words.wrong("minutes, or free"))?)
        };
        return one(Fact::SpeakingTimeSet(SpeakingTimeSet { minutes })).map(Some);
    }
    if words.take("deadline") {
        let of = match words.word("proposals or amendments")?.as_str() {
            "proposals" => Deadline::Proposals,
            "amendments" => Deadline::Amendments,
            _ => return Err(words.wrong("proposals or amendments")),
        };
        let day = words.word("a day")?;
        let until = day.parse().map_err(|_unreadable| words.wrong("a day, as 2031-05-02"))?;
        return one(Fact::DeadlineSet(DeadlineSet { of, until })).map(Some);
    }
    if words.take("no vote") {
        let participant = ParticipantId::new(words.word("a participant")?);
        let ground = words.quoted().unwrap_or_default();
        let set = VotingRightSet { participant, may_vote: false, ground };
        return one(Fact::VotingRightSet(set)).map(Some);
    }
    if words.take("vote restored") {
        let participant = ParticipantId::new(words.word("a participant")?);
        let ground = words.quoted().unwrap_or_default();
        let set = VotingRightSet { participant, may_vote: true, ground };
        return one(Fact::VotingRightSet(set)).map(Some);
    }
    if words.take("informals") {
        let group = words.quoted().ok_or_else(|| words.wrong("the group in quotation marks"))?;
        let facilitators = if words.take("by") { people(words, &[])? } else { Vec::new() };
        let convened = InformalsConvened { group, facilitators, provisions: Vec::new() };
        return one(Fact::InformalsConvened(convened)).map(Some);
    }
    if words.take("report") {
        let group = words.quoted().ok_or_else(|| words.wrong("the group in quotation marks"))?;
        let report = words.quoted().ok_or_else(|| words.wrong("the report in quotation marks"))?;
        return one(Fact::InformalsReported(InformalsReported { group, report })).map(Some);
    }
    Ok(None)
}

/// Reads what something is about, behind "on".
fn subject(words: &mut Words) -> Result<Option<Subject>, ActError> {
    if !words.take("on") {
        return Ok(None);
    }
    let kind = "proposal, provision, document or decision, or words in quotation marks";
    if let Some(matter) = words.quoted() {
        return Ok(Some(Subject::Matter(matter)));
    }
    Ok(Some(match words.word(kind)?.as_str() {
        "proposal" => Subject::Proposal(ProposalId::new(words.word("a proposal")?)),
        "provision" => Subject::Provision(ProvisionId::new(words.word("a provision")?)),
        "document" => Subject::Document(DocumentId::new(words.word("a document")?)),
        "decision" => Subject::Decision(DecisionId::new(words.word("a decision")?)),
        _ => return Err(words.wrong(kind)),
    }))
}

/// A question as it is put: its key, what it is about and its words, as said or as on record.
fn question(
    floor: &Floor<'_>,
    words: &mut Words,
) -> Result<(DecisionId, Subject, String), ActError> {
    let id = DecisionId::new(words.word("the key of a question")?);
    let said = subject(words)?;
    let question = words.quoted();
    let known = floor.room.matter(&id);
    let about = said.or_else(|| known.and_then(|matter| matter.subject.clone()));
    let question = question
        .or_else(|| known.map(|matter| matter.words.clone()).filter(|words| !words.is_empty()))
        .unwrap_or_else(|| about.as_ref().map(|about| asked(floor, about)).unwrap_or_default());
    let about = about.unwrap_or_else(|| Subject::Matter(question.clone()));
    Ok((id, about, question))
}

/// What is asked about a thing where nobody says it in words.
pub(in crate::procedure) fn asked(floor: &Floor<'_>, about: &Subject) -> String {
    match about {
        Subject::Proposal(id) => {
            let label = floor.room.proposal(id).map_or(id.as_str(), |tabled| &tabled.label);
            format!("Shall {label} be adopted?")
        }
        Subject::Provision(id) => format!("Shall {id} be decided on?"),
        Subject::Document(id) => format!("Shall {id} be approved?"),
        Subject::Decision(id) => format!("Shall {id} be decided on?"),
        Subject::Matter(matter) => matter.clone(),
    }
}

fn decision(floor: &Floor<'_>, words: &mut Words) -> Result<Option<Vec<Fact>>, ActError> {
    if words.take("seek") {
        let (decision, subject, question) = question(floor, words)?;
        let sought = ConsensusSought { decision, question, subject };
        return one(Fact::ConsensusSought(sought)).map(Some);
    }
    if words.take("agree") {
        let (decision, subject, question) = question(floor, words)?;
        return one(Fact::ConsensusReached(ConsensusReached {
            decision,
            question,
            subject,
            body: String::new(),
            session: None,
            note: String::new(),
        }))
        .map(Some);
    }
    if words.take("bureau exhausts") {
        return exhausted(words, ExhaustionStep::BureauDecided).map(Some);
    }
    if words.take("chair informs") {
        return exhausted(words, ExhaustionStep::ChairInformed).map(Some);
    }
    for (verb, granted) in [("chair grants", true), ("chair refuses", false)] {
        if words.take(verb) {
            let decision = DecisionId::new(words.word("a motion")?);
            let default = if granted { "Granted" } else { "Not granted" };
            let ruling = words.quoted().unwrap_or_else(|| default.to_owned());
            let given = RulingGiven { decision, ruling, subject: None, granted };
            return one(Fact::RulingGiven(given)).map(Some);
        }
    }
    if words.take("chair permits") {
        let proposal = ProposalId::new(words.word("a proposal")?);
        let ruling = words.quoted().unwrap_or_else(|| format!("{proposal} may be taken up"));
        let decision = DecisionId::new(format!("permit-{proposal}"));
        let subject = Some(Subject::Proposal(proposal));
        let given = RulingGiven { decision, ruling, subject, granted: true };
        return one(Fact::RulingGiven(given)).map(Some);
    }
    if words.take("silence") {
        let id = DecisionId::new(words.word("the key of a question")?);
        if !words.take("until") {
            return Err(words.wrong("until, and a day"));
        }
        let day = words.word("a day")?;
        let until = day.parse().map_err(|_unreadable| words.wrong("a day, as 2031-05-02"))?;
        let about = subject(words)?;
        let question = words.quoted().unwrap_or_default();
        let subject = about.unwrap_or_else(|| Subject::Matter(question.clone()));
        let opened = SilenceOpened { decision: id, question, subject, until };
        return one(Fact::SilenceOpened(opened)).map(Some);
    }
    if words.take("agreed") {
        let provision = ProvisionId::new(words.word("a provision")?);
        let text = words.quoted().ok_or_else(|| words.wrong("its words in quotation marks"))?;
        let agreed = ProvisionAgreed { provision, text, proposals: Vec::new() };
        return one(Fact::ProvisionAgreed(agreed)).map(Some);
    }
    Ok(None)
}

fn exhausted(words: &mut Words, step: ExhaustionStep) -> Facts {
    let decision = DecisionId::new(words.word("the key of a question")?);
    one(Fact::EffortsExhausted(EffortsExhausted { decision, step }))
}

fn vote(floor: &Floor<'_>, words: &mut Words) -> Result<Option<Vec<Fact>>, ActError> {
    if words.take("order") {
        return order(words).map(Some);
    }
    if words.take("put") {
        return put(floor, words).map(Some);
    }
    for (verb, ballot) in [("yes", Ballot::Yes), ("no", Ballot::No), ("abstain", Ballot::Abstain)] {
        if words.take(verb) {
            let decision = DecisionId::new(words.word("the key of a question")?);
            let cast = people(words, &[])?.into_iter().map(|participant| {
                Fact::VoteCast(VoteCast { decision: decision.clone(), participant, ballot })
            });
            return Ok(Some(cast.collect()));
        }
    }
    if words.take("result") {
        return result(floor, words).map(Some);
    }
    if words.take("ballot") {
        return ballot(words).map(Some);
    }
    Ok(None)
}

fn order(words: &mut Words) -> Facts {
    let order = words.list("a proposal", &["where"])?.into_iter().map(ProposalId::new).collect();
    let mut implications = Vec::new();
    while words.take("where") {
        let adopting = ProposalId::new(words.word("a proposal")?);
        if !words.take("rejects") {
            return Err(words.wrong("rejects"));
        }
        let rejects = words.list("a proposal", &["where"])?;
        let rejects = rejects.into_iter().map(ProposalId::new).collect();
        implications.push(Implication { adopting, rejects });
    }
    one(Fact::VotingOrderSet(VotingOrderSet { order, implications }))
}

fn put(floor: &Floor<'_>, words: &mut Words) -> Facts {
    let (id, about, question) = question(floor, words)?;
    let blank = floor.room.matter(&id).cloned();
    let mut matter = blank.unwrap_or_else(|| Matter::unrecorded(id));
    matter.subject = Some(about);
    matter.words = question;
    let mut put = as_put(floor, &matter);
    loop {
        if words.take("to") {
            put.effect = match words.word("adopt, amend, delete, retain or procedure")?.as_str() {
                "adopt" => QuestionEffect::Adopt,
                "amend" => QuestionEffect::Amend,
                "delete" => QuestionEffect::Delete,
                "retain" => QuestionEffect::Retain,
                "procedure" => QuestionEffect::Procedure,
                _ => return Err(words.wrong("adopt, amend, delete, retain or procedure")),
            };
        } else if words.take("by") {
            put.method = match words.word("hands, record, roll-call or ballot")?.as_str() {
                "hands" => VotingMethod::ShowOfHands,
                "record" => VotingMethod::Recorded,
                "roll-call" => VotingMethod::RollCall,
                "ballot" => VotingMethod::SecretBallot,
                _ => return Err(words.wrong("hands, record, roll-call or ballot")),
            };
        } else if words.take("asked by") {
            put.at_request_of = Some(ParticipantId::new(words.word("a participant")?));
        } else if words.take("first") {
            put.first = Some(ParticipantId::new(words.word("a participant")?));
        } else if words.take("needing") {
            put.majority = match words.word("simple or two-thirds")?.as_str() {
                "simple" => Majority::Simple,
                "two-thirds" => Majority::TwoThirds,
                _ => return Err(words.wrong("simple or two-thirds")),
            };
        } else {
            return one(Fact::QuestionPut(put));
        }
    }
}

fn result(floor: &Floor<'_>, words: &mut Words) -> Facts {
    let id = DecisionId::new(words.word("the key of a question")?);
    let matter = floor.room.matter(&id);
    let blank = Matter::unrecorded(id.clone());
    let known = matter.unwrap_or(&blank);
    let counted = match words.number() {
        Some(in_favour) => {
            let mut next = || words.number().ok_or_else(|| words.wrong("three numbers"));
            let (against, abstaining) = (next()?, next()?);
            Some(travaux_record::Tally { in_favour, against, abstaining })
        }
        None => known.voting.as_ref().map(crate::procedure::Voting::tally),
    };
    let put = known.voting.as_ref().map(|voting| &voting.put);
    let needs = floor.needs(known, floor.effect(known));
    let majority = put.map_or(needs.majority, |put| put.majority);
    let carried = if words.take("carried") {
        true
    } else if words.take("lost") {
        false
    } else {
        counted.is_some_and(|tally| Count::new(majority, tally).carries())
    };
    // Who voted how stands on record only where the vote was recorded or called by name.
    let is_named = put
        .is_some_and(|put| matches!(put.method, VotingMethod::Recorded | VotingMethod::RollCall));
    let ballots = known
        .voting
        .as_ref()
        .filter(|_| is_named)
        .map_or_else(BTreeMap::new, |voting| voting.cast.clone());
    one(Fact::VoteTaken(VoteTaken {
        decision: id,
        question: known.words.clone(),
        subject: known.subject.clone().unwrap_or_else(|| Subject::Matter(known.words.clone())),
        body: String::new(),
        session: None,
        movers: Vec::new(),
        majority,
        rule: needs.rule.to_string(),
        tally: counted,
        ballots,
        carried,
        note: String::new(),
    }))
}

fn ballot(words: &mut Words) -> Facts {
    let election = DecisionId::new(words.word("the key of an election")?);
    let post = words.quoted().ok_or_else(|| words.wrong("the post in quotation marks"))?;
    let mut taken = ElectionBallotTaken {
        election,
        post,
        places: 1,
        votes: Vec::new(),
        elected: Vec::new(),
        by_lot: false,
    };
    loop {
        if words.take("elected") {
            taken.elected = people(words, &["by"])?;
        } else if words.take("by lot") {
            taken.by_lot = true;
        } else if let Ok(candidate) = words.word("a candidate") {
            let votes = words.number().ok_or_else(|| words.wrong("how many votes"))?;
            taken.votes.push(CandidateVotes { candidate: ParticipantId::new(candidate), votes });
        } else {
            return one(Fact::ElectionBallotTaken(taken));
        }
    }
}

fn participant(floor: &Floor<'_>, words: &mut Words) -> Facts {
    let id = ParticipantId::new(words.word("an act, or who acts")?);
    if let Some(facts) = on_the_floor(&id, words)? {
        return Ok(facts);
    }
    if let Some(facts) = proposes(floor, &id, words)? {
        return Ok(facts);
    }
    if let Some(facts) = moves(floor, &id, words)? {
        return Ok(facts);
    }
    if let Some(facts) = says(floor, &id, words)? {
        return Ok(facts);
    }
    Err(words.wrong(
        "what it does: asks for the floor, tables, cosponsors, withdraws, takes up, moves, raises a \
         point of order, appeals, objects to, lifts, explains, dissociates",
    ))
}

fn on_the_floor(id: &ParticipantId, words: &mut Words) -> Result<Option<Vec<Fact>>, ActError> {
    if words.take("asks for the floor") {
        let speech = speech(words);
        let asked = FloorAsked { participant: id.clone(), speech };
        return one(Fact::SpeakerInscribed(asked)).map(Some);
    }
    if words.take("leaves the list") {
        let asked = FloorAsked { participant: id.clone(), speech: Speech::Statement };
        return one(Fact::SpeakerStruck(asked)).map(Some);
    }
    Ok(None)
}

fn proposes(
    floor: &Floor<'_>,
    id: &ParticipantId,
    words: &mut Words,
) -> Result<Option<Vec<Fact>>, ActError> {
    let sponsor = |proposal: ProposalId| {
        Fact::SponsorJoined(Sponsorship { proposal, participant: id.clone() })
    };
    if words.take("tables") {
        let proposal = ProposalId::new(words.word("the key of the proposal")?);
        let amends = if words.take("amending") {
            Some(ProposalId::new(words.word("the proposal it amends")?))
        } else {
            None
        };
        let changes = changes(words)?;
        let document = floor
            .room
            .document()
            .cloned()
            .ok_or_else(|| words.wrong("a text on the table, on which to propose"))?;
        let tabled = Fact::ProposalTabled(ProposalTabled {
            label: proposal.to_string(),
            proposal: proposal.clone(),
            document,
            changes,
            standing: Standing::Authentic,
            amends,
            option: None,
            note: String::new(),
        });
        return Ok(Some(vec![tabled, sponsor(proposal)]));
    }
    if words.take("cosponsors") {
        return Ok(Some(vec![sponsor(ProposalId::new(words.word("a proposal")?))]));
    }
    if words.take("withdraws motion") {
        let motion = DecisionId::new(words.word("a motion")?);
        let withdrawn = MotionWithdrawn { motion, participants: vec![id.clone()] };
        return one(Fact::MotionWithdrawn(withdrawn)).map(Some);
    }
    let named = |words: &mut Words| -> Result<ProposalNamed, ActError> {
        let proposal = ProposalId::new(words.word("a proposal")?);
        Ok(ProposalNamed { proposal, participants: vec![id.clone()] })
    };
    if words.take("withdraws") {
        return one(Fact::ProposalWithdrawn(named(words)?)).map(Some);
    }
    if words.take("takes up") {
        return one(Fact::ProposalReintroduced(named(words)?)).map(Some);
    }
    Ok(None)
}

/// What a proposal asks for: "to delete art.2", or "art.2 "its words"", one after the other.
fn changes(words: &mut Words) -> Result<Vec<Change>, ActError> {
    let mut changes = Vec::new();
    loop {
        if words.take("to delete") {
            let target = ProvisionId::new(words.word("a provision")?);
            changes.push(Change { target, act: Act::Suppress });
        } else if let Ok(target) = words.word("a provision") {
            let text = words
                .quoted()
                .ok_or_else(|| words.wrong("how it should read, in quotation marks"))?;
            let target = ProvisionId::new(target);
            changes.push(Change { target, act: Act::Replace { text } });
        } else if changes.is_empty() {
            return Err(words.wrong("to delete and a provision, or a provision and its words"));
        } else {
            return Ok(changes);
        }
    }
}

fn moves(
    floor: &Floor<'_>,
    id: &ParticipantId,
    words: &mut Words,
) -> Result<Option<Vec<Fact>>, ActError> {
    let made = |motion: DecisionId, under: &str, subject: Option<Subject>, said: Option<String>| {
        let kind = MotionKind::named(under);
        let question = said.unwrap_or_else(|| match kind {
            Some(MotionKind::PointOfOrder) => "Point of order".to_owned(),
            Some(MotionKind::Appeal) => "Shall the ruling be overruled?".to_owned(),
            Some(kind) => format!("Motion {}", kind.words()),
            None => subject.as_ref().map(|about| asked(floor, about)).unwrap_or_default(),
        });
        let subject = subject.unwrap_or_else(|| Subject::Matter(question.clone()));
        one(Fact::MotionMade(MotionMade {
            motion,
            question,
            movers: vec![id.clone()],
            supporters: Vec::new(),
            subject,
            under: under.to_owned(),
        }))
        .map(Some)
    };
    if words.take("raises a point of order") {
        let motion = key(words, "point")?;
        let said = words.quoted();
        return made(motion, "point_of_order", None, said);
    }
    if words.take("appeals against") {
        let ruling = DecisionId::new(words.word("the ruling")?);
        let motion = key(words, "appeal")?;
        let said = words.quoted();
        return made(motion, "appeal", Some(Subject::Decision(ruling)), said);
    }
    if words.take("moves") {
        let under = if words.take("as") {
            let motion = DecisionId::new(words.word("a key")?);
            let (about, said) = (subject(words)?, words.quoted());
            return made(motion, "", about, said);
        } else {
            words.word("the name of a motion, or as and a key")?
        };
        let motion = key(words, &under)?;
        let (about, said) = (subject(words)?, words.quoted());
        return made(motion, &under, about, said);
    }
    Ok(None)
}

/// The key that a motion is given: behind "as".
fn key(words: &mut Words, what: &str) -> Result<DecisionId, ActError> {
    if words.take("as") {
        Ok(DecisionId::new(words.word("a key")?))
    } else {
        Err(words.wrong(&format!("as, and a key for it, such as {what}-1")))
    }
}

fn says(
    floor: &Floor<'_>,
    id: &ParticipantId,
    words: &mut Words,
) -> Result<Option<Vec<Fact>>, ActError> {
    if words.take("objects to") {
        let decision = DecisionId::new(words.word("the key of a question")?);
        let ground = words.quoted().unwrap_or_default();
        let remedy =
            if words.take("unless") { words.quoted().unwrap_or_default() } else { String::new() };
        let subject = floor
            .room
            .matter(&decision)
            .and_then(|matter| matter.subject.clone())
            .unwrap_or_else(|| Subject::Matter(decision.to_string()));
        return one(Fact::ObjectionRaised(ObjectionRaised {
            participant: id.clone(),
            subject,
            decision: Some(decision),
            ground,
            remedy,
        }))
        .map(Some);
    }
    if words.take("lifts") {
        let decision = DecisionId::new(words.word("the key of a question")?);
        let standing = floor.room.matter(&decision).and_then(|matter| {
            matter.standing().find(|one| one.participant == *id).map(|one| one.entry)
        });
        let objection = standing.ok_or_else(|| words.wrong("a question to which it objects"))?;
        return one(Fact::ObjectionLifted(ObjectionLifted { objection })).map(Some);
    }
    let forms = [
        ("explains its vote on", ExplanationForm::OfVote),
        ("explains its position on", ExplanationForm::OfPosition),
        ("dissociates from", ExplanationForm::Dissociation),
        ("would have voted on", ExplanationForm::IntendedVote),
    ];
    for (verb, form) in forms {
        if words.take(verb) {
            let decision = DecisionId::new(words.word("the key of a decision")?);
            let text = words.quoted().unwrap_or_default();
            let given = ExplanationGiven { participant: id.clone(), decision, form, text };
            return one(Fact::ExplanationGiven(given)).map(Some);
        }
    }
    Ok(None)
}
