//! What the Provision page says of words: who brought them and what became of them, the official words
//! and the other languages, and what leans on the provision.

use travaux_negotiation::draft::Rendering;
use travaux_negotiation::life::{BlamedWords, WordOrigin};
use travaux_record::Concordance;
use travaux_text::ProvisionId;

use super::{Scene, words};
use crate::address::Address;
use crate::view::{BlameView, HistoryLine, Link, OfficialView, Phrase, ProvisionPage, VersionView};

/// How many steps of all lives are shown on a page; the command `blame` tells the rest.
const LINES_MAX: usize = 150;
/// How many steps of one life are shown at most.
const LIFE_MAX: usize = 12;
/// How many provisions that lean on one are named.
const LEANING_MAX: usize = 12;

impl Scene<'_> {
    /// Adds to the page of a provision what is told of its words.
    pub(super) fn add_life(&self, page: &mut ProvisionPage, id: &ProvisionId) {
        let (record, view) = (&self.snapshot.record, self.links.vantage.view());
        // A record with facts of a newer program has been refused before.
        if let Ok(Some(blame)) = self.negotiation().blame(record, &view, id) {
            let mut left = LINES_MAX;
            let mut told = |one: &BlamedWords| self.blamed(one, &mut left);
            page.blame = blame.words.iter().map(&mut told).collect();
            let asked = blame.sides.iter().flat_map(|(_, side)| side);
            let asked = asked.filter(|one| one.life.entered.is_none());
            page.asked_words = asked.map(&mut told).collect();
        }
        let references = self.snapshot.derived.references(&self.negotiation().draft);
        let leaning = references.leaning(id);
        let all = leaning.straight.len() + leaning.through.len();
        page.leaning = leaning
            .straight
            .iter()
            .take(LEANING_MAX)
            .map(|lean| self.cited_with_capital(&lean.at))
            .collect();
        page.leaning_all = (0 < all).then(|| Link {
            to: Address::new(&["references"])
                .with("on", id.as_str())
                .seen_from(&self.links.vantage),
            label: format!(
                "{} straight, {} through others",
                leaning.straight.len(),
                leaning.through.len()
            ),
        });
    }

    fn blamed(&self, blamed: &BlamedWords, left: &mut usize) -> BlameView {
        let negotiation = self.negotiation();
        let by = match &blamed.life.origin {
            WordOrigin::Proposal(id) => negotiation.short_attribution(id),
            WordOrigin::Document(id) => {
                let document = negotiation.process.document(id.as_str());
                document.map_or_else(|| id.to_string(), |document| document.symbol.clone())
            }
            WordOrigin::Agreement => "the body, in agreeing".to_owned(),
        };
        let lines = negotiation.life_of(blamed);
        let shown = lines.len().min(LIFE_MAX).min((*left).max(1));
        *left = left.saturating_sub(shown);
        let life = lines[..shown].iter().map(|line| HistoryLine {
            date: words::in_words(line.basis.at),
            what: self.phrase(&line.sentence),
            entry: self.entry(line.basis),
        });
        BlameView {
            words: blamed.text.clone(),
            by,
            open: blamed.life.is_open(),
            life: life.collect(),
            more: lines.len() - shown,
        }
    }

    /// The official words of a provision, where a reader has laid them over a paraphrase.
    pub(super) fn official(&self, id: &ProvisionId) -> Option<OfficialView> {
        let (official, words) = self.negotiation().draft.official(id)?;
        Some(OfficialView {
            text: words.text.clone(),
            from: format!(
                "Read from {}, and laid over the record on this machine alone.",
                official.source
            ),
        })
    }

    /// The text of a provision in the other languages.
    pub(super) fn versions(&self, id: &ProvisionId) -> Vec<VersionView> {
        let versions = self.negotiation().draft.versions(id);
        versions.iter().map(|rendering| self.version(rendering)).collect()
    }

    fn version(&self, rendering: &Rendering<'_>) -> VersionView {
        let version = rendering.version;
        let mut stands = match rendering.since {
            None => Phrase::words("Renders the text as it reads"),
            Some(since) => Phrase::words(format!(
                "{} behind the text since ",
                words::capital(&words::count(rendering.behind, "wording", "wordings"))
            ))
            .link(self.links.entry(since.entry), words::in_words(since.at)),
        };
        if let Some(review) = &version.review {
            let found = match review.found {
                Concordance::Concordant => "found concordant",
                Concordance::Discordant => "found not concordant",
                Concordance::Referred => "referred to the body",
            };
            stands = stands
                .then(format!("; {found} by the language group, "))
                .link(self.links.entry(review.basis.entry), words::in_words(review.basis.at));
            if !review.note.is_empty() {
                stands = stands.then(format!(": {}", review.note.trim_end_matches('.')));
            }
        }
        VersionView {
            lang: version.language.code().to_owned(),
            dir: if version.language.is_right_to_left() { "rtl" } else { "ltr" }.to_owned(),
            language: version.language.name().to_owned(),
            text: version.text.clone(),
            stands,
            lags: 0 < rendering.behind,
            entry: self.entry(version.basis),
        }
    }
}
