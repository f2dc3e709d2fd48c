//! The laws of DESIGN, section 2, for every projection and for what the faces are shown.

use std::fmt;

use proptest::prelude::*;
use travaux_negotiation::Negotiation;
use travaux_negotiation::changes::Changes;
use travaux_negotiation::decisions::Decisions;
use travaux_negotiation::depositary::Depositary;
use travaux_negotiation::draft::Draft;
use travaux_negotiation::positions::Positions;
use travaux_negotiation::procedure::Proceedings;
use travaux_negotiation::process::Process;
use travaux_record::testing::{laws, records};
use travaux_record::{Occurrence, Projection};

/// A negotiation that prints what a face would show of it: after each step its words have been
/// asked for, so that keeping them up with the record is put to the test.
#[derive(Clone, Default)]
struct Shown(Negotiation);

impl Projection for Shown {
    fn apply(&mut self, occurrence: Occurrence<'_>) {
        self.0.apply(occurrence);
        let _asked = self.0.draft.states().len();
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(shown) = self;
        let draft = &shown.draft;
        writeln!(f, "{}", draft.text().un_text(&shown.labels()))?;
        writeln!(f, "{:?} {:?}", draft.states(), draft.chapters())?;
        writeln!(f, "{:?} {:?}", shown.contested(), shown.irregularities())?;
        for happening in shown.changes.all() {
            writeln!(f, "{}", shown.words(&happening.description.sentence))?;
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn the_process_obeys_the_laws(record in records()) {
        laws::<Process>(&record);
    }

    #[test]
    fn the_draft_obeys_the_laws(record in records()) {
        laws::<Draft>(&record);
    }

    #[test]
    fn the_positions_obey_the_laws(record in records()) {
        laws::<Positions>(&record);
    }

    #[test]
    fn the_decisions_obey_the_laws(record in records()) {
        laws::<Decisions>(&record);
    }

    #[test]
    fn the_proceedings_obey_the_laws(record in records()) {
        laws::<Proceedings>(&record);
    }

    #[test]
    fn the_depositary_obeys_the_laws(record in records()) {
        laws::<Depositary>(&record);
    }

    #[test]
    fn the_changes_obey_the_laws(record in records()) {
        laws::<Changes>(&record);
    }

    #[test]
    fn what_is_shown_obeys_the_laws(record in records()) {
        laws::<Shown>(&record);
    }
}
