//! The pages of rules under `docs/` are made from the rules files, so they can't drift.
//!
//! With `UPDATE_DOCS` set they are written anew instead of being compared.

use travaux_negotiation::procedure::rules_page;

use crate::procedure::{root, rules};

#[test]
fn the_pages_of_rules_are_those_of_the_files() {
    for key in ["ahc", "cop", "practice"] {
        let path = root().join(format!("docs/rules-{key}.md"));
        let page = rules_page(&rules(key));
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(path, page).unwrap();
            continue;
        }
        let found = std::fs::read_to_string(path).unwrap_or_default();
        assert!(found == page, "docs/rules-{key}.md is out of date: run this with UPDATE_DOCS=1");
    }
}
