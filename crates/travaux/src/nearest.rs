//! Which of the names there are somebody may have meant.
//!
//! A guess is only ever shown as a hint; no command acts on it.

use crate::command_error::CommandError;

/// How alike, from 0 to 1, a name must be to be worth a hint.
const LIKENESS_MIN: f64 = 0.6;
/// The longest names that are compared, in bytes: the work grows with the square of it.
const COMPARED_MAX: usize = 400;
/// How many names a hint lists where none is alike.
const LISTED_MAX: usize = 12;

/// Adds to `error` the names nearest to `written`, or what names there are where none is near.
///
/// `noun` is what they name, in the plural.
pub(crate) fn hint<'a>(
    error: CommandError,
    written: &str,
    noun: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> CommandError {
    let names: Vec<&str> = names.into_iter().collect();
    let near = nearest(written, &names);
    if !near.is_empty() {
        return error.hint(format!("did you mean {}?", list(&near)));
    }
    match names.len() {
        0 => error.hint(format!("there are no {noun}")),
        1..=LISTED_MAX if names.iter().all(|name| name.len() <= COMPARED_MAX) => {
            error.hint(format!("the {noun} are {}", list(&names)))
        }
        _ => error.hint(format!("none of the {noun} is anything like it")),
    }
}

/// Returns up to three of `names` that are alike, the likest first.
fn nearest<'a>(written: &str, names: &[&'a str]) -> Vec<&'a str> {
    if COMPARED_MAX < written.len() {
        return Vec::new();
    }
    let lower = written.to_lowercase();
    let mut near: Vec<(f64, &str)> = names
        .iter()
        .filter(|name| name.len() <= COMPARED_MAX)
        .map(|&name| (likeness(&lower, &name.to_lowercase()), name))
        .filter(|&(likeness, _)| likeness >= LIKENESS_MIN)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    near.into_iter().map(|(_, name)| name).take(3).collect()
}

/// A name that begins with what was written is alike, whatever follows.
fn likeness(written: &str, name: &str) -> f64 {
    if !written.is_empty() && name.starts_with(written) {
        return 1.0;
    }
    strsim::normalized_damerau_levenshtein(written, name)
}

/// Lists names as prose.
fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("`{one}`"),
        [rest @ .., last] => {
            let rest: Vec<String> = rest.iter().map(|name| format!("`{name}`")).collect();
            format!("{} or `{last}`", rest.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, names: &[&str], expected: &[&str]) {
        assert_eq!(nearest(written, names), expected);
    }

    #[test]
    fn a_slip_of_the_pen_finds_the_name() {
        check("safegaurds", &["scope", "safeguards", "title"], &["safeguards"]);
        check("usa", &["USA", "FRA"], &["USA"]);
    }

    #[test]
    fn a_beginning_finds_the_whole() {
        check("safeguards", &["safeguards.chapeau", "scope"], &["safeguards.chapeau"]);
    }

    #[test]
    fn what_is_long_is_not_compared() {
        let long = "x".repeat(100_000);
        check(&long, &[&long, "x"], &[]);
        check("x", &[&long], &[]);
    }

    #[test]
    fn nothing_alike_is_nothing_found() {
        check("zzz", &["safeguards", "scope"], &[]);
        check("", &["a"], &[]);
    }
}
