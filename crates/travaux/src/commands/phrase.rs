//! `travaux phrase`: where a phrase stood, from when to when, and whether it was open there.
//!
//! What has a phrase is decided by `travaux-negotiation`; see docs/life-of-a-phrase.md.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value, json};
use travaux_negotiation::Part;
use travaux_negotiation::draft::Opening;
use travaux_negotiation::life::{BracketSpell, PhraseHolder, PhraseLife, PhraseSpell};
use travaux_record::{Moment, ProposalId};
use travaux_text::{Likeness, Phrase, ProvisionId};

use super::blame::{basis_json, entries, newer, spell_json};
use super::text::with_context;
use crate::Outcome;
use crate::command_error::CommandError;
use crate::opened::{Seen, ViewArgs};
use crate::streams::{Streams, readable};

/// Finds a phrase through all texts, proposals and submissions, with the time it stood in each.
///
/// Words are found whole and in order; white space is all alike. A proposal has a phrase where it
/// has it more often than the text it was made on. What is on record after the date is not searched;
/// without a date everything is. Headings and statements are not searched.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux phrase \"without delay\" --practice
  travaux phrase \"migratory river\" --practice --any-form
  travaux phrase \"serious crime\" --any-case --json

The exit code is 1 where the phrase stood nowhere.")]
pub(crate) struct Args {
    /// The words.
    words: String,
    #[command(flatten)]
    view: ViewArgs,
    /// In capital or small letters.
    #[arg(long)]
    any_case: bool,
    /// In any inflected form of English too: "State" in "States", "exchange" in "exchanging".
    #[arg(long)]
    any_form: bool,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let likeness = match (args.any_form, args.any_case) {
        (true, _) => Likeness::AnyForm,
        (false, true) => Likeness::AnyCase,
        (false, false) => Likeness::Exact,
    };
    let Some(phrase) = Phrase::new(&args.words, likeness) else {
        return Err(CommandError::usage(format!(
            "cannot look for {:?}: there is no word in it",
            args.words
        ))
        .hint("give at least one word, in quotation marks where there are several"));
    };
    let seen = args.view.see_to_the_end()?;
    streams.remark(&seen);
    let found = seen.negotiation.phrase(&seen.opened.record, &seen.view, &phrase);
    let shown = Shown { seen: &seen, words: &args.words, life: &found.map_err(|e| newer(&e))? };
    if args.json {
        super::print_json(streams, &shown.json())?;
    } else {
        streams.print_lines(&readable(&shown.lines()))?;
    }
    Ok(if shown.life.spells.is_empty() { Outcome::No } else { Outcome::Done })
}

struct Shown<'a> {
    seen: &'a Seen,
    words: &'a str,
    life: &'a PhraseLife,
}

