//! `travaux blame`: for every word of a provision who brought it, and what became of it since.
//!
//! What belongs to whom is decided by `travaux-negotiation`; see docs/life-of-a-phrase.md.

use std::fmt::Write as _;

use serde_json::{Value, json};
use travaux_negotiation::draft::{Opening, Stands};
use travaux_negotiation::life::{Blame, BlamedWords, BracketSpell, Entered, LifeLine, WordOrigin};
use travaux_negotiation::wording::capital;
use travaux_negotiation::{Basis, Negotiation};
use travaux_record::{NewerKind, ProposalId};
use travaux_text::ProvisionId;

use super::text::with_context;
use crate::Outcome;
use crate::command_error::CommandError;
use crate::naming;
use crate::opened::{Seen, ViewArgs};
use crate::streams::{Streams, readable};

/// Shows for every word of a provision who brought it, when it was open, and what freed it.
///
/// The words are printed in order, cut where their history differs. Below each stand the acts in
/// its life, with the entry that each rests on: the proposal or document that brought it, who else
/// had asked for the same, the documents it stood in, who would have deleted or replaced it, and
/// the stakeholders' submissions that asked for it to the letter. What a document has in common
/// with a proposal is found by comparing words, those first which the record says were reflected.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux blame notice.1 --practice --as-of latest
  travaux blame notice.1 --practice --as-of latest --words \"thirty-six hours\"
  travaux blame \"article 5, paragraph 1\" --practice --json

The JSON has `words` and, for each open proposal, `sides`: lists of {\"text\", \"origin\", \"brought\", \"also\",
\"entered\", \"documents\", \"brackets\", \"open\", \"freed\", \"submissions\", \"life\", \"entries\"}. The texts of `words`
concatenate to the provision.")]
pub(crate) struct Args {
    /// The provision, by its id or as it is cited ("article 5, paragraph 2"); also one that is gone.
    provision: String,
    #[command(flatten)]
    view: ViewArgs,
    /// Only these words, wherever they stand in the provision or in what proposals ask of it.
    #[arg(long, value_name = "WORDS")]
    words: Option<String>,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let seen = args.view.see()?;
    streams.remark(&seen);
    let id = naming::provision_ever(&seen.negotiation, &args.provision)?;
    let blame = seen.negotiation.blame(&seen.opened.record, &seen.view, &id);
    let blame = blame.map_err(|error| newer(&error))?;
    let Some(mut blame) = blame else {
        return Err(CommandError::input(format!(
            "cannot tell who brought the words of {:?}: no text or proposal has it up to this date",
            args.provision
        ))
        .hint("choose a later date"));
    };
    if let Some(words) = &args.words {
        narrow(&mut blame, words)?;
    }
    let shown = Shown { seen: &seen, id: &id, blame: &blame };
    if args.json {
        super::print_json(streams, &shown.json())?;
    } else {
        streams.print_lines(&readable(&shown.lines()))?;
    }
    Ok(Outcome::Done)
}

pub(super) fn newer(error: &NewerKind) -> CommandError {
    CommandError::input(error).hint(error.hint())
}

/// Keeps only the words named.
fn narrow(blame: &mut Blame, words: &str) -> Result<(), CommandError> {
    let found = blame.of_phrase(words);
    let in_sides: Vec<_> = blame
        .sides
        .iter()
        .map(|(id, side)| {
            let found = Blame { words: side.clone(), ..blame.clone() }.of_phrase(words);
            let own = found
                .into_iter()
                .filter(|found| found.iter().any(|words| words.life.entered.is_none()));
            (id.clone(), own.flatten().collect::<Vec<_>>())
        })
        .filter(|(_, found)| !found.is_empty())
        .collect();
    if found.is_empty() && in_sides.is_empty() {
        return Err(CommandError::input(format!(
            "cannot tell who brought {words:?}: these words stand neither in {} nor in what open \
             proposals ask of it",
            blame.provision
        ))
        .hint(format!("travaux phrase {words:?} looks for them everywhere and at all times")));
    }
    blame.words = found.into_iter().flatten().collect();
    blame.sides = in_sides;
    Ok(())
}

struct Shown<'a> {
    seen: &'a Seen,
    id: &'a ProvisionId,
    blame: &'a Blame,
}

