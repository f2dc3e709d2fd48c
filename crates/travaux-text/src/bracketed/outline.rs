//! The provisions of a draft: its numbered parts, with what stands under what.
//!
//! Drafts show their structure by headings, numbers and indentation, and break it in places; every
//! block becomes a provision, none is left out but what belongs to the file (front matter,
//! definitions of links). Brackets stay in the words as they are. Emphasis, list marks and the
//! addresses of links are marks of the file and are left out of the words.
//!
//! A provision is named after its printed number ("article-3.2.a"), so that the same number in
//! the next draft gives the same name. That is all that is known: a renumbering is not followed.

use std::collections::BTreeMap;

use super::block::SUFFIXES;
use super::{Block, BlockKind, BracketedDraft};
use crate::provision::{Provision, ProvisionId, ProvisionKind};

mod plain;

/// A provision as read from a draft.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DraftProvision {
    /// The provision.
    pub provision: Provision,
    /// The line it begins with, counted from one.
    pub line: usize,
}

impl BracketedDraft<'_> {
    /// Returns the provisions, in document order; they form an [`crate::IssuedText`].
    pub fn provisions(&self) -> Vec<DraftProvision> {
        let mut outline = Outline {
            draft: self,
            out: Vec::new(),
            open: Vec::new(),
            has_heading: false,
            names: BTreeMap::new(),
        };
        for (index, block) in self.blocks().iter().enumerate() {
            match block.kind {
                BlockKind::Matter => {}
                BlockKind::Heading(_) => outline.heading(block),
                _ => outline.paragraph(index, block),
            }
        }
        outline.out
    }
}

/// A provision under which others may come to stand.
struct Open {
    id: ProvisionId,
    rank: Rank,
    /// How many unnumbered ones stand under it so far.
    unnumbered: usize,
}

/// How deep a provision stands: of two, the lower one can hold the higher.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Rank {
    /// A heading: from which rank on it holds others, and its own.
    Heading(usize, usize),
    /// An option, by indentation and style of its label.
    Option(usize, usize, Reach),
    /// A block, by indentation and style of number.
    Block(usize, usize),
}

/// How far an option reaches.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Reach {
    /// Its own block, and what is set deeper.
    Block,
    /// What follows at its own indentation too.
    Beyond,
}

impl Rank {
    fn holds(self, other: Self) -> bool {
        match (self, other) {
            (Self::Heading(outer, _), Self::Heading(_, inner)) => outer < inner,
            (Self::Heading(..), _) => true,
            (_, Self::Heading(..)) => false,
            (Self::Option(at, _, reach), Self::Block(inner, _)) => {
                at < inner || (at == inner && reach == Reach::Beyond)
            }
            (Self::Block(at, _), Self::Option(inner, ..)) => at < inner,
            // Of one indentation, what is of one style stands side by side, another style within.
            (Self::Option(at, style, _), Self::Option(inner, other, _))
            | (Self::Block(at, style), Self::Block(inner, other)) => {
                at < inner || (at == inner && style < other)
            }
        }
    }
}

struct Outline<'d, 't> {
    draft: &'d BracketedDraft<'t>,
    out: Vec<DraftProvision>,
    open: Vec<Open>,
    has_heading: bool,
    /// The names given, each with how often it was wanted.
    names: BTreeMap<String, usize>,
}

/// How many provisions may stand within each other; what is set deeper stands beside the last.
const DEPTH_MAX: usize = 32;

impl Outline<'_, '_> {
    fn heading(&mut self, block: &Block) {
        let source = &self.draft.source()[block.bytes.clone()];
        let (line, rest) = source.split_once('\n').unwrap_or((source, ""));
        let title = line.trim_start_matches(['#', ' ', '\t']);
        let words = self.words(block.bytes.start + line.len() - title.len(), title);
        let (kind, number, heading) = division(&words);
        let is_first = !std::mem::replace(&mut self.has_heading, true);
        let kind =
            kind.unwrap_or(if is_first { ProvisionKind::Title } else { ProvisionKind::Section });
        let rank = rank_of(kind);
        let name = match kind {
            ProvisionKind::Title | ProvisionKind::Preamble => kind.name().to_owned(),
            _ if number.is_empty() => format!("{}-{}", kind.name(), slug(&heading)),
            _ => format!("{}-{}", kind.name(), slug(&number)),
        };
        let at = block.bytes.start + line.len() + 1;
        let text = self.words(at.min(self.draft.source().len()), rest);
        self.enter(rank);
        // Articles are numbered through: their names need no chapter before them.
        let id = self.name(&name);
        self.push(block, rank, Provision { id, parent: None, kind, number, heading, text });
    }

