//! The Procedure page: what `travaux-negotiation` says of the floor, in words and links.

use travaux_negotiation::Negotiation;
use travaux_negotiation::procedure::{
    Actor, Breach, Debate, Floor, Inscribed, Matter, MeetingState, Move, Question, Rules, Voting,
    acts_as, speak,
};
use travaux_record::{Ballot, Majority, ParticipantClass, ParticipantId, Speech};

use super::{Scene, words};
use crate::view::{
    AgainstView, BoardView, FloorPage, IrregularView, JudgedView, Link, MoveView, Phrase,
    QuestionView, SpeakerView, WriterView,
};

/// How many irregular acts are shown, the latest first.
const IRREGULAR_MAX: usize = 8;

/// What the address asks of the page.
pub(crate) struct FloorAsked<'q> {
    /// A line that was typed and not recorded.
    pub(crate) line: &'q str,
    /// Whether the page is for the projector.
    pub(crate) projector: bool,
    /// Whether acts can be recorded here.
    pub(crate) records: bool,
}

impl Scene<'_> {
    /// Returns the meeting; nothing where the record names no rules of procedure.
    pub(crate) fn floor_page(&self, asked: &FloorAsked<'_>) -> Option<FloorPage> {
        let negotiation = self.negotiation();
        let rules = negotiation.rules()?;
        let floor = negotiation.procedure.floor(&rules, self.day());
        let room = floor.room;
        let writer = if asked.records { self.writer() } else { None };
        let moves = moves(&floor, writer.as_ref());
        let (open, barred): (Vec<Move>, Vec<Move>) = moves.into_iter().partition(Move::is_in_order);
        let view = |one: &Move| one_move(one, negotiation, writer.as_ref());
        let last = room.latest().map(|basis| basis.at.counts_from());
        let is_past = asked.records && last.is_some_and(|last| self.day() < last);
        Some(FloorPage {
            title: room.meeting_title().to_owned(),
            state: state(room.meeting()).to_owned(),
            rules: rules.body().title.clone(),
            caution: rules.body().caution.clone(),
            item: item(&floor),
            debate: debate(room.debate()).to_owned(),
            quorum: quorum(&floor),
            may_decide: floor
                .quorum()
                .is_some_and(|(_, _, decide)| room.present().is_some_and(|n| decide <= n)),
            speaking: room.speaking().map(|now| SpeakerView {
                who: self.participant(&now.participant),
                speech: speech(now.speech).to_owned(),
                since: now.since.to_string(),
            }),
            minutes: room.minutes(),
            speakers: room.speakers().iter().map(|one| self.waiting(one)).collect(),
            list_closed: room.is_list_closed(),
            pending: room.pending().iter().rev().map(|one| one.kind.words().to_owned()).collect(),
            question: self.question(&floor),
            announced: room.last_decided().map(Matter::announced).unwrap_or_default(),
            moves: open.iter().map(view).collect(),
            barred: barred.iter().map(view).collect(),
            judged: judged(&floor, asked.line, writer.as_ref()),
            irregular: if asked.projector { Vec::new() } else { self.irregular(&rules) },
            writer: writer.filter(|_| !is_past),
            now: is_past.then(|| Link {
                to: self.links.floor_on(last.unwrap_or(self.day())),
                label: "the meeting as it now is".to_owned(),
            }),
            projector: Link {
                to: self.links.floor(if asked.projector { "" } else { "projector" }),
                label: if asked.projector { "Whole page" } else { "Projector view" }.to_owned(),
            },
            is_projector: asked.projector,
        })
    }

    /// Who may act: the viewer, where it takes part.
    fn writer(&self) -> Option<WriterView> {
        let id = self.links.vantage.viewer.as_ref()?;
        let class = self.negotiation().procedure.room().class(id)?;
        Some(WriterView {
            key: id.to_string(),
            name: self.negotiation().process.name(id).to_owned(),
            keeps_minutes: class == ParticipantClass::Secretariat,
        })
    }

    fn waiting(&self, one: &Inscribed) -> SpeakerView {
        SpeakerView {
            who: self.participant(&one.participant),
            speech: speech(one.speech).to_owned(),
            since: String::new(),
        }
    }

    /// The question that is voted on; else the live one that was last spoken of.
    fn question(&self, floor: &Floor<'_>) -> Option<QuestionView> {
        let room = floor.room;
        let latest = || room.live().max_by_key(|matter| matter.basis.at);
        let pending = || room.pending().last().and_then(|pending| room.matter(&pending.motion));
        let matter = room.voting().or_else(pending).or_else(latest)?;
        let question = floor.question(&matter.id)?;
        let (carried, not_carried) = question.outcomes();
        Some(QuestionView {
            key: matter.id.to_string(),
            words: matter.words.clone(),
            condition: question.condition(None),
            carried: carried.to_owned(),
            not_carried: not_carried.to_owned(),
            opposite: question.opposite().unwrap_or_default(),
            before: if room.voting().is_some() { Vec::new() } else { question.before.clone() },
            board: matter
                .voting
                .as_ref()
                .filter(|_| room.voting().is_some())
                .map(|voting| self.board(&question, voting)),
        })
    }

    fn board(&self, question: &Question, voting: &Voting) -> BoardView {
        let passing = question.missing(voting.tally());
        let process = &self.negotiation().process;
        let votes = process
            .states()
            .into_iter()
            .map(|state| {
                let how = match voting.cast.get(&state.participant) {
                    Some(Ballot::Yes) => "+",
                    Some(Ballot::No) => "\u{2212}",
                    Some(Ballot::Abstain) => "a",
                    None => ".",
                };
                (state.name.clone(), how)
            })
            .collect();
        BoardView {
            in_favour: passing.in_favour,
            against: passing.against,
            abstaining: passing.abstaining,
            needed: passing.needed,
            standing: passing.in_words(),
            votes,
        }
    }

    fn irregular(&self, rules: &Rules) -> Vec<IrregularView> {
        let negotiation = self.negotiation();
        let found = negotiation.procedure.irregular(rules);
        let latest = found.iter().rev().take(IRREGULAR_MAX);
        latest
            .map(|act| {
                let told = negotiation.changes.entry(act.basis.entry);
                IrregularView {
                    what: told.map_or_else(
                        || Phrase::default().then(act.kind.replace('_', " ")),
                        |told| self.phrase(&told.description.sentence),
                    ),
                    entry: self.entry(act.basis),
                    against: against(&act.breaches),
                }
            })
            .collect()
    }
}

