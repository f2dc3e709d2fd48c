//! The rules that ship with the program, by key.

use super::{Layer, Rules, RulesError};

const FILES: [(&str, &str); 4] = [
    ("ahc", include_str!("../../../../../rules/ahc.toml")),
    ("cop", include_str!("../../../../../rules/cop.toml")),
    ("ga-committees", include_str!("../../../../../rules/ga-committees.toml")),
    ("practice", include_str!("../../../../../rules/practice.toml")),
];

impl Rules {
    /// Returns the keys of the rules that ship with the program.
    pub fn shipped_keys() -> impl Iterator<Item = &'static str> {
        FILES.iter().map(|(key, _)| *key)
    }

    /// Returns the shipped rules of a key, if there are any.
    pub fn shipped(key: &str) -> Option<Self> {
        let (_, text) = FILES.iter().find(|(other, _)| *other == key)?;
        Self::over_shipped(text).ok()
    }

    /// Reads a file, and lays it over the shipped ones that it names.
    ///
    /// # Errors
    /// As [`Rules::read`]; and where it lies over a file that does not ship.
    pub fn over_shipped(text: &str) -> Result<Self, RulesError> {
        let mut layers = vec![Layer::read(text)?];
        while let Some(wanted) = layers.last().and_then(|layer| layer.body.over.clone()) {
            let found = FILES.iter().find(|(key, _)| *key == wanted);
            let is_twice = layers.iter().any(|layer| layer.body.key == wanted);
            let Some((_, text)) = found.filter(|_| !is_twice) else { break };
            layers.push(Layer::read(text)?);
        }
        Self::of(layers)
    }
}
