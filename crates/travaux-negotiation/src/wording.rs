//! How dates, counts and lists are written for people: United Nations usage, in English.
//!
//! It knows nothing of what is counted or dated.

use jiff::civil::Date;
use travaux_record::Moment;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn month(day: Date) -> &'static str {
    let number = usize::try_from(day.month()).expect("months are counted from 1");
    MONTHS[number - 1]
}

/// Writes a date as United Nations documents do: "21 April 2023".
pub fn in_words(moment: Moment) -> String {
    match moment {
        Moment::Day(day) => format!("{} {} {}", day.day(), month(day), day.year()),
        Moment::Month(day) => format!("{} {}", month(day), day.year()),
        Moment::Year(day) => day.year().to_string(),
    }
}

/// Writes two dates with what they share once: "11 to 21 April 2023".
pub fn interval(from: Date, until: Date) -> String {
    let last = in_words(Moment::Day(until));
    if from == until {
        last
    } else if from.year() != until.year() {
        format!("{} to {last}", in_words(Moment::Day(from)))
    } else if from.month() != until.month() {
        format!("{} {} to {last}", from.day(), month(from))
    } else {
        format!("{} to {last}", from.day())
    }
}

/// Writes the first letter as a capital.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Cuts words to about so many characters at a space.
pub fn gist(words: &str, length_max: usize) -> String {
    if words.chars().count() <= length_max {
        return words.to_owned();
    }
    let cut: String = words.chars().take(length_max).collect();
    let whole = cut.rfind(' ').map_or(cut.as_str(), |space| &cut[..space]);
    format!("{}\u{a0}\u{2026}", whole.trim_end_matches([' ', ',', ';', '(']))
}

/// Counts things: "1 alternative", "3 alternatives".
pub fn count(number: usize, one: &str, more: &str) -> String {
    match number {
        0 => format!("no {more}"),
        1 => format!("1 {one}"),
        _ => format!("{number} {more}"),
    }
}

/// Joins words: "A, B and C".
pub fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(written: &str) -> Date {
        written.parse().unwrap()
    }

    #[test]
    fn an_interval_says_once_what_its_ends_share() {
        assert_eq!(interval(day("2023-04-11"), day("2023-04-21")), "11 to 21 April 2023");
        assert_eq!(interval(day("2023-08-21"), day("2023-09-01")), "21 August to 1 September 2023");
        assert_eq!(
            interval(day("2023-12-30"), day("2024-01-02")),
            "30 December 2023 to 2 January 2024"
        );
        assert_eq!(interval(day("2023-04-11"), day("2023-04-11")), "11 April 2023");
    }

    #[test]
    fn a_date_is_as_precise_as_it_is_known() {
        let words = |written: &str| in_words(written.parse().unwrap());
        assert_eq!(words("2023-04-21"), "21 April 2023");
        assert_eq!(words("2023-04"), "April 2023");
        assert_eq!(words("2023"), "2023");
    }

    #[test]
    fn a_gist_ends_at_a_word() {
        assert_eq!(gist("one two three", 20), "one two three");
        assert_eq!(gist("one two three", 9), "one two\u{a0}\u{2026}");
    }
}