    fn paragraph(&mut self, index: usize, block: &Block) {
        let source = &self.draft.source()[block.bytes.clone()];
        let at = block.bytes.start;
        let (number, rank) = match (&block.kind, &block.option) {
            (BlockKind::Numbered(number), _) => {
                let printed = &self.draft.source()[number.clone()];
                (Some(number.clone()), Rank::Block(block.indent, self.style(printed)))
            }
            (BlockKind::Option(label), _) => {
                let options = self.draft.options();
                let at = options.partition_point(|option| option.block < index);
                let is_long = options[at].bytes.end > block.bytes.end;
                let style = usize::from(self.draft.source()[label.clone()].contains('('));
                let reach = if is_long { Reach::Beyond } else { Reach::Block };
                let rank = Rank::Option(block.indent, style, reach);
                (Some(label.clone()), rank)
            }
            _ => (None, Rank::Block(block.indent, 99)),
        };
        let (printed, text) = match number {
            Some(number) => {
                // Brackets that open before the number stay before the words.
                let ahead = &source[..number.start - at];
                let before = ahead.replace(|c: char| c != '[', "");
                let stars = ahead.matches('*').count();
                let behind = &self.draft.source()[number.end..block.bytes.end];
                let behind = behind_number(behind, stars);
                let from = block.bytes.end - behind.len();
                let printed = self.draft.source()[number].trim_end_matches(':').to_owned();
                (printed, before + &self.words(from, behind))
            }
            None => (String::new(), self.words(at, source)),
        };
        self.enter(rank);
        let deep = self.open.iter().filter(|open| !matches!(open.rank, Rank::Heading(..))).count();
        let kind = if deep == 0 { ProvisionKind::Paragraph } else { ProvisionKind::Subparagraph };
        let own = if printed.is_empty() { self.ordinal() } else { slug(&printed) };
        let name = match self.open.last() {
            Some(parent) => format!("{}.{own}", parent.id),
            None => own,
        };
        let id = self.name(&name);
        let provision =
            Provision { id, parent: None, kind, number: printed, heading: String::new(), text };
        self.push(block, rank, provision);
    }

    /// Returns how deep a number of its style stands. A lone i, v or x is Roman unless the letter
    /// before it in the alphabet has just been met.
    fn style(&self, number: &str) -> usize {
        let met = |end: &str| self.open.iter().any(|open| open.id.as_str().ends_with(end));
        match number.trim_matches(['(', ')', '.', ' ']) {
            "i" if !met(".h") => 3,
            "v" if met(".iv") => 3,
            "x" if met(".ix") => 3,
            _ => style(number),
        }
    }

    /// Closes what cannot hold a provision of that rank.
    fn enter(&mut self, rank: Rank) {
        // A parent less deep ends all that stands under it, also what could hold the new one.
        let keep = self.open.iter().position(|open| !open.rank.holds(rank));
        self.open.truncate(keep.unwrap_or(DEPTH_MAX - 1).min(DEPTH_MAX - 1));
    }

    fn push(&mut self, block: &Block, rank: Rank, provision: Provision) {
        let parent = self.open.last().map(|open| open.id.clone());
        self.open.push(Open { id: provision.id.clone(), rank, unnumbered: 0 });
        self.out.push(DraftProvision {
            provision: Provision { parent, ..provision },
            line: block.line,
        });
    }

    fn ordinal(&mut self) -> String {
        match self.open.last_mut() {
            Some(open) => {
                open.unnumbered += 1;
                format!("p{}", open.unnumbered)
            }
            None => format!("front-{}", self.out.len() + 1),
        }
    }

    /// Makes a name unique.
    fn name(&mut self, wanted: &str) -> ProvisionId {
        let mut name = wanted.to_owned();
        loop {
            // Counting on from the last makes many of one name as cheap as one.
            let times = self.names.entry(wanted.to_owned()).or_insert(0);
            *times += 1;
            if *times > 1 {
                name = format!("{wanted}~{times}");
            }
            if name == wanted || !self.names.contains_key(&name) {
                break;
            }
        }
        if name != wanted {
            self.names.insert(name.clone(), 1);
        }
        ProvisionId::new(name)
    }

