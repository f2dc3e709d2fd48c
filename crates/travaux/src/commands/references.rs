//! `travaux references`: which provisions name which, what leans on one, and what is left without it.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};
use travaux_record::DocumentId;
use travaux_text::coverage::without;
use travaux_text::references::{
    Instrument, Lean, Occurrence, References, Shift, ShiftKind, renumbered, shifts,
};
use travaux_text::{IssuedText, ProvisionId, Reader};

use super::redline::is_file;
use super::text::with_context;
use crate::Outcome;
use crate::command_error::CommandError;
use crate::naming;
use crate::opened::Seen;
use crate::streams::Streams;
use crate::taken::{TextArgs, before_the_body};

/// Lists the references of a text, and what leans on a provision.
///
/// A reference is read from words alone ("articles 6, 7 and 9", "paragraph 2 of this article", "this
/// chapter") and resolved in the text it stands in; provisions of other instruments are told apart.
/// Without --side, the references of every side are listed, each with those that do not read it.
///
/// A provision leans on another if its words name it, a part of it, or the article it is part of: straight,
/// or through others. A reference to a whole chapter names no one article.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux references                                  # every reference of the shipped case
  travaux references \"article 42\"                     # what it names and what names it
  travaux references --leans-on safeguards            # straight and through others, with the way
  travaux references --without safeguards             # what dangles, and what a new count shifts
  travaux references --as-of latest --since A/AC.291/22/Rev.3
  travaux references draft.md                         # of a draft in a file
  travaux references draft.md --leans-on \"article 1\"
  travaux references --svg > graph.svg                # a picture of it all")]
pub(crate) struct Args {
    /// A draft to read instead of a record (a file, or - for standard input), and a provision, by id or
    /// citation: only what this names and what names it. Either may be left out.
    #[arg(value_name = "FILE] [PROVISION", num_args = 0..=2)]
    about: Vec<String>,
    #[command(flatten)]
    text: TextArgs,
    /// What leans on this provision, straight and through others.
    #[arg(long, value_name = "PROVISION", conflicts_with_all = ["without"])]
    leans_on: Option<String>,
    /// What is left without this provision: references that dangle, what leaned on it, and the
    /// corrections once the rest is numbered anew.
    #[arg(long, value_name = "PROVISION")]
    without: Option<String>,
    /// Which references have shifted since this earlier text, with the correction of each.
    #[arg(long, value_name = "DOCUMENT", conflicts_with_all = ["without", "leans_on"])]
    since: Option<String>,
    /// Draw the graph as SVG.
    #[arg(long, conflicts_with_all = ["json", "without", "leans_on", "since"])]
    svg: bool,
    /// Print it as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let (file, provision) = args.file_and_provision()?;
    let (seen, text) = args.text.open(file, streams)?;
    let references = if args.text.side.is_empty() {
        References::of_rolling(seen.negotiation.draft.text())
    } else {
        References::of_issued(&text)
    };
    let shown = Shown { seen: &seen, references, text };
    if args.svg {
        streams.print(shown.references.picture().svg())?;
        return Ok(Outcome::Done);
    }
    let (lines, json) = match (provision, &args.leans_on, &args.without, &args.since) {
        (Some(written), ..) => {
            let id = naming::provision(&seen.negotiation, written)
                .map_err(|error| error.hint("a draft in a file is named by its path"))?;
            (shown.about(&id), shown.json_of(|one| shown.is_about(one, &id)))
        }
        (_, Some(written), ..) => {
            let id = naming::provision(&seen.negotiation, written)?;
            (shown.leaning(&id), shown.leaning_json(&id))
        }
        (_, _, Some(written), _) => {
            let id = naming::provision(&seen.negotiation, written)?;
            (shown.without(&id), shown.without_json(&id))
        }
        (_, _, _, Some(written)) => {
            let shifts = shown.since(written)?;
            let lines = if shifts.is_empty() {
                "No reference points elsewhere than before.\n".to_owned()
            } else {
                shown.shifts(&shifts)
            };
            (lines, json!({ "shifts": shown.shifts_json(&shifts) }))
        }
        _ => (shown.list(), shown.json_of(|_| true)),
    };
    if args.json {
        super::print_json(streams, &with_context(&seen, json))?;
    } else {
        streams.print_lines(&lines)?;
    }
    Ok(Outcome::Done)
}

