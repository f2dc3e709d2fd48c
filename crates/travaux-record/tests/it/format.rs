//! The tables of `docs/record-format.md` are made of the types' own comments, so they can't drift.
//!
//! With `UPDATE_DOCS` set the page is written anew instead of being compared.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use crate::source::{Body, Member, Type, Variant, types};
use travaux_record::{BaseIssued, Fact, TextDecision};

const BEGIN: &str = "<!-- made from the source: begin -->\n";
const END: &str = "<!-- made from the source: end -->\n";

const SOURCES: [&str; 11] = [
    include_str!("../../src/entry.rs"),
    include_str!("../../src/audience.rs"),
    include_str!("../../src/evidence.rs"),
    include_str!("../../src/fact.rs"),
    include_str!("../../src/fact/process.rs"),
    include_str!("../../src/fact/text.rs"),
    include_str!("../../src/fact/official.rs"),
    include_str!("../../src/fact/position.rs"),
    include_str!("../../src/fact/decision.rs"),
    include_str!("../../src/fact/procedure.rs"),
    include_str!("../../src/fact/after_adoption.rs"),
];
const PROVISIONS: &str = include_str!("../../../travaux-text/src/provision.rs");

fn all_types() -> Vec<Type> {
    SOURCES.into_iter().chain([PROVISIONS]).flat_map(types).collect()
}

fn page() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/record-format.md")
}

#[test]
fn the_page_on_the_format_tells_every_member_of_every_fact() {
    let page_path = page();
    let page = fs::read_to_string(&page_path).unwrap();
    let (before, rest) = page.split_once(BEGIN).expect("the page has a place for the tables");
    let (found, after) = rest.split_once(END).expect("the tables have an end");
    let expected = tables();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(page_path, format!("{before}{BEGIN}{expected}{END}{after}")).unwrap();
        return;
    }
    let line = found.lines().zip(expected.lines()).position(|(found, expected)| found != expected);
    assert!(
        found == expected,
        "the tables of docs/record-format.md are out of date, at line {line:?} of theirs: run this \
         test with UPDATE_DOCS=1"
    );
}

