//! How an instruction names a place: "article 5, paragraph 2 (b)", "the chapeau of paragraph 3".
//!
//! Only words are read here. Whether there is such a place, and which it is, `find` decides.

use super::lex::Pieces;
use crate::provision::ProvisionKind;
use crate::references::{Level, Pick, depth, is_digits, numbered_at, rank_at};

/// A place as an instruction names it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Locus {
    /// The words that name it.
    pub(super) named: String,
    pub(super) target: Target,
    /// Which part of the provision is meant.
    pub(super) part: LocusPart,
    /// Which of its sentences, if one is named.
    pub(super) sentence: Option<Nth>,
    /// Whether a line was named.
    pub(super) has_line: bool,
}

/// The provision that is meant.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Target {
    /// The whole text.
    Text,
    /// The provision spoken of, or the one of that rank around it.
    Context(Option<ProvisionKind>),
    /// Provisions by paths from the highest rank down.
    Paths(Vec<Vec<Step>>),
    /// A provision by its id.
    Id(String),
}

/// One step of a path.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Step {
    /// By number.
    Level(Level),
    /// By its place among those of its rank.
    Ordinal(ProvisionKind, Nth),
    /// The only one of its rank: the preamble, the annex.
    Only(ProvisionKind),
    /// A footnote by its mark.
    Footnote(String),
}

impl Step {
    pub(super) fn depth(&self) -> u8 {
        match self {
            Self::Level(level) => depth(level.kind),
            Self::Ordinal(kind, _) | Self::Only(kind) => depth(*kind),
            Self::Footnote(_) => u8::MAX,
        }
    }
}

/// Which of several.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Nth {
    /// Counted from one.
    At(usize),
    Last,
}

impl Nth {
    /// Returns the place counted from zero among so many.
    pub(super) fn among(self, count: usize) -> Option<usize> {
        match self {
            Self::At(at) => at.checked_sub(1).filter(|at| *at < count),
            Self::Last => count.checked_sub(1),
        }
    }
}

impl std::fmt::Display for Nth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Last => f.write_str("last"),
            Self::At(at) => match at.checked_sub(1).and_then(|at| ORDINALS.get(at)) {
                Some(word) => f.write_str(word),
                None => write!(f, "{at}{}", suffix(*at)),
            },
        }
    }
}

fn suffix(number: usize) -> &'static str {
    match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
];

/// Which part of a provision is meant.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum LocusPart {
    /// All of it.
    Whole,
    /// Its own words, without what stands below it.
    Chapeau,
    /// Its heading.
    Heading,
}

/// Reads a word for which of several: "second", "2nd", "last".
pub(super) fn nth(word: &str) -> Option<Nth> {
    if word == "last" || word == "final" {
        return Some(Nth::Last);
    }
    if let Some(at) = ORDINALS.iter().position(|ordinal| *ordinal == word) {
        return Some(Nth::At(at + 1));
    }
    let digits = ["st", "nd", "rd", "th"].into_iter().find_map(|end| word.strip_suffix(end))?;
    digits.parse().ok().filter(|at| *at > 0).map(Nth::At)
}

/// What one segment of a place says.
enum Segment {
    Paths(Vec<Vec<Step>>),
    Text,
    Context(Option<ProvisionKind>),
    Id(String),
    Part(LocusPart),
    Sentence(Nth),
    Line,
}

/// What the text as a whole is called.
const WHOLE: [&str; 8] =
    ["text", "convention", "draft", "document", "instrument", "treaty", "protocol", "agreement"];

