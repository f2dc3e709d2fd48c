//! Why a page can't be shown: what was asked, why not, and what to try instead.
//!
//! A refusal never tells whether something exists that the viewer may not see: what is hidden and
//! what is nowhere are refused in the same words.

use axum::http::StatusCode;

use crate::view::Link;

/// A page that can't be shown.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    /// The status of the answer.
    pub(crate) status: StatusCode,
    /// What was asked, as a heading.
    pub(crate) what: String,
    /// Why it can't be shown.
    pub(crate) why: String,
    /// What to try instead.
    pub(crate) hint: String,
    /// What is written almost the same.
    pub(crate) nearest: Vec<Link>,
}

impl Refusal {
    /// Nothing is there.
    pub(crate) fn not_found(what: impl Into<String>, why: impl Into<String>, hint: &str) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            what: what.into(),
            why: why.into(),
            hint: hint.to_owned(),
            nearest: Vec::new(),
        }
    }

    /// The address can't be read.
    pub(crate) fn unreadable(what: impl Into<String>, why: impl Into<String>, hint: &str) -> Self {
        Self { status: StatusCode::BAD_REQUEST, ..Self::not_found(what, why, hint) }
    }

    /// Adds what is written almost the same.
    #[must_use]
    pub(crate) fn near(self, nearest: Vec<Link>) -> Self {
        Self { nearest, ..self }
    }
}

/// Returns the few names that are written most like `wanted`, the nearest first.
pub(crate) fn nearest<'a, T>(
    wanted: &str,
    names: impl IntoIterator<Item = (&'a str, T)>,
) -> Vec<(&'a str, T)> {
    // Cut, so that a long address costs no more than a short one.
    let wanted: String = wanted.to_lowercase().chars().take(LETTERS_MAX).collect();
    let mut near: Vec<(usize, &str, T)> = names
        .into_iter()
        .filter(|(name, _)| name.len() <= NAME_BYTES_MAX)
        .filter_map(|(name, of)| {
            let written = name.to_lowercase();
            let distance = strsim::damerau_levenshtein(&wanted, &written);
            let within = !wanted.is_empty() && written.contains(&wanted);
            let close = distance * 3 <= wanted.chars().count().max(3);
            (within || close).then_some((if within { 1 } else { distance }, name, of))
        })
        .collect();
    near.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    near.truncate(5);
    near.into_iter().map(|(_, name, of)| (name, of)).collect()
}

/// Longer names, in bytes, are nothing that somebody would have written.
const NAME_BYTES_MAX: usize = 400;
/// What is wanted is compared up to so many letters.
const LETTERS_MAX: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_finds_its_name() {
        let names = [("safeguards.chapeau", 1), ("scope.1", 2), ("safeguards.2", 3)];
        let near =
            |wanted| nearest(wanted, names).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(near("safegaurds.chapeau"), ["safeguards.chapeau"]);
        assert_eq!(near("safeguards"), ["safeguards.2", "safeguards.chapeau"]);
        assert_eq!(near("zzzzzz"), Vec::<&str>::new());
        assert_eq!(near(""), Vec::<&str>::new());
        let long = "x".repeat(100_000);
        assert!(nearest("x", [(long.as_str(), 1)]).is_empty(), "it is not compared");
    }
}