#[test]
fn a_base_that_says_only_that_it_was_adopted_is_still_read() {
    let read = |decision: &str| {
        let line = format!(r#"{{"provisions":[],"standing":"authentic"{decision}}}"#);
        serde_json::from_str::<BaseIssued>(&line).unwrap().decision
    };
    assert_eq!(read(""), TextDecision::None);
    assert_eq!(read(r#","adopted":true"#), TextDecision::Adopted);
    assert_eq!(read(r#","decision":"approved""#), TextDecision::Approved);
}

#[test]
fn every_kind_of_fact_is_found_in_the_source() {
    let types = all_types();
    let Body::Enum(variants) = &type_named(&types, "Fact").body else { panic!("it is an enum") };
    let kinds: Vec<String> = variants.iter().map(|variant| snake(&variant.name)).collect();
    assert_eq!(kinds, Fact::KINDS);
}

/// A fraction would be written differently by different programs, and then sealed differently.
#[test]
fn no_member_holds_a_fraction() {
    for found in all_types() {
        let members = match found.body {
            Body::Struct(members) => members,
            Body::Enum(variants) => variants.into_iter().flat_map(|v| v.members).collect(),
        };
        for member in members {
            assert!(!member.holds.contains("f64") && !member.holds.contains("f32"), "{member:?}");
        }
    }
}

fn type_named<'t>(types: &'t [Type], name: &str) -> &'t Type {
    types.iter().find(|found| found.name == name).unwrap_or_else(|| panic!("no type {name}"))
}

/// All tables: the envelope, the facts, then whatever these hold.
fn tables() -> String {
    let types = all_types();
    let names: BTreeSet<&str> = types.iter().map(|found| found.name.as_str()).collect();
    let mut out = String::from("### The entry\n\n");
    let mut told = BTreeSet::from(["Fact".to_owned(), "Entry".to_owned()]);
    let writer = Writer { types: &types, names };
    writer.body(&mut out, type_named(&types, "Entry"));
    let Body::Enum(facts) = &type_named(&types, "Fact").body else { panic!("it is an enum") };
    out.push_str("### The facts\n\n");
    for fact in facts {
        let holds = fact.holds.as_deref().expect("each fact has a type");
        writeln!(out, "#### `{}`\n\n{}\n", snake(&fact.name), plain(&fact.doc)).unwrap();
        writer.body(&mut out, type_named(&types, holds));
        told.insert(holds.to_owned());
    }
    out.push_str("### What they hold\n\n");
    for found in types.iter().filter(|found| !told.contains(&found.name)) {
        writeln!(out, "#### {}\n\n{}\n", words(&found.name), plain(&found.doc)).unwrap();
        writer.body(&mut out, found);
    }
    out
}

struct Writer<'t> {
    types: &'t [Type],
    names: BTreeSet<&'t str>,
}

impl Writer<'_> {
    fn body(&self, out: &mut String, found: &Type) {
        match &found.body {
            Body::Struct(members) => self.members(out, members),
            Body::Enum(variants) => self.variants(out, found, variants),
        }
    }

    fn members(&self, out: &mut String, members: &[Member]) {
        out.push_str("| member | holds | meaning |\n|---|---|---|\n");
        self.rows(out, members);
        out.push('\n');
    }

    fn rows(&self, out: &mut String, members: &[Member]) {
        for member in members {
            if member.attributes.contains("flatten") {
                match &type_named(self.types, &member.holds).body {
                    Body::Struct(inner) => self.rows(out, inner),
                    Body::Enum(_) => {
                        let kind = words(&member.holds);
                        writeln!(
                            out,
                            "| … | the members of an [{kind}](#{kind}) | {} |",
                            plain(&member.doc)
                        )
                        .unwrap();
                    }
                }
                continue;
            }
            let name = renamed(&member.attributes).unwrap_or(&member.name);
            let holds = self.holds(&member.holds);
            let may = if member.attributes.contains("skip_serializing_if") {
                ", or left out"
            } else {
                ""
            };
            writeln!(out, "| `{name}` | {holds}{may} | {} |", plain(&member.doc)).unwrap();
        }
    }

    fn variants(&self, out: &mut String, found: &Type, variants: &[Variant]) {
        let tag =
            found.attributes.split_once("tag = \"").and_then(|(_, rest)| rest.split('"').next());
        out.push_str("| value | meaning |\n|---|---|\n");
        for variant in variants {
            let value = snake(&variant.name);
            let members: Vec<String> = variant
                .members
                .iter()
                .map(|member| format!("\"{}\": {}", member.name, self.holds(&member.holds)))
                .collect();
            let members = members.join(", ");
            let form = match (tag, &variant.holds, members.is_empty()) {
                (Some(tag), _, true) => format!("{{\"{tag}\": \"{value}\"}}"),
                (Some(tag), _, false) => format!("{{\"{tag}\": \"{value}\", {members}}}"),
                (None, Some(holds), _) => format!("{{\"{value}\": {}}}", self.holds(holds)),
                (None, None, false) => format!("{{\"{value}\": {{{members}}}}}"),
                (None, None, true) => format!("\"{value}\""),
            };
            writeln!(out, "| {form} | {} |", plain(&variant.doc)).unwrap();
        }
        out.push('\n');
    }

    /// What a member of this type holds, in words.
    fn holds(&self, written: &str) -> String {
        let inner = |wrapper: &str| written.strip_prefix(wrapper)?.strip_suffix('>');
        if let Some(inner) = inner("Option<").or_else(|| inner("Box<")) {
            return self.holds(inner);
        }
        if let Some(inner) = inner("Vec<") {
            return format!("list of {}", self.holds(inner));
        }
        if let Some((key, value)) = inner("BTreeMap<").and_then(|both| both.split_once(", ")) {
            return format!("object: {} to {}", self.holds(key), self.holds(value));
        }
        let last = written.rsplit("::").next().unwrap_or(written);
        match last {
            "String" => "text".to_owned(),
            "bool" => "true or false".to_owned(),
            "u32" => "number".to_owned(),
            "Date" => "day".to_owned(),
            "Moment" => "date".to_owned(),
            "Timestamp" => "instant".to_owned(),
            "EntryId" => "entry id".to_owned(),
            "Fact" => "[fact](#the-facts)".to_owned(),
            _ if self.names.contains(last) => {
                format!("[{}](#{})", words(last), words(last).replace(' ', "-"))
            }
            _ => match last.strip_suffix("Id") {
                Some(named) => format!("{} name", words(named)),
                None => panic!("no words for the type {written}"),
            },
        }
    }
}

/// The name in `#[serde(rename = "…")]`.
fn renamed(attributes: &str) -> Option<&str> {
    attributes.split_once("rename = \"")?.1.split('"').next()
}

/// `SponsorJoined` as it is written in the record: `sponsor_joined`.
fn snake(name: &str) -> String {
    words(name).replace(' ', "_")
}

/// `SponsorJoined` as words.
fn words(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !out.is_empty() {
            out.push(' ');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

/// A comment without the links that only the code's own pages follow.
fn plain(doc: &str) -> String {
    doc.replace("[`", "`")
        .replace("`]", "`")
        .replace("crate::Fact::SourceDescribed", "source_described")
        .replace("Entry::VERSION", "1")
        .replace("Place::", "")
        .replace('|', "\\|")
}