impl Pieces<'_> {
    /// Reads a place, and gives the piece behind it.
    pub(super) fn locus(&self, at: usize) -> Option<(Locus, usize)> {
        let mut locus = Locus {
            named: String::new(),
            target: Target::Context(None),
            part: LocusPart::Whole,
            sentence: None,
            has_line: false,
        };
        let (first, mut next) = self.segment(at)?;
        locus.take(first);
        while let Some(from) = self.joint(next)
            && let Some((segment, behind)) = self.segment(from)
        {
            if !locus.take(segment) {
                break;
            }
            next = behind;
        }
        self.between(at, next).clone_into(&mut locus.named);
        Some((locus, next))
    }

    /// Reads what joins two segments: a comma, "of", "in".
    fn joint(&self, at: usize) -> Option<usize> {
        let comma = usize::from(self.lower(at) == ",");
        let word = usize::from(["of", "in", "to", "under"].contains(&self.lower(at + comma)));
        // "to" names a place to go to as well; only "the title to article 5" joins.
        let is_going = self.lower(at + comma) == "to"
            && !(at > 0 && ["title", "heading", "chapeau", "annex"].contains(&self.lower(at - 1)));
        (comma + word > 0 && !is_going).then_some(at + comma + word)
    }

    fn segment(&self, at: usize) -> Option<(Segment, usize)> {
        const ARTICLES: [&str; 8] =
            ["the", "this", "same", "said", "entire", "whole", "present", "that"];
        let mut from = at;
        while ARTICLES.contains(&self.lower(from)) {
            from += 1;
        }
        let has_article = at < from;
        let one = |segment| Some((segment, from + 1));
        match (self.lower(from), self.lower(from + 1), self.lower(from + 2)) {
            ("provision", ..) if self.quote(from + 1).is_some() => {
                Some((Segment::Id(self.quote(from + 1)?.to_owned()), from + 2))
            }
            ("chapeau", ..) => one(Segment::Part(LocusPart::Chapeau)),
            ("introductory" | "opening", "words" | "sentence" | "phrase" | "part" | "line", _) => {
                Some((Segment::Part(LocusPart::Chapeau), from + 2))
            }
            ("lead", "-", "in") => Some((Segment::Part(LocusPart::Chapeau), from + 3)),
            ("title" | "heading", ..) => one(Segment::Part(LocusPart::Heading)),
            ("preamble", ..) => {
                one(Segment::Paths(vec![vec![Step::Only(ProvisionKind::Preamble)]]))
            }
            ("annex", next, _) if !is_number_of_annex(next) && self.numbered(from).is_none() => {
                one(Segment::Paths(vec![vec![Step::Only(ProvisionKind::Annex)]]))
            }
            ("preambular", "paragraph" | "para", _) | ("pp", ..) => self.preambular(from),
            ("operative", ..) => self.numbered(from + 1),
            ("footnote" | "note", number, _) if is_digits(number) => {
                Some((Segment::Paths(vec![vec![Step::Footnote(number.to_owned())]]), from + 2))
            }
            ("line" | "lines", number, _) if is_digits(number) => {
                Some((Segment::Line, self.behind_lines(from + 2)))
            }
            (word, ..) if has_article && WHOLE.contains(&word) => one(Segment::Text),
            _ => self
                .numbered(from)
                .or_else(|| self.ordinal(from))
                .or_else(|| if has_article { self.context(from) } else { None }),
        }
    }

    fn numbered(&self, at: usize) -> Option<(Segment, usize)> {
        let (pointers, next) = numbered_at(&self.words, at)?;
        let paths = pointers.into_iter().map(|pointer| pointer.path.into_iter().map(Step::Level));
        Some((Segment::Paths(paths.map(Iterator::collect).collect()), next))
    }

    /// Reads "second paragraph", "third preambular paragraph", "last sentence", "second line".
    fn ordinal(&self, at: usize) -> Option<(Segment, usize)> {
        let nth = nth(self.lower(at))?;
        match self.lower(at + 1) {
            "sentence" => return Some((Segment::Sentence(nth), at + 2)),
            "line" => return Some((Segment::Line, at + 2)),
            "preambular" if self.lower(at + 2) == "paragraph" => {
                let step = Step::Ordinal(ProvisionKind::Paragraph, nth);
                let path = vec![Step::Only(ProvisionKind::Preamble), step];
                return Some((Segment::Paths(vec![path]), at + 3));
            }
            _ => {}
        }
        let unit = at + 1 + usize::from(self.lower(at + 1) == "operative");
        let (kind, is_plural, next) = rank_at(&self.words, unit)?;
        let is_numbered = numbered_at(&self.words, unit).is_some();
        (!is_plural && !is_numbered)
            .then(|| (Segment::Paths(vec![vec![Step::Ordinal(kind, nth)]]), next))
    }

    /// Reads "the paragraph", "this article": those spoken of.
    fn context(&self, at: usize) -> Option<(Segment, usize)> {
        let (kind, is_plural, next) = rank_at(&self.words, at)?;
        (!is_plural).then_some((Segment::Context(Some(kind)), next))
    }

    /// Reads "preambular paragraph 3" and "PP 3": paragraphs of the preamble print no numbers.
    fn preambular(&self, at: usize) -> Option<(Segment, usize)> {
        let number = at + 1 + usize::from(self.lower(at) == "preambular");
        let place = self.lower(number).parse().ok().filter(|place| *place > 0)?;
        let step = Step::Ordinal(ProvisionKind::Paragraph, Nth::At(place));
        let path = vec![Step::Only(ProvisionKind::Preamble), step];
        Some((Segment::Paths(vec![path]), number + 1))
    }

    fn behind_lines(&self, at: usize) -> usize {
        let joins = ["to", "and", "-", "\u{2013}"].contains(&self.lower(at));
        if joins && is_digits(self.lower(at + 1)) { at + 2 } else { at }
    }
}

