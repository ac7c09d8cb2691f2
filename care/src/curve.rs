//! The growth of a child as points, and the lines to draw behind them.
//!
//! The rule this module protects: *a point is drawn where it was measured, a line where WHO published it.* Lines are
//! sampled monthly, and every two centimetres of length; between two samples they are straight to the eye.

use crate::book::Book;
use crate::fact::{Member, Visit};
use crate::growing::{assessed, is_implausible, trend};
use crate::shapes::{Curve, Day, Growth, GrowthPoint, Line, sex_word};
use schema::decimal;
use schema::growth::{STANDING_FROM_DAYS, Sex, Standard, ZScore, value_at};
use sync_core::RecordId;

/// Months that are drawn: 0 to 60.
const MONTHS: u32 = 60;
/// The tables end on this day.
const DAYS_MAX: u32 = 1826;
/// Lengths of the tables, centimetres.
const LENGTHS_CM: (u32, u32) = (45, 110);
const HEIGHTS_CM: (u32, u32) = (65, 120);
const STEP_CM: u32 = 2;

impl Book {
    /// How a child grew; `None` for somebody whose sex or birth are not known, or who was never measured as a child.
    pub fn growth(&self, id: RecordId) -> Option<Growth> {
        let child = self.member(self.survivor(id))?;
        let (sex, birth) = (child.sex?, child.birth?);
        let visits = self.visits(id, None);
        let mut points: Vec<GrowthPoint> = visits
            .iter()
            .filter_map(|(id, visit)| self.growth_point(*id, visit, child, birth, &visits))
            .collect();
        crate::order::sort(&mut points, |one, other| one.day.cmp(&other.day));
        let last_age_days = points.last()?.age_days;
        Some(Growth {
            sex: sex_word(sex),
            birth_day: Day(birth),
            points,
            curves: curves(sex, i64::from(last_age_days) >= i64::from(STANDING_FROM_DAYS)),
        })
    }

    fn growth_point(
        &self,
        id: RecordId,
        visit: &Visit,
        child: &Member,
        birth: i32,
        visits: &[(RecordId, &Visit)],
    ) -> Option<GrowthPoint> {
        let measured = &visit.child;
        let day = visit.measured_on()?;
        measured.weight.or(measured.length).or(measured.head)?;
        let assessment = assessed(child, visit);
        let z = |score: Option<ZScore>| score.map(|score| score.hundredths);
        let trend = self.code("weight_trend", trend(visit, visits));
        Some(GrowthPoint {
            visit: id,
            day: Day(day),
            age_days: day - birth,
            weight_kg: measured.weight.map(|units| decimal::text(units, 2)),
            length_cm: measured.length.map(|units| decimal::text(units, 1)),
            head_cm: measured.head.map(|units| decimal::text(units, 1)),
            haz: assessment.and_then(|one| z(one.haz)),
            waz: assessment.and_then(|one| z(one.waz)),
            whz: assessment.and_then(|one| z(one.whz)),
            implausible: assessment.is_some_and(|one| is_implausible(&one)),
            trend: trend.map(|code| code.name.as_str()),
        })
    }
}

/// The lines of a sex. `stands`: weight is drawn over standing height, else over lying length.
fn curves(sex: Sex, stands: bool) -> Vec<Curve> {
    // A month of 365.25 / 12 days, in quarters of a twelfth of a day, so that nothing is rounded twice.
    let days: Vec<u32> =
        (0..=MONTHS).map(|month| (month * 1461 + 24) / 48).map(|day| day.min(DAYS_MAX)).collect();
    let (by_length, (from, to)) = if stands {
        (Standard::WeightForHeight, HEIGHTS_CM)
    } else {
        (Standard::WeightForLength, LENGTHS_CM)
    };
    let lengths: Vec<u32> = (from..=to).step_by(STEP_CM as usize).collect();
    let curve = |name, unit, standard, x: &[u32], key_of_x: u32| Curve {
        standard: name,
        unit,
        x: x.to_vec(),
        sd: (-3..=3).map(|z| line(standard, sex, x, key_of_x, z)).collect(),
    };
    vec![
        curve("length_height_for_age", "cm", Standard::LengthHeightForAge, &days, 1),
        curve("weight_for_age", "kg", Standard::WeightForAge, &days, 1),
        // The tables of weight for length go by tenths of a millimetre.
        curve("weight_for_length_height", "kg", by_length, &lengths, 100),
        curve("head_for_age", "cm", Standard::HeadForAge, &days, 1),
    ]
}

fn line(standard: Standard, sex: Sex, x: &[u32], key_of_x: u32, z: i32) -> Line {
    let value = |x: &u32| value_at(standard, sex, x * key_of_x, f64::from(z)).unwrap_or_default();
    Line { z, y: x.iter().map(|x| (value(x) * 100.0).round() / 100.0).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_who_over_their_whole_range() {
        for stands in [false, true] {
            for curve in curves(Sex::Female, stands) {
                assert!(
                    (28..=61).contains(&curve.x.len()),
                    "{} has {} points",
                    curve.standard,
                    curve.x.len()
                );
                assert_eq!(curve.sd.iter().map(|line| line.z).collect::<Vec<_>>(), [-3, -2, -1, 0, 1, 2, 3]);
                for line in &curve.sd {
                    assert_eq!(line.y.len(), curve.x.len());
                    assert!(line.y.iter().all(|y| *y > 1.0), "{} has a hole", curve.standard);
                }
            }
        }
        let curves = curves(Sex::Male, false);
        assert_eq!((curves[0].x[12], curves[0].x[60]), (365, 1826));
        // Published medians: 49.8842 cm at birth, 9.6479 kg at twelve months.
        assert_eq!((curves[0].sd[3].y[0], curves[1].sd[3].y[12]), (49.88, 9.65));
    }
}
