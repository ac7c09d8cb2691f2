//! Days, months and moments as people write them.
//!
//! The rule this module protects: *a date has one number and one text.* Numbers count from 1970 as in [`crate::Value`];
//! texts are `2026-11-24`, `2026-11` and RFC 3339, years 0001 to 9999, and nothing else is read.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, SecondsFormat};
use std::ops::RangeInclusive;

/// Days a calendar can show: 0001-01-01 to 9999-12-31.
pub const DAYS: RangeInclusive<i32> = -719_162..=2_932_896;

/// Months a calendar can show: 0001-01 to 9999-12.
pub const MONTHS: RangeInclusive<i32> = -23_628..=96_359;

/// Moments a calendar can show, whatever the offset: one day less at either end than [`DAYS`].
pub const MOMENTS_S: RangeInclusive<i64> = -719_161 * DAY_S..=2_932_896 * DAY_S - 1;

/// Offsets from UTC that a moment can carry, in minutes: less than a day.
pub const OFFSETS_MIN: RangeInclusive<i16> = -1439..=1439;

/// Seconds in a day.
const DAY_S: i64 = 86_400;

/// Days since 1970-01-01 of a date written `2026-11-24`.
pub fn day(text: &str) -> Option<i32> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-';
    let number = |range: std::ops::Range<usize>| digits(&bytes[range]);
    let (year, month, day) = shaped.then(|| Some((number(0..4)?, number(5..7)?, number(8..10)?)))??;
    let date = NaiveDate::from_ymd_opt(year as i32, month, day).filter(|_| year > 0)?;
    Some(date.to_epoch_days())
}

/// Months since 1970-01 of a month written `2026-11`.
pub fn month(text: &str) -> Option<i32> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 7 && bytes[4] == b'-';
    let (year, month) = shaped.then(|| Some((digits(&bytes[..4])?, digits(&bytes[5..])?)))??;
    let there = year > 0 && (1..=12).contains(&month);
    there.then(|| (year as i32 - 1970) * 12 + month as i32 - 1)
}

/// Seconds since 1970 and offset in minutes of a moment in RFC 3339. Whole seconds only.
pub fn moment(text: &str) -> Option<(i64, i16)> {
    let moment = DateTime::parse_from_rfc3339(text).ok()?;
    let offset_s = moment.offset().local_minus_utc();
    let whole = moment.timestamp_subsec_nanos() == 0 && offset_s % 60 == 0;
    let (at_s, offset_min) = (moment.timestamp(), i16::try_from(offset_s / 60).ok()?);
    (whole && MOMENTS_S.contains(&at_s)).then_some((at_s, offset_min))
}

/// Year, month (1..=12) and day of month; `None` outside [`DAYS`].
pub fn date(day: i32) -> Option<(i32, u32, u32)> {
    let date = NaiveDate::from_epoch_days(day).filter(|_| DAYS.contains(&day))?;
    Some((date.year(), date.month(), date.day()))
}

/// Year and month (1..=12); `None` outside [`MONTHS`].
pub fn year_month(month: i32) -> Option<(i32, u32)> {
    MONTHS.contains(&month).then(|| (1970 + month.div_euclid(12), month.rem_euclid(12) as u32 + 1))
}

/// The month that a day lies in.
pub fn month_of(day: i32) -> Option<i32> {
    date(day).map(|(year, month, _)| (year - 1970) * 12 + month as i32 - 1)
}

/// `2026-11-24`; `None` outside [`DAYS`].
pub fn day_text(day: i32) -> Option<String> {
    date(day).map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}"))
}

/// `2026-11`; `None` outside [`MONTHS`].
pub fn month_text(month: i32) -> Option<String> {
    year_month(month).map(|(year, month)| format!("{year:04}-{month:02}"))
}

/// `2026-11-24T08:30:00+07:00`; `None` outside [`MOMENTS_S`] and [`OFFSETS_MIN`].
pub fn moment_text(at_s: i64, offset_min: i16) -> Option<String> {
    let there = MOMENTS_S.contains(&at_s) && OFFSETS_MIN.contains(&offset_min);
    let offset = FixedOffset::east_opt(i32::from(offset_min) * 60).filter(|_| there)?;
    let moment = DateTime::from_timestamp(at_s, 0)?.with_timezone(&offset);
    Some(moment.to_rfc3339_opts(SecondsFormat::Secs, false))
}

