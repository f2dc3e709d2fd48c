//! Sentences that name participants, proposals and provisions without deciding how these are shown.
//!
//! A sentence is a row of words and references. A face turns a reference into a name, and into a
//! link where it has links; [`crate::Negotiation::words`] turns it into plain text. Nothing here
//! knows any name.

use std::borrow::Cow;

use travaux_record::{
    DecisionId, DocumentId, EntryId, IssueId, MilestoneId, OptionNamed, ParticipantId, ProposalId,
    SessionId, SourceId,
};
use travaux_text::ProvisionId;

/// A piece of a sentence.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Part {
    /// Words.
    Words(Cow<'static, str>),
    /// A participant, shown by its name.
    Participant(ParticipantId),
    /// A proposal, shown by its label.
    Proposal(ProposalId),
    /// A provision, shown by its citation ("article 5, paragraph 2").
    Provision(ProvisionId),
    /// A provision, shown by its citation in the text it was then spoken of.
    ProvisionThen(ProvisionThen),
    /// A document, shown by its symbol.
    Document(DocumentId),
    /// A decision, shown by its question.
    Decision(DecisionId),
    /// An issue, shown by its title.
    Issue(IssueId),
    /// An option of an issue, shown by its label.
    Option(OptionNamed),
    /// A session, shown by its name.
    Session(SessionId),
    /// A milestone, shown by its title.
    Milestone(MilestoneId),
    /// A source, shown by its title.
    Source(SourceId),
    /// Another entry, shown by the start of its id.
    Entry(EntryId),
}

/// A provision of the text of some day, cited by the numbers it then had.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ProvisionThen {
    /// The provision.
    pub provision: ProvisionId,
    /// The document that brought the text.
    pub document: DocumentId,
    /// Whether the sentence names that document itself.
    pub document_is_named: bool,
}

impl From<&'static str> for Part {
    fn from(words: &'static str) -> Self {
        Self::Words(Cow::Borrowed(words))
    }
}

impl From<String> for Part {
    fn from(words: String) -> Self {
        Self::Words(Cow::Owned(words))
    }
}

macro_rules! parts {
    ($($name:ident($id:ty);)*) => {$(
        impl From<&$id> for Part {
            fn from(id: &$id) -> Self {
                Self::$name(id.clone())
            }
        }
    )*};
}

parts! {
    Participant(ParticipantId);
    Proposal(ProposalId);
    Provision(ProvisionId);
    Document(DocumentId);
    Decision(DecisionId);
    Issue(IssueId);
    Option(OptionNamed);
    Session(SessionId);
    Milestone(MilestoneId);
    Source(SourceId);
    Entry(EntryId);
}

/// One sentence, without a full stop.
#[derive(Clone, Debug, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Sentence {
    parts: Vec<Part>,
}

impl Sentence {
    /// Starts a sentence with its first part.
    pub fn new(first: impl Into<Part>) -> Self {
        Self { parts: vec![first.into()] }
    }

    /// Returns the sentence with one more part. Spaces are part of the words.
    #[must_use]
    pub fn then(mut self, part: impl Into<Part>) -> Self {
        self.parts.push(part.into());
        self
    }

    /// Returns the sentence with a list: "A, B and C". An empty list adds nothing.
    #[must_use]
    pub fn list<T: Into<Part>>(mut self, items: impl IntoIterator<Item = T>) -> Self {
        let items: Vec<T> = items.into_iter().collect();
        let last = items.len().saturating_sub(1);
        for (index, item) in items.into_iter().enumerate() {
            match index {
                0 => {}
                _ if index == last => self.parts.push(" and ".into()),
                _ => self.parts.push(", ".into()),
            }
            self.parts.push(item.into());
        }
        self
    }

    /// Returns the sentence with its provisions cited by their numbers in a document's text.
    #[must_use]
    pub(crate) fn cited_in(mut self, document: &DocumentId) -> Self {
        let named = Part::Document(document.clone());
        let document_is_named = self.parts.contains(&named);
        for part in &mut self.parts {
            if let Part::Provision(provision) = part {
                let (provision, document) = (provision.clone(), document.clone());
                *part =
                    Part::ProvisionThen(ProvisionThen { provision, document, document_is_named });
            }
        }
        self
    }

    /// Returns the parts in order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(names: &[&str]) -> String {
        let names: Vec<ParticipantId> =
            names.iter().map(|name| ParticipantId::new(*name)).collect();
        let sentence = Sentence::new("").list(&names);
        let written = sentence.parts().iter().map(|part| match part {
            Part::Words(words) => words.to_string(),
            Part::Participant(participant) => participant.to_string(),
            other => panic!("unexpected {other:?}"),
        });
        written.collect()
    }

    #[test]
    fn a_list_has_its_and_before_the_last() {
        assert_eq!(listed(&[]), "");
        assert_eq!(listed(&["A"]), "A");
        assert_eq!(listed(&["A", "B"]), "A and B");
        assert_eq!(listed(&["A", "B", "C"]), "A, B and C");
    }
}
