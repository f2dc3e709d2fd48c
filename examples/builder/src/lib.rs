//! Builds the records of the shipped negotiations from readable source files.
//!
//! A correction of the case is a one-line change in a source file; building again gives the same
//! bytes for all else. Nothing here is part of the program: it ships what this crate has built.

mod ahc;
mod mint;
mod practice;

use std::path::{Path, PathBuf};

pub use mint::{Mint, demonstration_signer};

/// A negotiation that ships with the program.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Example {
    /// The United Nations convention against cybercrime, 2017-2026.
    Ahc,
    /// The fictional conference on migratory rivers.
    Practice,
}

impl Example {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Ahc, Self::Practice];

    /// Returns the folder that holds its source files and its record, beside this crate.
    pub fn folder(self) -> PathBuf {
        let name = match self {
            Self::Ahc => "ahc",
            Self::Practice => "practice",
        };
        Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
    }

    /// Reads its source files and mints its entries.
    ///
    /// # Errors
    /// When a source file can't be read; the message names the file and the row.
    pub fn mint(self) -> anyhow::Result<Mint> {
        match self {
            Self::Ahc => ahc::build(&self.folder()),
            Self::Practice => practice::build(&self.folder()),
        }
    }

    /// Builds its record as a sealed file.
    ///
    /// # Errors
    /// When a source file can't be read, or an entry would not be admitted; the message names the
    /// file and the row.
    pub fn build(self) -> anyhow::Result<String> {
        self.mint()?.into_sealed()
    }
}
