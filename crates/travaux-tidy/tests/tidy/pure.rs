//! Whether the pure crates see nothing of the world: no file, clock, socket, environment, thread.
//!
//! Cargo holds which crates they import; this reads what they name of the standard library.

use crate::none;
use crate::tree::{read, rust_files, table};

/// What a pure crate never names outside its tests, and what it would see by it.
const WORLD: [(&str, &str); 10] = [
    ("std::fs", "files"),
    ("std::net", "the network"),
    ("std::env", "the environment"),
    ("std::process", "processes"),
    ("std::thread", "threads"),
    ("SystemTime", "the clock"),
    ("Instant::now", "the clock"),
    ("Timestamp::now", "the clock"),
    ("Zoned::now", "the clock"),
    ("rand::rng", "randomness without a seed"),
];

#[test]
fn pure_crates_see_nothing_of_the_world() {
    let pure: Vec<String> = table(&read("ARCHITECTURE.md"), "## Map")
        .into_iter()
        .filter(|row| row[0].contains("(pure)"))
        .map(|row| format!("crates/{}/src/", row[0].split('`').nth(1).unwrap_or_default()))
        .collect();
    assert!(pure.len() >= 2, "the map of ARCHITECTURE.md marks its pure crates with (pure)");
    let mut faults = Vec::new();
    for file in rust_files() {
        let is_pure = pure.iter().any(|folder| file.path.starts_with(folder.as_str()));
        if !is_pure || file.name() == "tests.rs" || file.path.contains("/tests/") {
            continue;
        }
        let shipped = file.text().split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for (name, sight) in WORLD.iter().filter(|(name, _)| shipped.contains(name)) {
            faults.push(format!("{}: `{name}` sees {sight}", file.path));
        }
    }
    none(&faults, "a pure crate takes such things as arguments");
}