/// The day of a moment where clocks are so many minutes ahead of UTC. More than a calendar shows: any number of seconds
/// may have been sent.
pub fn day_at(at_s: i64, offset_min: i16) -> i64 {
    at_s.saturating_add(i64::from(offset_min) * 60).div_euclid(DAY_S)
}

/// Completed years from one day to another; `None` when `to` is earlier.
pub fn years_between(from: i32, to: i32) -> Option<u32> {
    NaiveDate::from_epoch_days(to)?.years_since(NaiveDate::from_epoch_days(from)?)
}

fn digits(bytes: &[u8]) -> Option<u32> {
    bytes
        .iter()
        .try_fold(0, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_months_count_from_1970() {
        for (text, number) in [("1970-01-01", 0), ("1900-01-01", -25_567), ("2026-11-24", 20_781)] {
            assert_eq!((day(text), day_text(number)), (Some(number), Some(text.to_owned())));
        }
        for (text, number) in [("1970-01", 0), ("2016-01", 552), ("1969-12", -1)] {
            assert_eq!((month(text), month_text(number)), (Some(number), Some(text.to_owned())));
        }
        assert_eq!(month_of(-1), Some(-1));
        for text in ["2026-02-29", "2026-2-9", "0000-01-01", "2026-11-24T", "+026-11-24", "2026-11-é"] {
            assert_eq!(day(text), None, "{text}");
        }
        for text in ["2016-13", "2016-00", "2016-1", "0000-01", "2016-1é"] {
            assert_eq!(month(text), None, "{text}");
        }
    }

    #[test]
    fn the_ends_of_the_calendar_can_be_written_and_read() {
        for number in [*DAYS.start(), *DAYS.end()] {
            assert_eq!(day_text(number).as_deref().and_then(day), Some(number));
        }
        assert_eq!((day_text(DAYS.start() - 1), day_text(DAYS.end() + 1)), (None, None));
        for number in [*MONTHS.start(), *MONTHS.end()] {
            assert_eq!(month_text(number).as_deref().and_then(month), Some(number));
        }
        assert_eq!((month_text(MONTHS.start() - 1), month_text(MONTHS.end() + 1)), (None, None));
        for at_s in [*MOMENTS_S.start(), *MOMENTS_S.end()] {
            for offset in [*OFFSETS_MIN.start(), 0, *OFFSETS_MIN.end()] {
                let text = moment_text(at_s, offset).expect("text");
                assert_eq!(moment(&text), Some((at_s, offset)), "{text}");
            }
        }
        assert_eq!(moment_text(MOMENTS_S.start() - 1, 0), None);
        assert_eq!(moment_text(0, 1440), None);
    }

    #[test]
    fn a_moment_keeps_its_zone() {
        assert_eq!(moment_text(1_795_482_000, 420).as_deref(), Some("2026-11-24T08:00:00+07:00"));
        assert_eq!(moment("2026-11-24T01:00:00Z"), Some((1_795_482_000, 0)));
        assert_eq!(moment("2026-11-24T01:00:00.5Z"), None);
        assert_eq!(moment("2026-11-24"), None);
    }

    #[test]
    fn a_moment_lies_on_the_day_of_its_zone() {
        assert_eq!((day_at(-1, 0), day_at(-1, 1), day_at(86_399, 0), day_at(86_399, 1)), (-1, 0, 0, 1));
        assert_eq!(day_at(i64::MAX, 420), i64::MAX / DAY_S);
    }

    #[test]
    fn years_are_completed_years() {
        let years = |from, to| years_between(day(from).expect("day"), day(to).expect("day"));
        assert_eq!(years("2007-11-25", "2026-11-24"), Some(18));
        assert_eq!(years("2007-11-24", "2026-11-24"), Some(19));
        assert_eq!(years("2026-11-24", "2026-11-23"), None);
    }
}
