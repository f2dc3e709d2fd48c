//! What somebody wrote, cut for a message: enough to know it again, however long it is.

/// How many characters of what was written a message gives back.
const SHOWN_MAX: usize = 80;
/// The longest names that are compared letter by letter for a hint, in characters.
pub(crate) const COMPARED_MAX: usize = 120;

/// Returns `written`, or its beginning with an ellipsis where it is long.
pub(crate) fn shortened(written: &str) -> String {
    match written.char_indices().nth(SHOWN_MAX) {
        Some((end, _)) => format!("{}\u{2026}", &written[..end]),
        None => written.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_long_is_cut_between_characters() {
        assert_eq!(shortened("2023-04-21"), "2023-04-21");
        assert_eq!(shortened(&"\u{e9}".repeat(80)), "\u{e9}".repeat(80));
        assert_eq!(shortened(&"\u{e9}".repeat(81)), format!("{}\u{2026}", "\u{e9}".repeat(80)));
    }
}
