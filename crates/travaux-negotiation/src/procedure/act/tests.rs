//! Lines that are no act say what was expected.

use super::*;
use crate::procedure::{Room, Rules};

fn said(line: &str) -> Result<Spoken, String> {
    let rules = Rules::read(&[include_str!("../../../../../rules/ga-committees.toml")]).unwrap();
    let room = Room::default();
    let floor = Floor::new(&room, &rules, jiff::civil::Date::constant(2031, 5, 2));
    speak(&floor, line).map_err(|error| error.to_string())
}

#[test]
fn what_cannot_be_read_says_what_was_expected_there() {
    assert_eq!(
        said("KEN moves close_debate").unwrap_err(),
        "can't read \"KEN moves close_debate\": expected as, and a key for it, such as \
         close_debate-1, found the end"
    );
    assert_eq!(
        said("put q1 by shouting").unwrap_err(),
        "can't read \"put q1 by shouting\": expected hands, record, roll-call or ballot, found the \
         end"
    );
    assert!(said("open \"1st meeting").unwrap_err().contains("a closing quotation mark"));
    assert!(said("suspend now").unwrap_err().contains("expected nothing more, found \"now\""));
    assert!(said("").unwrap_err().contains("an act, or who acts"));
}

#[test]
fn several_may_vote_in_one_line() {
    assert_eq!(said("yes q1 AAA, BBB and CCC").unwrap().facts.len(), 3);
}
