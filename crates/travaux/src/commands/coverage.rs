//! `travaux coverage`: which powers stand under which safeguards, before and after a provision goes.

use std::fmt::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};
use travaux_text::coverage::{Catalogue, Cover, Coverage, CoveredRow, Evidence, without};
use travaux_text::{IssuedText, ProvisionId};

use super::text::with_context;
use crate::Outcome;
use crate::command_error::CommandError;
use crate::naming;
use crate::opened::Seen;
use crate::streams::Streams;
use crate::taken::TextArgs;

/// Shows which powers of a text stand under which safeguards.
///
/// Rows are the articles that give a power, columns the safeguards. A cell says whether the article says it
/// itself, names a provision that says it (straight or through others), or stands under a clause that
/// brings it; --of prints the words and the path. What is looked for stands in catalogue/coverage.md, one
/// line each: that words are there does not make them good law.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux coverage                             # the shipped case on 21 April 2023
  travaux coverage --of extradition            # on which words each cell rests
  travaux coverage --without safeguards        # before and after, and what is left uncovered
  travaux coverage --side cnd-002 --side cnd-011   # with these proposals taken up
  travaux coverage --as-of latest --json
  travaux coverage draft.md                    # a draft in a file")]
pub(crate) struct Args {
    /// A draft to read instead of a record, plain text or Markdown, or - for standard input.
    #[arg(value_name = "FILE", conflicts_with_all = ["record", "practice", "with", "side"])]
    file: Option<PathBuf>,
    #[command(flatten)]
    text: TextArgs,
    /// The same without this provision, beside it, and what is lost.
    #[arg(long, value_name = "PROVISION")]
    without: Option<String>,
    /// The evidence of every cell of one article.
    #[arg(long, value_name = "PROVISION", conflicts_with = "without")]
    of: Option<String>,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let (seen, text) = args.text.open(args.file.as_deref(), streams)?;
    let coverage = Coverage::of(&text, &Catalogue::shipped());
    let named = |written: &Option<String>| {
        let written = written.as_ref();
        written.map(|written| naming::provision(&seen.negotiation, written)).transpose()
    };
    let (gone, of) = (named(&args.without)?, named(&args.of)?);
    let after = gone.as_ref().map(|gone| Coverage::of(&without(&text, gone), &coverage.catalogue));
    let shown = Shown { seen: &seen, text: &text, coverage };
    if args.json {
        let mut json = json!({ "matrix": shown.json(&shown.coverage) });
        json["safeguards"] = shown.safeguards_json();
        if let (Some(gone), Some(after)) = (&gone, &after) {
            json["without"] = json!(gone);
            json["matrix_without"] = json!(shown.json(after));
            json["uncovered"] = json!(shown.coverage.uncovered(after));
            json["lost"] = json!(shown.lost_json(after));
        }
        super::print_json(streams, &with_context(&seen, json))?;
        return Ok(Outcome::Done);
    }
    let lines = match (&of, &gone, &after) {
        (Some(of), ..) => shown.evidence(of)?,
        (_, Some(gone), Some(after)) => shown.before_and_after(gone, after),
        _ => shown.matrix(&shown.coverage),
    };
    streams.print_lines(&lines)?;
    Ok(Outcome::Done)
}

struct Shown<'a> {
    seen: &'a Seen,
    text: &'a IssuedText,
    coverage: Coverage,
}

/// The sign of a cell.
fn sign(cover: &Cover) -> char {
    match cover {
        Cover::Direct(_) => 'D',
        Cover::ByReference { .. } => 'r',
        Cover::ByClause { .. } => 'c',
        Cover::None => '.',
    }
}

