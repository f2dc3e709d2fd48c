//! `travaux rebase`: when a new text is issued, each sponsor is told what became of its proposals.
//!
//! What became of them is found by `travaux-text` and said by `travaux-negotiation`; this sets the letters, and
//! writes the entries by which a secretariat carries or lapses.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value, json};
use travaux_negotiation::draft::{Base, Fate};
use travaux_negotiation::letters::{Account, Disposal, Letters, label, word};
use travaux_record::{ParticipantId, ProposalId, ProposalOutcome};
use travaux_text::Outcome as Found;

use super::text::with_context;
use crate::Outcome;
use crate::command_error::CommandError;
use crate::opened::{Seen, ViewArgs, participant};
use crate::streams::Streams;
use crate::{naming, nearest};

/// Prints what became of each proposal when a new text was issued, as letters to the sponsors.
///
/// Each letter says, quoting the words: what was asked for, what the new text has of it, what it reads
/// instead, what is suggested to be tabled on it, and what the record says. A proposal applies, is partly
/// absorbed, absorbed or superseded, or needs attention; that is found by comparing two texts, and is no
/// decision of the body. What nobody sponsors on record is listed apart, under no name.
///
/// With --write, the entries are printed by which the secretariat carries or lapses what is undecided: what
/// applies, whole or in part, is carried with its words as they stand on the new text; what is absorbed
/// lapses as reflected. What was superseded or needs attention is left to a person: --carry and --lapse
/// decide one proposal, --superseded decides them by rule.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux rebase --practice --document CMR/2/3            # all letters
  travaux rebase --practice --document CMR/2/3 --for LWM  # one letter
  travaux rebase --practice --document CMR/2/3 --write --superseded lapse > decided.jsonl

What --write prints is ready for `travaux record append`.")]
pub(crate) struct Args {
    /// The document that brought the new text, by symbol; without it, the text before the body.
    #[arg(long, value_name = "SYMBOL")]
    document: Option<String>,
    /// The letter to one participant only, by key or name.
    #[arg(long = "for", value_name = "PARTICIPANT")]
    to: Option<String>,
    #[command(flatten)]
    view: ViewArgs,
    /// Print nothing but the entries that decide what the record leaves undecided.
    #[arg(long, conflicts_with = "json")]
    write: bool,
    /// Carry this proposal, whatever the rule says.
    #[arg(long, value_name = "PROPOSAL", requires = "write")]
    carry: Vec<String>,
    /// Let this proposal lapse, whatever the rule says.
    #[arg(long, value_name = "PROPOSAL", requires = "write")]
    lapse: Vec<String>,
    /// What becomes of proposals that the new text superseded.
    #[arg(long, value_name = "WHAT", requires = "write", value_parser = ["carry", "lapse"])]
    superseded: Option<String>,
    /// Write nothing by rule: only what --carry and --lapse name.
    #[arg(long, requires = "write")]
    only_named: bool,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let seen = match args.document {
        // A document is asked for by name, whenever it was issued.
        Some(_) => args.view.see_to_the_end()?,
        None => args.view.see()?,
    };
    streams.remark(&seen);
    let base = document(&seen, args.document.as_deref())?;
    let Some(letters) = seen.negotiation.draft.letters(&base.document) else {
        return Err(CommandError::input(format!(
            "cannot say what became of proposals on {}: no text was before the body until it was issued",
            base.symbol
        ))
        .hint("name a later document: `travaux record list` shows what was issued when"));
    };
    let to = match &args.to {
        Some(to) => Some(participant(&seen.opened.record, to, "write to")?),
        None => None,
    };
    super::redline::caution([letters.before, letters.after], streams);
    if args.write {
        return write(args, &letters, to.as_ref(), streams);
    }
    if args.json {
        let value = json_of(&seen, &letters, to.as_ref());
        super::print_json(streams, &with_context(&seen, value))?;
        return Ok(Outcome::Done);
    }
    let mut lines = String::new();
    for (sponsor, accounts) in letters.by_sponsor() {
        if to.is_none() || sponsor == to.as_ref() {
            letter(&seen, &letters, sponsor, &accounts, &mut lines);
        }
    }
    if lines.is_empty() {
        lines.push_str(match to {
            Some(_) => "No proposal of this participant was open.\n",
            None => "No proposal was open.\n",
        });
    }
    streams.say(&lines)?;
    Ok(Outcome::Done)
}

