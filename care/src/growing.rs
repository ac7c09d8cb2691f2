//! How a child grows from one visit to the next.
//!
//! The rule this module protects: *z-scores are those of [`schema::growth`], and a trend compares two weighings that were
//! really made.* The growth card (KMS) asks for a minimum gain by age; that table is not in the schema, so `N` means
//! here: heavier than at the last weighing. `B` is the first weighing, `O` one without a weighing in the month before,
//! `T` one without gain. Of several weighings in one month, only that of an earlier month is compared.

use crate::book::Book;
use crate::fact::{Member, Visit};
use crate::numbers::code;
use schema::calendar::month_of;
use schema::growth::{Assessment, Measurement, Position, assess};
use sync_core::RecordId;

/// Below this a z-score asks for monthly visits: -2 SD in hundredths, the end of "normal" in all four topics.
const LOW_Z_HUNDREDTHS: i32 = -200;

/// The z-scores of what was measured at a visit; `None` when sex or birth are not known well enough, or the child was
/// measured before its birth.
pub(crate) fn assessed(child: &Member, visit: &Visit) -> Option<Assessment> {
    let measured = &visit.child;
    measured.weight.or(measured.length).or(measured.head).or(measured.muac)?;
    let tenfold = |units: Option<i64>| units.map(|units| units.saturating_mul(10));
    Some(assess(&Measurement {
        sex: child.sex?,
        age_days: child.age_days(visit.measured_on()?)?,
        weight_g: tenfold(measured.weight),
        length_height_tenth_mm: tenfold(measured.length),
        position: match measured.position {
            code::measure_position::LYING => Some(Position::Lying),
            code::measure_position::STANDING => Some(Position::Standing),
            _ => None,
        },
        head_tenth_mm: tenfold(measured.head),
        muac_tenth_mm: tenfold(measured.muac),
        oedema: measured.oedema == code::yes_no::YES,
    }))
}

/// Is any z-score low, and not implausible?
pub(crate) fn is_low(assessment: &Assessment) -> bool {
    let scores = [assessment.haz, assessment.waz, assessment.whz];
    scores.into_iter().flatten().any(|score| !score.implausible && score.hundredths < LOW_Z_HUNDREDTHS)
}

/// Is any z-score outside what can be?
pub(crate) fn is_implausible(assessment: &Assessment) -> bool {
    let scores = [assessment.haz, assessment.waz, assessment.whz, assessment.hcz, assessment.muacz];
    scores.into_iter().flatten().any(|score| score.implausible)
}

/// The last of these visits before `visit` at which `what` was measured; `visits` ascend by day.
pub(crate) fn before<'a>(
    visit: &Visit,
    visits: &[(RecordId, &'a Visit)],
    what: fn(&Visit) -> Option<i64>,
) -> Option<&'a Visit> {
    let day = visit.measured_on()?;
    let earlier = visits.iter().map(|(_, one)| *one);
    let measured = earlier.filter(|one| what(one).is_some() && one.measured_on().is_some_and(|on| on < day));
    measured.max_by_key(|one| one.measured_on())
}

/// The weight that was measured, hundredths of a kilogram.
pub(crate) fn weight(visit: &Visit) -> Option<i64> {
    visit.child.weight
}

/// The length that was measured, tenths of a centimetre.
pub(crate) fn length(visit: &Visit) -> Option<i64> {
    visit.child.length
}

/// Code of `weight_trend`, 0 when the child was not weighed. `visits` are the others to the child, ascending by day.
pub(crate) fn trend(visit: &Visit, visits: &[(RecordId, &Visit)]) -> u16 {
    let (Some(now), Some(month)) = (visit.child.weight, visit.measured_on().and_then(month_of)) else {
        return 0;
    };
    let weighed = visits.iter().filter_map(|(_, one)| Some((one.measured_on()?, one.child.weight?)));
    let in_month = weighed.filter_map(|(day, kg)| Some((month_of(day)?, day, kg)));
    match in_month.filter(|(earlier, _, _)| *earlier < month).max() {
        None => code::weight_trend::B,
        Some((earlier, _, _)) if earlier < month - 1 => code::weight_trend::O,
        Some((_, _, then)) if now > then => code::weight_trend::N,
        Some(_) => code::weight_trend::T,
    }
}

impl Book {
    /// Does a child need to be seen more often: its last z-scores are low, or it did not gain weight?
    pub(crate) fn needs_attention(&self, child: &Member, visits: &[(RecordId, &Visit)]) -> bool {
        is_not_gaining(visits)
            || visits
                .iter()
                .rev()
                .find_map(|(_, visit)| assessed(child, visit))
                .is_some_and(|last| is_low(&last))
    }
}

/// Did the last weighing of these visits show no gain?
pub(crate) fn is_not_gaining(visits: &[(RecordId, &Visit)]) -> bool {
    let last = visits.iter().rposition(|(_, visit)| visit.child.weight.is_some());
    last.is_some_and(|last| trend(visits[last].1, &visits[..last]) == code::weight_trend::T)
}
