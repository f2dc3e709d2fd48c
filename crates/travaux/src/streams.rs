//! Where a command writes: what was asked for to standard output, remarks to standard error.
//!
//! It knows neither colours nor terminals: output is the same in a pipe. What is for people to read
//! ([`Streams::say`], [`Streams::remark`]) shows characters that would steer a terminal or turn the
//! direction of writing instead of obeying them; what is for programs is bytes as they are.

use std::borrow::Cow;
use std::fmt::{Display, Write as _};
use std::io::{self, BufWriter, Stderr, StdoutLock, Write as _};

use crate::command_error::CommandError;

/// Standard output, kept back until there is enough of it, and standard error.
pub(crate) struct Streams {
    out: BufWriter<StdoutLock<'static>>,
    err: Stderr,
}

impl Streams {
    /// Takes the streams of this process.
    pub(crate) fn new() -> Self {
        Self { out: BufWriter::new(io::stdout().lock()), err: io::stderr() }
    }

    /// Writes what was asked for, as it is.
    ///
    /// # Errors
    /// When standard output is closed or full.
    pub(crate) fn print(&mut self, bytes: impl AsRef<[u8]>) -> Result<(), CommandError> {
        self.out.write_all(bytes.as_ref()).map_err(|error| unwritten(&error))
    }

    /// Writes what people are to read; see [`readable`].
    ///
    /// # Errors
    /// When standard output is closed or full.
    pub(crate) fn say(&mut self, text: &str) -> Result<(), CommandError> {
        self.print(readable(text).as_bytes())
    }

    /// Writes text, and a line feed where it ends without one.
    ///
    /// # Errors
    /// When standard output is closed or full.
    pub(crate) fn print_lines(&mut self, text: &str) -> Result<(), CommandError> {
        self.print(text)?;
        if text.ends_with('\n') || text.is_empty() { Ok(()) } else { self.print("\n") }
    }

    /// Hands over what was kept back.
    ///
    /// # Errors
    /// When standard output is closed or full.
    pub(crate) fn flush(&mut self) -> Result<(), CommandError> {
        self.out.flush().map_err(|error| unwritten(&error))
    }

    /// Remarks on what is printed, so that a pipe carries only what was asked for.
    pub(crate) fn remark(&self, remark: impl Display) {
        // Where nobody listens to remarks, there is nobody to tell.
        drop(writeln!(self.err.lock(), "{}", readable(&remark.to_string())));
    }
}

/// Returns text with the characters that a terminal would obey written as their numbers: control
/// characters other than tabs and the ends of lines, and those that turn the direction of writing.
pub(crate) fn readable(text: &str) -> Cow<'_, str> {
    let mut letters = text.chars().peekable();
    let is_steering = |letter: char, next: Option<&char>| match letter {
        '\n' | '\t' => false,
        '\r' => next != Some(&'\n'),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            true
        }
        letter => letter.is_control(),
    };
    let mut shown = String::new();
    let mut steers = false;
    while let Some(letter) = letters.next() {
        if is_steering(letter, letters.peek()) {
            steers = true;
            write!(shown, "<U+{:04X}>", u32::from(letter)).expect("a string takes what is written");
        } else {
            shown.push(letter);
        }
    }
    if steers { Cow::Owned(shown) } else { Cow::Borrowed(text) }
}

fn unwritten(error: &io::Error) -> CommandError {
    CommandError::writing("standard output", error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(readable(text), expected);
    }

    #[test]
    fn what_would_steer_a_terminal_is_shown_instead() {
        check("\u{1b}[2J\u{1b}]0;title\u{7}", "<U+001B>[2J<U+001B>]0;title<U+0007>");
        check("agreed\rnot agreed", "agreed<U+000D>not agreed");
        check("a\u{8}b\u{7f}c\u{9b}31m\0", "a<U+0008>b<U+007F>c<U+009B>31m<U+0000>");
    }

    #[test]
    fn what_would_turn_the_direction_of_writing_is_shown_instead() {
        check("a\u{202e}b\u{202c}", "a<U+202E>b<U+202C>");
        check("\u{2066}a\u{2069}\u{200f}\u{61c}", "<U+2066>a<U+2069><U+200F><U+061C>");
    }

    #[test]
    fn text_in_any_script_stays_as_it_is() {
        for text in [
            "",
            "line\n\ttab\r\n",
            "\u{627}\u{644}\u{62f}\u{648}\u{644} \u{627}\u{644}\u{623}\u{637}\u{631}\u{627}\u{641}",
            "\u{7f14}\u{7ea6}\u{56fd} e\u{301} \u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645} \u{1f469}\u{200d}\u{1f33e}",
        ] {
            check(text, text);
        }
    }
}
