//! A draft in a file, read as the one document of a record that is nowhere kept.
//!
//! So whatever is asked of a text of a record can be asked of a file. Its brackets stay in its words; nobody
//! has agreed to any of it. What a draft is, is decided by `travaux-text`.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use travaux_record::{
    BaseIssued, DocumentId, DocumentIssued, Entry, Fact, Moment, ParticipantAdmitted,
    ParticipantClass, ParticipantId, Record, Standing, TextDecision,
};
use travaux_store::random;
use travaux_text::BracketedDraft;

use crate::command_error::CommandError;
use crate::input::Input;
use crate::opened::Opened;

/// Reads a draft as the one document of a record.
///
/// # Errors
/// When the file cannot be read, is larger than drafts are read, or is not UTF-8.
pub(crate) fn open(file: &Path) -> Result<Opened, CommandError> {
    let input = Input::from(file);
    let name = input.to_string();
    let source = input.draft()?;
    let draft = BracketedDraft::read(&source)
        .map_err(|error| CommandError::input(format!("cannot read {name}: {error}")))?;
    let provisions = draft.provisions().into_iter().map(|one| one.provision).collect();
    let now = Timestamp::now();
    // A file has no date of its own that could be relied on; nothing here is asked up to a day.
    let at = Moment::Day(Date::constant(1945, 6, 26));
    let secretariat = ParticipantId::new("SEC");
    let facts = [
        Fact::ParticipantAdmitted(ParticipantAdmitted {
            participant: secretariat.clone(),
            name: "Secretariat".to_owned(),
            class: ParticipantClass::Secretariat,
        }),
        Fact::DocumentIssued(DocumentIssued {
            document: DocumentId::new("draft"),
            symbol: name.clone(),
            title: "a draft in a file".to_owned(),
            session: None,
            base: Some(BaseIssued {
                provisions,
                standing: Standing::Authentic,
                decision: TextDecision::None,
                as_issued: Some(source.clone()),
            }),
            note: String::new(),
        }),
    ];
    let mut record = Record::new();
    for fact in facts {
        let entry = Entry::new(random::entry_id()?, at, now, secretariat.clone(), fact);
        record.append(entry).map_err(|error| {
            CommandError::input(format!("cannot read {name}: {error}")).hints(error.hint())
        })?;
    }
    Ok(Opened { record, name, export: None, database: None })
}
