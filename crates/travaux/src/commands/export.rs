//! `travaux export`: the text in a file for others: Word, Akoma Ntoso, HTML, Markdown, plain text.
//!
//! What stands in the file is decided here (which text, which side, under which cover); how it is written is
//! decided by `travaux-interchange`.

mod tables;

use std::collections::BTreeSet;
use std::path::PathBuf;

use travaux_interchange::{
    AknMeta, Column, ColumnTable, Look, WordSpan, WordWriter, akn, html_page, markdown, plain_page,
};
use travaux_negotiation::draft::Base;
use travaux_negotiation::wording::in_words;
use travaux_negotiation::{ReadSide, SideError};
use travaux_record::{Moment, ProposalId};
use travaux_text::{
    Cover, IssuedText, Merge, ProposalKey, Provision, ProvisionId, RollingText, Sheet, SideName,
};

use crate::Outcome;
use crate::command_error::CommandError;
use crate::naming;
use crate::opened::{Seen, ViewArgs};
use crate::streams::Streams;

/// Writes the text to a file for Word, a browser, an archive; or tables, a feed, a calendar.
///
/// Without --side the text stands with its brackets and who is named with each alternative. With --side it
/// stands as one proposal or participant would have it; a Word file then has it as tracked changes to the
/// text before the body: accept all, and it is the side; reject all, and it is the base. Only what
/// the viewer may see (--as) is written.
///
/// With --skeleton a Word file of the text without brackets is written, to be worked on in a capital: its
/// paragraphs bear hidden names by which they are known when the file comes back (`travaux import`).
/// With --against the text is compared with an earlier document, as tracked changes. With --columns
/// sides are set beside each other in a table.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  travaux export --format docx -o text.docx                         # the text with its brackets
  travaux export --practice --format docx --side SVL -o svl.docx    # one side, as tracked changes
  travaux export --practice --format docx --skeleton --part general -o capital.docx
  travaux export --format docx --against A/AC.291/22 --as-of 2024-02-09 -o redline.docx
  travaux export --practice --format docx --columns SVL,VDM -o columns.docx
  travaux export --format csv --table positions -o positions.csv
  travaux export --format atom --about safeguards -o feed.xml
  travaux export --format html -o text.html                         # one page that stands alone")]