impl Shown<'_> {
    fn lines(&self) -> String {
        let negotiation = &self.seen.negotiation;
        let citation = negotiation.draft.citation(self.id);
        let heading = if citation.heading.is_empty() {
            String::new()
        } else {
            format!(" \u{2014} {}", citation.heading)
        };
        let mut lines = format!("{}{heading} [{}]\n", capital(&citation.words), self.id);
        _ = writeln!(lines, "{}", self.stands());
        for words in &self.blame.words {
            self.words(words, &mut lines);
        }
        for (proposal, side) in &self.blame.sides {
            let mut own = side.iter().filter(|words| words.life.entered.is_none()).peekable();
            if own.peek().is_some() {
                let label = negotiation.short_attribution(proposal);
                _ = writeln!(lines, "\nNot in the text, asked for by {label} ({proposal}):");
            }
            for words in own {
                self.words(words, &mut lines);
            }
        }
        lines
    }

    fn stands(&self) -> String {
        let negotiation = &self.seen.negotiation;
        let part = |document| {
            negotiation.name(&travaux_negotiation::Part::Document(document)).into_owned()
        };
        let mut said = match &self.blame.stands {
            Some(Stands::InText(document)) => format!("In {}", part(document.clone())),
            Some(Stands::Added(proposal)) => {
                format!("Not in the text; {} would add it", negotiation.short_attribution(proposal))
            }
            None => "No longer in the text; its last words:".to_owned(),
        };
        if let Some(agreed) = self.blame.agreed {
            _ = write!(
                said,
                "; these words were agreed on {} [{}]",
                agreed.at,
                agreed.entry.short()
            );
        }
        said
    }

    fn words(&self, words: &BlamedWords, lines: &mut String) {
        let open = if words.life.is_open() { "  (open)" } else { "" };
        _ = writeln!(lines, "\n\u{201c}{}\u{201d}{open}", words.text.trim());
        for line in self.seen.negotiation.life_of(words) {
            let sentence = self.seen.negotiation.words(&line.sentence);
            _ = writeln!(lines, "  {}  {sentence}. [{}]", line.basis.at, entries(line.basis));
        }
    }

    fn json(&self) -> Value {
        let negotiation = &self.seen.negotiation;
        let words = |words: &[BlamedWords]| -> Vec<Value> {
            words.iter().map(|words| words_json(negotiation, words)).collect()
        };
        let sides: Vec<Value> = self
            .blame
            .sides
            .iter()
            .map(|(proposal, side)| json!({ "proposal": proposal.as_str(), "words": words(side) }))
            .collect();
        let (stands, by) = match &self.blame.stands {
            Some(Stands::InText(document)) => ("in_text", Some(document.as_str())),
            Some(Stands::Added(proposal)) => ("added", Some(proposal.as_str())),
            None => ("gone", None),
        };
        with_context(
            self.seen,
            json!({
                "provision": self.id.as_str(),
                "citation": negotiation.draft.citation(self.id).words,
                "stands": stands,
                "by": by,
                "agreed": self.blame.agreed.map(basis_json),
                "words": words(&self.blame.words),
                "sides": sides,
            }),
        )
    }
}

/// Writes the entries of a basis in short.
pub(super) fn entries(basis: Basis) -> String {
    let entries: Vec<String> = basis.entries().map(|entry| entry.short()).collect();
    entries.join(", corrected by ")
}

pub(super) fn basis_json(basis: Basis) -> Value {
    json!({ "entry": basis.entry, "at": basis.at.to_string(), "corrected_by": basis.corrected_by })
}

fn words_json(negotiation: &Negotiation, words: &BlamedWords) -> Value {
    let life = &words.life;
    let origin = match &life.origin {
        WordOrigin::Proposal(id) => {
            let proposal = negotiation.draft.proposal(id);
            let sponsors = proposal.map(|known| negotiation.sponsors(known)).unwrap_or_default();
            let sponsors: Vec<&str> = sponsors.iter().map(|s| s.participant.as_str()).collect();
            json!({
                "proposal": id.as_str(),
                "standing": proposal.map(|known| known.standing),
                "sponsors": sponsors,
            })
        }
        WordOrigin::Document(id) => {
            let base = negotiation.draft.base_of(id);
            json!({ "document": id.as_str(), "standing": base.map(|base| base.standing) })
        }
        WordOrigin::Agreement => json!({ "agreement": true }),
    };
    let session = negotiation.process.current_session(life.brought.at.counts_from());
    let entered = life.entered.as_ref().map(|entered| match entered {
        Entered::Issued(document, basis) => {
            json!({ "document": document.as_str(), "since": basis_json(*basis) })
        }
        Entered::Agreed(basis) => json!({ "agreed": true, "since": basis_json(*basis) }),
    });
    let documents = life.documents.iter().map(
        |stood| json!({ "document": stood.document.as_str(), "since": basis_json(stood.since) }),
    );
    let submissions = words.submissions.iter().map(|submission| {
        json!({
            "participant": submission.participant.as_str(),
            "title": submission.title,
            "words": submission.words,
            "first": submission.is_first,
            "received": basis_json(submission.basis),
        })
    });
    let told = negotiation.life_of(words);
    let told = told.iter().map(|line: &LifeLine| {
        json!({
            "at": line.basis.at.to_string(),
            "what": negotiation.words(&line.sentence),
            "entry": line.basis.entry,
        })
    });
    let also: Vec<&str> = life.also.iter().map(ProposalId::as_str).collect();
    let submitted = words.submissions.iter().map(|submission| submission.basis);
    let entries: Vec<_> =
        life.bases().into_iter().chain(submitted).flat_map(Basis::entries).collect();
    json!({
        "text": words.text,
        "origin": origin,
        "session": session.map(|session| session.fact.session.as_str()),
        "brought": basis_json(life.brought),
        "also": also,
        "entered": entered,
        "documents": documents.collect::<Vec<_>>(),
        "brackets": life.brackets.iter().map(spell_json).collect::<Vec<_>>(),
        "open": life.is_open(),
        "freed": life.freed().map(basis_json),
        "submissions": submissions.collect::<Vec<_>>(),
        "life": told.collect::<Vec<_>>(),
        "entries": entries,
    })
}

pub(super) fn spell_json(spell: &BracketSpell) -> Value {
    let (kind, by, instead) = match &spell.opening {
        Opening::Changed { proposal, instead } if instead.is_empty() => {
            ("deletion", proposal.to_string(), None)
        }
        Opening::Changed { proposal, instead } => {
            ("replacement", proposal.to_string(), Some(instead))
        }
        Opening::Suppressed(proposal) => ("deletion_of_the_provision", proposal.to_string(), None),
        Opening::Asked(proposal) => ("asked_for", proposal.to_string(), None),
        Opening::Requested(entry) => ("brackets_requested", entry.to_string(), None),
        Opening::Printed(document) => ("printed_in_brackets", document.to_string(), None),
    };
    json!({
        "kind": kind,
        "by": by,
        "instead": instead,
        "since": basis_json(spell.since),
        "until": spell.until.map(basis_json),
    })
}
