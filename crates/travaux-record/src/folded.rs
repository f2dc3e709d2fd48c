//! A projection kept up to date while its record grows.
//!
//! Its value is always the one that folding the whole timeline would give; what is usual (an entry
//! that sorts last) costs one step, what is rare (a late entry, a correction) a partial replay.
//! It does not know where new entries come from.

use jiff::civil::Date;

use crate::record::Kept;
use crate::view::Standing;
use crate::{Fact, NewerKind, ParticipantClass, Projection, Record, View, Viewer};

/// How many copies of earlier values are kept to replay from.
const SNAPSHOTS_MAX: usize = 16;
/// How many of them are made where much is folded in at once.
const SNAPSHOTS_AT_FIRST: usize = 4;
/// The fewest occurrences between two of them.
const SPACING_MIN: usize = 64;

/// A projection of one view, with what it takes to follow the record.
///
/// It follows one record: give it the same one, longer, each time.
#[derive(Clone, Debug)]
pub struct Folded<P> {
    view: View,
    value: P,
    /// The occurrences folded in, in order.
    order: Vec<Standing>,
    /// Earlier values with the count of occurrences they rest on, in order of count.
    snapshots: Vec<(usize, P)>,
    /// Every so many occurrences a value is kept.
    spacing: usize,
    /// How many places of the log have been taken into account.
    seen: usize,
    class: Option<ParticipantClass>,
}

impl<P: Projection> Folded<P> {
    /// Makes the projection of an empty record.
    pub fn new(view: View) -> Self {
        Self {
            view,
            value: P::default(),
            order: Vec::new(),
            snapshots: Vec::new(),
            spacing: SPACING_MIN,
            seen: 0,
            class: None,
        }
    }

    /// Returns the view it shows.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Returns the value as of the last entries taken into account.
    pub fn value(&self) -> &P {
        &self.value
    }

    /// Returns the same view up to another day, made of what this one holds: what lies between the
    /// days is folded in, or what lies behind the last copy before the earlier one.
    ///
    /// # Errors
    /// When an entry that this program doesn't know belongs in the view.
    pub fn up_to(&self, record: &Record, as_of: Option<Date>) -> Result<Self, NewerKind> {
        let mut moved = self.clone();
        moved.catch_up(record)?;
        moved.view.as_of = as_of;
        let is_within =
            |standing: &Standing| as_of.is_none_or(|day| standing.at.counts_from() <= day);
        let stable = moved.order.partition_point(is_within);
        if stable == moved.order.len() {
            moved.snapshots.push((stable, moved.value.clone()));
        }
        moved.replay(record, stable)?;
        Ok(moved)
    }

    /// Takes into account what the record holds beyond what was last seen.
    ///
    /// # Errors
    /// When an entry that this program doesn't know belongs in the view; the value then stays.
    pub fn catch_up(&mut self, record: &Record) -> Result<&P, NewerKind> {
        let class = match &self.view.viewer {
            Viewer::Public => None,
            Viewer::Participant(id) => record.class_of(id),
        };
        // Somebody admitted or reclassified may see more, or less, of what is behind.
        if class != self.class || self.seen == 0 {
            self.replay(record, 0)?;
            self.class = class;
            return Ok(&self.value);
        }
        while self.seen < record.len() {
            match self.disturbed(record, self.seen)? {
                None => self.step(record, self.seen),
                Some(from) => {
                    // What comes behind it may change more than it does.
                    let stable =
                        (self.seen + 1..record.len()).try_fold(from, |stable, place| {
                            let from = self.disturbed(record, place)?;
                            Ok(from.map_or(stable, |from| stable.min(from)))
                        })?;
                    self.replay(record, stable)?;
                    break;
                }
            }
            self.seen += 1;
        }
        Ok(&self.value)
    }

    /// Returns how many of the occurrences folded in stay as they are, if not all do and the
    /// entry at `place` doesn't simply follow them.
    fn disturbed(&self, record: &Record, place: usize) -> Result<Option<usize>, NewerKind> {
        if let Kept::Known(entry) = &record.log[place]
            && let Fact::Correction(correction) = &entry.fact
        {
            let Some(original) = record.place_of(correction.of) else { return Ok(None) };
            if !record.sees(&self.view.viewer, entry) {
                return Ok(None);
            }
            let was = self.order.iter().position(|standing| standing.place == original);
            let is = record
                .shown_at(&self.view, original)?
                .map(|at| self.rank(Standing { at, place: original }));
            return Ok(was.into_iter().chain(is).min());
        }
        Ok(record
            .shown_at(&self.view, place)?
            .map(|at| self.rank(Standing { at, place }))
            .filter(|rank| *rank < self.order.len()))
    }

    fn rank(&self, standing: Standing) -> usize {
        self.order.partition_point(|other| *other < standing)
    }

    /// Folds in the entry at `place`, which sorts last if it is shown.
    fn step(&mut self, record: &Record, place: usize) {
        if let Some(occurrence) = record.occurrence(&self.view, place) {
            self.order.push(Standing { at: occurrence.at, place });
            self.value.apply(occurrence);
            self.keep();
        }
    }

    /// Folds the timeline anew behind its first `stable` occurrences, which are as before.
    fn replay(&mut self, record: &Record, stable: usize) -> Result<(), NewerKind> {
        let order = record.standings(&self.view)?;
        self.snapshots.retain(|(count, _)| *count <= stable);
        if self.snapshots.is_empty() {
            // Each copy costs what the value has grown to: a few are enough to begin with.
            self.spacing = (order.len() / SNAPSHOTS_AT_FIRST).max(SPACING_MIN);
        }
        let (start, value) = self.snapshots.last().cloned().unwrap_or_default();
        self.value = value;
        self.order.clear();
        self.order.extend_from_slice(&order[..start]);
        for standing in &order[start..] {
            self.step(record, standing.place);
        }
        self.seen = record.len();
        Ok(())
    }

    /// Keeps a copy of the value where one is due, and thins the copies out.
    fn keep(&mut self) {
        let count = self.order.len();
        if !count.is_multiple_of(self.spacing) {
            return;
        }
        self.snapshots.push((count, self.value.clone()));
        if self.snapshots.len() > SNAPSHOTS_MAX {
            self.spacing *= 2;
            let spacing = self.spacing;
            self.snapshots.retain(|(count, _)| count.is_multiple_of(spacing));
        }
    }
}