pub(crate) struct Args {
    #[command(flatten)]
    view: ViewArgs,
    /// The form to write.
    #[arg(long, value_enum, default_value = "txt")]
    format: Format,
    /// Whose text: a proposal by its key, or a participant by its key or name.
    #[arg(long, value_name = "PROPOSAL|PARTICIPANT")]
    side: Option<String>,
    /// Without brackets: the text before the body, no proposal taken up.
    #[arg(long, conflicts_with = "side")]
    plain: bool,
    /// A Word file of the text to be worked on, its paragraphs known by hidden names.
    #[arg(long, conflicts_with_all = ["side", "plain"])]
    skeleton: bool,
    /// As tracked changes to an earlier document, by symbol.
    #[arg(long, value_name = "SYMBOL", conflicts_with_all = ["side", "skeleton"])]
    against: Option<String>,
    /// Sides to set beside each other in a table, parted by commas.
    #[arg(long, value_name = "SIDES", value_delimiter = ',', conflicts_with_all = ["side", "skeleton", "against", "plain"])]
    columns: Vec<String>,
    /// Only one provision and what stands under it, by id or citation; not of a text with brackets.
    #[arg(long, value_name = "PROVISION")]
    part: Option<String>,
    /// The symbol that the file is to bear, where it is a document of its own.
    #[arg(long, value_name = "SYMBOL")]
    symbol: Option<String>,
    /// How far it is distributed, as printed on its first page, for instance "Limited".
    #[arg(long, value_name = "WORDS")]
    distribution: Option<String>,
    /// The table that csv, jsonl and schema write.
    #[arg(long, value_enum, default_value = "provisions")]
    table: tables::Named,
    /// Whom or what a feed is about: a participant, a provision or a proposal.
    #[arg(long, value_name = "NAME")]
    about: Option<String>,
    /// The file to write. Without it, standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The forms of a text in a file.
#[derive(Clone, Copy, Debug, Eq, PartialEq, clap::ValueEnum)]
enum Format {
    /// Word (.docx).
    Docx,
    /// A page of HTML that stands alone.
    Html,
    /// Markdown.
    Md,
    /// Plain text.
    Txt,
    /// Akoma Ntoso (XML), with all that is proposed.
    Akn,
    /// A table as CSV.
    Csv,
    /// A table as JSON Lines.
    Jsonl,
    /// What the columns of a table mean, as a JSON Schema.
    Schema,
    /// What happened, as an Atom feed.
    Atom,
    /// Sessions and milestones, as a calendar.
    Ics,
}

pub(super) fn run(args: &Args, streams: &mut Streams) -> Result<Outcome, CommandError> {
    let word_only = args.skeleton || args.against.is_some() || !args.columns.is_empty();
    if word_only && args.format != Format::Docx {
        return Err(CommandError::usage(
            "cannot write that in this form: skeletons, comparisons and columns are Word files",
        )
        .hint("add --format docx; `travaux redline` compares in other forms"));
    }
    let seen = args.view.see()?;
    streams.remark(&seen);
    let bytes = match data(args, &seen) {
        Some(text) => text.into_bytes(),
        None => written(args, &seen, streams)?,
    };
    match &args.output {
        Some(path) => {
            std::fs::write(path, &bytes)
                .map_err(|error| CommandError::writing(path.display(), &error))?;
            streams.remark(format_args!("{} bytes written to {}", bytes.len(), path.display()));
        }
        None => streams.print(&bytes)?,
    }
    Ok(Outcome::Done)
}

/// Writes what is no text of a treaty: tables, a feed, a calendar.
fn data(args: &Args, seen: &Seen) -> Option<String> {
    let negotiation = &seen.negotiation;
    let table = || args.table.table(negotiation);
    match args.format {
        Format::Csv => Some(table().csv()),
        Format::Jsonl => Some(table().json_lines()),
        Format::Schema => Some(table().schema()),
        Format::Atom => Some(tables::feed(negotiation, args.about.as_deref()).atom()),
        Format::Ics => Some(tables::sessions(negotiation, day(seen).unwrap_or_default())),
        Format::Docx | Format::Html | Format::Md | Format::Txt | Format::Akn => None,
    }
}

fn written(args: &Args, seen: &Seen, streams: &mut Streams) -> Result<Vec<u8>, CommandError> {
    let draft = &seen.negotiation.draft;
    let Some(base) = draft.base() else {
        return Err(CommandError::input(format!(
            "cannot export the text: {} has no text before the body on this date",
            seen.opened.name
        ))
        .hint("name a later date with --as-of"));
    };
    let mut cover = cover(args, seen, base);
    let text = draft.text().base();
    if let Some(written) = &args.side {
        let read = side(seen, written)?;
        for said in read.clashes().into_iter().chain(read.left_out()) {
            streams.remark(format_args!("note: {said}"));
            cover.remarks.push(format!("{said}."));
        }
        let (name, wanted) = (called(seen, &read), one_text(&read));
        cover.subtitle = format!("As {name} would have it");
        let (from, to) = (part(args, seen, text)?, part(args, seen, &wanted)?);
        return Ok(match args.format {
            Format::Docx => writer(seen, cover).tracked(&from, &to, &name),
            Format::Akn => interchanged(args, seen, &RollingText::new(to)),
            other => set(other, &cover, &to.sheet()),
        });
    }
    if args.skeleton {
        "Text to be worked on: change words, add and delete paragraphs as you wish"
            .clone_into(&mut cover.subtitle);
        return Ok(writer(seen, cover).skeleton(&part(args, seen, text)?));
    }
    if let Some(earlier) = &args.against {
        let old = super::redline::document(seen, earlier)?;
        cover.subtitle = format!("Changes since {}", old.symbol);
        let (from, to) = (part(args, seen, &old.text)?, part(args, seen, text)?);
        return Ok(writer(seen, cover).tracked(&from, &to, &base.symbol));
    }
    if !args.columns.is_empty() {
        return columns(args, seen, cover);
    }
    let sheet = if args.plain || args.part.is_some() {
        part(args, seen, text)?.sheet()
    } else {
        "Text with proposals received".clone_into(&mut cover.subtitle);
        draft.text().sheet(&seen.negotiation.labels())
    };
    Ok(match args.format {
        Format::Docx => writer(seen, cover).master(&sheet),
        Format::Akn if args.plain || args.part.is_some() => {
            interchanged(args, seen, &RollingText::new(part(args, seen, text)?))
        }
        Format::Akn => interchanged(args, seen, draft.text()),
        other => set(other, &cover, &sheet),
    })
}

fn set(format: Format, cover: &Cover, sheet: &Sheet) -> Vec<u8> {
    match format {
        Format::Html => html_page(cover, sheet, "en"),
        Format::Md => markdown(cover, sheet),
        _ => plain_page(cover, sheet),
    }
    .into_bytes()
}

/// Writes Akoma Ntoso; whoever is named with a proposal is named with it there.
fn interchanged(args: &Args, seen: &Seen, text: &RollingText) -> Vec<u8> {
    let draft = &seen.negotiation.draft;
    let process = &seen.negotiation.process;
    let cover = draft.base().map(|base| cover(args, seen, base)).unwrap_or_default();
    let meta = AknMeta {
        title: cover.title,
        symbol: cover.symbol,
        date: day(seen).map(|day| day.to_string()).unwrap_or_default(),
        body: cover.body,
        language: "eng".to_owned(),
    };
    let supporters = |key: &ProposalKey| -> Vec<String> {
        let proposal = draft.proposal(&ProposalId::new(key.as_str()));
        let sponsors = proposal.map(|proposal| seen.negotiation.sponsors(proposal));
        let sponsors = sponsors.unwrap_or_default().into_iter();
        sponsors.map(|spell| process.name(&spell.participant).to_owned()).collect()
    };
    akn(&meta, text, &supporters).into_bytes()
}

/// What stands at the head: taken from the record, and what it is not.
fn cover(args: &Args, seen: &Seen, base: &Base) -> Cover {
    let opened = seen.negotiation.process.opened().map(|opened| &opened.fact);
    let mut remarks: Vec<String> = Vec::new();
    remarks.extend(opened.and_then(|opened| opened.caution.clone()));
    remarks.extend(naming::standing(base.standing).map(str::to_owned));
    Cover {
        body: opened.map(|opened| opened.body.clone()).unwrap_or_default(),
        symbol: args.symbol.clone().unwrap_or_else(|| base.symbol.clone()),
        distribution: args.distribution.clone().unwrap_or_default(),
        date: day(seen).map(|day| in_words(Moment::Day(day))).unwrap_or_default(),
        title: base.title.clone(),
        subtitle: String::new(),
        remarks,
    }
}

/// The day the text is shown for: as asked, else of the last thing that happened.
fn day(seen: &Seen) -> Option<jiff::civil::Date> {
    let last = || seen.opened.record.entries().map(|entry| entry.at.counts_from()).max();
    seen.view.as_of.or_else(last)
}

fn writer(seen: &Seen, cover: Cover) -> WordWriter {
    let day = day(seen).map_or_else(|| "1970-01-01".to_owned(), |day| day.to_string());
    WordWriter::new(cover, &format!("{day}T00:00:00Z"))
}

fn side<'s>(seen: &'s Seen, written: &str) -> Result<ReadSide<'s>, CommandError> {
    seen.negotiation.side(written).map_err(|error| match error {
        SideError::NotOnTheTable { .. } => CommandError::input(&error).hint(error.hint()),
        SideError::Unknown { .. } => naming::unknown_side(&seen.negotiation, written, &error),
    })
}

