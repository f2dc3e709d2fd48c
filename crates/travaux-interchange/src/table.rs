//! Tables as CSV (RFC 4180) and JSON Lines, with a schema that says what each column means.
//!
//! It knows columns and cells, and not what they are about. Cells stand as they are: a spreadsheet that takes
//! a cell beginning with `=` for a formula has to be told that it is text.

use std::fmt::Write as _;

/// A table.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Table {
    /// What it is called.
    pub name: &'static str,
    /// What it holds, in a sentence.
    pub about: &'static str,
    /// Its columns: name and meaning.
    pub columns: &'static [(&'static str, &'static str)],
    /// Its rows; each has a cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

/// One cell.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Cell {
    /// Nothing is known, or nothing applies.
    Nothing,
    /// Words.
    Text(String),
    /// A number.
    Number(u64),
    /// Yes or no.
    Is(bool),
    /// Several words, as a list. In CSV they are parted by semicolons.
    Many(Vec<String>),
}

impl Cell {
    /// Makes a cell of words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn plain(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Is(is) => is.to_string(),
            Self::Many(words) => words.join("; "),
        }
    }

    fn json(&self) -> String {
        match self {
            Self::Nothing => "null".to_owned(),
            Self::Text(text) => quoted(text),
            Self::Number(number) => number.to_string(),
            Self::Is(is) => is.to_string(),
            Self::Many(words) => {
                let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
                format!("[{}]", words.join(","))
            }
        }
    }
}

impl Table {
    /// Writes it as CSV: a line of names, then a line a row, each ended as RFC 4180 has it.
    pub fn csv(&self) -> String {
        let mut text = line(self.columns.iter().map(|(name, _)| (*name).to_owned()));
        for row in &self.rows {
            text.push_str(&line(row.iter().map(Cell::plain)));
        }
        text
    }

    /// Writes it as JSON Lines: an object a row.
    pub fn json_lines(&self) -> String {
        let mut text = String::new();
        for row in &self.rows {
            let members = self.columns.iter().zip(row);
            let members: Vec<String> = members
                .map(|((name, _), cell)| format!("{}:{}", quoted(name), cell.json()))
                .collect();
            text.push_str(&format_object(&members));
            text.push('\n');
        }
        text
    }

    /// Writes what its columns mean as a JSON Schema of one row.
    pub fn schema(&self) -> String {
        let members = self.columns.iter().map(|(name, meaning)| {
            format!(
                "{}:{}",
                quoted(name),
                format_object(&[format!("\"description\":{}", quoted(meaning))])
            )
        });
        let members: Vec<String> = members.collect();
        let names: Vec<String> = self.columns.iter().map(|(name, _)| quoted(name)).collect();
        let all = [
            "\"$schema\":\"https://json-schema.org/draft/2020-12/schema\"".to_owned(),
            format!("\"title\":{}", quoted(self.name)),
            format!("\"description\":{}", quoted(self.about)),
            "\"type\":\"object\"".to_owned(),
            format!("\"required\":[{}]", names.join(",")),
            "\"additionalProperties\":false".to_owned(),
            format!("\"properties\":{}", format_object(&members)),
        ];
        format!("{}\n", format_object(&all))
    }
}

fn format_object(members: &[String]) -> String {
    format!("{{{}}}", members.join(","))
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells
        .map(|cell| {
            if cell.contains([',', '"', '\n', '\r']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell
            }
        })
        .collect();
    format!("{}\r\n", cells.join(","))
}

/// Writes a string of JSON.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            letter if letter < ' ' => {
                write!(out, "\\u{:04x}", u32::from(letter)).expect("a string takes it");
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        Table {
            name: "words",
            about: "Words.",
            columns: &[("word", "the word"), ("count", "how often"), ("by", "who said it")],
            rows: vec![
                vec![
                    Cell::text("a \"b\", c\nd"),
                    Cell::Number(2),
                    Cell::Many(vec!["X".to_owned(), "Y".to_owned()]),
                ],
                vec![Cell::text("\u{1}\\"), Cell::Nothing, Cell::Is(true)],
            ],
        }
    }

    #[test]
    fn csv_quotes_what_it_must() {
        assert_eq!(
            table().csv(),
            "word,count,by\r\n\"a \"\"b\"\", c\nd\",2,X; Y\r\n\u{1}\\,,true\r\n"
        );
    }

    #[test]
    fn json_lines_are_an_object_a_row() {
        assert_eq!(
            table().json_lines(),
            "{\"word\":\"a \\\"b\\\", c\\nd\",\"count\":2,\"by\":[\"X\",\"Y\"]}\n\
             {\"word\":\"\\u0001\\\\\",\"count\":null,\"by\":true}\n"
        );
    }
}