fn document<'s>(seen: &'s Seen, written: Option<&str>) -> Result<&'s Base, CommandError> {
    match written {
        Some(written) => super::redline::document(seen, written),
        None => crate::taken::before_the_body(seen),
    }
}

/// Sets one letter.
fn letter(
    seen: &Seen,
    letters: &Letters<'_>,
    sponsor: Option<&ParticipantId>,
    accounts: &[&Account<'_>],
    lines: &mut String,
) {
    if !lines.is_empty() {
        lines.push('\n');
    }
    match sponsor {
        Some(sponsor) => {
            _ = writeln!(lines, "To {}", seen.negotiation.process.name(sponsor));
        }
        None => lines.push_str("Without a sponsor on record\n"),
    }
    _ = writeln!(
        lines,
        "{} ({}), issued {}, compared with {}: {}",
        letters.after.symbol,
        letters.after.title,
        letters.after.basis.at,
        letters.before.symbol,
        counted(accounts)
    );
    for (at, account) in accounts.iter().enumerate() {
        entry(seen, account, at + 1, lines);
    }
}

/// Counts proposals by what became of them: "2 absorbed, 1 superseded".
fn counted(accounts: &[&Account<'_>]) -> String {
    let all = [
        Found::Applies,
        Found::PartlyAbsorbed,
        Found::Absorbed,
        Found::Superseded,
        Found::NeedsAttention,
    ];
    let counts = all.iter().filter_map(|found| {
        let count = accounts.iter().filter(|one| one.rebase.outcome == *found).count();
        (count > 0).then(|| format!("{count} {}", word(*found)))
    });
    counts.collect::<Vec<_>>().join(", ")
}

fn entry(seen: &Seen, account: &Account<'_>, number: usize, lines: &mut String) {
    let found = word(account.rebase.outcome);
    _ = writeln!(lines, "\n{number}. {}: {found}", label(account.proposal));
    if let Some(standing) = naming::standing(account.proposal.standing) {
        _ = writeln!(lines, "   ({standing}.)");
    }
    let own = |head: &str, rows: &[String], lines: &mut String| {
        for (at, row) in rows.iter().enumerate() {
            let head = if at == 0 { head } else { "" };
            let row = row.replace('\n', "\n   ");
            _ = writeln!(lines, "   {head}{}{row}", if head.is_empty() { "  " } else { " " });
        }
    };
    own("Asked for:", &account.request, lines);
    own("Found:", &account.findings, lines);
    let is_same = account.suggestion == account.request;
    let is_open = matches!(account.rebase.outcome, Found::Superseded | Found::NeedsAttention);
    match (&account.suggestion[..], is_same) {
        ([], _) => lines.push_str("   Left to ask: nothing.\n"),
        // What has no certain place is kept as it was tabled; only its sponsor can say more.
        (rows, _) if is_open => own("If maintained, it asks:", rows, lines),
        (_, true) => lines.push_str("   Left to ask: the same.\n"),
        (rows, false) => own("Left to ask:", rows, lines),
    }
    _ = writeln!(lines, "   On record: {}.", recorded(seen, account));
}

fn recorded(seen: &Seen, account: &Account<'_>) -> String {
    match &account.fate {
        Fate::Carried(basis) => format!("carried forward on {}", basis.at),
        Fate::Lapsed(lapse, basis) => {
            let outcome = match lapse.outcome {
                ProposalOutcome::Reflected => "reflected",
                ProposalOutcome::ReflectedInPart => "reflected in part",
                ProposalOutcome::NotReflected => "not reflected",
                ProposalOutcome::LeftOpen => "left open",
            };
            format!("lapsed on {}, {outcome}", basis.at)
        }
        Fate::Undecided => {
            let name = &seen.opened.name;
            format!("nothing decided in {name} up to this date")
        }
    }
}

/// Prints the entries that decide what is undecided.
fn write(
    args: &Args,
    letters: &Letters<'_>,
    to: Option<&ParticipantId>,
    streams: &mut Streams,
) -> Result<Outcome, CommandError> {
    let (carry, lapse) = (named(letters, &args.carry)?, named(letters, &args.lapse)?);
    if let Some(both) = carry.intersection(&lapse).next() {
        return Err(CommandError::usage(format!("cannot both carry and lapse {both}"))
            .hint("name it under one of --carry and --lapse"));
    }
    let mut left = Vec::new();
    for account in &letters.accounts {
        let id = &account.proposal.id;
        let is_addressed = to.is_none_or(|to| account.sponsors.iter().any(|sponsor| sponsor == to));
        if account.fate != Fate::Undecided || !is_addressed {
            continue;
        }
        let by_rule = match (account.rebase.outcome, args.superseded.as_deref()) {
            _ if args.only_named => None,
            (Found::Superseded, Some("carry")) => Some(account.carried()),
            (Found::Superseded, Some(_)) => Some(account.lapsed()),
            _ => account.by_rule(),
        };
        let decided = if carry.contains(id) {
            Some(account.carried())
        } else if lapse.contains(id) {
            Some(account.lapsed())
        } else {
            by_rule
        };
        match decided {
            Some(disposal) => {
                let entry = entry_of(letters, account, &disposal);
                streams.print(format!("{entry}\n"))?;
            }
            None => left.push(label(account.proposal)),
        }
    }
    if !left.is_empty() {
        streams.remark(format_args!("left to a person: {}", left.join(", ")));
    }
    Ok(Outcome::Done)
}

/// Finds proposals that are undecided by their keys.
fn named(letters: &Letters<'_>, written: &[String]) -> Result<BTreeSet<ProposalId>, CommandError> {
    let find = |written: &String| match letters.of(&ProposalId::new(written)) {
        Some(account) if account.fate == Fate::Undecided => Ok(account.proposal.id.clone()),
        Some(account) => Err(CommandError::input(format!(
            "cannot decide on {}: the record says already what became of it",
            label(account.proposal)
        ))),
        None => {
            let names = letters.accounts.iter().map(|account| account.proposal.id.as_str());
            let error = CommandError::input(format!(
                "cannot decide on {written:?}: no such proposal was open when {} was issued",
                letters.after.symbol
            ));
            Err(nearest::hint(error, written, "proposals", names))
        }
    };
    written.iter().map(find).collect()
}

fn entry_of(letters: &Letters<'_>, account: &Account<'_>, disposal: &Disposal) -> Value {
    let fact = match disposal {
        Disposal::Carry(changes) => {
            let mut fact = json!({
                "kind": "proposal_carried",
                "proposal": account.proposal.id,
                "document": letters.after.document,
            });
            if let Some(changes) = changes {
                fact["changes"] = json!(changes);
            }
            fact
        }
        Disposal::Lapse(outcome) => json!({
            "kind": "proposal_lapsed",
            "proposal": account.proposal.id,
            "document": letters.after.document,
            "outcome": outcome,
            "basis": "comparison",
        }),
    };
    json!({ "at": letters.after.basis.at.to_string(), "fact": fact })
}

fn json_of(seen: &Seen, letters: &Letters<'_>, to: Option<&ParticipantId>) -> Value {
    let account = |one: &&Account<'_>| {
        let changes = one.rebase.changes.iter().map(|change| {
            json!({
                "change": change.change,
                "outcome": word(change.outcome),
                "suggestion": change.suggestion,
                "trouble": change.trouble.as_ref().map(ToString::to_string),
            })
        });
        json!({
            "proposal": one.proposal.id,
            "label": one.proposal.label,
            "standing": one.proposal.standing,
            "outcome": word(one.rebase.outcome),
            "asked": one.request,
            "found": one.findings,
            "suggested": one.suggestion,
            "changes": changes.collect::<Vec<_>>(),
            "recorded": recorded(seen, one),
        })
    };
    let all = letters.by_sponsor();
    let letters_to = all.iter().filter(|(sponsor, _)| to.is_none() || **sponsor == to);
    let rows = letters_to.map(|(sponsor, accounts)| {
        json!({
            "to": sponsor,
            "name": sponsor.map(|sponsor| seen.negotiation.process.name(sponsor)),
            "proposals": accounts.iter().map(account).collect::<Vec<_>>(),
        })
    });
    json!({
        "new": { "document": letters.after.document, "symbol": letters.after.symbol },
        "old": { "document": letters.before.document, "symbol": letters.before.symbol },
        "letters": rows.collect::<Vec<_>>(),
    })
}
