//! The catalogue of powers and safeguards, as data: a Markdown page of three tables.

use super::pattern::Patterns;

/// The page that ships with the program.
const SHIPPED: &str = include_str!("../../../../catalogue/coverage.md");

/// A power that a text may give.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Power {
    /// Its key.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Headings of articles that give it.
    pub headings: Patterns,
    /// Words of articles without a heading that give it.
    pub words: Patterns,
    /// Why it is looked for.
    pub why: String,
}

/// A safeguard that may bind powers.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Safeguard {
    /// Its key.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Headings of articles that are about it and nothing else.
    pub headings: Patterns,
    /// Words in which it stands.
    pub words: Patterns,
    /// Words that look like it and are not.
    pub unless: Patterns,
    /// Why it is looked for.
    pub why: String,
}

/// Words by which a provision governs others.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Clause {
    /// Its key.
    pub key: String,
    /// The words.
    pub words: Patterns,
    /// The keys of the safeguards it is about; none where it brings whatever it carries.
    pub brings: Vec<String>,
    /// Why they govern.
    pub why: String,
}

/// The powers and safeguards that are looked for.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Catalogue {
    /// Powers; an article stands under the first that fits.
    pub powers: Vec<Power>,
    /// Safeguards, in the order of the matrix.
    pub safeguards: Vec<Safeguard>,
    /// Words of reach.
    pub clauses: Vec<Clause>,
}

/// Why a page is no catalogue.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct CatalogueError {
    /// The line, counted from one; the last where something is missing.
    pub line: usize,
    /// What is wrong.
    pub why: String,
}

impl std::fmt::Display for CatalogueError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "cannot read the catalogue: line {}: {}", self.line, self.why)
    }
}

impl std::error::Error for CatalogueError {}

impl Catalogue {
    /// Returns the catalogue that ships with the program.
    ///
    /// # Panics
    /// Never: that it can be read is held by a test.
    pub fn shipped() -> Self {
        Self::read(SHIPPED).expect("the shipped catalogue is read in a test")
    }

    /// Reads a catalogue from a Markdown page with the tables Powers, Safeguards and Reach.
    ///
    /// # Errors
    /// When a row has too few or too many cells, no words, or a table is empty.
    pub fn read(page: &str) -> Result<Self, CatalogueError> {
        let powers = rows::<5>(page, "## Powers")?;
        let safeguards = rows::<6>(page, "## Safeguards")?;
        let clauses = rows::<4>(page, "## Reach")?;
        let power = |[key, name, headings, words, why]: [&str; 5]| Power {
            key: key.to_owned(),
            name: name.to_owned(),
            headings: Patterns::read(headings),
            words: Patterns::read(words),
            why: why.to_owned(),
        };
        let safeguard = |[key, name, headings, words, unless, why]: [&str; 6]| Safeguard {
            key: key.to_owned(),
            name: name.to_owned(),
            headings: Patterns::read(headings),
            words: Patterns::read(words),
            unless: Patterns::read(unless),
            why: why.to_owned(),
        };
        let clause = |[key, words, brings, why]: [&str; 4]| Clause {
            key: key.to_owned(),
            words: Patterns::read(words),
            brings: brings
                .split(';')
                .map(str::trim)
                .filter(|key| !key.is_empty())
                .map(str::to_owned)
                .collect(),
            why: why.to_owned(),
        };
        Ok(Self {
            powers: powers.into_iter().map(power).collect(),
            safeguards: safeguards.into_iter().map(safeguard).collect(),
            clauses: clauses.into_iter().map(clause).collect(),
        })
    }
}

/// Reads the rows of the table under a heading.
pub(crate) fn rows<'p, const CELLS: usize>(
    page: &'p str,
    heading: &str,
) -> Result<Vec<[&'p str; CELLS]>, CatalogueError> {
    let mut found = Vec::new();
    let mut is_under = false;
    let mut last = 0;
    for (at, line) in page.lines().enumerate() {
        last = at + 1;
        if line.starts_with('#') {
            is_under = line == heading;
        }
        let is_row = is_under && line.starts_with('|') && !line.starts_with("|---");
        if !is_row || line.starts_with("| key |") {
            continue;
        }
        let cells = line.trim().strip_prefix('|').and_then(|line| line.strip_suffix('|'));
        let cells: Vec<&str> = cells.unwrap_or_default().split('|').map(str::trim).collect();
        let count = cells.len();
        let cells: [&str; CELLS] = cells.try_into().map_err(|_cells: Vec<&str>| {
            CatalogueError { line: at + 1, why: format!("there are {count} cells, not {CELLS}") }
        })?;
        if cells[0].is_empty() || cells[CELLS - 1].is_empty() {
            let why = "a row has a key first and says why last".to_owned();
            return Err(CatalogueError { line: at + 1, why });
        }
        found.push(cells);
    }
    if found.is_empty() {
        let why = format!("there is no table under \"{heading}\"");
        return Err(CatalogueError { line: last, why });
    }
    Ok(found)
}
