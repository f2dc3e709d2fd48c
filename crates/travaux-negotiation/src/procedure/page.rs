//! A readable page from the rules in force: what each says, where it stands, how it is known.

use std::fmt::Write as _;

use super::Rules;
use super::rules::{Known, Law, Rule};

/// Writes the rules as a page in Markdown.
pub fn rules_page(rules: &Rules) -> String {
    let body = rules.body();
    let mut page = format!("# Rules of procedure: {}\n\n", body.title);
    let _ = writeln!(page, "{} In our own words; nothing here is quoted.\n", body.caution);
    if let Some((_, order)) = rules.order_of_motions() {
        let words: Vec<&str> = order.iter().map(|motion| motion.words()).collect();
        let _ = writeln!(page, "Motions are taken in this order: {}.\n", words.join("; "));
    }
    for layer in rules.layers() {
        let _ = writeln!(page, "## {}\n\n{}\n", layer.body.title, layer.body.source);
        page.push_str("| rule | what it says | how we know |\n|---|---|---|\n");
        for rule in &layer.rules {
            let is_in_force = rules.numbered(&rule.number).is_some_and(|other| other == rule);
            let replaced = if is_in_force {
                ""
            } else {
                " *Not in force here: another rule takes its place.*"
            };
            let _ = writeln!(
                page,
                "| **{}** {} | {}{}{replaced} | {} |",
                rule.number,
                rule.title,
                rule.says,
                details(&rule.law, rules),
                known(rule)
            );
        }
        if !layer.not_modelled.is_empty() {
            page.push_str("\nNot judged by the program:\n\n");
            for one in &layer.not_modelled {
                let _ = writeln!(page, "- {}", one.what);
            }
        }
        page.push('\n');
    }
    page
}

/// Numbers that follow from a rule.
fn details(law: &Law, rules: &Rules) -> String {
    match (law, rules.members()) {
        (Law::Quorum { open, decide }, Some(members)) => format!(
            " Of {members} members: {} to open, {} to decide.",
            open.of(members),
            decide.of(members)
        ),
        _ => String::new(),
    }
}

fn known(rule: &Rule) -> String {
    let (title, content) = (rule.prov.title, rule.prov.content);
    let mut words = if title == content {
        content.to_string()
    } else {
        format!("number and title {title}, content {content}")
    };
    if content == Known::Recalled {
        words.push_str("; to be checked");
    }
    if !rule.prov.note.is_empty() {
        let _ = write!(words, " ({})", rule.prov.note);
    }
    words
}
