//! What of a record informs a map of the room, and the map: analysis, not record.
//!
//! An ordered issue is one item, its options the categories: who is for several is heard as a range. Of an
//! issue without order each option is an item: for it, or for another or against. A vote with known ballots is an item. Groups have no
//! point of their own; they inform their members as inheritance says, labels of analysts never do. Who reserved its position, abstained from
//! an option or said nothing has answered nothing. How the line is drawn is `travaux-stats`' business.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use travaux_record::{Ballot, DecisionId, IssueId, OptionId, OptionNamed, ParticipantId, SourceId};
use travaux_stats::ideal_point::{
    Answer, Chain, Data, DataError, Diagnostics, Frame, Item, Posterior, Settings, Summary,
};

use super::inheritance::Bonds;
use super::{Leaning, Positions, Stance};
use crate::decisions::Decisions;
use crate::process::Process;

/// A point rests on at least so many items; who answered fewer is not placeable.
pub const ITEMS_MIN: usize = 3;

/// What participants answered to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum MapItem {
    /// An ordered issue, with its options from the lowest category up.
    Issue(IssueId, Vec<OptionId>),
    /// One option of an issue without order: for it, or not.
    Option(OptionNamed),
    /// A vote with known ballots.
    Vote(DecisionId),
}

/// The answers of a room, by item.
#[derive(Clone, Debug, PartialEq)]
pub struct MapAnswers {
    /// The participants that could have a point, in their order.
    pub participants: Vec<ParticipantId>,
    /// What was answered.
    pub items: Vec<MapItem>,
    /// The answers as numbers.
    pub data: Data,
}

/// Where one participant stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Who.
    pub participant: ParticipantId,
    /// Its point and the interval that holds nine tenths of the draws.
    pub point: Summary,
    /// How many items inform it.
    pub items: usize,
    /// The share of draws in which it stands above the middle of the room: near one half it straddles.
    pub above_the_middle: f64,
}

/// How an item tells the ends of the line apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Defining {
    /// The item.
    pub item: MapItem,
    /// Its slope: above nought where higher categories lie towards the upper end.
    pub slope: Summary,
    /// How many answered it.
    pub answers: usize,
}

/// A map of the room.
#[derive(Clone, Debug)]
pub struct RoomMap {
    /// Who stands at the upper end, and who at the lower, by choice of name.
    pub anchors: (ParticipantId, ParticipantId),
    /// Those with a point, from the lower end up.
    pub placed: Vec<Placed>,
    /// Those without, and how many items they answered.
    pub not_placeable: Vec<(ParticipantId, usize)>,
    /// What defines the line, the steepest first.
    pub defining: Vec<Defining>,
    /// Whether the chains agree.
    pub diagnostics: Diagnostics,
    /// The draws, for what builds on them.
    pub posterior: Posterior,
}

impl Positions {
    /// Returns what the room answered by a day, without the positions that rest on any of these sources alone.
    pub fn answers(
        &self,
        process: &Process,
        decisions: &Decisions,
        on: Date,
        without: &BTreeSet<SourceId>,
    ) -> MapAnswers {
        let participants: Vec<ParticipantId> =
            process.states().iter().map(|state| state.participant.clone()).collect();
        let places: BTreeMap<&ParticipantId, usize> =
            participants.iter().enumerate().map(|(place, id)| (id, place)).collect();
        let bonds = Bonds::new(process, on);
        let (mut items, mut asked) = (Vec::new(), Vec::new());
        for framed in self.issues() {
            let stances = self.stances_by(&framed.fact.issue, &bonds);
            let mut by: BTreeMap<usize, Vec<Stance<'_>>> = BTreeMap::new();
            for stance in stances {
                let cited = &stance.position.cited;
                if !cited.is_empty() && cited.iter().all(|(source, _)| without.contains(source)) {
                    continue;
                }
                if let Some(place) = places.get(&stance.participant) {
                    by.entry(*place).or_default().push(stance);
                }
            }
            let options: Vec<OptionId> =
                framed.fact.options.iter().map(|known| known.option.clone()).collect();
            if framed.fact.ordered && (2..=CATEGORIES).contains(&options.len()) {
                asked.push(Item { answers: ordered(&by, &options), weight: 1.0 });
                items.push(MapItem::Issue(framed.fact.issue.clone(), options));
            } else {
                for (option, answers, weight) in unordered(&by, &options) {
                    asked.push(Item { answers, weight });
                    let issue = framed.fact.issue.clone();
                    items.push(MapItem::Option(OptionNamed { issue, option }));
                }
            }
        }
        for (decision, answers) in ballots(decisions, &places) {
            asked.push(Item { answers, weight: 1.0 });
            items.push(MapItem::Vote(decision));
        }
        let data =
            Data { participants: participants.len(), periods: 1, categories: 5, items: asked };
        MapAnswers { participants, items, data }
    }
}