/// The moves of whoever acts; all of them for who keeps the minutes, and for who only watches.
fn moves(floor: &Floor<'_>, writer: Option<&WriterView>) -> Vec<Move> {
    let mut moves = floor.next();
    if let Some(writer) = writer.filter(|writer| !writer.keeps_minutes) {
        let own = ParticipantId::new(writer.key.as_str());
        moves.retain(|one| match &one.who {
            Actor::AnyMember | Actor::AnySpeaker => true,
            Actor::One(id) => *id == own,
            Actor::Some(ids) => ids.contains(&own),
            Actor::Chair | Actor::Bureau | Actor::Secretariat => false,
        });
    }
    moves
}

fn one_move(one: &Move, negotiation: &Negotiation, writer: Option<&WriterView>) -> MoveView {
    // A key of its own for what is new: the count of what there has been.
    let number = negotiation.procedure.room().matters().count() + 1;
    let key = format!("{}-{number}", one.kind.replace('_', "-"));
    let mut line = one.say.replace("<KEY>", &key);
    if let Some(writer) = writer.filter(|writer| !writer.keeps_minutes) {
        line = line.replace("<WHO>", &writer.key);
    }
    let majority = match one.majority {
        Some(Majority::Simple) => "; a simple majority decides",
        Some(Majority::TwoThirds) => "; two thirds decide",
        None => "",
    };
    MoveView {
        what: words::capital(&one.what),
        by: format!("{}{majority}", one.who.in_words()),
        rule: one.rule.to_string(),
        is_whole: !line.contains('<'),
        line,
        against: against(&one.barred),
    }
}

/// What is to be said of a line that was not recorded.
fn judged(floor: &Floor<'_>, line: &str, writer: Option<&WriterView>) -> Option<JudgedView> {
    let writer = writer.filter(|_| !line.is_empty())?;
    let said = |fault: String, against: Vec<AgainstView>| {
        let may_record = writer.keeps_minutes && fault.is_empty();
        Some(JudgedView { line: line.to_owned(), fault, against, may_record })
    };
    let spoken = match speak(floor, line) {
        Ok(spoken) => spoken,
        Err(error) => return said(error.to_string(), Vec::new()),
    };
    let own = ParticipantId::new(writer.key.as_str());
    if !writer.keeps_minutes && !spoken.facts.iter().all(|fact| acts_as(fact) == Some(&own)) {
        return said(format!("{} does this in nobody's name but its own", writer.name), Vec::new());
    }
    let found: Vec<Breach> = spoken.facts.iter().flat_map(|fact| floor.check(fact)).collect();
    said(String::new(), against(&found))
}

fn against(breaches: &[Breach]) -> Vec<AgainstView> {
    breaches
        .iter()
        .map(|breach| AgainstView {
            rule: breach.rule.to_string(),
            why: breach.why.clone(),
            way_out: breach.way_out.clone(),
        })
        .collect()
}

fn state(meeting: &MeetingState) -> &'static str {
    match meeting {
        MeetingState::Unrecorded => "no meeting on record",
        MeetingState::Open => "open",
        MeetingState::Suspended => "suspended",
        MeetingState::Adjourned => "adjourned",
    }
}

fn debate(debate: Debate) -> &'static str {
    match debate {
        Debate::Open => "The debate is open",
        Debate::Closed => "The debate is closed",
        Debate::Adjourned => "The debate is adjourned",
    }
}

fn speech(speech: Speech) -> &'static str {
    match speech {
        Speech::Statement => "",
        Speech::Reply => "right of reply",
        Speech::InFavour => "in favour of the motion",
        Speech::Against => "against the motion",
    }
}

fn item(floor: &Floor<'_>) -> String {
    let Some(item) = floor.room.item() else { return String::new() };
    let title = floor.room.agenda().iter().find(|one| one.item == item);
    title.map_or_else(|| item.to_owned(), |one| format!("{item}. {}", one.title))
}

fn quorum(floor: &Floor<'_>) -> String {
    let Some((rule, open, decide)) = floor.quorum() else { return String::new() };
    let members = floor.members();
    let present = floor.room.present();
    let present = present.map_or_else(|| "Not counted".to_owned(), |n| format!("{n} present"));
    format!("{present} of {members}; {open} to open, {decide} to decide ({rule})")
}
