//! From the deposit that completes the number to the day of entry into force: exact dates.
//!
//! Each form is that of a clause in force somewhere. Which clause a treaty has is for the caller to
//! say; when deposits will come is not known here.

use jiff::ToSpan as _;
use jiff::civil::Date;

/// How long after the completing deposit a treaty enters into force.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LegalLag {
    /// On the n-th day after the day of deposit; nought is the day itself.
    Days(u32),
    /// So many months after the day of deposit, on the same day of the month or its last day.
    Months(u32),
    /// On the first day of the month after the n-th day following the day of deposit.
    FirstOfMonthAfterDay(u32),
    /// On the first day of the n-th month after the month of deposit.
    FirstOfMonth(u32),
}

impl LegalLag {
    /// Returns the day of entry into force; none where the calendar ends before it.
    pub fn after(self, deposit: Date) -> Option<Date> {
        match self {
            Self::Days(days) => deposit.checked_add(i64::from(days).days()).ok(),
            Self::Months(months) => deposit.checked_add(i64::from(months).months()).ok(),
            Self::FirstOfMonthAfterDay(days) => {
                let day = deposit.checked_add(i64::from(days).days()).ok()?;
                day.first_of_month().checked_add(1.month()).ok()
            }
            Self::FirstOfMonth(months) => {
                deposit.first_of_month().checked_add(i64::from(months).months()).ok()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// The completing deposits and the days of entry into force are those of the depositary.
    #[test]
    fn real_treaties_entered_into_force_on_the_day_their_clause_gives() {
        let treaties = [
            // Transnational Organized Crime, article 38: the ninetieth day after the fortieth.
            (date(2003, 7, 1), LegalLag::Days(90), date(2003, 9, 29)),
            // Corruption, article 68: the ninetieth day after the thirtieth.
            (date(2005, 9, 15), LegalLag::Days(90), date(2005, 12, 14)),
            // Rome Statute, article 126: the first day of the month after the sixtieth day.
            (date(2002, 4, 11), LegalLag::FirstOfMonthAfterDay(60), date(2002, 7, 1)),
            // Anti-Personnel Mines, article 17: the first day of the sixth month after the month.
            (date(1998, 9, 16), LegalLag::FirstOfMonth(6), date(1999, 3, 1)),
            // Paris Agreement, article 21: the thirtieth day.
            (date(2016, 10, 5), LegalLag::Days(30), date(2016, 11, 4)),
        ];
        for (deposit, lag, expected) in treaties {
            assert_eq!(lag.after(deposit), Some(expected), "{lag:?}");
        }
    }

    #[test]
    fn a_month_later_is_the_last_day_where_the_month_is_shorter() {
        assert_eq!(LegalLag::Months(3).after(date(2024, 11, 30)), Some(date(2025, 2, 28)));
        assert_eq!(LegalLag::Days(1).after(Date::MAX), None);
    }
}
