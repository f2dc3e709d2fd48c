//! Whether each scenario asserts something: one that states no outcome can't fail.
//!
//! The runner that executes them is in the crate they are about; only their shape is read here.

use crate::none;
use crate::tree::files;

#[test]
fn every_case_of_a_scenario_states_what_must_come_out() {
    let mut faults = Vec::new();
    for file in files() {
        if !file.path.starts_with("scenarios/") || !file.is("md") || file.name() == "README.md" {
            continue;
        }
        if !file.text().contains("\nSource:") && !file.text().contains("\nRule:") {
            faults.push(format!("{}: cites no source or rule", file.path));
        }
        let cases = file.text().split("\n## ").skip(1);
        for case in cases {
            let title = case.lines().next().unwrap_or_default();
            if !case.contains("```") && !case.contains("\n|") {
                faults.push(format!("{}: \"{title}\" states no outcome", file.path));
            }
        }
    }
    none(&faults, "a scenario is a heading a case, with what goes in and what must come out");
}
