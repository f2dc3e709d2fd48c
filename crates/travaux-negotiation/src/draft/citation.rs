//! How a provision is cited: "article 5, paragraph 2 (a)".
//!
//! The numbers are those printed in the text that holds the provision; a provision of an earlier
//! base is cited by that base. What an open proposal adds is cited by the number it asks for.

use travaux_text::{Act, IssuedText, Provision, ProvisionId, ProvisionKind};

use super::{Base, Draft};

/// A citation and the text it holds in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Citation {
    /// The words, for instance "article 5, paragraph 2 (a)".
    pub words: String,
    /// The heading of the provision, or of the article it stands in; may be empty.
    pub heading: String,
    /// Where the provision was found.
    pub found: CitedIn,
}

/// Where a cited provision was found.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum CitedIn {
    /// In the text now before the body.
    Present,
    /// Among what open proposals add to it.
    Added,
    /// In an earlier base, with this symbol, and not in the present text.
    Earlier(String),
    /// Nowhere.
    Nowhere,
}

impl Draft {
    /// Returns how a provision is cited; by its key where it is found nowhere.
    pub fn citation(&self, provision: &ProvisionId) -> Citation {
        if let Some(citation) = cite(self.present(), provision, CitedIn::Present) {
            return citation;
        }
        if let Some(words) = self.cite_added(provision) {
            return Citation { words, heading: String::new(), found: CitedIn::Added };
        }
        let earlier = self.bases().rev().find_map(|base| base.citation(provision));
        earlier.unwrap_or_else(|| Citation {
            words: format!("provision \"{provision}\""),
            heading: String::new(),
            found: CitedIn::Nowhere,
        })
    }

    /// Cites a provision that a proposal adds, by the number it asks for.
    fn cite_added(&self, provision: &ProvisionId) -> Option<String> {
        let (proposal, ordinal) = provision.as_str().rsplit_once('~')?;
        let proposal = self.proposal(&travaux_record::ProposalId::new(proposal))?;
        let ordinal: usize = ordinal.parse().ok()?;
        let added = proposal.changes.iter().filter_map(|change| match &change.act {
            Act::Add { kind, number, .. } => Some((*kind, number)),
            _ => None,
        });
        let (kind, number) = added.into_iter().nth(ordinal.checked_sub(1)?)?;
        let what = rank(kind);
        Some(match number.as_str() {
            "" => format!("new {what} of {}", proposal.label),
            number => format!("{what} {} of {}", bare(number), proposal.label),
        })
    }
}

impl Base {
    /// Returns how a provision is cited in this text as it was issued; none where it is not in it.
    pub fn citation(&self, provision: &ProvisionId) -> Option<Citation> {
        cite(&self.text, provision, CitedIn::Earlier(self.symbol.clone()))
    }
}

fn cite(text: &IssuedText, id: &ProvisionId, found: CitedIn) -> Option<Citation> {
    let provision = text.provision(id)?;
    let chain: Vec<&Provision> = std::iter::once(provision).chain(text.ancestors(id)).collect();
    let heading = chain.iter().find(|above| !above.heading.is_empty());
    let heading = heading.map_or_else(String::new, |above| above.heading.clone());
    // An article is cited without its chapter; a chapter, or a paragraph of the preamble, whole.
    let anchor = chain.iter().position(|above| {
        !matches!(above.kind, ProvisionKind::Paragraph | ProvisionKind::Subparagraph)
    });
    let cited = &chain[..anchor.map_or(chain.len(), |anchor| anchor + 1)];
    let mut words = String::new();
    for provision in cited.iter().rev() {
        append(&mut words, text, provision);
    }
    Some(Citation { words, heading, found })
}

fn append(words: &mut String, text: &IssuedText, provision: &Provision) {
    let number = bare(&provision.number);
    let piece = match provision.kind {
        ProvisionKind::Title => "title".to_owned(),
        ProvisionKind::Preamble => "preamble".to_owned(),
        ProvisionKind::Subparagraph if !number.is_empty() => {
            words.push_str(if words.is_empty() { "" } else { " " });
            words.push('(');
            words.push_str(number);
            words.push(')');
            return;
        }
        ProvisionKind::Paragraph | ProvisionKind::Subparagraph if number.is_empty() => {
            unnumbered(text, provision)
        }
        _ if number.is_empty() && !provision.heading.is_empty() => {
            format!("{} \"{}\"", rank(provision.kind), provision.heading)
        }
        _ if number.is_empty() => format!("{} \"{}\"", rank(provision.kind), provision.id),
        _ => format!("{} {number}", rank(provision.kind)),
    };
    if !words.is_empty() {
        words.push_str(", ");
    }
    words.push_str(&piece);
}

/// Cites a paragraph that prints no number: the chapeau that opens an article, else its place.
fn unnumbered(text: &IssuedText, provision: &Provision) -> String {
    let siblings: Vec<&Provision> = match &provision.parent {
        Some(parent) => text.children(parent).collect(),
        None => text.roots().collect(),
    };
    let same = siblings.iter().filter(|sibling| sibling.kind == provision.kind);
    let place = same.clone().position(|sibling| sibling.id == provision.id).unwrap_or_default();
    let leads = text.children(&provision.id).next().is_some() || 1 < siblings.len();
    let in_article = provision.parent.as_ref().and_then(|parent| text.provision(parent));
    match in_article.map(|parent| parent.kind) {
        Some(ProvisionKind::Article) if place == 0 && leads => "chapeau".to_owned(),
        Some(ProvisionKind::Article) if siblings.len() == 1 => "sole paragraph".to_owned(),
        _ => format!("{} {}", rank(provision.kind), place + 1),
    }
}

fn rank(kind: ProvisionKind) -> &'static str {
    match kind {
        ProvisionKind::Title => "title",
        ProvisionKind::Preamble => "preamble",
        ProvisionKind::Chapter => "chapter",
        ProvisionKind::Section => "section",
        ProvisionKind::Article => "article",
        ProvisionKind::Paragraph => "paragraph",
        ProvisionKind::Subparagraph => "subparagraph",
        ProvisionKind::Annex => "annex",
    }
}

/// Returns a number without the punctuation it is printed with.
fn bare(number: &str) -> &str {
    number.trim_end_matches(['.', ')']).trim_start_matches('(')
}
