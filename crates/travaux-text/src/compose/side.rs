//! The text as some proposals would have it, and every reading where they do not compose.
//!
//! Proposals on different provisions always compose. Deletion of a provision does not compose
//! with anything another proposal wants inside it; two transfers of one provision to different
//! places, and insertions that say they are alternatives, do not compose either.
//!
//! **Invariant:** readings are kept by provision, never as combinations over the whole text, so
//! their number is bounded by the proposals on each provision.

mod outline;
mod units;

use std::collections::{BTreeMap, BTreeSet};

use self::outline::Outline;
use self::units::{Deed, Unit};
use super::{Completeness, TextClash, composed, maximal_sets};
use crate::issued::IssuedText;
use crate::merge::SideChange;
use crate::provision::{Provision, ProvisionId, ProvisionKind};
use crate::rolling::{ProposalKey, RollingText};

/// The text as the proposals asked for would have it. Made by [`RollingText::side`].
#[derive(Clone, Debug)]
pub struct Side<'a> {
    rolling: &'a RollingText,
    units: Vec<Unit<'a>>,
    clashes: Vec<(usize, usize, ClashReason)>,
    left_out: Vec<LeftOut>,
    numbers: BTreeMap<&'a ProvisionId, String>,
    /// The units that word a provision, by provision.
    words: BTreeMap<&'a ProvisionId, Vec<usize>>,
}

/// Why two proposals do not compose.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum ClashReason {
    /// They word the text differently at one place.
    Text(TextClash),
    /// They word the heading differently at one place.
    Heading(TextClash),
    /// One deletes the provision, or one above it, and the other wants something in it.
    Deleted {
        /// The provision to be deleted.
        provision: ProvisionId,
    },
    /// They transfer the provision to different places, or two provisions under each other.
    Places,
    /// Their insertions in one gap are alternatives, as one of the proposals says.
    Alternatives,
}

/// Two proposals that do not compose, and where.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Clash {
    /// The provision that the second proposal's act is about.
    pub provision: ProvisionId,
    /// The proposals, by key.
    pub proposals: (ProposalKey, ProposalKey),
    /// Why they do not compose.
    pub reason: ClashReason,
}

/// Something asked that no reading shows, and by whom.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum LeftOut {
    /// No proposal of this key is open.
    NotOpen {
        /// The key.
        proposal: ProposalKey,
    },
    /// The provision, or the place for it, is not in the text that these proposals make.
    NotThere {
        /// The proposal.
        proposal: ProposalKey,
        /// The provision.
        provision: ProvisionId,
    },
    /// An amendment, also asked for, takes the place of what the proposal asks here.
    Amended {
        /// The proposal.
        proposal: ProposalKey,
        /// The provision.
        provision: ProvisionId,
        /// The amendment.
        by: ProposalKey,
    },
    /// The proposal itself deletes the provision.
    DeletedByItself {
        /// The proposal.
        proposal: ProposalKey,
        /// The provision.
        provision: ProvisionId,
    },
}

/// The heading and text of a provision in one reading.
#[derive(Clone, Debug, Default, Eq, Ord, PartialEq, PartialOrd)]
pub struct Wording {
    /// The heading; empty where there is none.
    pub heading: String,
    /// The text; empty where there is none.
    pub text: String,
}

/// One reading of one provision at one place.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reading {
    /// The proposals that make this reading, by key; none where nothing is asked.
    pub by: Vec<ProposalKey>,
    /// The words; none where the provision does not stand here in this reading.
    pub wording: Option<Wording>,
}

/// One provision at one place, in all its readings.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SideProvision {
    /// The provision. Where transfers do not compose, it is met at each place.
    pub id: ProvisionId,
    /// The provision it stands under here.
    pub parent: Option<ProvisionId>,
    /// Its rank.
    pub kind: ProvisionKind,
    /// The number it is shown under in the rolling text.
    pub number: String,
    /// The readings, never none; one where the proposals compose here.
    pub readings: Vec<Reading>,
    /// Whether these are all the readings.
    pub completeness: Completeness,
}

