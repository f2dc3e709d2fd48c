//! Our own style, script and icon, embedded, each under an address that changes with its content.

use std::fmt::Write as _;
use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};

/// An embedded file.
pub(crate) struct Asset {
    name: &'static str,
    extension: &'static str,
    /// Its content type.
    pub(crate) media_type: &'static str,
    /// Its bytes.
    pub(crate) bytes: &'static [u8],
}

/// The style sheet.
pub(crate) static STYLE: Asset = Asset {
    name: "workbench",
    extension: "css",
    media_type: "text/css; charset=utf-8",
    bytes: include_bytes!("../assets/workbench.css"),
};

/// The script; every page works without it.
pub(crate) static SCRIPT: Asset = Asset {
    name: "workbench",
    extension: "js",
    media_type: "text/javascript; charset=utf-8",
    bytes: include_bytes!("../assets/workbench.js"),
};

/// The icon: a pair of brackets.
pub(crate) static ICON: Asset = Asset {
    name: "icon",
    extension: "svg",
    media_type: "image/svg+xml",
    bytes: include_bytes!("../assets/icon.svg"),
};

static PATHS: LazyLock<[String; 3]> =
    LazyLock::new(|| [&STYLE, &SCRIPT, &ICON].map(Asset::address));

impl Asset {
    /// Returns its address, with the first sixteen digits of its digest in it.
    pub(crate) fn path(&self) -> &'static str {
        let [style, script, icon] = &*PATHS;
        match self.extension {
            "css" => style,
            "js" => script,
            _ => icon,
        }
    }

    fn address(&self) -> String {
        let mut digest = String::new();
        for byte in &Sha256::digest(self.bytes)[..8] {
            write!(digest, "{byte:02x}").expect("a string takes what is written");
        }
        format!("/assets/{}.{digest}.{}", self.name, self.extension)
    }
}

/// Finds an embedded file by its address.
pub(crate) fn find(path: &str) -> Option<&'static Asset> {
    [&STYLE, &SCRIPT, &ICON].into_iter().find(|asset| asset.path() == path)
}
