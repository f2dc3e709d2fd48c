//! The text in another official language, and the versions of one provision: for `travaux text` and
//! `travaux provision`. Which versions lag is decided by `travaux-negotiation`.

use std::fmt::Write as _;

use serde_json::{Value, json};
use travaux_negotiation::Negotiation;
use travaux_negotiation::draft::Rendering;
use travaux_record::{Concordance, DocumentId, Language};
use travaux_text::{IssuedText, Provision, ProvisionId};

use super::text::with_context;
use crate::command_error::CommandError;
use crate::opened::Seen;
use crate::streams::Streams;

/// Finds the language that is asked for, and says how the text stands in it.
pub(super) fn language(
    seen: &Seen,
    written: &str,
    streams: &Streams,
) -> Result<Language, CommandError> {
    let Some(language) = Language::find(written) else {
        let known = Language::ALL.map(|known| format!("{} ({})", known.code(), known.name()));
        return Err(CommandError::usage(format!(
            "cannot show the text in {written:?}: that is no official language of the United \
             Nations"
        ))
        .hint(known.join(", ")));
    };
    let draft = &seen.negotiation.draft;
    let name = language.name();
    let Some(count) = draft.languages().into_iter().find(|count| count.language == language) else {
        return Err(CommandError::input(format!(
            "cannot show the text in {name}: no version in {name} is on record up to this date"
        ))
        .hint("choose a later date, or leave --language out"));
    };
    streams.remark(format_args!(
        "note: in {name}, {} of {} provisions are rendered as they read, {} lag behind the text and \
         {} have no version; {} were found concordant",
        count.current,
        count.provisions,
        count.behind,
        count.missing(),
        count.settled
    ));
    Ok(language)
}

/// Returns the text before the body in a language, as data.
pub(super) fn text_json(seen: &Seen, language: Language) -> Value {
    let provisions = seen.negotiation.draft.present().provisions().iter().map(|provision| {
        let version = rendering(&seen.negotiation, &provision.id, language);
        json!({
            "id": provision.id.as_str(),
            "kind": provision.kind,
            "number": provision.number,
            "text": provision.text,
            "version": version.as_ref().map(version_json),
        })
    });
    let provisions: Vec<Value> = provisions.collect();
    with_context(seen, json!({ "language": language.code(), "provisions": provisions }))
}

/// Returns the text before the body in a language. Directions of writing are those of the characters;
/// nothing is added that would turn them.
pub(super) fn text(seen: &Seen, language: Language) -> String {
    let provisions = seen.negotiation.draft.present().provisions().iter();
    let provisions = provisions.map(|provision| in_language(seen, provision, language));
    IssuedText::new(provisions.collect()).expect("other words leave a text a text").plain()
}

fn rendering<'n>(
    negotiation: &'n Negotiation,
    id: &ProvisionId,
    language: Language,
) -> Option<Rendering<'n>> {
    let versions = negotiation.draft.versions(id);
    versions.into_iter().find(|rendering| rendering.version.language == language)
}

/// Returns a provision in a language, or as it was drafted with a note that says so.
fn in_language(seen: &Seen, provision: &Provision, language: Language) -> Provision {
    let mut provision = provision.clone();
    match rendering(&seen.negotiation, &provision.id, language) {
        Some(found) => {
            provision.text.clone_from(&found.version.text);
            if let Some(since) = found.since {
                _ = write!(provision.text, " [lags behind the text since {}]", since.at);
            }
            if !found.version.heading.is_empty() {
                provision.heading.clone_from(&found.version.heading);
            }
        }
        None if provision.text.is_empty() => {}
        None => provision.text = format!("[not in {}] {}", language.name(), provision.text),
    }
    provision
}

/// Lists the versions of a provision; nothing where there is none.
pub(super) fn versions(negotiation: &Negotiation, id: &ProvisionId) -> String {
    let mut lines = String::new();
    for rendering in negotiation.draft.versions(id) {
        if lines.is_empty() {
            lines.push_str("\nLanguages\n");
        }
        let version = rendering.version;
        let (name, code) = (version.language.name(), version.language.code());
        _ = writeln!(lines, "  {name} ({code}), {}: {}", stands(&rendering), version.text);
    }
    lines
}

/// Says how a version stands to the text, and what its language group found.
fn stands(rendering: &Rendering<'_>) -> String {
    let lag = match rendering.since {
        None => "as the text reads".to_owned(),
        Some(since) => match rendering.behind {
            1 => format!("one wording behind since {}", since.at),
            many => format!("{many} wordings behind since {}", since.at),
        },
    };
    match &rendering.version.review {
        None => lag,
        Some(review) => {
            let found = found(review.found);
            let note =
                if review.note.is_empty() { String::new() } else { format!(" ({})", review.note) };
            format!("{lag}; {found}{note}")
        }
    }
}

fn found(found: Concordance) -> &'static str {
    match found {
        Concordance::Concordant => "concordant",
        Concordance::Discordant => "not concordant",
        Concordance::Referred => "referred to the body",
    }
}

pub(super) fn versions_json(negotiation: &Negotiation, id: &ProvisionId) -> Vec<Value> {
    negotiation.draft.versions(id).iter().map(version_json).collect()
}

fn version_json(rendering: &Rendering<'_>) -> Value {
    let version = rendering.version;
    json!({
        "language": version.language.code(),
        "heading": version.heading,
        "text": version.text,
        "document": version.document.as_ref().map(DocumentId::as_str),
        "behind": rendering.behind,
        "since": rendering.since.map(|basis| basis.at.to_string()),
        "made": super::blame::basis_json(version.basis),
        "review": version.review.as_ref().map(|review| json!({
            "found": review.found,
            "note": review.note,
            "by": super::blame::basis_json(review.basis),
        })),
    })
}
