//! What one viewer sees of a record, on one date of the negotiation and of knowledge.
//!
//! This is the only way from a record to a projection, so that nothing outside the viewer's
//! audience can get into one. It does not know what projections make of it.

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use crate::record::Kept;
use crate::{Entry, EntryId, Fact, Moment, Occurrence, Projection, Record, Viewer};

/// Who looks, at which moment of the negotiation, knowing what was entered by when.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct View {
    /// Who looks.
    pub viewer: Viewer,
    /// The last day of the negotiation to show; none shows all.
    pub as_of: Option<Date>,
    /// The last instant of knowledge: what was entered later is not known; none knows all.
    pub known_by: Option<Timestamp>,
}

impl View {
    /// Everything that `viewer` may see.
    pub fn of(viewer: Viewer) -> Self {
        Self { viewer, as_of: None, known_by: None }
    }

    /// Everything that is public.
    pub fn public() -> Self {
        Self::of(Viewer::Public)
    }

    /// The same up to and with `day`.
    #[must_use]
    pub fn as_of(self, day: Date) -> Self {
        Self { as_of: Some(day), ..self }
    }

    /// The same as it was known at `instant`.
    #[must_use]
    pub fn known_by(self, instant: Timestamp) -> Self {
        Self { known_by: Some(instant), ..self }
    }

    /// The same as it was known at the end of `day` in Coordinated Universal Time.
    #[must_use]
    pub fn known_by_day(self, day: Date) -> Self {
        let instant = |day: Date| Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok();
        let end = day
            .tomorrow()
            .ok()
            .and_then(instant)
            .and_then(|midnight| midnight.checked_sub(SignedDuration::from_nanos(1)).ok())
            .unwrap_or(Timestamp::MAX);
        Self { known_by: Some(end), ..self }
    }

    /// Reports whether `at` lies behind the moment to be shown.
    fn reaches(&self, at: Moment) -> bool {
        self.as_of.is_none_or(|day| at.counts_from() <= day)
    }

    fn knows(&self, recorded_at: Timestamp) -> bool {
        self.known_by.is_none_or(|instant| recorded_at <= instant)
    }
}

/// An entry of a newer program stands in a view: what follows from it can't be said.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error(
    "can't show the record: the entry {id} states {kind:?} in version {version} of the format, \
     which this program (version {}) doesn't know",
    Entry::VERSION
)]
pub struct NewerKind {
    /// The entry.
    pub id: EntryId,
    /// The kind of its fact, as written.
    pub kind: String,
    /// The version it states.
    pub version: u32,
}

impl NewerKind {
    /// Returns what the reader can do about it.
    pub fn hint(&self) -> String {
        format!(
            "upgrade to a program that knows {:?}; until then the record can be verified and \
             exported, and dates before that entry can be shown",
            self.kind
        )
    }
}

/// Where an occurrence stands in a timeline: by date, then by place in the log.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Standing {
    pub(crate) at: Moment,
    pub(crate) place: usize,
}

impl Record {
    /// Reports whether this viewer may see that entry.
    pub fn sees(&self, viewer: &Viewer, entry: &Entry) -> bool {
        entry.audience.admits(viewer, &|id| self.class_of(id))
    }

    /// Returns what the viewer may see of the log, as written and in log order, corrections
    /// included; the view's dates count too.
    pub fn visible<'r>(&'r self, view: &'r View) -> impl DoubleEndedIterator<Item = &'r Entry> {
        self.entries().filter(|entry| {
            view.knows(entry.recorded_at)
                && view.reaches(entry.at)
                && self.sees(&view.viewer, entry)
        })
    }

    /// Returns the last instant up to `known_by` at which anything was entered, whoever may see it;
    /// none where nothing was entered later, so that all is known.
    ///
    /// Views of two dates of knowledge with one such instant show the same. It is for telling views
    /// apart, not for showing.
    pub fn known_at(&self, known_by: Timestamp) -> Option<Timestamp> {
        let mut last = Timestamp::MIN;
        let mut is_later = false;
        let entered = self.log.iter().filter_map(|kept| match kept {
            Kept::Known(entry) => Some(entry.recorded_at),
            Kept::Newer(newer) => newer.recorded_at,
        });
        for instant in entered {
            if known_by < instant {
                is_later = true;
            } else {
                last = last.max(instant);
            }
        }
        is_later.then_some(last)
    }

    /// Returns what happened as the view shows it, in the order (date, place in the log), each
    /// entry as it stands after the latest correction that the viewer sees and the date of
    /// knowledge allows. An entry struck out is left out; corrections themselves are no event.
    ///
    /// # Errors
    /// When an entry that this program doesn't know belongs in the view.
    pub fn timeline(&self, view: &View) -> Result<Vec<Occurrence<'_>>, NewerKind> {
        let standings = self.standings(view)?;
        Ok(standings
            .into_iter()
            .filter_map(|standing| self.occurrence(view, standing.place))
            .collect())
    }

    /// Returns the order of the timeline.
    pub(crate) fn standings(&self, view: &View) -> Result<Vec<Standing>, NewerKind> {
        let mut standings = Vec::new();
        for place in 0..self.log.len() {
            if let Some(at) = self.shown_at(view, place)? {
                standings.push(Standing { at, place });
            }
        }
        // Most records come nearly sorted; a stable sort makes use of that.
        standings.sort();
        Ok(standings)
    }

    /// Returns the date at which the entry at `place` stands in the view, if it does.
    pub(crate) fn shown_at(&self, view: &View, place: usize) -> Result<Option<Moment>, NewerKind> {
        match &self.log[place] {
            Kept::Known(_) => Ok(self.occurrence(view, place).map(|occurrence| occurrence.at)),
            Kept::Newer(newer) => {
                let is_seen = newer
                    .audience
                    .as_ref()
                    .is_none_or(|audience| audience.admits(&view.viewer, &|id| self.class_of(id)));
                let is_known = newer.recorded_at.is_none_or(|instant| view.knows(instant));
                let is_reached = newer.at.is_none_or(|at| view.reaches(at));
                if is_seen && is_known && is_reached {
                    let kind = newer.kind.clone();
                    return Err(NewerKind { id: newer.id, kind, version: newer.version });
                }
                Ok(None)
            }
        }
    }

    /// Returns the entry at `place` as the view shows it, if it does.
    pub(crate) fn occurrence(&self, view: &View, place: usize) -> Option<Occurrence<'_>> {
        let entry = self.at_place(place)?;
        if matches!(entry.fact, Fact::Correction(_)) || !self.is_in(view, entry) {
            return None;
        }
        let latest = self.corrections_of(place).iter().rev().find_map(|&place| {
            self.at_place(place).filter(|correction| self.is_in(view, correction))
        });
        let (fact, at) = match latest.map(|correction| &correction.fact) {
            Some(Fact::Correction(correction)) => correction.applied_to(&entry.fact, entry.at)?,
            _ => (&entry.fact, entry.at),
        };
        view.reaches(at).then(|| Occurrence {
            entry,
            fact,
            at,
            corrected_by: latest.map(|correction| correction.id),
        })
    }

    fn is_in(&self, view: &View, entry: &Entry) -> bool {
        view.knows(entry.recorded_at) && self.sees(&view.viewer, entry)
    }
}

/// Folds what a view shows into a projection.
///
/// # Errors
/// When an entry that this program doesn't know belongs in the view.
pub fn project<P: Projection>(record: &Record, view: &View) -> Result<P, NewerKind> {
    let mut projection = P::default();
    for occurrence in record.timeline(view)? {
        projection.apply(occurrence);
    }
    Ok(projection)
}

#[cfg(test)]
mod tests;
