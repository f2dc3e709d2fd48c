//! Sentences about what follows adoption: signature and consent to be bound.

use travaux_record::{
    ConsentForm, ConsentRecorded, ConsentStage, NotYetSigned, OpenedForSignature, Signed,
};

use super::{Family, Told};
use crate::Sentence;

fn told(kind: &'static str) -> Told {
    Told::new(Family::AfterAdoption, kind)
}

pub(super) fn opened(fact: &OpenedForSignature) -> Told {
    told("opened for signature").says(Sentence::new(format!(
        "{} is opened for signature at {}; it enters into force {} days after the deposit of \
         instrument number {}",
        fact.treaty, fact.place, fact.delay_days, fact.instruments_needed
    )))
}

pub(super) fn signed(fact: &Signed) -> Told {
    told("signed").links(&fact.participant).says(Sentence::new(&fact.participant).then(" signs"))
}

pub(super) fn not_signed(fact: &NotYetSigned) -> Told {
    told("not yet signed")
        .links(&fact.participant)
        .says(Sentence::new(&fact.participant).then(" had not signed by this date"))
}

pub(super) fn consent(fact: &ConsentRecorded) -> Told {
    let form = match fact.form {
        ConsentForm::Ratification => "ratification",
        ConsentForm::Acceptance => "acceptance",
        ConsentForm::Approval => "approval",
        ConsentForm::Accession => "accession",
    };
    let step = match fact.stage {
        ConsentStage::ApprovedAtHome => {
            format!(": {form} is approved at home; nothing is deposited")
        }
        ConsentStage::DepositReported => {
            format!(" is reported to have deposited its instrument of {form}; no date is known")
        }
        ConsentStage::Deposited => format!(" deposits its instrument of {form}"),
    };
    told("consent recorded")
        .links(&fact.participant)
        .says(Sentence::new(&fact.participant).then(step))
}
