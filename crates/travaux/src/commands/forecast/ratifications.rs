//! Tables of signatures and deposits of many treaties, as histories to learn from.
//!
//! Which acts count is decided here: amendments are not treaties one opens, successions are not new
//! consents, organizations are not States, and what has no day cannot be timed.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::{Date, date};
use travaux_stats::survival::Treaty;

use super::entry_into_force::years;
use super::table::Table;
use crate::command_error::CommandError;

/// The treaties of a table, and what was left out.
pub(super) struct Treaties {
    pub(super) histories: Vec<Treaty>,
    pub(super) names: Vec<String>,
    pub(super) left_out: BTreeMap<&'static str, usize>,
    pub(super) observed: Option<Date>,
}

struct Acts {
    name: String,
    opened: Date,
    observed: Date,
    deposits: Vec<f64>,
    signatures: Vec<f64>,
}

/// Treaties before the United Nations had other States and other depositaries.
const FIRST: Date = date(1946, 1, 1);

/// Reads the columns `treaty_key`, treaty, opened, `as_of`, iso3, `signature_date`, `consent_type` and
/// `consent_date`.
///
/// # Errors
/// When the table cannot be read, or a date of an act is malformed.
pub(super) fn read(path: &Path) -> Result<Treaties, CommandError> {
    let columns = [
        "treaty_key",
        "treaty",
        "opened",
        "as_of",
        "iso3",
        "signature_date",
        "consent_type",
        "consent_date",
    ];
    let table = Table::read(path, &columns)?;
    let mut known: BTreeMap<String, Result<Acts, &'static str>> = BTreeMap::new();
    for row in table.rows() {
        let observed = row.date("as_of")?;
        let acts = known.entry(row.text("treaty_key").to_owned()).or_insert_with(|| {
            let opened: Date =
                row.text("opened").parse().map_err(|_no_day| "opened on no known day")?;
            let name = row.text("treaty");
            if name.starts_with("Amendment") {
                return Err("amendments");
            }
            if opened < FIRST {
                return Err("opened before 1946");
            }
            let (deposits, signatures) = (Vec::new(), Vec::new());
            Ok(Acts { name: name.to_owned(), opened, observed, deposits, signatures })
        });
        let Ok(acts) = acts else { continue };
        if row.text("iso3").is_empty() {
            continue;
        }
        let opened = acts.opened;
        let since = |day: Date| f64::from((day - opened).get_days()) / 365.25;
        if !row.text("signature_date").is_empty() {
            acts.signatures.push(since(row.date("signature_date")?));
        }
        if !row.text("consent_date").is_empty() && row.text("consent_type") != "succession" {
            // What was deposited on the day of opening, or before it, came at once.
            acts.deposits.push(since(row.date("consent_date")?).max(1.0 / 365.25));
        }
    }
    Ok(sorted(known))
}

fn sorted(known: BTreeMap<String, Result<Acts, &'static str>>) -> Treaties {
    let mut treaties = Treaties {
        histories: Vec::new(),
        names: Vec::new(),
        left_out: BTreeMap::new(),
        observed: None,
    };
    for acts in known.into_values() {
        match acts {
            Err(why) => *treaties.left_out.entry(why).or_insert(0) += 1,
            Ok(mut acts) => {
                acts.deposits.sort_by(f64::total_cmp);
                acts.signatures.sort_by(f64::total_cmp);
                treaties.observed = treaties.observed.max(Some(acts.observed));
                treaties.names.push(acts.name);
                treaties.histories.push(Treaty {
                    opened: years(acts.opened),
                    observed: f64::from((acts.observed - acts.opened).get_days()) / 365.25,
                    deposits: acts.deposits,
                    signatures: acts.signatures,
                });
            }
        }
    }
    treaties
}
