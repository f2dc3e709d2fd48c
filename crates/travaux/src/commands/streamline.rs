//! `travaux streamline`: which alternatives can become one, and which decisions free the most text.
//!
//! What can be merged without loss is decided by `travaux-text`; this sets it in lines.

use std::fmt::Write as _;

use serde_json::{Value, json};
use travaux_negotiation::Negotiation;
use travaux_record::ProposalId;
use travaux_text::streamline::{
    Compromise, DecisionPlan, Lossless, Near, Streamlining, Worded, streamline,
};
use travaux_text::{ProposalKey, ProvisionId, Reader};

use super::text::with_context;
use crate::Outcome;
use crate::command_error::CommandError;
use crate::naming;
use crate::opened::{Seen, ViewArgs};
use crate::streams::Streams;
use crate::taken::before_the_body;

/// Shows which alternatives can be merged, whose consent that needs, and what to decide first.
///
/// A merger loses nothing where two wordings differ in marks, capitals, spelling or the order of a list and in
/// nothing else: the differences are named, and each wording can be given back from them. Everything else
/// takes words from somebody: whose words would go is said, and only they can give them up.
///
/// The decisions are proposals to settle, whichever way: a stretch of text is free when every proposal
/// that holds it in brackets is settled. For so many decisions, those that free the most words are found
/// exactly where up to 16 proposals hang together; else a bound says how much more there could be.
///
/// For one provision a compromise is shown, put together from words on the table and from nothing else. It is
/// analysis, not a secretariat document: nobody proposed it, and a number of proposals is not support.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux streamline --practice --as-of 2024-06-07
  travaux streamline --practice notice.1 --as-of 2024-06-07
  travaux streamline --as-of 2023-04-21 --json")]
pub(crate) struct Args {
    /// One provision and what stands below it: its id or its citation.
    provision: Option<String>,
    #[command(flatten)]
    view: ViewArgs,
    /// How many mergers that need consent to list.
    #[arg(long, value_name = "COUNT", default_value_t = 20)]
    near: usize,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

/// How many plans of decisions are printed.
const PLANS_MAX: usize = 12;

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let seen = args.view.see()?;
    streams.remark(&seen);
    let base = before_the_body(&seen)?;
    streams.remark(format_args!("text: {} ({})", base.symbol, base.title));
    if let Some(standing) = naming::standing(base.standing) {
        streams.remark(format_args!("note: {standing}"));
    }
    let negotiation = &seen.negotiation;
    let within = match &args.provision {
        Some(written) => Some(naming::provision(negotiation, written)?),
        None => None,
    };
    let text = negotiation.draft.text();
    let found = streamline(text, within.as_ref());
    let compromise = within.as_ref().and_then(|id| text.provision(id)).and_then(|met| {
        let is_open = met.text().sides().next().is_some();
        is_open.then(|| Compromise::of(met.text()))
    });
    if args.json {
        let value = json_of(&found, compromise.as_ref());
        super::print_json(streams, &with_context(&seen, value))?;
        return Ok(Outcome::Done);
    }
    let mut lines = String::new();
    merged(&seen, &found, &mut lines);
    consented(&seen, &found, args.near, &mut lines);
    decided(&seen, &found, &mut lines);
    if let Some(compromise) = &compromise {
        put_together(&seen, compromise, &mut lines);
    }
    streams.say(&lines)?;
    Ok(Outcome::Done)
}

fn cite(seen: &Seen, id: &ProvisionId) -> String {
    seen.negotiation.draft.citation(id).words
}

fn named(negotiation: &Negotiation, key: &ProposalKey) -> String {
    let known = negotiation.draft.proposal(&ProposalId::new(key.as_str()));
    known.map_or_else(|| key.to_string(), travaux_negotiation::letters::label)
}

