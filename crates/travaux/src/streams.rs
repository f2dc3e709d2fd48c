//! Where a command writes: what was asked for to standard output, remarks to standard error.
//!
//! It knows neither colours nor terminals: output is the same in a pipe.

use std::fmt::Display;
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
        drop(writeln!(self.err.lock(), "{remark}"));
    }
}

fn unwritten(error: &io::Error) -> CommandError {
    CommandError::writing("standard output", error)
}