/// The one text of a side; where proposals do not compose, the earlier prevails.
fn one_text(read: &ReadSide<'_>) -> IssuedText {
    let keys = read.proposals.iter().filter_map(|it| ProposalKey::new(it.id.as_str()).ok());
    let order: Vec<ProposalKey> = keys.collect();
    read.side.preferring(&order)
}

fn called(seen: &Seen, read: &ReadSide<'_>) -> String {
    use travaux_negotiation::Whose;
    match &read.whose {
        Whose::Participant(id) => seen.negotiation.process.name(id).to_owned(),
        Whose::Proposal(id) => {
            let proposal = seen.negotiation.draft.proposal(id);
            proposal.map_or_else(|| id.to_string(), |proposal| proposal.label.clone())
        }
    }
}

/// Takes one provision and what stands under it out of a text.
fn part(args: &Args, seen: &Seen, text: &IssuedText) -> Result<IssuedText, CommandError> {
    let Some(written) = &args.part else { return Ok(text.clone()) };
    let id = naming::provision(&seen.negotiation, written)?;
    let mut provisions: Vec<Provision> = text.subtree(&id).to_vec();
    if let Some(first) = provisions.first_mut() {
        first.parent = None;
    }
    Ok(IssuedText::new(provisions).expect("what stands under a provision is a text"))
}

