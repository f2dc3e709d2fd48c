//! One entry: what it states, who may see it, how it is known, and its bytes.

use serde_json::Value;
use travaux_record::{Entry, EntryId, Fact};

use super::{Scene, words};
use crate::view::{EntryPage, Link, Phrase};

/// How long a field may be before it is left to the entry's line.
const FIELD_MAX: usize = 4_000;

impl Scene<'_> {
    /// Returns the page of an entry; nothing where the view has none of that id.
    pub(crate) fn entry_page(&self, id: EntryId) -> Option<EntryPage> {
        let record = &self.snapshot.record;
        let entry = record.entry(id)?;
        let happening = self.negotiation().changes.entry(id);
        // A correction is no event of its own, and an entry struck out is none any more; both can
        // still be looked up by whoever may see them.
        let view = self.links.vantage.view();
        if happening.is_none() && !record.visible(&view).any(|seen| seen.id == id) {
            return None;
        }
        let process = &self.negotiation().process;
        let (kind, what) = match happening {
            Some(happening) => {
                let described = &happening.description;
                (described.kind.to_owned(), self.phrase(&described.sentence))
            }
            None => (entry.fact.kind().replace('_', " "), self.not_an_event(entry)),
        };
        Some(EntryPage {
            id: id.to_string(),
            kind: words::capital(&kind),
            what,
            marks: words::audience_mark(&entry.audience, process).into_iter().collect(),
            at: words::in_words(happening.map_or(entry.at, |happening| happening.basis.at)),
            recorded_at: entry.recorded_at.strftime("%-d %B %Y, %H:%M UTC").to_string(),
            by: self.participant(&entry.by),
            audience: words::capital(&words::audience_words(&entry.audience, process)),
            evidence: entry.evidence.iter().map(|evidence| self.cited(evidence)).collect(),
            corrected: happening.and_then(|happening| happening.basis.corrected_by).map(|by| {
                Phrase::words("As shown above, by ")
                    .link(self.links.entry(by), format!("entry {}", by.short()))
                    .then(". Below stands what was first recorded.")
            }),
            fields: fields(&entry.fact),
            json: travaux_record::encode(entry),
            shown: self.shown(id),
        })
    }

    fn not_an_event(&self, entry: &Entry) -> Phrase {
        match &entry.fact {
            Fact::Correction(correction) => Phrase::words("Corrects ")
                .link(self.links.entry(correction.of), format!("entry {}", correction.of.short()))
                .then(format!(": {}", correction.reason)),
            _ => Phrase::words("Struck out by a later correction"),
        }
    }

    /// The pages that show what an entry states.
    fn shown(&self, id: EntryId) -> Vec<Link> {
        let Some(happening) = self.negotiation().changes.entry(id) else { return Vec::new() };
        let about = happening.description.about.iter();
        about
            .filter_map(|part| {
                let to = self.leads_to(part).filter(|to| !to.contains(&id.to_string()))?;
                Some(Link { to, label: words::capital(&self.negotiation().name(part)) })
            })
            .take(40)
            .collect()
    }
}

/// The fields of a fact as recorded, but not the text of a whole document.
fn fields(fact: &Fact) -> Vec<(String, String)> {
    let Ok(Value::Object(object)) = serde_json::to_value(fact) else { return Vec::new() };
    object
        .into_iter()
        .filter(|(name, _)| name != "kind")
        .map(|(name, value)| {
            let written = match value {
                Value::String(words) => words,
                other => other.to_string(),
            };
            let written = if written.len() > FIELD_MAX {
                format!("{} bytes; see the line below", written.len())
            } else {
                written
            };
            (name.replace('_', " "), written)
        })
        .collect()
}
