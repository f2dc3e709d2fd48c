//! A provision in the official languages: which versions there are, and which lag behind the text.
//!
//! A version renders one wording. It lags where the text reads otherwise since; how far is counted in
//! wordings, as they stood one after the other. That two versions say the same is not found here: a
//! language group says so, of the version and the wording it looked at.

use std::collections::BTreeMap;
use std::sync::Arc;

use travaux_record::{Concordance, DocumentId, Language, VersionMade, VersionReviewed};
use travaux_text::ProvisionId;

use super::Draft;
use crate::{Basis, Sentence};

/// A provision's text in another official language.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Version {
    /// The language.
    pub language: Language,
    /// The heading in that language; may be empty.
    pub heading: String,
    /// The words in that language.
    pub text: String,
    /// The words of the text that it renders.
    pub renders: String,
    /// The document whose words these are.
    pub document: Option<DocumentId>,
    /// The entry.
    pub basis: Basis,
    /// What the language group found of it last.
    pub review: Option<Review>,
}

/// What a language group found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Review {
    /// What it found.
    pub found: Concordance,
    /// What it would have otherwise, or asks; may be empty.
    pub note: String,
    /// The entry.
    pub basis: Basis,
}

impl Version {
    /// Sets it against the wordings that the provision has had and the one it has now.
    fn against(&self, wordings: &[(&str, Basis)], now: Option<&str>) -> Rendering<'_> {
        // The same words may have stood twice; what is rendered is the latest of them.
        let at = wordings.iter().rposition(|(text, _)| *text == self.renders);
        let behind = match at {
            _ if now == Some(self.renders.as_str()) => 0,
            Some(at) => wordings.len() - 1 - at,
            None => wordings.len(),
        };
        let next = at.and_then(|at| wordings.get(at + 1)).filter(|_| 0 < behind);
        Rendering { version: self, behind, since: next.map(|(_, basis)| *basis) }
    }
}

/// A version as it stands to the text before the body.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Rendering<'a> {
    /// The version.
    pub version: &'a Version,
    /// By how many wordings the text has gone on since: none, and it renders the text as it reads.
    pub behind: usize,
    /// The entry that put the wording after the one it renders, where it lags.
    pub since: Option<Basis>,
}

impl Rendering<'_> {
    /// Reports whether the language group found it concordant, and it renders the text as it reads.
    pub fn is_settled(&self) -> bool {
        let review = self.version.review.as_ref();
        self.behind == 0 && review.is_some_and(|review| review.found == Concordance::Concordant)
    }
}

/// How the text stands in one language.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct LanguageCount {
    /// The language.
    pub language: Language,
    /// The provisions with words.
    pub provisions: usize,
    /// Those with a version that renders them as they read.
    pub current: usize,
    /// Those whose version lags.
    pub behind: usize,
    /// Those found concordant as they read.
    pub settled: usize,
}

impl LanguageCount {
    /// Returns how many have no version.
    pub fn missing(&self) -> usize {
        self.provisions.saturating_sub(self.current + self.behind)
    }
}

/// Versions.
impl Draft {
    pub(super) fn make_version(&mut self, fact: &VersionMade, basis: Basis) {
        let document = fact.document.clone().or_else(|| self.current());
        let renders = match &fact.document {
            Some(document) => {
                let base = self.base_of(document);
                base.and_then(|base| base.text.provision(&fact.provision))
            }
            None => self.present().provision(&fact.provision),
        };
        let Some(renders) = renders.map(|provision| provision.text.clone()) else {
            self.irregular(
                basis,
                Sentence::new(format!("a version in {} is made of ", fact.language.name()))
                    .then(&fact.provision)
                    .then(", which that text does not have"),
                "a version renders the wording of a provision in a text",
                "name a document with that provision; the version is not shown meanwhile",
            );
            return;
        };
        let version = Version {
            language: fact.language,
            heading: fact.heading.clone(),
            text: fact.text.clone(),
            renders,
            document,
            basis,
            review: None,
        };
        let of_provision = self.versions.entry(fact.provision.clone()).or_default();
        Arc::make_mut(of_provision).insert(fact.language, version);
    }

    pub(super) fn review_version(&mut self, fact: &VersionReviewed, basis: Basis) {
        let version = self
            .versions
            .get_mut(&fact.provision)
            .and_then(|of_provision| Arc::make_mut(of_provision).get_mut(&fact.language));
        match version {
            Some(version) => {
                let (found, note) = (fact.found, fact.note.clone());
                version.review = Some(Review { found, note, basis });
            }
            None => self.irregular(
                basis,
                Sentence::new(format!("a version in {} of ", fact.language.name()))
                    .then(&fact.provision)
                    .then(" is reviewed, and there is none"),
                "a language group looks at a version that was made",
                "record the version first",
            ),
        }
    }

    /// Returns the versions of a provision, each as it stands to the text, in English alphabetical
    /// order of the languages.
    pub fn versions(&self, provision: &ProvisionId) -> Vec<Rendering<'_>> {
        let Some(versions) = self.versions.get(provision) else { return Vec::new() };
        let wordings = self.wordings(provision);
        let now = self.present().provision(provision).map(|now| now.text.as_str());
        versions.values().map(|version| version.against(&wordings, now)).collect()
    }

    /// Returns how the text stands in each language in which any version was made.
    pub fn languages(&self) -> Vec<LanguageCount> {
        let with_words: Vec<&ProvisionId> = self
            .present()
            .provisions()
            .iter()
            .filter(|provision| !provision.text.is_empty())
            .map(|provision| &provision.id)
            .collect();
        let mut counts: BTreeMap<Language, LanguageCount> = BTreeMap::new();
        for language in self.versions.values().flat_map(|versions| versions.keys()) {
            counts.entry(*language).or_insert(LanguageCount {
                language: *language,
                provisions: with_words.len(),
                current: 0,
                behind: 0,
                settled: 0,
            });
        }
        for provision in with_words {
            for rendering in self.versions(provision) {
                if let Some(count) = counts.get_mut(&rendering.version.language) {
                    count.current += usize::from(rendering.behind == 0);
                    count.behind += usize::from(rendering.behind != 0);
                    count.settled += usize::from(rendering.is_settled());
                }
            }
        }
        counts.into_values().collect()
    }

    /// Returns the wordings that a provision has had, one after the other, with the entry that put
    /// each.
    fn wordings(&self, provision: &ProvisionId) -> Vec<(&str, Basis)> {
        let issued = self.bases.iter().filter_map(|base| {
            let text = base.text.provision(provision)?.text.as_str();
            Some((base.order, text, base.basis))
        });
        let agreed = self.agreements.get(provision).into_iter().flat_map(|agreement| {
            agreement.agreed.iter().map(|agreed| (agreed.order, agreed.text.as_str(), agreed.basis))
        });
        let mut all: Vec<(u32, &str, Basis)> = issued.chain(agreed).collect();
        all.sort_by_key(|(order, ..)| *order);
        all.dedup_by(|next, before| next.1 == before.1);
        all.into_iter().map(|(_, text, basis)| (text, basis)).collect()
    }
}