impl RollingText {
    /// Composes exactly these proposals on the base; their order changes nothing.
    ///
    /// An amendment to a proposal that is also asked for takes its place where both act on one
    /// provision. An amendment alone does not bring in what it would amend.
    pub fn side<'a, 'k>(&'a self, keys: impl IntoIterator<Item = &'k ProposalKey>) -> Side<'a> {
        let asked: BTreeSet<&ProposalKey> = keys.into_iter().collect();
        let mut left_out = Vec::new();
        let mut open = BTreeSet::new();
        for key in asked {
            match self.proposals().find(|(name, _)| *name == key) {
                Some((name, _)) => {
                    open.insert(name);
                }
                None => left_out.push(LeftOut::NotOpen { proposal: key.clone() }),
            }
        }
        let (units, homeless) = units::of(self, &open);
        left_out.extend(homeless);
        let clashes = units::clashes(self, &units);
        left_out.sort();
        let mut words: BTreeMap<&ProvisionId, Vec<usize>> = BTreeMap::new();
        for (at, unit) in units.iter().enumerate().filter(|(_, unit)| unit.is_words()) {
            words.entry(unit.id).or_default().push(at);
        }
        Side { rolling: self, units, clashes, left_out, numbers: self.numbers(), words }
    }
}

impl<'a> Side<'a> {
    /// Reports whether the proposals compose everywhere: there is one text.
    pub fn composes(&self) -> bool {
        self.clashes.is_empty()
    }

    /// Lists the pairs that do not compose, by provision and key.
    pub fn clashes(&self) -> Vec<Clash> {
        let clash = |(first, second, reason): &(usize, usize, ClashReason)| {
            let (one, other) = (&self.units[*first], &self.units[*second]);
            let (least, greatest) = if one.by <= other.by { (one, other) } else { (other, one) };
            Clash {
                provision: other.id.clone(),
                proposals: (least.by.clone(), greatest.by.clone()),
                reason: reason.clone(),
            }
        };
        let clashes: BTreeSet<Clash> = self.clashes.iter().map(clash).collect();
        clashes.into_iter().collect()
    }

    /// Lists what is asked and stands in no reading.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// Returns the one text of the proposals; nothing where they do not compose.
    pub fn text(&self) -> Option<IssuedText> {
        self.composes().then(|| self.preferring([]))
    }

