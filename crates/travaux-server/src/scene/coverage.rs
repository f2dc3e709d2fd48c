//! The Coverage page: the matrix that `travaux-text` works out, with links.

use travaux_negotiation::SideError;
use travaux_text::coverage::{Cover, CoverStep, Coverage, CoveredRow, Evidence, without};
use travaux_text::{IssuedText, ProposalKey, ProvisionId};

use super::{Scene, words};
use crate::view::{
    CellView, CoveragePage, CoverageRow, Phrase, PowerView, SafeguardView, SideOption, UncoveredRow,
};

impl Scene<'_> {
    /// Returns the matrix of the text before the body, or of a side, and without a provision.
    ///
    /// # Errors
    /// When the side is not on the table.
    pub(crate) fn coverage(
        &self,
        side: &str,
        gone: Option<&ProvisionId>,
    ) -> Result<CoveragePage, SideError> {
        let of_base = self.snapshot.derived.coverage(&self.negotiation().draft);
        let text = self.text_of_side(side)?;
        let of_side = (!side.is_empty()).then(|| Coverage::of(&text, &of_base.catalogue));
        let before = of_side.as_ref().unwrap_or(of_base);
        let after = gone.map(|gone| Coverage::of(&without(&text, gone), &before.catalogue));
        let shown = after.as_ref().unwrap_or(before);
        let catalogue = &before.catalogue;
        let powers = catalogue.powers.iter().enumerate().filter_map(|(place, power)| {
            let rows: Vec<CoverageRow> = shown
                .rows
                .iter()
                .filter(|row| row.power == place)
                .map(|row| self.coverage_row(&text, before, row))
                .collect();
            let (name, why) = (power.name.clone(), power.why.clone());
            (!rows.is_empty()).then_some(PowerView { name, why, rows })
        });
        let safeguards = catalogue.safeguards.iter();
        Ok(CoveragePage {
            lead: self.coverage_lead(gone, shown),
            without: gone.map_or_else(String::new, ToString::to_string),
            side: side.to_owned(),
            sides: self.coverage_sides(),
            safeguards: safeguards
                .map(|one| SafeguardView { name: one.name.clone(), why: one.why.clone() })
                .collect(),
            powers: powers.collect(),
            uncovered: after
                .as_ref()
                .map_or_else(Vec::new, |after| self.uncovered(&text, before, after)),
        })
    }

    /// Returns a text with one side taken up; where it does not compose, the earlier prevails.
    fn text_of_side(&self, side: &str) -> Result<IssuedText, SideError> {
        let negotiation = self.negotiation();
        if side.is_empty() {
            return Ok(negotiation.draft.present().clone());
        }
        let read = negotiation.side(side)?;
        let keys: Vec<ProposalKey> = read
            .proposals
            .iter()
            .filter_map(|proposal| ProposalKey::new(proposal.id.as_str()).ok())
            .collect();
        Ok(read.side.preferring(&keys))
    }

    fn coverage_lead(&self, gone: Option<&ProvisionId>, shown: &Coverage) -> Phrase {
        let articles = words::count(shown.rows.len(), "article gives", "articles give");
        let lead = Phrase::default().strong(words::capital(&format!("{articles} a power")));
        match gone {
            None => lead.then(
                ". Each cell says whether a safeguard binds it, and leads to the words it rests on.",
            ),
            Some(gone) => {
                let link = self.provision(gone);
                lead.then(" in the text without ").link(link.to, link.label).then(
                    ". What is covered otherwise than before is marked; what has lost its cover is \
                     listed below.",
                )
            }
        }
    }

    fn coverage_sides(&self) -> Vec<SideOption> {
        let open = self.negotiation().draft.open_proposals();
        open.map(|proposal| SideOption {
            key: proposal.id.to_string(),
            name: format!("{} ({})", proposal.label, proposal.id),
            group: "Proposals".to_owned(),
        })
        .collect()
    }

    fn coverage_row(&self, text: &IssuedText, before: &Coverage, row: &CoveredRow) -> CoverageRow {
        let earlier = before.rows.iter().find(|one| one.provision == row.provision);
        let cells = row.covers.iter().enumerate().map(|(place, cover)| {
            let was = earlier.map(|earlier| &earlier.covers[place]);
            let was = was.filter(|was| *was != cover).map(Cover::kind);
            let rests_on = match cover {
                Cover::None => None,
                Cover::Direct(says) => Some(&says.at),
                Cover::ByReference { path, .. } => path.first().map(|step| &step.words.at),
                Cover::ByClause { clause, .. } => Some(&clause.at),
            };
            CellView {
                kind: cover.kind(),
                words: self.cover_words(cover),
                to: rests_on.map(|id| self.links.provision(id)),
                was,
            }
        });
        let heading = text.provision(&row.provision).map_or("", |one| one.heading.as_str());
        CoverageRow {
            provision: self.provision(&row.provision),
            heading: heading.to_owned(),
            cells: cells.collect(),
        }
    }

    fn cover_evidence(&self, says: &Evidence) -> String {
        let cited = self.negotiation().draft.citation(&says.at).words;
        format!("\u{201c}{}\u{201d} in {cited}", says.words)
    }

    fn cover_words(&self, cover: &Cover) -> String {
        let steps = |path: &[CoverStep]| -> String {
            let steps =
                path.iter().map(|step| format!("{}, then ", self.cover_evidence(&step.words)));
            steps.collect::<Vec<_>>().concat()
        };
        match cover {
            Cover::None => String::new(),
            Cover::Direct(says) => self.cover_evidence(says),
            Cover::ByReference { path, says } => {
                format!("{}{}", steps(path), self.cover_evidence(says))
            }
            Cover::ByClause { clause, path, says } => {
                format!(
                    "{}: {}{}",
                    self.cover_evidence(clause),
                    steps(path),
                    self.cover_evidence(says)
                )
            }
        }
    }

    fn uncovered(
        &self,
        text: &IssuedText,
        before: &Coverage,
        after: &Coverage,
    ) -> Vec<UncoveredRow> {
        let lost = before.lost(after);
        let rows = before.uncovered(after).into_iter().map(|id| {
            let own = lost.iter().filter(|one| one.provision == id && !one.after.is_covered());
            let names: Vec<&str> =
                own.map(|one| before.catalogue.safeguards[one.safeguard].name.as_str()).collect();
            let heading = text.provision(&id).map_or("", |one| one.heading.as_str());
            UncoveredRow {
                provision: self.provision(&id),
                heading: heading.to_owned(),
                safeguards: names.join(", "),
            }
        });
        rows.collect()
    }
}
