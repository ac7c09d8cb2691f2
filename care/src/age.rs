//! How old somebody is.
//!
//! The rule this module protects: *age is counted as people count it: completed years, months and days of the calendar.*
//! Somebody born on the 31st completes a month on the last day of a shorter one. Source: the registers' own practice;
//! the age of a child against the WHO standards is counted in days, in [`crate::Book::growth`].

use crate::fact::Member;
use crate::numbers::code;
use crate::shapes::Age;
use schema::calendar;

impl Member {
    /// Age on a day; `None` when no birth is known or it lies later.
    pub(crate) fn age(&self, day: i32) -> Option<Age> {
        let about = self.precision == code::date_precision::YEAR;
        age(self.birth?, day).map(|age| Age { about, ..age })
    }

    /// Completed years on a day.
    pub(crate) fn years(&self, day: i32) -> Option<i32> {
        self.age(day).map(|age| age.years)
    }

    /// Days since birth, where the day or month of birth is known: less is not enough to judge growth.
    pub(crate) fn age_days(&self, day: i32) -> Option<u32> {
        let is_known = self.precision != code::date_precision::YEAR;
        u32::try_from(day.checked_sub(self.birth.filter(|_| is_known)?)?).ok()
    }
}

/// Completed years, months and days from one day to another; `None` when it lies earlier.
pub(crate) fn age(birth: i32, day: i32) -> Option<Age> {
    if day < birth {
        return None;
    }
    let ((from_year, from_month, from_day), (year, month, day_of_month)) =
        (calendar::date(birth)?, calendar::date(day)?);
    let mut months = (year - from_year) * 12 + month as i32 - from_month as i32;
    let last_day = month_length(year, month)?;
    if day_of_month < from_day.min(last_day) {
        months -= 1;
    }
    let completed = month_start(birth, months)?;
    let (completed_year, completed_month, _) = calendar::date(completed)?;
    let anniversary = completed + from_day.min(month_length(completed_year, completed_month)?) as i32 - 1;
    Some(Age { years: months / 12, months: months % 12, days: day - anniversary, about: false })
}

/// First day of the month that lies `months` after that of `day`.
pub(crate) fn month_start(day: i32, months: i32) -> Option<i32> {
    calendar::day(&format!("{}-01", calendar::month_text(calendar::month_of(day)? + months)?))
}

fn month_length(year: i32, month: u32) -> Option<u32> {
    let first = calendar::day(&format!("{year:04}-{month:02}-01"))?;
    Some((month_start(first, 1)? - first) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_completed_years_months_and_days() {
        let cases = [
            ("2024-11-27", "2026-11-27", Some((2, 0, 0))),
            ("2024-11-28", "2026-11-27", Some((1, 11, 30))),
            ("2026-01-31", "2026-02-28", Some((0, 1, 0))),
            ("2026-01-31", "2026-03-01", Some((0, 1, 1))),
            ("2024-02-29", "2025-02-28", Some((1, 0, 0))),
            ("2026-11-27", "2026-11-27", Some((0, 0, 0))),
            ("2026-11-28", "2026-11-27", None),
        ];
        for (birth, day, wanted) in cases {
            let number = |text| calendar::day(text).expect("day");
            let age = age(number(birth), number(day)).map(|age| (age.years, age.months, age.days));
            assert_eq!(age, wanted, "{birth} to {day}");
        }
    }
}