    /// Returns the words of some source at a place, without the marks of the file.
    fn words(&self, at: usize, source: &str) -> String {
        plain::words(self.draft, at, source)
    }
}

/// Reads a heading: what it divides, its number, and the rest.
fn division(words: &str) -> (Option<ProvisionKind>, String, String) {
    let bare = words.trim_start_matches(['[', ' ']);
    let lead = &words[..words.len() - bare.len()];
    let lower = bare.to_ascii_lowercase();
    if lower.starts_with("preamble") {
        return (Some(ProvisionKind::Preamble), String::new(), words.to_owned());
    }
    let kinds = [
        ("article ", ProvisionKind::Article),
        ("chapter ", ProvisionKind::Chapter),
        ("part ", ProvisionKind::Chapter),
        ("section ", ProvisionKind::Section),
        ("annex", ProvisionKind::Annex),
    ];
    let Some((name, kind)) = kinds.iter().find(|(name, _)| lower.starts_with(name)) else {
        return (None, String::new(), words.to_owned());
    };
    let rest = bare[name.len()..].trim_start();
    let len = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let after = &rest[len..];
    let spaced = after.trim_start();
    let suffix = SUFFIXES.iter().find(|suffix| {
        spaced.get(..suffix.len()).is_some_and(|head| head.eq_ignore_ascii_case(suffix))
            && !spaced[suffix.len()..].starts_with(char::is_alphanumeric)
    });
    let end = rest.len() - after.len()
        + suffix.map_or(0, |suffix| after.len() - spaced.len() + suffix.len());
    // What closes with the number opened before it.
    let closed = rest[end..].bytes().take_while(|byte| *byte == b']').count();
    let number = format!("{}{}", lead.trim_end(), &rest[..end + closed]);
    let heading = rest[end + closed..].trim_start_matches([' ', '.', ':', '-', '–', '—']);
    (Some(*kind), number, heading.trim_end().to_owned())
}

/// Returns how high a division stands. The title and the preamble hold no other division.
fn rank_of(kind: ProvisionKind) -> Rank {
    match kind {
        ProvisionKind::Title | ProvisionKind::Preamble => Rank::Heading(usize::MAX, 0),
        ProvisionKind::Chapter | ProvisionKind::Annex => Rank::Heading(0, 0),
        ProvisionKind::Section => Rank::Heading(1, 1),
        ProvisionKind::Article | ProvisionKind::Paragraph | ProvisionKind::Subparagraph => {
            Rank::Heading(2, 2)
        }
    }
}

/// Returns the words behind a number: without its colon, and the emphasis that it closes.
fn behind_number(behind: &str, stars: usize) -> &str {
    let blanks = [':', ' ', '\t', '\u{a0}'];
    let mut words = behind.trim_start_matches(blanks);
    for _ in 0..stars {
        words = words.strip_prefix('*').unwrap_or(words);
    }
    words.trim_start_matches(blanks)
}

/// Returns how deep a number of its style stands where indentation does not say: 1., (a), (i).
fn style(number: &str) -> usize {
    let mark = number.trim_matches(['(', ')', '.', ':', ' ']);
    match mark.chars().next() {
        Some(first) if first.is_ascii_digit() && number.starts_with('(') => 4,
        Some(first) if first.is_ascii_digit() => 1,
        _ if mark.len() > 1 && mark.chars().all(|c| "ivx".contains(c)) => 3,
        _ => 2,
    }
}

/// How long a part of a name may be, in characters.
const SLUG_MAX: usize = 40;

/// Writes words so that they can stand in a name: small letters and figures, hyphens between.
fn slug(words: &str) -> String {
    let mut slug = String::new();
    for c in words.chars() {
        if slug.chars().count() >= SLUG_MAX {
            break;
        }
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if c == '.' && slug.ends_with(|c: char| c.is_ascii_digit()) {
            slug.push('.');
        } else if !slug.is_empty() && !slug.ends_with(['-', '.']) {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches(['-', '.']);
    if slug.is_empty() { "unnamed".to_owned() } else { slug.to_owned() }
}
