//! Sources by number, in the order in which they are first cited, and listed once at the end.
//!
//! It does not judge them: how sure a citation is stands with the citation.

use std::fmt::Write as _;

use travaux_negotiation::process::Process;
use travaux_negotiation::wording::in_words;
use travaux_record::{Confidence, Evidence, SourceId};

/// The sources cited so far.
pub(super) struct Sources<'a> {
    process: &'a Process,
    cited: Vec<SourceId>,
}

impl<'a> Sources<'a> {
    pub(super) fn new(process: &'a Process) -> Self {
        Self { process, cited: Vec::new() }
    }

    /// Cites evidence by the numbers of its sources: " [2, medium confidence; 5, para. 3, low
    /// confidence]"; says so where there is none.
    pub(super) fn cite(&mut self, evidence: &[Evidence]) -> String {
        if evidence.is_empty() {
            return " [no source]".to_owned();
        }
        let cited: Vec<String> = evidence.iter().map(|evidence| self.one(evidence)).collect();
        format!(" [{}]", cited.join("; "))
    }

    fn one(&mut self, evidence: &Evidence) -> String {
        let known = self.cited.iter().position(|source| *source == evidence.source);
        let number = known.unwrap_or_else(|| {
            self.cited.push(evidence.source.clone());
            self.cited.len() - 1
        });
        let place = evidence.place.as_ref().map(|place| format!(", {place}"));
        let sure = match evidence.confidence {
            Confidence::High => "high",
            Confidence::Medium => "medium",
            Confidence::Low => "low",
        };
        format!("{}{}, {sure} confidence", number + 1, place.unwrap_or_default())
    }

    /// Lists what was cited, by number; nothing where nothing was.
    pub(super) fn listed(&self) -> String {
        let mut lines = String::new();
        for (index, id) in self.cited.iter().enumerate() {
            if index == 0 {
                lines.push_str("\nSources\n");
            }
            _ = write!(lines, "  [{}] ", index + 1);
            let Some(source) = self.process.source(id).map(|told| &told.fact) else {
                _ = writeln!(lines, "{id}");
                continue;
            };
            let published = source.published.map(in_words);
            let said = [Some(source.publisher.clone()), published, source.locator.clone()];
            let said = said.into_iter().flatten().filter(|said| !said.is_empty());
            _ = write!(lines, "{}", source.title);
            for said in said {
                _ = write!(lines, ", {said}");
            }
            lines.push_str(if source.machine_made { " (machine-made)\n" } else { "\n" });
        }
        lines
    }
}
