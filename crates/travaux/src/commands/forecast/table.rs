//! Tables of numbers read from a file: named columns, one row a line.
//!
//! A column is found by its name, in any order; columns that are not asked for are left alone. What
//! the numbers mean is not known here.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

use flate2::read::GzDecoder;

use crate::command_error::CommandError;
use crate::input::Input;

/// A table as it was read.
pub(super) struct Table {
    name: String,
    columns: BTreeMap<String, usize>,
    rows: Vec<(u64, csv::StringRecord)>,
}

/// One row of a table.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    table: &'a Table,
    line: u64,
    record: &'a csv::StringRecord,
}

impl Table {
    /// Reads comma-separated values with a header, also when compressed by gzip.
    ///
    /// # Errors
    /// When it cannot be read, a row has more or fewer fields than the header, or a column of
    /// `needed` is missing.
    pub(super) fn read(path: &Path, needed: &[&str]) -> Result<Self, CommandError> {
        let input = Input::from(path);
        let mut bytes = input.bytes()?;
        if bytes.starts_with(&[0x1f, 0x8b]) {
            let mut text = Vec::new();
            GzDecoder::new(bytes.as_slice())
                .read_to_end(&mut text)
                .map_err(|error| CommandError::input(format!("cannot unpack {input}: {error}")))?;
            bytes = text;
        }
        let text = input.checked(&bytes)?;
        // A table saved by a spreadsheet may begin with the mark of its encoding.
        let text = text.trim_start_matches('\u{feff}');
        let mut reader =
            csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
        let malformed = |error: csv::Error| {
            CommandError::input(format!("cannot read {input} as a table: {error}"))
        };
        let header = reader.headers().map_err(malformed)?.clone();
        let columns: BTreeMap<String, usize> =
            header.iter().enumerate().map(|(place, name)| (name.to_lowercase(), place)).collect();
        if let Some(missing) = needed.iter().find(|name| !columns.contains_key(**name)) {
            return Err(CommandError::input(format!(
                "cannot read {input} as a table: it has no column {missing:?}"
            ))
            .hint(format!("the first line must name the columns: {}", needed.join(","))));
        }
        let mut rows = Vec::new();
        for record in reader.into_records() {
            let record = record.map_err(malformed)?;
            rows.push((record.position().map_or(0, csv::Position::line), record));
        }
        if rows.is_empty() {
            return Err(CommandError::input(format!("cannot use {input}: it has no row")));
        }
        Ok(Self { name: input.to_string(), columns, rows })
    }

    /// Returns the rows in the order of the file.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, record)| Row { table: self, line: *line, record })
    }
}

impl<'a> Row<'a> {
    /// Returns what stands in a column; nothing where there is no such column.
    pub(super) fn text(&self, column: &str) -> &'a str {
        let place = self.table.columns.get(column);
        place.and_then(|place| self.record.get(*place)).unwrap_or("")
    }

    /// Returns the number in a column.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn number(&self, column: &str) -> Result<f64, CommandError> {
        let text = self.text(column);
        text.parse()
            .map_err(|_no_number| self.refused(format!("{column} is {text:?}, which is no number")))
    }

    /// Returns the whole number in a column.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn whole<N: std::str::FromStr>(&self, column: &str) -> Result<N, CommandError> {
        let text = self.text(column);
        let refused =
            |_| self.refused(format!("{column} is {text:?}, which is no such whole number"));
        text.parse().map_err(refused)
    }

    /// Returns the date in a column.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn date(&self, column: &str) -> Result<jiff::civil::Date, CommandError> {
        let text = self.text(column);
        text.parse().map_err(|_no_date| {
            self.refused(format!("{column} is {text:?}, which is no date"))
                .hint("dates are written YYYY-MM-DD")
        })
    }

    /// Says why this row cannot be used.
    pub(super) fn refused(&self, why: impl std::fmt::Display) -> CommandError {
        CommandError::input(format!("cannot use {}, line {}: {why}", self.table.name, self.line))
    }
}
