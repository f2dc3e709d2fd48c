//! What stands in the way of an act: the rule, the reason, and how it could be in order.

use std::fmt;

use serde::Serialize;

use super::Known;

/// A rule as cited.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Cited {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The document it stands in.
    pub source: String,
    /// How its content is known.
    pub known: Known,
}

impl fmt::Display for Cited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_number = self.number.starts_with(|first: char| first.is_ascii_digit())
            && !self.number.contains('/');
        let rule = if is_number { "rule " } else { "" };
        write!(f, "{rule}{}", self.number)?;
        if self.known == Known::Recalled {
            f.write_str(", as recalled")?;
        }
        Ok(())
    }
}

impl Serialize for Cited {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;
        let mut out = serializer.serialize_struct("Cited", 4)?;
        out.serialize_field("number", &self.number)?;
        out.serialize_field("title", &self.title)?;
        out.serialize_field("source", &self.source)?;
        out.serialize_field("known", &self.known.to_string())?;
        out.end()
    }
}

/// Why an act is not in order.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Breach {
    /// The rule that speaks against it.
    pub rule: Cited,
    /// What is the matter, in a sentence without a full stop.
    pub why: String,
    /// How it could be in order, in a sentence without a full stop.
    pub way_out: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}; {})", self.why, self.rule, self.way_out)
    }
}