impl Shown<'_> {
    fn cite(&self, id: &ProvisionId) -> String {
        self.seen.negotiation.draft.citation(id).words
    }

    fn matrix(&self, coverage: &Coverage) -> String {
        let mut lines = String::from(
            "D: the article says it; r: by reference; c: by a clause over it; .: not covered\n\n",
        );
        let safeguards = &coverage.catalogue.safeguards;
        for (place, safeguard) in safeguards.iter().enumerate() {
            _ = writeln!(lines, "{:>3}  {}", place + 1, safeguard.name);
        }
        _ = write!(lines, "\n{:60}", "");
        for place in 1..=safeguards.len() {
            _ = write!(lines, "{place:>3}");
        }
        lines.push('\n');
        let mut power = None;
        for row in &coverage.rows {
            if power != Some(row.power) {
                power = Some(row.power);
                _ = writeln!(lines, "{}", coverage.catalogue.powers[row.power].name);
            }
            _ = write!(lines, "{:60}", self.label(row));
            for cover in &row.covers {
                _ = write!(lines, "{:>3}", sign(cover));
            }
            lines.push('\n');
        }
        lines
    }

    fn label(&self, row: &CoveredRow) -> String {
        let heading = self.text.provision(&row.provision).map_or("", |one| one.heading.as_str());
        let label = format!("  {} {heading}", self.cite(&row.provision));
        match label.char_indices().nth(58) {
            Some((cut, _)) => format!("{}\u{2026}", &label[..cut]),
            None => label,
        }
    }

    fn says(&self, says: &Evidence) -> String {
        format!("\"{}\" in {} [{}]", says.words, self.cite(&says.at), says.at)
    }

    fn in_words(&self, cover: &Cover) -> String {
        let steps = |path: &[travaux_text::coverage::CoverStep]| -> String {
            let steps = path.iter().map(|step| format!("{}, then ", self.says(&step.words)));
            steps.collect::<Vec<_>>().concat()
        };
        match cover {
            Cover::Direct(says) => format!("direct: {}", self.says(says)),
            Cover::ByReference { path, says } => {
                format!("by reference: {}{}", steps(path), self.says(says))
            }
            Cover::ByClause { clause, path, says } => {
                format!("by clause: {}: {}{}", self.says(clause), steps(path), self.says(says))
            }
            Cover::None => "not covered".to_owned(),
        }
    }

    fn evidence(&self, of: &ProvisionId) -> Result<String, CommandError> {
        let article = self.text.provision(of).into_iter().chain(self.text.ancestors(of));
        let ids: Vec<&ProvisionId> = article.map(|one| &one.id).collect();
        let Some(row) = self.coverage.rows.iter().find(|row| ids.contains(&&row.provision)) else {
            return Err(CommandError::input(format!(
                "cannot show the coverage of {}: the catalogue finds no power in it",
                self.cite(of)
            ))
            .hint("`travaux coverage` lists the articles that give one"));
        };
        let power = &self.coverage.catalogue.powers[row.power];
        let mut lines =
            format!("{}: {} ({})\n\n", self.cite(&row.provision), power.name, power.why);
        for (safeguard, cover) in self.coverage.catalogue.safeguards.iter().zip(&row.covers) {
            _ = writeln!(lines, "{}: {}", safeguard.name, self.in_words(cover));
        }
        Ok(lines)
    }

    fn before_and_after(&self, gone: &ProvisionId, after: &Coverage) -> String {
        let mut lines = format!("Before\n\n{}", self.matrix(&self.coverage));
        _ = write!(lines, "\nWithout {} [{gone}]\n\n{}", self.cite(gone), self.matrix(after));
        _ = writeln!(lines, "\nLeft without a safeguard they had");
        let lost = self.coverage.lost(after);
        for id in self.coverage.uncovered(after) {
            let names = lost.iter().filter(|lost| lost.provision == id && !lost.after.is_covered());
            let names: Vec<&str> = names
                .map(|lost| self.coverage.catalogue.safeguards[lost.safeguard].name.as_str())
                .collect();
            _ = writeln!(lines, "  {} [{id}]: {}", self.cite(&id), names.join(", "));
        }
        lines
    }

    fn safeguards_json(&self) -> Value {
        let all = self.coverage.catalogue.safeguards.iter();
        all.map(|one| json!({ "key": one.key, "name": one.name, "why": one.why })).collect()
    }

    fn json(&self, coverage: &Coverage) -> Vec<Value> {
        let row = |row: &CoveredRow| {
            let cells = coverage.catalogue.safeguards.iter().zip(&row.covers);
            let cells = cells.map(|(safeguard, cover)| cell_json(&safeguard.key, cover));
            json!({
                "power": coverage.catalogue.powers[row.power].key,
                "provision": row.provision,
                "citation": self.cite(&row.provision),
                "cells": cells.collect::<Vec<_>>(),
            })
        };
        coverage.rows.iter().map(row).collect()
    }

    fn lost_json(&self, after: &Coverage) -> Vec<Value> {
        let lost = self.coverage.lost(after).into_iter().map(|lost| {
            json!({
                "provision": lost.provision,
                "safeguard": self.coverage.catalogue.safeguards[lost.safeguard].key,
                "before": lost.before.kind(),
                "after": lost.after.kind(),
            })
        });
        lost.collect()
    }
}

/// A cell with the words it rests on.
fn cell_json(safeguard: &str, cover: &Cover) -> Value {
    let evidence = |one: &Evidence| {
        let bytes = [one.range.start, one.range.end];
        json!({ "at": one.at, "bytes": bytes, "words": one.words })
    };
    let mut json = json!({ "safeguard": safeguard, "covered": cover.kind() });
    let (path, says) = match cover {
        Cover::None => return json,
        Cover::Direct(says) => (&[][..], says),
        Cover::ByReference { path, says } | Cover::ByClause { path, says, .. } => (&path[..], says),
    };
    if let Cover::ByClause { clause, .. } = cover {
        json["clause"] = evidence(clause);
    }
    let steps = path.iter().map(|step| json!({ "words": evidence(&step.words), "to": step.to }));
    json["path"] = steps.collect();
    json["says"] = evidence(says);
    json
}