    /// Returns the text in which, wherever proposals do not compose, the one named first in
    /// `order` prevails; those not named come behind, by key. It is always one whole text, and
    /// every reading of every provision is in the text of some order.
    pub fn preferring<'k>(&self, order: impl IntoIterator<Item = &'k ProposalKey>) -> IssuedText {
        let order: Vec<&ProposalKey> = order.into_iter().collect();
        let rank = |unit: usize| {
            let by = self.units[unit].by;
            (order.iter().position(|key| *key == by).unwrap_or(order.len()), by, unit)
        };
        let mut ranked: Vec<usize> = (0..self.units.len()).collect();
        ranked.sort_by_key(|&unit| rank(unit));
        let rivals = self.rivals();
        let mut taken = BTreeSet::new();
        for unit in ranked {
            if rivals[unit].is_disjoint(&taken) {
                taken.insert(unit);
            }
        }
        self.written(&taken)
    }

    /// Lists every provision at every place with all its readings, in document order. A provision
    /// that is gone in every reading is listed as such by those who delete it.
    pub fn provisions(&self) -> Vec<SideProvision> {
        let rivals = self.rivals();
        let mut listed = Vec::new();
        let outline = Outline::of_all(self.rolling, &self.units, rivals.clone());
        outline.walk(&mut |spot| {
            let Some(provision) = self.rolling.words(spot.id) else { return };
            let (readings, completeness) = self.readings(spot, &rivals);
            if readings.is_empty() {
                return;
            }
            listed.push(SideProvision {
                id: spot.id.clone(),
                parent: spot.parent.cloned(),
                kind: provision.kind,
                number: self.numbers.get(spot.id).cloned().unwrap_or_default(),
                readings,
                completeness,
            });
        });
        listed
    }

    /// Returns, for each unit, the units it does not compose with.
    fn rivals(&self) -> Vec<BTreeSet<usize>> {
        let mut rivals = vec![BTreeSet::new(); self.units.len()];
        for (first, second, _) in &self.clashes {
            rivals[*first].insert(*second);
            rivals[*second].insert(*first);
        }
        rivals
    }

    /// Returns the readings of one provision at one place; none where it never stands there and
    /// nobody has to be told.
    fn readings(
        &self,
        spot: &outline::Spot<'_, 'a>,
        rivals: &[BTreeSet<usize>],
    ) -> (Vec<Reading>, Completeness) {
        // Of a unit and its rivals one prevails in every reading: where all of them take the
        // provision away from here, it is away.
        let certain = |unit: &&usize| rivals[**unit].is_subset(spot.absent);
        if spot.absent.iter().any(|unit| certain(&unit)) {
            let deletes = |unit: &&usize| self.units[**unit].deed == Deed::Suppress;
            let unopposed = |unit: &&usize| rivals[**unit].is_empty();
            let by: Vec<usize> =
                spot.absent.iter().filter(deletes).filter(unopposed).copied().collect();
            // What is only transferred is listed at its new places.
            let gone = Reading { by: self.keys(&by), wording: None };
            return (if by.is_empty() { Vec::new() } else { vec![gone] }, Completeness::All);
        }
        let contested: Vec<usize> = spot.absent.iter().copied().collect();
        let words = self.words.get(spot.id).map_or(&[][..], Vec::as_slice);
        let among = |at: &usize| -> BTreeSet<usize> {
            words
                .iter()
                .enumerate()
                .filter(|(_, other)| rivals[*at].contains(other))
                .map(|(place, _)| place)
                .collect()
        };
        let conflicts: Vec<BTreeSet<usize>> = words.iter().map(among).collect();
        let (sets, completeness) = maximal_sets(&conflicts);
        // Who stands against the provision's absence makes the readings in which it is there.
        let mut keeping: BTreeSet<usize> = spot.present.iter().copied().collect();
        for &unit in &contested {
            let needs =
                |at: &&usize| !self.units[**at].is_words() || self.units[**at].id != spot.id;
            keeping.extend(rivals[unit].iter().filter(needs));
        }
        let keeping: Vec<usize> =
            keeping.into_iter().filter(|at| !contested.contains(at)).collect();
        let mut readings: Vec<Reading> = Vec::new();
        for set in &sets {
            let chosen: Vec<usize> = set.iter().map(|&place| words[place]).collect();
            let by: Vec<usize> = chosen.iter().chain(&keeping).copied().collect();
            let wording = Some(self.wording(spot.id, &chosen));
            readings.push(Reading { by: self.keys(&by), wording });
        }
        if !contested.is_empty() {
            readings.push(Reading { by: self.keys(&contested), wording: None });
        }
        (readings, completeness)
    }

    fn keys(&self, units: &[usize]) -> Vec<ProposalKey> {
        let keys: BTreeSet<&ProposalKey> = units.iter().map(|&at| self.units[at].by).collect();
        keys.into_iter().cloned().collect()
    }

    /// Writes a provision's heading and text with the words of `units` composed.
    fn wording(&self, id: &ProvisionId, units: &[usize]) -> Wording {
        let standing = self.rolling.state(id).and_then(|state| state.standing.as_ref());
        let standing = standing.expect("words are asked of what stands");
        let write = |merge: &crate::merge::Merge| {
            let changes: Vec<&SideChange> =
                units.iter().filter_map(|&at| merge.change(self.units[at].by)).collect();
            composed(merge, &changes)
        };
        Wording { heading: write(&standing.heading), text: write(&standing.text) }
    }

    /// Writes the text that `taken`, which compose, make.
    fn written(&self, taken: &BTreeSet<usize>) -> IssuedText {
        let outline = Outline::of_taken(self.rolling, &self.units, taken);
        let mut provisions: Vec<Provision> = Vec::new();
        outline.walk(&mut |spot| {
            if !spot.absent.is_empty() {
                return;
            }
            let words = self.words.get(spot.id).into_iter().flatten();
            let words: Vec<usize> = words.copied().filter(|at| taken.contains(at)).collect();
            let Wording { heading, text } = self.wording(spot.id, &words);
            let kind = self.rolling.words(spot.id).map_or(ProvisionKind::Paragraph, |it| it.kind);
            provisions.push(Provision {
                id: spot.id.clone(),
                parent: spot.parent.cloned(),
                kind,
                number: self.numbers.get(spot.id).cloned().unwrap_or_default(),
                heading,
                text,
            });
        });
        IssuedText::new(provisions).expect("an outline is walked in document order, each once")
    }
}
