//! The one translation from what can go wrong to what the user is told, and to an exit code.
//!
//! A message names what was attempted, on what, and why it did not work, under which rule where a
//! rule refused it; what to do about it is a hint on a line of its own. Nothing here knows which
//! command it speaks for.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};

use travaux_store::StoreError;
use travaux_text::{MergeError, NameError, TextError};

use crate::streams::readable;

/// What kind of thing went wrong; decides the exit code.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// The command line asks for something that makes no sense.
    Usage,
    /// What was read is malformed, is refused by a rule, or holds no such thing.
    Input,
    /// The machine said no: a file, a port, a permission.
    Environment,
    /// Nobody reads our output any more.
    BrokenPipe,
}

impl Kind {
    /// Returns the exit code, as `travaux help` documents it.
    pub(crate) fn exit_code(self) -> u8 {
        match self {
            Self::BrokenPipe => 0,
            Self::Usage => 2,
            Self::Input => 3,
            Self::Environment => 4,
        }
    }
}

/// Why a command did not do its work.
#[derive(Debug)]
pub(crate) struct CommandError {
    kind: Kind,
    error: String,
    hints: Vec<String>,
}

impl CommandError {
    fn new(kind: Kind, error: impl Display) -> Self {
        Self { kind, error: error.to_string(), hints: Vec::new() }
    }

    /// Returns what went wrong in words, for who shows it in another place than the terminal.
    pub(crate) fn into_words(self) -> String {
        self.error
    }

    /// Says that the command line asks for something that makes no sense.
    pub(crate) fn usage(error: impl Display) -> Self {
        Self::new(Kind::Usage, error)
    }

    /// Says that what was read is malformed, refused, or holds no such thing.
    pub(crate) fn input(error: impl Display) -> Self {
        Self::new(Kind::Input, error)
    }

    /// Says that the machine refused.
    pub(crate) fn environment(error: impl Display) -> Self {
        Self::new(Kind::Environment, error)
    }

    /// Says that `what` could not be read.
    pub(crate) fn reading(what: impl Display, error: &io::Error) -> Self {
        Self::environment(format!("cannot read {what}: {}", reason(error)))
            .hints(hint_for(error.kind()))
    }

    /// Says that `what` could not be written.
    pub(crate) fn writing(what: impl Display, error: &io::Error) -> Self {
        if error.kind() == ErrorKind::BrokenPipe {
            return Self::new(Kind::BrokenPipe, "");
        }
        Self::environment(format!("cannot write {what}: {}", reason(error)))
            .hints(hint_for(error.kind()))
    }

    /// Adds what the user can do about it.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Display) -> Self {
        self.hints.push(hint.to_string());
        self
    }

    /// Adds each of `hints`.
    #[must_use]
    pub(crate) fn hints<H: Display>(self, hints: impl IntoIterator<Item = H>) -> Self {
        hints.into_iter().fold(self, Self::hint)
    }

    /// Returns what is said, without the hints.
    pub(crate) fn said(&self) -> String {
        readable(&self.error).into_owned()
    }

    /// Returns the first thing that the user can do about it.
    pub(crate) fn first_hint(&self) -> String {
        self.hints.first().cloned().unwrap_or_default()
    }

    /// Reports whether nobody reads our output any more, which is no fault of ours.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        self.kind == Kind::BrokenPipe
    }

    /// Returns what kind of thing went wrong.
    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// Writes the message, then each hint on a line of its own.
    pub(crate) fn print(&self, to: &mut dyn Write) -> io::Result<()> {
        writeln!(to, "error: {}", readable(&self.error))?;
        for hint in &self.hints {
            writeln!(to, "hint: {}", readable(hint))?;
        }
        Ok(())
    }
}

/// Says why, in our words for what happens often, so that messages do not vary between systems.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        ErrorKind::PermissionDenied => "this account has no permission".to_owned(),
        ErrorKind::IsADirectory => "it is a folder, not a file".to_owned(),
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the disk is mounted read-only".to_owned(),
        _ => error.to_string(),
    }
}

fn hint_for(kind: ErrorKind) -> Option<&'static str> {
    match kind {
        ErrorKind::NotFound => Some("check the path; it is taken from the folder you are in"),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            Some("check who owns the file and its folder, or choose another place")
        }
        ErrorKind::IsADirectory => Some("name a file in that folder"),
        _ => None,
    }
}

impl From<NameError> for CommandError {
    fn from(error: NameError) -> Self {
        Self::usage(error).hint(error.hint())
    }
}

impl From<MergeError> for CommandError {
    fn from(error: MergeError) -> Self {
        Self::usage(&error).hint(error.hint())
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        let kind = match error {
            StoreError::NotADatabase { .. }
            | StoreError::Foreign { .. }
            | StoreError::Damaged { .. }
            | StoreError::Newer { .. } => Kind::Input,
            StoreError::Missing { .. }
            | StoreError::Exists { .. }
            | StoreError::NotWritable { .. }
            | StoreError::System { .. }
            | StoreError::Busy { .. }
            | StoreError::Full { .. }
            | StoreError::Database { .. }
            | StoreError::Random { .. } => Kind::Environment,
        };
        let of_system = match &error {
            StoreError::System { source, .. } => hint_for(source.kind()),
            _ => None,
        };
        Self::new(kind, &error).hints(error.hint().or(of_system))
    }
}

impl From<TextError> for CommandError {
    fn from(error: TextError) -> Self {
        Self::input(&error).hint(error.hint())
    }
}
