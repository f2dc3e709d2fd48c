//! The cybercrime convention: rows of the source files to entries.
//!
//! The order of the functions is the order of the log. What the mapping decides (which day stands
//! for "April 2023", what counts as recalled) is told in `examples/ahc/README.md`.

mod decisions;
mod evidence;
mod people;
mod positions;
mod rows;
mod texts;

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::{Date, date};
use travaux_record::{
    Confidence, Fact, Moment, ParticipantAdmitted, ParticipantClass, ParticipantId, ProcessOpened,
    StakeholderClass,
};

use crate::Mint;
use evidence::Sources;
use texts::Texts;

/// The first day that the source files speak of.
const FIRST_DAY: Date = date(2017, 9, 1);

/// The day on which the Committee approved the draft convention.
const APPROVAL: Date = date(2024, 8, 8);

const COMPILERS: &str = "COMPILERS";

/// Builds the record from the source files in `folder`.
pub(crate) fn build(folder: &Path) -> anyhow::Result<Mint> {
    let recorded_at: Timestamp = "2026-11-23T00:00:00Z".parse()?;
    let by = ParticipantId::new(COMPILERS);
    let mut mint = Mint::new("travaux/ahc/1", by.clone(), recorded_at);
    let compilers = Fact::ParticipantAdmitted(ParticipantAdmitted {
        participant: by,
        name: "Compilers of this record (not a participant)".to_owned(),
        class: ParticipantClass::Stakeholder(StakeholderClass::Academia),
    });
    mint.enter(COMPILERS, FIRST_DAY.into(), vec![], compilers);
    let sources = Sources::read(folder, &mut mint)?;
    process(&sources, &mut mint)?;
    people::admit(folder, &sources, &mut mint)?;
    positions::frame_issues(folder, &mut mint)?;
    people::convene(folder, &sources, &mut mint)?;
    people::milestones(folder, &sources, &mut mint)?;
    texts::documents(folder, &sources, &mut mint)?;
    let texts = Texts::read(folder, &sources)?;
    for base in ["cnd", "zero", "rev3"] {
        texts.issue(base, &mut mint)?;
    }
    positions::take(folder, &sources, &mut mint)?;
    decisions::floor(folder, &sources, &mut mint)?;
    // What was decided on the day of approval led up to the text that was approved.
    decisions::decide(folder, &sources, |day| day <= APPROVAL, &mut mint)?;
    for base in ["l15", "final"] {
        texts.issue(base, &mut mint)?;
    }
    decisions::decide(folder, &sources, |day| APPROVAL < day, &mut mint)?;
    decisions::after_adoption(folder, &sources, &mut mint)?;
    Ok(mint)
}

fn process(sources: &Sources, mint: &mut Mint) -> anyhow::Result<()> {
    let opened = ProcessOpened {
        name: "Negotiation of the United Nations Convention against Cybercrime".to_owned(),
        short_name: "UN cybercrime convention".to_owned(),
        body: "Ad Hoc Committee to Elaborate a Comprehensive International Convention on \
               Countering the Use of Information and Communications Technologies for Criminal \
               Purposes"
            .to_owned(),
        mandate: vec!["A/RES/74/247".to_owned(), "A/RES/75/282".to_owned()],
        rules: "Consensus first; once the Bureau has decided that efforts are exhausted and the \
                Chair has said so, two thirds of representatives present and voting on substance \
                (A/RES/75/282, paragraph 5); a simple majority on procedure."
            .to_owned(),
        procedure: "ahc".to_owned(),
        caution: Some(
            "The texts are paraphrases in our own words, not the official texts. No State is the \
             author of our wording: alternatives are ours, and participants are shown as on record \
             for an option, with the source."
                .to_owned(),
        ),
        fictional: false,
        opening_view: Some(date(2023, 4, 21)),
    };
    let evidence = vec![
        sources.cite("unvotes", Confidence::High)?,
        sources.cite("ga12328", Confidence::High)?,
    ];
    mint.enter("process", Moment::Day(date(2019, 12, 27)), evidence, Fact::ProcessOpened(opened));
    Ok(())
}