/// Names who reads so.
fn readers(negotiation: &Negotiation, by: &[Reader]) -> String {
    let names = by.iter().map(|reader| match reader {
        Reader::Base => "the text".to_owned(),
        Reader::Side(key) => named(negotiation, key),
    });
    names.collect::<Vec<_>>().join(", ")
}

fn differences(one: &Lossless) -> String {
    one.differences.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

fn merged(seen: &Seen, found: &Streamlining, lines: &mut String) {
    lines.push_str("Mergers that lose nothing\n");
    for one in &found.lossless {
        let (kept, merged) =
            (readers(&seen.negotiation, &one.kept.by), readers(&seen.negotiation, &one.merged.by));
        let cited = cite(seen, &one.provision);
        _ = writeln!(lines, "  {cited}: {merged} into {kept}: {}", differences(one));
    }
    for one in &found.duplicates {
        let (kept, merged) = (cite(seen, &one.kept), cite(seen, &one.merged));
        let said: Vec<String> = one.differences.iter().map(ToString::to_string).collect();
        let said = if said.is_empty() { "the same words".to_owned() } else { said.join("; ") };
        _ = writeln!(lines, "  {merged} into {kept}: {said}");
    }
    if found.lossless.is_empty() && found.duplicates.is_empty() {
        lines.push_str("  none\n");
    }
}

fn consented(seen: &Seen, found: &Streamlining, most: usize, lines: &mut String) {
    lines.push_str("\nMergers that need the consent of those who lose words\n");
    let quote = |words: &[String]| {
        let words: Vec<String> =
            words.iter().map(|words| format!("\u{201c}{words}\u{201d}")).collect();
        if words.is_empty() { "nothing".to_owned() } else { words.join(", ") }
    };
    for one in found.near.iter().take(most) {
        let names = |worded: &Worded| readers(&seen.negotiation, &worded.by);
        let (first, second) = (names(&one.one), names(&one.other));
        _ = writeln!(lines, "  {}: {first} and {second}", cite(seen, &one.provision));
        _ = writeln!(
            lines,
            "    into the first: {second} would lose {}",
            lost(&one.only_other, &one.only_one, quote)
        );
        _ = writeln!(
            lines,
            "    into the second: {first} would lose {}",
            lost(&one.only_one, &one.only_other, quote)
        );
    }
    match found.near.len().saturating_sub(most) {
        0 if found.near.is_empty() => lines.push_str("  none\n"),
        0 => {}
        more => _ = writeln!(lines, "  and {more} more (--near)"),
    }
}

/// Says which words would go, and which would come.
fn lost(own: &[String], others: &[String], quote: impl Fn(&[String]) -> String) -> String {
    if others.is_empty() {
        quote(own)
    } else {
        format!("{}, and take {}", quote(own), quote(others))
    }
}

fn decided(seen: &Seen, found: &Streamlining, lines: &mut String) {
    let decisions = &found.decisions;
    _ = writeln!(
        lines,
        "\nDecisions that free the most text ({} words in brackets)",
        decisions.bracketed
    );
    if decisions.plans.is_empty() {
        lines.push_str("  nothing is in brackets\n");
        return;
    }
    let mut before: &[ProposalKey] = &[];
    for (at, plan) in decisions.plans.iter().take(PLANS_MAX).enumerate() {
        let bound = if plan.bound > plan.freed {
            format!(", at most {} by any so many", plan.bound)
        } else {
            String::new()
        };
        let grows = before.iter().all(|key| plan.settle.contains(key));
        let shown: Vec<String> = plan
            .settle
            .iter()
            .filter(|key| !grows || !before.contains(key))
            .map(|key| named(&seen.negotiation, key))
            .collect();
        let how = if grows && at > 0 { "and " } else { "" };
        _ = writeln!(
            lines,
            "  {:>3}: {} words{bound}: {how}{}",
            at + 1,
            plan.freed,
            shown.join(", ")
        );
        before = &plan.settle;
    }
    if let Some(more) = decisions.plans.len().checked_sub(PLANS_MAX).filter(|more| *more > 0) {
        let half = decisions.to_free(50).map_or(0, |plan| plan.settle.len());
        _ = writeln!(
            lines,
            "  and {more} more; half of the words are free after {half} decisions, all after {}",
            decisions.plans.len()
        );
    }
}

/// Names who reads so, or counts them where they are many.
fn counted(seen: &Seen, by: &[Reader]) -> String {
    const NAMED_MAX: usize = 4;
    if by.len() <= NAMED_MAX {
        return readers(&seen.negotiation, by);
    }
    let sides = by.iter().filter(|reader| **reader != Reader::Base).count();
    let base = if sides < by.len() { "the text and " } else { "" };
    format!("{base}{sides} proposals")
}

fn put_together(seen: &Seen, compromise: &Compromise, lines: &mut String) {
    lines.push_str(
        "\nA compromise from words on the table (analysis, not a secretariat document)\n",
    );
    _ = writeln!(lines, "  {}", compromise.text());
    for piece in compromise.pieces.iter().filter(|piece| !piece.by.is_empty()) {
        let words = piece.text.trim();
        if !words.is_empty() {
            _ = writeln!(lines, "    \u{201c}{words}\u{201d}: {}", counted(seen, &piece.by));
        }
    }
    if compromise.is_that_of.is_empty() {
        lines.push_str("  Nobody proposed it as a whole.\n");
    } else {
        let names = readers(&seen.negotiation, &compromise.is_that_of);
        _ = writeln!(lines, "  It is the wording of {names}.");
    }
}

fn json_of(found: &Streamlining, compromise: Option<&Compromise>) -> Value {
    let by = |by: &[Reader]| -> Vec<String> {
        let names = by.iter().map(|reader| match reader {
            Reader::Base => "base".to_owned(),
            Reader::Side(key) => key.to_string(),
        });
        names.collect()
    };
    let worded = |one: &Worded| json!({ "by": by(&one.by), "text": one.text });
    let lossless = found.lossless.iter().map(|one| {
        let recover = one.recover.iter();
        json!({
            "provision": one.provision,
            "kept": worded(&one.kept),
            "merged": worded(&one.merged),
            "differences": one.differences.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "recover": recover
                .map(|(range, new)| json!({ "bytes": [range.start, range.end], "write": new }))
                .collect::<Vec<_>>(),
        })
    });
    let duplicates = found.duplicates.iter().map(|one| {
        json!({
            "kept": one.kept,
            "merged": one.merged,
            "differences": one.differences.iter().map(ToString::to_string).collect::<Vec<_>>(),
        })
    });
    let near = found.near.iter().map(|one: &Near| {
        json!({
            "provision": one.provision,
            "one": worded(&one.one),
            "other": worded(&one.other),
            "only_one": one.only_one,
            "only_other": one.only_other,
            "words": one.words,
        })
    });
    let plans = found.decisions.plans.iter().map(|plan: &DecisionPlan| {
        let settle: Vec<&str> = plan.settle.iter().map(ProposalKey::as_str).collect();
        json!({ "settle": settle, "freed": plan.freed, "bound": plan.bound })
    });
    let compromise = compromise.map(|one| {
        let pieces =
            one.pieces.iter().map(|piece| json!({ "text": piece.text, "by": by(&piece.by) }));
        json!({
            "note": "analysis, not a secretariat document: put together from words on the table",
            "text": one.text(),
            "pieces": pieces.collect::<Vec<_>>(),
            "is_that_of": by(&one.is_that_of),
        })
    });
    json!({
        "lossless": lossless.collect::<Vec<_>>(),
        "duplicates": duplicates.collect::<Vec<_>>(),
        "near": near.collect::<Vec<_>>(),
        "decisions": { "bracketed": found.decisions.bracketed, "plans": plans.collect::<Vec<_>>() },
        "compromise": compromise,
    })
}