/// The most options an ordered issue may have to be one item.
const CATEGORIES: usize = 5;

/// An answer to an ordered issue: the range of the options it is for; else what is left by those it opposes, where that is a range.
fn ordered(by: &BTreeMap<usize, Vec<Stance<'_>>>, options: &[OptionId]) -> Vec<Answer> {
    let mut answers = Vec::new();
    for (participant, own) in by {
        let with = |leaning: Leaning| -> Vec<usize> {
            let these = own.iter().filter(|stance| stance.leaning() == leaning);
            let mut places: Vec<usize> = these
                .filter_map(|stance| options.iter().position(|option| *option == stance.option))
                .collect();
            places.sort_unstable();
            places
        };
        let favoured = with(Leaning::For);
        let left: Vec<usize> = if favoured.is_empty() {
            let opposed = with(Leaning::Against);
            if opposed.is_empty() {
                continue;
            }
            (0..options.len()).filter(|place| !opposed.contains(place)).collect()
        } else {
            favoured.clone()
        };
        let (Some(lowest), Some(highest)) = (left.first(), left.last()) else { continue };
        // Opposing what lies in the middle only leaves two ends, which are no range.
        if favoured.is_empty() && highest - lowest + 1 != left.len() {
            continue;
        }
        answers.push(Answer {
            participant: *participant,
            period: 0,
            lowest: u8::try_from(*lowest).unwrap_or(0),
            highest: u8::try_from(*highest).unwrap_or(0),
        });
    }
    answers
}

/// For each option who is for it (1), and who is for another or against it (0). Of two options one is the mirror of the other, and
/// asked once; of more, each is heard in part, since they say the same thing several times.
fn unordered(
    by: &BTreeMap<usize, Vec<Stance<'_>>>,
    options: &[OptionId],
) -> Vec<(OptionId, Vec<Answer>, f64)> {
    let asked = if options.len() == 2 { &options[..1] } else { options };
    let others = u32::try_from(options.len().saturating_sub(1).max(1)).unwrap_or(1);
    let weight = if options.len() == 2 { 1.0 } else { 1.0 / f64::from(others) };
    asked
        .iter()
        .map(|option| {
            let answers = by.iter().filter_map(|(participant, own)| {
                let favours = own.iter().filter(|one| one.leaning() == Leaning::For);
                let (this, other): (Vec<_>, Vec<_>) =
                    favours.partition(|one| one.option == *option);
                let against = own
                    .iter()
                    .any(|one| one.option == *option && one.leaning() == Leaning::Against);
                // Of two options, to oppose the one that is not asked says nothing of the other.
                let category = match (this.is_empty(), other.is_empty() && !against) {
                    (false, _) => 1,
                    (true, false) => 0,
                    (true, true) => return None,
                };
                Some(Answer::exact(*participant, 0, category))
            });
            (option.clone(), answers.collect(), weight)
        })
        .collect()
}

fn ballots(
    decisions: &Decisions,
    places: &BTreeMap<&ParticipantId, usize>,
) -> Vec<(DecisionId, Vec<Answer>)> {
    let mut found = Vec::new();
    for decision in decisions.all() {
        let Some(vote) = decision.votes.last() else { continue };
        let answers: Vec<Answer> = vote
            .taken
            .fact
            .ballots
            .iter()
            .filter_map(|(participant, ballot)| {
                let category = match ballot {
                    Ballot::No => 0,
                    Ballot::Abstain => 1,
                    Ballot::Yes => 2,
                };
                Some(Answer::exact(*places.get(participant)?, 0, category))
            })
            .collect();
        if !answers.is_empty() {
            found.push((decision.id.clone(), answers));
        }
    }
    found
}