impl Args {
    /// Tells the draft in a file from the provision.
    fn file_and_provision(&self) -> Result<(Option<&Path>, Option<&str>), CommandError> {
        let (file, provision) = match &self.about[..] {
            [] => (None, None),
            [one] if is_file(one) => (Some(Path::new(one)), None),
            [one] => (None, Some(one.as_str())),
            [file, rest @ ..] => (Some(Path::new(file)), rest.first().map(String::as_str)),
        };
        if file.is_some() && !self.text.reads_no_record() {
            return Err(CommandError::usage("cannot read a draft and a record at once")
                .hint("leave --record, --practice, --with and --side out, or the file"));
        }
        let asked = [&self.leans_on, &self.without, &self.since];
        if provision.is_some() && (self.svg || asked.iter().any(|option| option.is_some())) {
            return Err(CommandError::usage(
                "cannot look at one provision and draw or compare all of them",
            )
            .hint("leave the provision out, or the option"));
        }
        Ok((file, provision))
    }
}

struct Shown<'a> {
    seen: &'a Seen,
    references: References,
    text: IssuedText,
}

impl Shown<'_> {
    fn cite(&self, id: &ProvisionId) -> String {
        self.seen.negotiation.draft.citation(id).words
    }

    fn is_about(&self, one: &Occurrence, id: &ProvisionId) -> bool {
        let structure = self.references.structure();
        let targets = one.resolved.iter().flat_map(|resolved| &resolved.targets);
        structure.is_within(&one.at, id)
            || targets.into_iter().any(|target| structure.is_within(target, id))
    }

    /// One line: where, the words, what they point at, who does not read them.
    fn line(&self, one: &Occurrence) -> String {
        let mut line = format!("{}: \"{}\"", self.cite(&one.at), one.words);
        if let Instrument::Other(name) = &one.mention.instrument {
            _ = write!(line, " (another instrument: {name})");
        }
        let targets: Vec<String> = one
            .resolved
            .iter()
            .flat_map(|resolved| &resolved.targets)
            .map(|target| self.cite(target))
            .collect();
        if !targets.is_empty() {
            _ = write!(line, " -> {}", targets.join(", "));
        } else if one.resolved.iter().any(|resolved| resolved.whole) {
            line.push_str(" -> the whole text");
        }
        let missing = one.resolved.iter().flat_map(|resolved| &resolved.missing);
        let missing: Vec<&str> = missing.map(String::as_str).collect();
        if !missing.is_empty() {
            _ = write!(line, " DANGLING: there is no {}", missing.join(", no "));
        }
        if !one.is_everywhere() {
            let names =
                |readers: &mut dyn Iterator<Item = String>| readers.collect::<Vec<_>>().join(", ");
            let called = |reader: &Reader| match reader {
                Reader::Base => "the text before the body".to_owned(),
                Reader::Side(key) => key.to_string(),
            };
            let read = names(&mut one.readers.iter().map(|(reader, _)| called(reader)));
            let not = names(&mut one.dropped_by.iter().map(ToString::to_string));
            _ = write!(line, " [read by {read}; not by {not}]");
        }
        line
    }

    fn list(&self) -> String {
        let mut lines = String::new();
        for one in self.references.occurrences() {
            _ = writeln!(lines, "{}", self.line(one));
        }
        if lines.is_empty() { "There are no references.\n".to_owned() } else { lines }
    }

    fn about(&self, id: &ProvisionId) -> String {
        let structure = self.references.structure();
        let (own, others): (Vec<&Occurrence>, Vec<&Occurrence>) = self
            .references
            .occurrences()
            .iter()
            .filter(|one| self.is_about(one, id))
            .partition(|one| structure.is_within(&one.at, id));
        let mut lines = format!("{} [{id}]\n", self.cite(id));
        for (title, list) in [("names", own), ("is named by", others)] {
            _ = writeln!(lines, "\nIt {title}");
            if list.is_empty() {
                lines.push_str("  nothing\n");
            }
            for one in list {
                _ = writeln!(lines, "  {}", self.line(one));
            }
        }
        lines
    }

    fn lean_line(&self, lean: &Lean) -> String {
        let way: Vec<String> = lean
            .path
            .iter()
            .map(|hop| {
                let words = &self.references.occurrences()[hop.occurrence].words;
                format!("\"{words}\" in {}", self.cite(&hop.from))
            })
            .collect();
        format!("  {} [{}]: {}", self.cite(&lean.at), lean.at, way.join(", then "))
    }

    fn leaning(&self, id: &ProvisionId) -> String {
        let leaning = self.references.leaning(id);
        let mut lines = format!("What leans on {} [{id}]\n", self.cite(id));
        for (title, list) in [("Straight", &leaning.straight), ("Through others", &leaning.through)]
        {
            _ = writeln!(lines, "\n{title}: {}", list.len());
            for lean in list {
                _ = writeln!(lines, "{}", self.lean_line(lean));
            }
        }
        lines
    }

    fn without(&self, id: &ProvisionId) -> String {
        let mut lines = format!("Without {} [{id}]\n\nLeft dangling\n", self.cite(id));
        let gaps = self.references.without(id);
        if gaps.is_empty() {
            lines.push_str("  nothing\n");
        }
        for gap in gaps {
            let part = if gap.is_partial { " (names others too)" } else { "" };
            let one = gap.occurrence;
            _ = writeln!(lines, "  {} [{}]: \"{}\"{part}", self.cite(&one.at), one.at, one.words);
        }
        let leaning = self.references.leaning(id);
        _ = writeln!(lines, "\nLeaned on it through others");
        for lean in &leaning.through {
            _ = writeln!(lines, "{}", self.lean_line(lean));
        }
        if leaning.through.is_empty() {
            lines.push_str("  nothing\n");
        }
        let shifted = self.renumbered_without(id);
        _ = writeln!(lines, "\nTo be corrected once the rest is numbered anew");
        if shifted.is_empty() {
            lines.push_str("  nothing\n");
        } else {
            lines.push_str(&self.shifts(&shifted));
        }
        lines
    }

    fn renumbered_without(&self, id: &ProvisionId) -> Vec<Shift> {
        let before = References::of_issued(&self.text);
        let after = References::of_issued(&renumbered(&without(&self.text, id)));
        shifts(&before, &after)
    }

    fn since(&self, written: &str) -> Result<Vec<Shift>, CommandError> {
        let draft = &self.seen.negotiation.draft;
        let by_symbol = || draft.bases().find(|base| base.symbol.eq_ignore_ascii_case(written));
        let Some(base) = draft.base_of(&DocumentId::new(written)).or_else(by_symbol) else {
            let names: Vec<&str> = draft.bases().map(|base| base.symbol.as_str()).collect();
            return Err(CommandError::input(format!(
                "cannot compare with {written:?}: no text of that symbol was issued by this date"
            ))
            .hint(format!("the texts are {}", names.join(", "))));
        };
        before_the_body(self.seen)?;
        let before = References::of_issued(&base.text);
        Ok(shifts(&before, &References::of_issued(&self.text)))
    }

    fn shifts(&self, shifts: &[Shift]) -> String {
        let mut lines = String::new();
        for shift in shifts {
            let what = match shift.kind {
                ShiftKind::Elsewhere => "points elsewhere now",
                ShiftKind::Dangling => "points at nothing now",
                ShiftKind::Gone => "what it meant is gone",
            };
            _ = write!(lines, "  {}: \"{}\" {what}", self.cite(&shift.at), shift.words);
            let right: Vec<String> = shift
                .corrections
                .iter()
                .map(|(range, right)| format!("{right} at byte {}", range.start))
                .collect();
            if !right.is_empty() {
                _ = write!(lines, "; write {}", right.join(", "));
            }
            lines.push('\n');
        }
        lines
    }

    fn json_of(&self, is_wanted: impl Fn(&Occurrence) -> bool) -> Value {
        let all = self.references.occurrences().iter().filter(|one| is_wanted(one));
        let all: Vec<Value> = all.map(|one| self.reference_json(one)).collect();
        json!({ "references": all })
    }

    fn reference_json(&self, one: &Occurrence) -> Value {
        let readers = one.readers.iter().map(|(reader, range)| {
            json!({ "reader": reader.as_str(), "bytes": [range.start, range.end] })
        });
        let pointers = one.mention.pointers.iter().zip(&one.resolved).map(|(pointer, resolved)| {
            json!({
                "bytes": [pointer.range.start, pointer.range.end],
                "points_at": resolved.targets,
                "missing": resolved.missing,
                "whole": resolved.whole,
            })
        });
        json!({
            "at": one.at,
            "citation": self.cite(&one.at),
            "words": one.words,
            "bytes": [one.mention.range.start, one.mention.range.end],
            "other_instrument": match &one.mention.instrument {
                Instrument::Own => None,
                Instrument::Other(name) => Some(name),
            },
            "pointers": pointers.collect::<Vec<_>>(),
            "dangling": one.is_dangling(),
            "read_by": readers.collect::<Vec<_>>(),
            "not_read_by": one.dropped_by.iter().map(ToString::to_string).collect::<Vec<_>>(),
        })
    }

    fn leans_json(&self, leans: &[Lean]) -> Vec<Value> {
        let hop = |hop: &travaux_text::references::Hop| {
            let one = &self.references.occurrences()[hop.occurrence];
            let bytes = [one.mention.range.start, one.mention.range.end];
            json!({ "from": hop.from, "to": hop.to, "words": one.words, "bytes": bytes })
        };
        let lean = |lean: &Lean| {
            let path: Vec<Value> = lean.path.iter().map(hop).collect();
            json!({ "provision": lean.at, "citation": self.cite(&lean.at), "path": path })
        };
        leans.iter().map(lean).collect()
    }

    fn leaning_json(&self, id: &ProvisionId) -> Value {
        let leaning = self.references.leaning(id);
        json!({
            "provision": id,
            "straight": self.leans_json(&leaning.straight),
            "through": self.leans_json(&leaning.through),
        })
    }

    fn without_json(&self, id: &ProvisionId) -> Value {
        let gaps: Vec<Value> = self
            .references
            .without(id)
            .iter()
            .map(|gap| {
                let reference = self.reference_json(gap.occurrence);
                json!({ "reference": reference, "gone": gap.gone, "partial": gap.is_partial })
            })
            .collect();
        let mut json = self.leaning_json(id);
        json["dangling"] = json!(gaps);
        json["shifts"] = json!(self.shifts_json(&self.renumbered_without(id)));
        json
    }

    fn shifts_json(&self, shifts: &[Shift]) -> Vec<Value> {
        let shift = |shift: &Shift| {
            let corrections = shift
                .corrections
                .iter()
                .map(|(range, right)| json!({ "bytes": [range.start, range.end], "write": right }));
            json!({
                "at": shift.at,
                "citation": self.cite(&shift.at),
                "words": shift.words,
                "kind": match shift.kind {
                    ShiftKind::Elsewhere => "elsewhere",
                    ShiftKind::Dangling => "dangling",
                    ShiftKind::Gone => "gone",
                },
                "meant": shift.meant,
                "points_at": shift.points_at,
                "corrections": corrections.collect::<Vec<_>>(),
            })
        };
        shifts.iter().map(shift).collect()
    }
}
