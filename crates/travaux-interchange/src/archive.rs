//! A ZIP archive in memory, opened with limits: what a Word file is wrapped in.
//!
//! It knows names and bytes of parts, and what else a file may turn out to be. It never trusts a
//! size that an archive states.

use std::fmt;
use std::io::{Cursor, Read as _, Write as _};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// The bytes up to which a file is taken.
pub const FILE_BYTES_MAX: usize = 64 << 20;

/// The bytes up to which one part is unpacked.
pub const PART_BYTES_MAX: u64 = 48 << 20;

/// The bytes up to which all parts that are read are unpacked, together.
pub const ALL_BYTES_MAX: u64 = 96 << 20;

/// How many times its packed size a part of more than a megabyte may take up.
const RATIO_MAX: u64 = 200;
const RATIO_FREE: u64 = 1 << 20;

/// Why a file is not an archive that can be read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ArchiveError {
    /// It has more than [`FILE_BYTES_MAX`] bytes.
    TooLarge,
    /// A part is larger than is read.
    PartTooLarge {
        /// The part.
        part: String,
    },
    /// A part takes up far more than its packed size: a decompression bomb.
    Bomb {
        /// The part.
        part: String,
    },
    /// It is locked with a password.
    Encrypted,
    /// It is something else.
    Other {
        /// What it is.
        what: &'static str,
    },
    /// It begins as an archive, and is damaged or cut off.
    Damaged {
        /// What is wrong.
        reason: String,
    },
    /// It is an archive, and not a Word file.
    NoDocument,
}

impl fmt::Display for ArchiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "it has more than {} megabytes", FILE_BYTES_MAX >> 20),
            Self::PartTooLarge { part } => {
                write!(f, "its part {part} unpacks to more than is read")
            }
            Self::Bomb { part } => write!(
                f,
                "its part {part} unpacks to more than {RATIO_MAX} times its size, as only a \
                 decompression bomb does"
            ),
            Self::Encrypted => f.write_str("it is encrypted"),
            Self::Other { what } => write!(f, "it is {what}, whatever its name says"),
            Self::Damaged { reason } => write!(f, "it is damaged or cut off: {reason}"),
            Self::NoDocument => f.write_str("it is an archive without a Word document in it"),
        }
    }
}

impl std::error::Error for ArchiveError {}

impl ArchiveError {
    /// Says what to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::TooLarge | Self::PartTooLarge { .. } => {
                "take pictures and embedded files out of it, and save it again"
            }
            Self::Bomb { .. } => "do not open it; ask its sender for another copy",
            Self::Encrypted => "ask its sender for a copy without a password",
            Self::Other { .. } => {
                "open it where it was made and save it as a Word document (.docx)"
            }
            Self::Damaged { .. } => {
                "ask its sender for another copy, or compare sizes and send it again"
            }
            Self::NoDocument => "is this the file you mean? Word documents end in .docx",
        }
    }
}

/// An archive, and how much was unpacked from it.
pub(crate) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    names: Vec<String>,
    unpacked: u64,
}

impl<'b> Archive<'b> {
    /// Opens an archive.
    ///
    /// # Errors
    /// Where it is something else, encrypted, damaged or too large.
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, ArchiveError> {
        if FILE_BYTES_MAX < bytes.len() {
            return Err(ArchiveError::TooLarge);
        }
        if !bytes.starts_with(b"PK") {
            return Err(foreign(bytes));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| refused("", &error))?;
        let names = zip.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
        Ok(Self { zip, names, unpacked: 0 })
    }

    /// Returns the names of its parts.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Unpacks a part; nothing where there is none of that name.
    ///
    /// # Errors
    /// Where it is damaged, encrypted, or larger than what is read.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ArchiveError> {
        // Names are compared as Windows does.
        let found = self.names.iter().find(|found| found.eq_ignore_ascii_case(name));
        let Some(found) = found.cloned() else { return Ok(None) };
        let file = match self.zip.by_name(&found) {
            Ok(file) => file,
            Err(error) => return Err(refused(name, &error)),
        };
        let packed = file.compressed_size();
        let left = ALL_BYTES_MAX.saturating_sub(self.unpacked).min(PART_BYTES_MAX);
        let by_ratio = RATIO_FREE.max(packed.saturating_mul(RATIO_MAX));
        let mut bytes = Vec::new();
        file.take(left.min(by_ratio) + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| refused(name, &ZipError::Io(error)))?;
        let size = bytes.len() as u64;
        if by_ratio < size {
            return Err(ArchiveError::Bomb { part: found });
        }
        if left < size {
            return Err(ArchiveError::PartTooLarge { part: found });
        }
        self.unpacked += size;
        Ok(Some(bytes))
    }
}

fn refused(part: &str, error: &ZipError) -> ArchiveError {
    let said = error.to_string();
    if matches!(error, ZipError::InvalidPassword) || said.to_lowercase().contains("password") {
        return ArchiveError::Encrypted;
    }
    let reason = if part.is_empty() { said } else { format!("{part}: {said}") };
    ArchiveError::Damaged { reason }
}

/// Says what a file is that is no archive.
fn foreign(bytes: &[u8]) -> ArchiveError {
    let holds = |word: &str| {
        let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|found| found == wide)
    };
    let starts = |with: &[u8]| bytes.starts_with(with);
    let what = match () {
        () if bytes.is_empty() => "an empty file",
        () if starts(&[0xd0, 0xcf, 0x11, 0xe0]) => {
            if holds("EncryptedPackage") {
                return ArchiveError::Encrypted;
            }
            "a document of Word 97-2003 (.doc)"
        }
        () if starts(b"%PDF") => "a PDF file",
        () if starts(b"{\\rtf") => "a file in Rich Text Format (.rtf)",
        () if starts(b"<?xml") || starts(b"<") => "an XML or HTML file",
        () if std::str::from_utf8(bytes).is_ok() => "plain text",
        () => "something else than a ZIP archive",
    };
    ArchiveError::Other { what }
}

/// Packs parts, each under its name; the same parts give the same bytes.
pub(crate) fn pack(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut write = || -> zip::result::ZipResult<()> {
        for (name, bytes) in parts {
            zip.start_file(*name, options)?;
            zip.write_all(bytes)?;
        }
        Ok(())
    };
    write().expect("memory takes what is written");
    zip.finish().expect("memory takes what is written").into_inner()
}
