//! The texts of the shipped case, for tests: read from their sources, not from the record.

use crate::issued::IssuedText;
use crate::provision::{Provision, ProvisionId};

/// One of the texts of the shipped case.
pub(crate) fn shipped(name: &str) -> IssuedText {
    let page = match name {
        "cnd" => include_str!("../../../examples/ahc/texts/cnd.json"),
        "zero" => include_str!("../../../examples/ahc/texts/zero.json"),
        "rev3" => include_str!("../../../examples/ahc/texts/rev3.json"),
        _ => include_str!("../../../examples/ahc/texts/final.json"),
    };
    let text: serde_json::Value = serde_json::from_str(page).expect("JSON");
    let word = |row: &serde_json::Value, field: &str| row[field].as_str().unwrap_or("").to_owned();
    let rows = text["provisions"].as_array().expect("provisions").iter().map(|row| Provision {
        id: ProvisionId::new(word(row, "id")),
        parent: row["parent"].as_str().map(ProvisionId::new),
        kind: serde_json::from_value(row["kind"].clone()).expect("a rank"),
        number: word(row, "number"),
        heading: word(row, "heading"),
        text: word(row, "text"),
    });
    IssuedText::new(rows.collect()).expect("a text")
}
