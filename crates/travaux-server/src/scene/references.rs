//! The References page: what `travaux-text` reads, with links.

use travaux_text::ProvisionId;
use travaux_text::references::{Instrument, Lean, Occurrence, References};

use super::{Scene, words};
use crate::address::Address;
use crate::view::{
    ArcView, LeanRow, LeaningView, Link, Phrase, PictureLine, PictureView, ReferenceRow,
    ReferencesPage,
};

impl Scene<'_> {
    /// Finds a provision of the present text by its id or its citation.
    pub(crate) fn find_provision(&self, written: &str) -> Option<ProvisionId> {
        let draft = &self.negotiation().draft;
        let ids = || draft.states().iter().map(|state| &state.provision);
        let by_id = ids().find(|id| id.as_str() == written);
        let cited = |id: &&ProvisionId| draft.citation(id).words.eq_ignore_ascii_case(written);
        by_id.or_else(|| ids().find(cited)).cloned()
    }

    /// Returns the references, and what leans on a provision.
    pub(crate) fn references(&self, on: Option<&ProvisionId>) -> ReferencesPage {
        let references = self.snapshot.derived.references(&self.negotiation().draft);
        let all = references.occurrences();
        let external = all.iter().filter(|one| one.mention.is_external()).count();
        let dangling = references.dangling().count();
        let partly = all.iter().filter(|one| !one.is_everywhere()).count();
        let lead = Phrase::default()
            .strong(words::capital(&words::count(all.len(), "reference", "references")))
            .then(format!(
                " on this day: {} to other instruments, {} pointing at nothing, {} standing on some \
                 sides only.",
                if external == 0 { "none".to_owned() } else { external.to_string() },
                if dangling == 0 { "none".to_owned() } else { dangling.to_string() },
                if partly == 0 { "none".to_owned() } else { partly.to_string() },
            ));
        ReferencesPage {
            lead,
            on: on.map_or_else(String::new, ToString::to_string),
            leaning: on.map(|on| self.leaning(references, on)),
            picture: self.picture(references, on),
            rows: all.iter().map(|one| self.reference(one)).collect(),
        }
    }

    fn heading(&self, id: &ProvisionId) -> String {
        self.negotiation().draft.citation(id).heading
    }

    fn leaning(&self, references: &References, on: &ProvisionId) -> LeaningView {
        let leaning = references.leaning(on);
        let rows = |list: &[Lean]| list.iter().map(|lean| self.lean(references, lean)).collect();
        let gaps = references.without(on);
        LeaningView {
            provision: self.provision(on),
            heading: self.heading(on),
            straight: rows(&leaning.straight),
            through: rows(&leaning.through),
            dangling: gaps.iter().map(|gap| self.reference(gap.occurrence)).collect(),
            coverage: Link {
                to: Address::new(&["coverage"])
                    .with("without", on.as_str())
                    .seen_from(&self.links.vantage),
                label: "which powers lose which safeguards".to_owned(),
            },
        }
    }

    fn lean(&self, references: &References, lean: &Lean) -> LeanRow {
        let mut path = Phrase::default();
        for (place, hop) in lean.path.iter().enumerate() {
            let said = &references.occurrences()[hop.occurrence].words;
            let then = if place == 0 { "" } else { ", then " };
            path = path.then(format!("{then}\u{201c}{said}\u{201d}"));
            if place > 0 {
                let at = self.provision(&hop.from);
                path = path.then(" in ").link(at.to, at.label);
            }
        }
        LeanRow { provision: self.provision(&lean.at), heading: self.heading(&lean.at), path }
    }

    fn reference(&self, one: &Occurrence) -> ReferenceRow {
        let targets = one.resolved.iter().flat_map(|resolved| &resolved.targets);
        let missing: Vec<&str> = one
            .resolved
            .iter()
            .flat_map(|resolved| &resolved.missing)
            .map(String::as_str)
            .collect();
        let note = match &one.mention.instrument {
            Instrument::Other(name) => format!("another instrument: {name}"),
            Instrument::Own if one.is_dangling() => {
                format!("there is no {}", missing.join(", no "))
            }
            Instrument::Own if one.resolved.iter().any(|resolved| resolved.whole) => {
                "the whole text".to_owned()
            }
            Instrument::Own => String::new(),
        };
        let label = |reader: &travaux_text::Reader| match reader {
            travaux_text::Reader::Base => "the text before the body".to_owned(),
            travaux_text::Reader::Side(key) => {
                let id = travaux_record::ProposalId::new(key.as_str());
                let known = self.negotiation().draft.proposal(&id);
                let label = known.map_or(key.as_str(), |known| known.label.as_str());
                format!("{label} ({key})")
            }
        };
        let dropped: Vec<String> = one.dropped_by.iter().map(label).collect();
        ReferenceRow {
            at: self.provision(&one.at),
            words: one.words.clone(),
            bytes: (one.mention.range.start, one.mention.range.end),
            points_at: targets.map(|id| self.provision(id)).collect(),
            note,
            is_dangling: one.is_dangling(),
            sides: match dropped.as_slice() {
                [] => String::new(),
                not => format!("not in {}", not.join(", ")),
            },
        }
    }

    fn picture(&self, references: &References, on: Option<&ProvisionId>) -> PictureView {
        let picture = references.picture();
        let asked = on.map(|on| references.structure().division(on));
        let is_asked = |id: &ProvisionId| asked.as_ref() == Some(id);
        let to = |id: &ProvisionId| {
            Address::new(&["references"]).with("on", id.as_str()).seen_from(&self.links.vantage)
        };
        let rows = picture.rows.iter().map(|row| PictureLine {
            link: Link { to: to(&row.id), label: row.short_label() },
            is_heading: row.is_heading,
            y: row.y,
            is_asked: is_asked(&row.id),
        });
        let arcs = picture.arcs.iter().map(|arc| ArcView {
            title: format!(
                "{} names {}: {}",
                picture.label(&arc.from),
                picture.label(&arc.to),
                words::count(arc.count, "reference", "references")
            ),
            curve: arc.curve.clone(),
            head: arc.head.clone(),
            width: arc.count.min(4),
            is_proposed: arc.is_proposed,
            is_asked: is_asked(&arc.from) || is_asked(&arc.to),
        });
        PictureView {
            width: picture.width,
            height: picture.height,
            left: picture.left,
            rows: rows.collect(),
            arcs: arcs.collect(),
        }
    }
}