impl MapAnswers {
    /// Returns who stands at the upper and at the lower end unless others are asked for: the customary pair of
    /// the General Assembly where both answered something, so that the line never turns round from one day to
    /// the next; else two of opposite records: the pair that lies furthest apart over the items both answered, by order of
    /// participants where several do. None where nobody differs.
    pub fn opposed(&self) -> Option<(usize, usize)> {
        let count = self.participants.len();
        let answered = |key: &str| {
            let place = self.participants.iter().position(|id| id.as_str() == key)?;
            let mut all = self.data.items.iter().flat_map(|item| &item.answers);
            all.any(|answer| answer.participant == place).then_some(place)
        };
        if let (Some(upper), Some(lower)) = (answered("USA"), answered("RUS")) {
            return Some((upper, lower));
        }
        let mut apart = vec![0_i64; count * count];
        for item in &self.data.items {
            for a in &item.answers {
                for b in &item.answers {
                    if a.participant < b.participant {
                        let apart = &mut apart[a.participant * count + b.participant];
                        *apart += i64::from((a.lowest + a.highest).abs_diff(b.lowest + b.highest));
                    }
                }
            }
        }
        let most =
            (0..apart.len()).max_by_key(|place| (apart[*place], std::cmp::Reverse(*place)))?;
        (apart[most] > 0).then_some((most / count, most % count))
    }

    /// Draws the map: two chains, one after the other.
    ///
    /// # Errors
    /// The answers contradict themselves, or nobody differs from anybody.
    pub fn map(
        &self,
        settings: &Settings,
        anchors: Option<(usize, usize)>,
    ) -> Result<RoomMap, DataError> {
        let nobody = || DataError { what: "nobody on record differs from anybody".to_owned() };
        let (upper, lower) = anchors.or_else(|| self.opposed()).ok_or_else(nobody)?;
        let frame = Frame::new(&self.data)?;
        if frame.points().is_empty() {
            return Err(nobody());
        }
        let settings = Settings { anchors: Some((upper, lower)), ..settings.clone() };
        let runs = [0, 1].map(|number| Chain::new(&frame, &settings, number).run());
        let posterior = Posterior::new(&frame, runs.to_vec());
        let placed = self.placed(&posterior);
        let with_point: BTreeSet<&ParticipantId> =
            placed.iter().map(|one| &one.participant).collect();
        let not_placeable =
            self.participants.iter().enumerate().filter(|(_, id)| !with_point.contains(id));
        let informed =
            |place: usize| posterior.place(place, 0).map_or(0, |point| posterior.informing(point));
        Ok(RoomMap {
            anchors: (self.participants[upper].clone(), self.participants[lower].clone()),
            not_placeable: not_placeable.map(|(place, id)| (id.clone(), informed(place))).collect(),
            defining: self.defining(&posterior),
            diagnostics: posterior.diagnostics(&frame),
            placed,
            posterior,
        })
    }

    fn placed(&self, posterior: &Posterior) -> Vec<Placed> {
        let shown: Vec<(usize, usize)> = (0..posterior.points().len())
            .map(|place| (place, posterior.informing(place)))
            .filter(|(_, items)| *items >= ITEMS_MIN)
            .collect();
        let mut means: Vec<f64> =
            shown.iter().map(|(place, _)| posterior.summary(*place).mean).collect();
        means.sort_by(f64::total_cmp);
        let middle = means.get(means.len() / 2).copied().unwrap_or_default();
        let mut placed: Vec<Placed> = shown
            .into_iter()
            .map(|(place, items)| Placed {
                participant: self.participants[posterior.points()[place].participant].clone(),
                point: posterior.summary(place),
                items,
                above_the_middle: posterior.above(place, middle),
            })
            .collect();
        placed.sort_by(|a, b| a.point.mean.total_cmp(&b.point.mean));
        placed
    }

    fn defining(&self, posterior: &Posterior) -> Vec<Defining> {
        let items = posterior.items().into_iter().map(|found| Defining {
            item: self.items[found.item].clone(),
            slope: found.slope,
            answers: self.data.items[found.item].answers.len(),
        });
        let mut defining: Vec<Defining> = items.collect();
        defining.sort_by(|a, b| b.slope.mean.abs().total_cmp(&a.slope.mean.abs()));
        defining
    }
}