impl Shown<'_> {
    fn lines(&self) -> String {
        let Some(first) = self.life.first() else {
            return format!("\u{201c}{}\u{201d} stood nowhere.\n", self.words);
        };
        let holders: BTreeSet<&PhraseHolder> =
            self.life.spells.iter().map(|spell| &spell.holder).collect();
        let count = |is: fn(&PhraseHolder) -> bool| holders.iter().filter(|h| is(h)).count();
        let texts = count(|holder| matches!(holder, PhraseHolder::Text(_)));
        let proposals = count(|holder| matches!(holder, PhraseHolder::Proposal(_)));
        let submissions = count(|holder| matches!(holder, PhraseHolder::Submission(_)));
        let mut lines = format!(
            "\u{201c}{}\u{201d}: in {}, {}, {}.\nFirst: {} {}.\n",
            self.words,
            counted(texts, "text", "texts"),
            counted(proposals, "proposal", "proposals"),
            counted(
                submissions,
                "stakeholder\u{2019}s submissions",
                "stakeholders\u{2019} submissions"
            ),
            first.since.at,
            self.place(first)
        );
        let standing: Vec<&PhraseSpell> = self.life.standing().collect();
        let now = match standing.as_slice() {
            [] => "Now: nowhere.".to_owned(),
            standing => {
                let open = standing.iter().filter(|spell| spell.is_open()).count();
                format!("Now: in {}, open in {open}.", counted(standing.len(), "place", "places"))
            }
        };
        _ = writeln!(lines, "{now}\n");
        for spell in &self.life.spells {
            self.spell(spell, &mut lines);
        }
        lines
    }

    fn spell(&self, spell: &PhraseSpell, lines: &mut String) {
        let until = spell.until.map(|until| until.at.to_string()).unwrap_or_default();
        let rests = match spell.until {
            Some(until) => format!("{}, {}", entries(spell.since), entries(until)),
            None => entries(spell.since),
        };
        let place = self.place(spell);
        _ = writeln!(lines, "{} \u{2013} {until:10}  {place} [{rests}]", spell.since.at);
        if matches!(spell.holder, PhraseHolder::Text(_)) {
            for (since, until, by) in open_times(&spell.brackets) {
                let until = until.map(|until| until.to_string()).unwrap_or_default();
                let by: Vec<String> = by.iter().map(|opening| self.opener(opening)).collect();
                _ = writeln!(lines, "    open {since} \u{2013} {until:10}  {}", by.join(", "));
            }
        }
    }

    fn opener(&self, opening: &Opening) -> String {
        let label = |proposal: &ProposalId| self.name(&Part::Proposal(proposal.clone()));
        match opening {
            Opening::Changed { proposal, .. }
            | Opening::Suppressed(proposal)
            | Opening::Asked(proposal) => label(proposal),
            Opening::Requested(entry) => format!("brackets asked for [{}]", entry.short()),
            Opening::Printed(document) => {
                format!("printed in brackets in {}", self.name(&Part::Document(document.clone())))
            }
        }
    }

    fn place(&self, spell: &PhraseSpell) -> String {
        let holder = match &spell.holder {
            PhraseHolder::Text(document) => self.name(&Part::Document(document.clone())),
            PhraseHolder::Proposal(proposal) => self.seen.negotiation.short_attribution(proposal),
            PhraseHolder::Submission(participant) => {
                format!("submission of {}", self.name(&Part::Participant(participant.clone())))
            }
        };
        let key = match &spell.holder {
            PhraseHolder::Proposal(proposal) => format!(" ({proposal})"),
            PhraseHolder::Text(_) | PhraseHolder::Submission(_) => String::new(),
        };
        let provision = spell
            .provision
            .as_ref()
            .map(|id| format!(", {} [{id}]", self.seen.negotiation.draft.citation(id).words));
        format!("{holder}{key}{}", provision.unwrap_or_default())
    }

    fn name(&self, part: &Part) -> String {
        self.seen.negotiation.name(part).into_owned()
    }

    fn json(&self) -> Value {
        let spells = self.life.spells.iter().map(|spell| {
            let (kind, key) = match &spell.holder {
                PhraseHolder::Text(document) => ("text", document.as_str()),
                PhraseHolder::Proposal(proposal) => ("proposal", proposal.as_str()),
                PhraseHolder::Submission(participant) => ("submission", participant.as_str()),
            };
            json!({
                "in": kind,
                "key": key,
                "provision": spell.provision.as_ref().map(ProvisionId::as_str),
                "words": spell.words,
                "since": basis_json(spell.since),
                "until": spell.until.map(basis_json),
                "open": spell.is_open(),
                "brackets": spell.brackets.iter().map(spell_json).collect::<Vec<_>>(),
            })
        });
        let spells: Vec<Value> = spells.collect();
        with_context(self.seen, json!({ "words": self.words, "spells": spells }))
    }
}

fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// Joins times in brackets that overlap or touch: from when to when, and by what in turn.
fn open_times(spells: &[BracketSpell]) -> Vec<(Moment, Option<Moment>, Vec<&Opening>)> {
    let mut sorted: Vec<&BracketSpell> = spells.iter().collect();
    sorted.sort_by_key(|spell| spell.since.at);
    let mut times: Vec<(Moment, Option<Moment>, Vec<&Opening>)> = Vec::new();
    for spell in sorted {
        let until = spell.until.map(|until| until.at);
        match times.last_mut() {
            Some((_, last, by)) if last.is_none_or(|last| spell.since.at <= last) => {
                *last = match (*last, until) {
                    (Some(last), Some(until)) => Some(last.max(until)),
                    (None, _) | (_, None) => None,
                };
                if !by.contains(&&spell.opening) {
                    by.push(&spell.opening);
                }
            }
            _ => times.push((spell.since.at, until, vec![&spell.opening])),
        }
    }
    times
}
