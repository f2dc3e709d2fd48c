//! The dated steps the process has set itself: planned, moved, reached.
//!
//! A slip is the distance between the day first planned and the day now due or reached. Dates
//! known to the month give it as a range of days. Whether a later step can still be kept is a
//! forecast and not known here.

use travaux_record::{MilestoneId, MilestoneSet, Moment};

use crate::Basis;

/// A milestone with everything recorded of it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Milestone {
    id: MilestoneId,
    steps: Vec<MilestoneStep>,
}

/// One entry about a milestone.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct MilestoneStep {
    /// What is to happen or happened.
    pub title: String,
    /// When it is due or was reached.
    pub due: Moment,
    /// When it had been planned, if the entry says so.
    pub planned: Option<Moment>,
    /// Whether it has been reached.
    pub reached: bool,
    /// The entry.
    pub basis: Basis,
}

/// By how many days a milestone slipped: exact where both dates are days.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Slip {
    /// The date first planned.
    pub planned: Moment,
    /// At least so many days; negative when it came early.
    pub days_min: i32,
    /// At most so many days.
    pub days_max: i32,
}

impl Milestone {
    pub(super) fn new(id: MilestoneId) -> Self {
        Self { id, steps: Vec::new() }
    }

    pub(super) fn set(&mut self, fact: &MilestoneSet, basis: Basis) {
        self.steps.push(MilestoneStep {
            title: fact.title.clone(),
            due: fact.due,
            planned: fact.planned,
            reached: fact.reached,
            basis,
        });
    }

    /// Returns its key.
    pub fn id(&self) -> &MilestoneId {
        &self.id
    }

    /// Returns the entries about it in order of date; the last one holds.
    pub fn steps(&self) -> &[MilestoneStep] {
        &self.steps
    }

    fn latest(&self) -> &MilestoneStep {
        self.steps.last().expect("a milestone exists from its first entry on")
    }

    /// Returns what is to happen or happened.
    pub fn title(&self) -> &str {
        &self.latest().title
    }

    /// Returns when it is due or was reached.
    pub fn due(&self) -> Moment {
        self.latest().due
    }

    /// Reports whether it has been reached.
    pub fn is_reached(&self) -> bool {
        self.latest().reached
    }

    /// Returns the entry that holds.
    pub fn basis(&self) -> Basis {
        self.latest().basis
    }

    /// Returns by how much it slipped from its first plan; none if it was never moved.
    pub fn slip(&self) -> Option<Slip> {
        let first = self.steps.first()?;
        let planned = self.steps.iter().find_map(|step| step.planned).unwrap_or(first.due);
        let due = self.due();
        let days = |from: jiff::civil::Date, to: jiff::civil::Date| (to - from).get_days();
        (planned != due).then(|| Slip {
            planned,
            days_min: days(planned.counts_from(), due.first_day()),
            days_max: days(planned.first_day(), due.counts_from()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn milestone(planned: Option<&str>, dues: &[&str]) -> Milestone {
        let mut milestone = Milestone::new(MilestoneId::new("m"));
        for due in dues {
            let fact = MilestoneSet {
                milestone: MilestoneId::new("m"),
                title: "The text is due".to_owned(),
                due: due.parse().unwrap(),
                planned: planned.map(|planned| planned.parse().unwrap()),
                reached: false,
            };
            let entry = travaux_record::EntryId::from_random([1; 16]);
            milestone.set(&fact, Basis { entry, at: fact.due, corrected_by: None });
        }
        milestone
    }

    #[track_caller]
    fn slips(milestone: &Milestone, expected: Option<(i32, i32)>) {
        assert_eq!(milestone.slip().map(|slip| (slip.days_min, slip.days_max)), expected);
    }

    #[test]
    fn a_slip_is_counted_from_the_first_plan() {
        slips(&milestone(None, &["2024-02-09"]), None);
        slips(&milestone(None, &["2024-02-09", "2024-06-01", "2024-08-09"]), Some((182, 182)));
        slips(&milestone(Some("2024-02-09"), &["2024-08-09"]), Some((182, 182)));
    }

    #[test]
    fn a_plan_known_to_the_month_gives_a_range() {
        slips(&milestone(Some("2020-08"), &["2021-05-10"]), Some((252, 282)));
    }
}