/// Sets sides beside the base, each with what it changes marked.
fn columns(args: &Args, seen: &Seen, mut cover: Cover) -> Result<Vec<u8>, CommandError> {
    let base = seen.negotiation.draft.text().base();
    let mut heads = vec![Column { head: "Provision".to_owned(), width: 2 }];
    heads.push(Column { head: "Text before the body".to_owned(), width: 5 });
    let mut sides: Vec<IssuedText> = Vec::new();
    for written in &args.columns {
        let read = side(seen, written)?;
        heads.push(Column { head: called(seen, &read), width: 5 });
        sides.push(one_text(&read));
    }
    "Comparison of sides: added words in bold, deleted words struck through"
        .clone_into(&mut cover.subtitle);
    let within: Option<BTreeSet<ProvisionId>> = match &args.part {
        Some(_) => {
            Some(part(args, seen, base)?.provisions().iter().map(|it| it.id.clone()).collect())
        }
        None => None,
    };
    let mut rows = Vec::new();
    for id in all_ids(base, &sides) {
        if within.as_ref().is_some_and(|within| !within.contains(&id)) {
            continue;
        }
        let words = |text: &IssuedText| text.provision(&id).map(worded);
        let own = words(base);
        let cells: Vec<Option<String>> = sides.iter().map(words).collect();
        if own.as_deref().unwrap_or_default().is_empty()
            && cells.iter().all(|cell| cell.as_deref().unwrap_or_default().is_empty())
        {
            continue;
        }
        let citation = seen.negotiation.draft.citation(&id).words;
        let mut row = vec![plain_cell(&citation), plain_cell(own.as_deref().unwrap_or("–"))];
        row.extend(cells.iter().map(|cell| compared(own.as_deref(), cell.as_deref())));
        rows.push(row);
    }
    let table = ColumnTable { columns: heads, rows };
    Ok(writer(seen, cover).columns(&table))
}

/// The provisions of a base and of sides, in order; what a side adds stands behind what it follows there.
fn all_ids(base: &IssuedText, sides: &[IssuedText]) -> Vec<ProvisionId> {
    let mut ids: Vec<ProvisionId> = base.provisions().iter().map(|it| it.id.clone()).collect();
    for side in sides {
        let mut at = 0;
        for provision in side.provisions() {
            let found = ids.iter().position(|id| *id == provision.id);
            if found.is_none() {
                ids.insert(at, provision.id.clone());
            }
            at = found.unwrap_or(at) + 1;
        }
    }
    ids
}

fn worded(provision: &Provision) -> String {
    let words = [provision.heading.as_str(), provision.text.as_str()];
    let words: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).collect();
    words.join("\n")
}

fn plain_cell(text: &str) -> Vec<WordSpan> {
    vec![WordSpan { text: text.to_owned(), look: Look::default() }]
}

/// One cell: the side's words, what it adds in bold, what it deletes struck through.
fn compared(base: Option<&str>, side: Option<&str>) -> Vec<WordSpan> {
    let span = |text: &str, look| WordSpan { text: text.to_owned(), look };
    let (base, side) = match (base, side) {
        (None, None) => return plain_cell("–"),
        (Some(base), None) => return vec![span(base, Look::STRUCK)],
        (None, Some(side)) => return vec![span(side, Look::BOLD)],
        (Some(base), Some(side)) => (base, side),
    };
    let name = SideName::new("side").expect("a word names a side");
    let mut merge = Merge::new(base);
    merge.table(name.clone(), side).expect("there is no side yet");
    let change = merge.change(&name).expect("it was tabled");
    if change.is_none() {
        return plain_cell("(no change)");
    }
    let mut spans = Vec::new();
    for token in 0..=merge.base_len() {
        if let Some(text) = change.insertion(token) {
            spans.push(span(text, Look::BOLD));
        }
        if token < merge.base_len() {
            let look = if change.deletes(token) { Look::STRUCK } else { Look::default() };
            let words = merge.base_text(token..token + 1);
            match spans.last_mut() {
                Some(last) if last.look == look => last.text.push_str(words),
                Some(_) | None => spans.push(span(words, look)),
            }
        }
    }
    spans
}
