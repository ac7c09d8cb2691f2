//! ISO weeks.

use super::Fault;
use chrono::{Datelike, NaiveDate, Weekday};

/// First and last day, since 1970, of a week written `2026-W48`.
///
/// # Errors
/// [`sync_core::ErrorCode::BadRequest`] when there is no such week.
pub fn days(text: &str) -> Result<(i32, i32), Fault> {
    let monday = text.split_once("-W").and_then(|(year, week)| {
        let (year, week) = (year.parse().ok()?, week.parse().ok()?);
        NaiveDate::from_isoywd_opt(year, week, Weekday::Mon)
    });
    let monday = monday.ok_or_else(|| Fault::bad_request("week: write 2026-W48"))?;
    let first = monday.num_days_from_ce() - NaiveDate::default().num_days_from_ce();
    Ok((first, first + 6))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_begins_on_monday() {
        assert_eq!(days("1970-W01"), Ok((-3, 3)));
        assert_eq!(days("2026-W48"), Ok((20780, 20786)));
        assert_eq!(days("2026-W53").map(|days| days.0), Ok(20815));
        assert!(days("2025-W53").is_err() && days("2026-48").is_err());
    }
}
