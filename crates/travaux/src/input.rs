//! Where a command reads from: a named file, or standard input for `-`.
//!
//! Bytes come back as they are. That they are text is decided by `travaux-text` alone.

use std::fmt;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use travaux_text::{SOURCE_BYTES_MAX, text_from_bytes};

use crate::command_error::CommandError;

/// Text other than a draft (a merge, entries to append) is read up to so many bytes.
const TEXT_BYTES_MAX: usize = 64 << 20;

/// A file, or standard input.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Input {
    /// Standard input, written `-`.
    Standard,
    /// A file.
    File(PathBuf),
}

impl From<&Path> for Input {
    fn from(path: &Path) -> Self {
        if path == Path::new("-") { Self::Standard } else { Self::File(path.to_owned()) }
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Standard => f.write_str("standard input"),
            Self::File(path) => path.display().fmt(f),
        }
    }
}

impl Input {
    /// Reads it to its end.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn bytes(&self) -> Result<Vec<u8>, CommandError> {
        let read = match self {
            Self::Standard => {
                let mut bytes = Vec::new();
                io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
            }
            Self::File(path) => std::fs::read(path),
        };
        read.map_err(|error| CommandError::reading(self, &error))
    }

    /// Reads it to its end as text, of a size that can be read in bounded memory.
    ///
    /// # Errors
    /// When the file cannot be read, is larger than text is read, or is not UTF-8: then with the offset
    /// (DESIGN section 5).
    pub(crate) fn text(&self) -> Result<String, CommandError> {
        self.text_up_to(TEXT_BYTES_MAX, "text", "is this the file you mean?")
    }

    /// Reads it to its end as a draft, of a size that can be read in bounded memory.
    ///
    /// # Errors
    /// When the file cannot be read, is larger than drafts are read, or is not UTF-8.
    pub(crate) fn draft(&self) -> Result<String, CommandError> {
        let hint =
            "a treaty of a thousand pages has about four million; is this the file you mean?";
        self.text_up_to(SOURCE_BYTES_MAX, "a draft", hint)
    }

    /// Reads text of at most so many bytes. `what` it should be, and what to do else, is for the message.
    fn text_up_to(&self, limit: usize, what: &str, hint: &str) -> Result<String, CommandError> {
        let bytes = self.bytes_up_to(limit + 1)?;
        if bytes.len() > limit {
            return Err(CommandError::input(format!(
                "cannot read {self} as {what}: it has more than {limit} bytes"
            ))
            .hint(hint));
        }
        self.checked(&bytes)?;
        Ok(String::from_utf8(bytes).expect("it was checked to be UTF-8"))
    }

    /// Reads it to its end, or up to a number of bytes.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn bytes_up_to(&self, limit: usize) -> Result<Vec<u8>, CommandError> {
        let limit = limit as u64;
        let mut bytes = Vec::new();
        let read = match self {
            Self::Standard => io::stdin().lock().take(limit).read_to_end(&mut bytes),
            Self::File(path) => std::fs::File::open(path).and_then(|file| {
                let length = file.metadata()?.len().min(limit);
                bytes.reserve_exact(usize::try_from(length).unwrap_or_default() + 1);
                file.take(limit).read_to_end(&mut bytes)
            }),
        };
        read.map(|_| bytes).map_err(|error| CommandError::reading(self, &error))
    }

    /// Takes bytes read from it as text.
    ///
    /// # Errors
    /// When they are not UTF-8: then with the offset.
    pub(crate) fn checked<'b>(&self, bytes: &'b [u8]) -> Result<&'b str, CommandError> {
        text_from_bytes(bytes).map_err(|error| {
            CommandError::input(format!(
                "cannot read {self} as text: the byte at offset {} is not UTF-8",
                error.offset
            ))
            .hint(error.hint())
        })
    }
}
