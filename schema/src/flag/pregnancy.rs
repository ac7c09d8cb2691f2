//! Flags of dates, weeks and sizes in pregnancy.

use super::{Case, dates, day};
use crate::rules::pregnancy_band;
use crate::{Value, registers};

/// More than 320 days before the delivery or, without one, before the believed date.
pub(super) fn lmp_near(case: &Case) -> Option<bool> {
    let end = match (dates::delivery(case), case.record.value("delivery_date")) {
        (Some(delivery), _) => delivery,
        // Delivered, but the day is sealed.
        (None, Some(_)) => return None,
        (None, None) => i64::from(case.record.context.believed_day),
    };
    Some(end - day(case.value)? > 320)
}

/// Less than 140 days after the last period.
pub(super) fn after_lmp(case: &Case) -> Option<bool> {
    Some(day(case.value)? - lmp(case)? < 140)
}

/// Outside 252 to 301 days after the last period.
pub(super) fn delivery_at_term(case: &Case) -> Option<bool> {
    Some(!(252..=301).contains(&(day(case.value)? - lmp(case)?)))
}

/// More than two weeks away from the completed weeks that the last period gives: at delivery, else at the visit.
pub(super) fn gestation_matches_lmp(case: &Case) -> Option<bool> {
    let at = match case.record.kind.field_named("delivery_date") {
        Some(_) => dates::delivery(case)?,
        None => case.record.day("visit_date")?,
    };
    let Value::Int(weeks) = case.value else { return None };
    let expected = (at - lmp(case)?).div_euclid(7);
    Some(weeks.abs_diff(expected) > 2)
}

/// Outside the band for the week; a week without a band is never flagged.
pub(super) fn fundus_by_week(case: &Case) -> Option<bool> {
    let (low_cm, high_cm) = week(case)?.fundus_cm?;
    let tenth_cm = leading(case)?;
    Some(!(low_cm * 10..=high_cm * 10).contains(&tenth_cm))
}

/// More than 15 % away from the reference for the week.
pub(super) fn fetal_weight_by_week(case: &Case) -> Option<bool> {
    let reference_g = week(case)?.fetal_weight_g;
    let away_g = i128::from(leading(case)?) - i128::from(reference_g);
    Some(away_g.abs() * 100 > i128::from(reference_g) * 15)
}

fn week(case: &Case) -> Option<&'static crate::rules::PregnancyBand> {
    let weeks = case.record.number("pregnant_gest_age_weeks")?;
    pregnancy_band(case.record.context.pregnancy_bands, weeks.try_into().ok()?)
}

fn lmp(case: &Case) -> Option<i64> {
    case.record.day("lmp_date").or(case.record.context.lmp_day.map(i64::from))
}

fn leading(case: &Case) -> Option<i64> {
    match registers::part(case.value, 0)? {
        Value::Int(number) | Value::Decimal(number) => Some(*number),
        _ => None,
    }
}