fn is_number_of_annex(word: &str) -> bool {
    word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_alphanumeric()) && word != "a"
}

impl Locus {
    /// Takes in a further segment; reports whether it belongs to this place.
    fn take(&mut self, segment: Segment) -> bool {
        match segment {
            Segment::Part(part) if self.part == LocusPart::Whole => self.part = part,
            Segment::Sentence(nth) if self.sentence.is_none() => self.sentence = Some(nth),
            Segment::Line => self.has_line = true,
            Segment::Text if self.target == Target::Context(None) => self.target = Target::Text,
            Segment::Context(kind) if self.target == Target::Context(None) => {
                self.target = Target::Context(kind);
            }
            // "Paragraph 2 of the Convention" is a paragraph, and "paragraph 2 of this article" the one
            // of the article spoken of.
            Segment::Text | Segment::Context(_) => {}
            Segment::Id(id) if self.target == Target::Context(None) => self.target = Target::Id(id),
            Segment::Paths(paths) => return self.take_paths(paths),
            Segment::Part(_) | Segment::Sentence(_) | Segment::Id(_) => return false,
        }
        true
    }

    fn take_paths(&mut self, paths: Vec<Vec<Step>>) -> bool {
        let own = match &self.target {
            Target::Context(_) | Target::Text => {
                self.target = Target::Paths(paths);
                return true;
            }
            Target::Id(_) => return false,
            Target::Paths(own) => own,
        };
        let first = |paths: &[Vec<Step>]| {
            paths.iter().filter_map(|path| path.first()).map(Step::depth).min()
        };
        let last = |paths: &[Vec<Step>]| {
            paths.iter().filter_map(|path| path.last()).map(Step::depth).max()
        };
        let (outer, inner) = if last(own) < first(&paths) {
            (own.clone(), paths)
        } else if last(&paths) < first(own) {
            (paths, own.clone())
        } else {
            return false;
        };
        let joined = outer.iter().flat_map(|outer| {
            inner.iter().map(move |inner| outer.iter().chain(inner).cloned().collect())
        });
        self.target = Target::Paths(joined.collect());
        true
    }

    /// Reports whether it names more than a part of what is spoken of.
    pub(super) fn names_something(&self) -> bool {
        self.target != Target::Context(None)
    }
}

/// Returns the number of the first level of a kind, as written.
pub(super) fn number_of(step: &Step) -> Option<&str> {
    match step {
        Step::Level(Level { pick: Pick::Number(numeral), .. }) => Some(&numeral.number),
        _ => None,
    }
}
