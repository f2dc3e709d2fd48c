//! The files of the tree, and what Cargo says of its crates.
//!
//! Judges nothing. What Git ignores and what package managers bring is not of the tree.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Folders that hold what was built or fetched, not what we wrote.
const NOT_OURS: [&str; 4] = [".git", "target", "node_modules", "__pycache__"];

/// A file of the tree.
pub(crate) struct File {
    /// Its path from the root, with forward slashes.
    pub(crate) path: String,
    /// Its text; none where it is not UTF-8 (a picture, say).
    pub(crate) text: Option<String>,
}

impl File {
    /// Returns the text, empty for what is not text.
    pub(crate) fn text(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }

    /// Reports whether its name ends so.
    pub(crate) fn is(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|found| found == extension)
    }

    /// Returns the name of the file without its folders.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

/// Returns the root of the tree.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Returns every file of the tree, by path.
pub(crate) fn files() -> Vec<File> {
    let root = root();
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(&folder).unwrap() {
            let path = item.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if NOT_OURS.contains(&name.as_str()) || path.is_symlink() {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                let relative = path.strip_prefix(&root).unwrap();
                files.push(File {
                    path: relative.to_string_lossy().replace('\\', "/"),
                    text: String::from_utf8(fs::read(&path).unwrap()).ok(),
                });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(files.len() > 20, "the walk of {} found next to nothing", root.display());
    files
}

/// Returns the Rust files among [`files`].
pub(crate) fn rust_files() -> Vec<File> {
    files().into_iter().filter(|file| file.is("rs")).collect()
}

/// Returns the text of one file of the tree.
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A crate of the workspace.
pub(crate) struct Crate {
    /// Its name, which is its folder's.
    pub(crate) name: String,
    /// What it depends on: names and kinds.
    pub(crate) dependencies: Vec<Dependency>,
}

/// What a crate depends on.
pub(crate) struct Dependency {
    /// The name of the crate depended on.
    pub(crate) name: String,
    /// Whether only its tests and benchmarks do.
    pub(crate) dev: bool,
}

/// Returns the crates of the workspace, by name.
pub(crate) fn crates() -> Vec<Crate> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline", "--locked"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut crates: Vec<Crate> =
        metadata["packages"].as_array().unwrap().iter().map(read_crate).collect();
    crates.sort_by(|a, b| a.name.cmp(&b.name));
    crates
}

fn read_crate(package: &Value) -> Crate {
    let name = package["name"].as_str().unwrap().to_owned();
    let dependencies = package["dependencies"].as_array().unwrap().iter();
    let dependencies = dependencies
        .map(|dependency| Dependency {
            name: dependency["name"].as_str().unwrap().to_owned(),
            dev: dependency["kind"] == "dev",
        })
        .collect();
    Crate { name, dependencies }
}

/// Returns the rows of the Markdown table under the heading `heading` of `text`: cells, trimmed.
#[track_caller]
pub(crate) fn table(text: &str, heading: &str) -> Vec<Vec<String>> {
    let rows: Vec<Vec<String>> = text
        .lines()
        .skip_while(|line| *line != heading)
        .skip(1)
        .take_while(|line| !line.starts_with('#'))
        .filter_map(|line| line.trim().strip_prefix('|')?.strip_suffix('|'))
        .skip(2)
        .map(|row| row.split('|').map(|cell| cell.trim().to_owned()).collect())
        .collect();
    assert!(!rows.is_empty(), "no table stands under {heading:?}");
    rows
}

/// Returns what stands in backticks in `text`, in order.
pub(crate) fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}
