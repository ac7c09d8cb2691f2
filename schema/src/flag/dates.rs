//! Flags of dates and months. Days are `i64` here: what is judged may be any number that was ever sealed.

use super::Case;
use crate::registers::day;
use crate::{Value, calendar};

/// A year, for plans.
const YEAR_DAYS: i64 = 366;

/// Later than one day after the believed date.
pub(super) fn not_in_future(case: &Case) -> Option<bool> {
    let tomorrow = i64::from(case.record.context.believed_day) + 1;
    match case.value {
        Value::Month(month) => Some(*month > calendar::month_of(i32::try_from(tomorrow).ok()?)?),
        value => Some(day(value)? > tomorrow),
    }
}

/// More than this many days before the believed date.
pub(super) fn within_days(case: &Case) -> Option<bool> {
    Some(-ahead(case)? > case.parameter.parse().ok()?)
}

/// More than this many days after the believed date.
pub(super) fn not_ahead_days(case: &Case) -> Option<bool> {
    Some(ahead(case)? > case.parameter.parse().ok()?)
}

/// Days from the believed date to the value.
fn ahead(case: &Case) -> Option<i64> {
    Some(day(case.value)? - i64::from(case.record.context.believed_day))
}

/// Earlier than the birth of the person.
pub(super) fn after_birth(case: &Case) -> Option<bool> {
    Some(day(case.value)? < birth(case)?)
}

/// Day of birth: of the record where it has one, else of the person it is about.
pub(super) fn birth(case: &Case) -> Option<i64> {
    case.record.day("birth_date").or(case.record.context.birth_day.map(i64::from))
}

/// Another month than that of the birth date.
pub(super) fn month_of_birth_date(case: &Case) -> Option<bool> {
    differs(case.value, birth(case)?)
}

/// Another month than that of the delivery.
pub(super) fn month_of_delivery(case: &Case) -> Option<bool> {
    differs(case.value, delivery(case)?)
}

/// Day of delivery: of the record where it has one, else of the pregnancy it belongs to.
pub(super) fn delivery(case: &Case) -> Option<i64> {
    case.record.day("delivery_date").or(case.record.context.delivery_day.map(i64::from))
}

fn differs(value: &Value, day: i64) -> Option<bool> {
    match value {
        Value::Month(month) => Some(*month != calendar::month_of(i32::try_from(day).ok()?)?),
        _ => None,
    }
}

/// Neither January nor July.
pub(super) fn half_year_start(case: &Case) -> Option<bool> {
    match case.value {
        Value::Month(month) => Some(!matches!(calendar::year_month(*month)?.1, 1 | 7)),
        _ => None,
    }
}

/// Younger than 19 on the wedding date, or on the believed date when there is none.
pub(super) fn marriage_age(case: &Case) -> Option<bool> {
    let on = case.record.day("wedding_date").unwrap_or(i64::from(case.record.context.believed_day));
    let day = |day: i64| i32::try_from(day).ok();
    let years = calendar::years_between(day(day_of(case)?)?, day(on)?);
    Some(years.is_none_or(|years| years < 19))
}

/// Less than 90 days after the first visit to the couple.
pub(super) fn met_90_days_before(case: &Case) -> Option<bool> {
    Some(day_of(case)? - i64::from(case.record.context.first_visit_day?) < 90)
}

/// Not later than the visit, or more than a year after it.
pub(super) fn after_visit(case: &Case) -> Option<bool> {
    Some(!(1..=YEAR_DAYS).contains(&since(case, "visit_date")?))
}

/// Outside 7 to 60 days after the visit.
pub(super) fn next_visit_usual(case: &Case) -> Option<bool> {
    Some(!(7..=60).contains(&since(case, "visit_date")?))
}

/// Neither on the day of the visit nor in the 35 days before it.
pub(super) fn measured_near_visit(case: &Case) -> Option<bool> {
    Some(!(-35..=0).contains(&since(case, "visit_date")?))
}

/// Earlier than the meeting, or more than a year after it.
pub(super) fn after_meeting(case: &Case) -> Option<bool> {
    Some(!(0..=YEAR_DAYS).contains(&since_meeting(case)?))
}

/// Outside 7 to 92 days after the meeting.
pub(super) fn due_usual(case: &Case) -> Option<bool> {
    Some(!(7..=92).contains(&since_meeting(case)?))
}

fn since_meeting(case: &Case) -> Option<i64> {
    let meeting = case.record.day("meeting_date").or(case.record.context.meeting_day.map(i64::from))?;
    Some(day_of(case)? - meeting)
}

/// Days from the date in `field` to the value.
fn since(case: &Case, field: &str) -> Option<i64> {
    Some(day_of(case)? - case.record.day(field)?)
}

fn day_of(case: &Case) -> Option<i64> {
    day(case.value)
}
