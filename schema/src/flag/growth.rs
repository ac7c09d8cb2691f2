//! Flags of a child's measurements, by the WHO standards ([`crate::growth`]).

use super::{Case, Record, dates};
use crate::growth::{Assessment, Measurement, Position, STANDING_FROM_DAYS, ZScore, assess};
use crate::{Value, registers};

/// WAZ or WHZ outside what WHO takes for possible.
pub(super) fn weight_for_age(case: &Case) -> Option<bool> {
    let growth = assessed(case)?;
    any([growth.waz, growth.whz])
}

/// HAZ outside what WHO takes for possible.
pub(super) fn length_for_age(case: &Case) -> Option<bool> {
    any([assessed(case)?.haz])
}

/// HCZ outside what WHO takes for possible.
pub(super) fn head_for_age(case: &Case) -> Option<bool> {
    any([assessed(case)?.hcz])
}

/// MUACZ outside what WHO takes for possible; the table begins at 91 days.
pub(super) fn muac_for_age(case: &Case) -> Option<bool> {
    any([assessed(case)?.muacz])
}

/// Standing under 24 months or lying from 24 months.
pub(super) fn position_for_age(case: &Case) -> Option<bool> {
    let stands = age_days(case)? >= i64::from(STANDING_FROM_DAYS);
    match case.record.code("child_length", Some(1))? {
        "standing" => Some(!stands),
        "lying" => Some(stands),
        _ => None,
    }
}

fn any<const N: usize>(scores: [Option<ZScore>; N]) -> Option<bool> {
    let mut known = scores.into_iter().flatten().peekable();
    known.peek()?;
    Some(known.any(|score| score.implausible))
}

/// Days from birth to the day of measuring: the one that was noted, else that of the visit.
fn age_days(case: &Case) -> Option<i64> {
    let measured = case.record.day("child_measured_on").or_else(|| case.record.day("visit_date"))?;
    Some(measured - dates::birth(case)?)
}

/// The z-scores, computed once for all flags of the record.
fn assessed(case: &Case) -> Option<Assessment> {
    *case.record.growth.get_or_init(|| {
        let record = case.record;
        let measurement = Measurement {
            sex: record.context.sex?,
            age_days: age_days(case)?.try_into().ok()?,
            weight_g: leading(record, "child_weight").map(|units| units.saturating_mul(10)),
            length_height_tenth_mm: leading(record, "child_length").map(|units| units.saturating_mul(10)),
            position: match record.code("child_length", Some(1)) {
                Some("lying") => Some(Position::Lying),
                Some("standing") => Some(Position::Standing),
                _ => None,
            },
            head_tenth_mm: leading(record, "child_head").map(|units| units.saturating_mul(10)),
            muac_tenth_mm: leading(record, "child_muac").map(|units| units.saturating_mul(10)),
            oedema: record.code("child_oedema", None) == Some("yes"),
        };
        Some(assess(&measurement))
    })
}

/// The number that leads a group, in the smallest unit of its scale.
fn leading(record: &Record, field: &str) -> Option<i64> {
    match registers::part(record.value(field)?, 0)? {
        Value::Int(number) | Value::Decimal(number) => Some(*number),
        _ => None,
    }
}
