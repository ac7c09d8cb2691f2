//! How a child grows against the WHO Child Growth Standards.
//!
//! The rule this module protects: *phone and server compute the same z-score from the same measurement, to the last
//! digit.* Inputs are whole numbers, the only transcendental function is `libm::pow`, and results are rounded to the
//! two decimals WHO publishes before anything is decided from them.
//!
//! Source: WHO Child Growth Standards (World Health Organization, 2006; head and arm circumference 2007), rules of
//! the WHO `anthro` software 1.1.0 for position, oedema, beyond 3 SD and implausible values. It holds from birth to
//! 59 completed months (day 1826). What a z-score means for a family is decided elsewhere, by thresholds.

mod tables;
mod zscore;

pub use tables::{Lms, Standard};

/// Days in a month, as WHO counts them: 365.25 / 12, in ten-thousandths.
const MONTH_TEN_THOUSANDTHS_OF_DAYS: u32 = 304_375;
/// From this day on a child is measured standing, and the length/height standard is standing height.
pub const STANDING_FROM_DAYS: u32 = 731;
/// Difference between lying length and standing height of one child: 0.7 cm.
const LYING_MINUS_STANDING_TENTH_MM: i64 = 70;
/// A child younger than this many completed months does not stand to be measured.
const STANDS_FROM_MONTHS: u32 = 9;
/// The standards end before this many completed months.
const MONTHS_END: u32 = 60;

/// Sex of the child; the standards differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sex {
    /// Boys' tables.
    Male,
    /// Girls' tables.
    Female,
}

/// How length or height was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Position {
    /// Lying length (*panjang badan*).
    Lying,
    /// Standing height (*tinggi badan*).
    Standing,
}

/// What was measured on one child on one day. Leave out what was not measured; zero and less count
/// as not measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measurement {
    /// Sex of the child.
    pub sex: Sex,
    /// Day of measurement minus day of birth.
    pub age_days: u32,
    /// Weight in grams.
    pub weight_g: Option<i64>,
    /// Length or height in tenths of a millimetre (72.5 cm is 7250).
    pub length_height_tenth_mm: Option<i64>,
    /// How length or height was taken; unknown means that nothing is corrected.
    pub position: Option<Position>,
    /// Head circumference in tenths of a millimetre.
    pub head_tenth_mm: Option<i64>,
    /// Mid-upper-arm circumference (*LILA*) in tenths of a millimetre.
    pub muac_tenth_mm: Option<i64>,
    /// Swelling of both feet. Weight then says nothing, so no weight-based z-score is given.
    pub oedema: bool,
}

/// One z-score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ZScore {
    /// Standard deviations from the median in hundredths: -2.01 SD is -201.
    pub hundredths: i32,
    /// Outside what WHO takes for possible. Stored and shown, left out of every prevalence.
    pub implausible: bool,
}

/// What a [`Measurement`] says. A z-score is `None` when something it needs was not measured or lies outside its
/// table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assessment {
    /// Length below 731 days, height from then on, in tenths of a millimetre: what was measured, corrected by 0.7 cm
    /// when the child was measured the other way.
    pub length_height_tenth_mm: Option<i64>,
    /// Body mass index from the corrected length in hundredths of kg/m2; given with oedema too.
    pub bmi_hundredths: Option<i64>,
    /// "Standing" was noted below nine completed months. Taken as an unknown position.
    pub standing_too_young: bool,
    /// Length/height for age (PB/U, TB/U).
    pub haz: Option<ZScore>,
    /// Weight for age (BB/U).
    pub waz: Option<ZScore>,
    /// Weight for length/height (BB/PB, BB/TB).
    pub whz: Option<ZScore>,
    /// Body mass index for age (IMT/U).
    pub bmiz: Option<ZScore>,
    /// Head circumference for age.
    pub hcz: Option<ZScore>,
    /// Mid-upper-arm circumference for age, from day 91.
    pub muacz: Option<ZScore>,
}

/// Completed months of a child of `age_days`, as WHO counts them.
pub fn completed_months(age_days: u32) -> u32 {
    (u64::from(age_days) * 10_000 / u64::from(MONTH_TEN_THOUSANDTHS_OF_DAYS)) as u32
}

/// The z-scores of one measurement.
pub fn assess(measured: &Measurement) -> Assessment {
    let Measurement { sex, age_days, .. } = *measured;
    let young = completed_months(age_days) < STANDS_FROM_MONTHS;
    let standing_too_young = young && measured.position == Some(Position::Standing);
    let position = measured.position.filter(|_| !standing_too_young);
    let positive = |value: Option<i64>| value.filter(|value| *value > 0);
    let length =
        positive(measured.length_height_tenth_mm).map(|length| corrected(length, position, age_days));
    let weight_kg = positive(measured.weight_g).map(|grams| grams as f64 / 1000.0);
    let bmi = weight_kg.zip(length).map(|(kg, length)| kg / square(length as f64 / 10_000.0));
    let in_age = completed_months(age_days) < MONTHS_END;
    let by_age = |standard: Standard| tables::row(standard, sex, age_days).filter(|_| in_age);
    let weighed = |kg: Option<f64>| kg.filter(|_| !measured.oedema);
    let cm = |tenth_mm: Option<i64>| positive(tenth_mm).map(|length| length as f64 / 100.0);

    let weight_for = |length: i64| {
        let standard =
            if age_days < STANDING_FROM_DAYS { Standard::WeightForLength } else { Standard::WeightForHeight };
        tables::between(standard, sex, length).filter(|_| in_age)
    };
    Assessment {
        length_height_tenth_mm: length,
        bmi_hundredths: bmi.map(|bmi| libm::round(bmi * 100.0) as i64),
        standing_too_young,
        haz: score(by_age(Standard::LengthHeightForAge), cm(length), zscore::plain, -600, 600),
        waz: score(by_age(Standard::WeightForAge), weighed(weight_kg), zscore::restricted, -600, 500),
        whz: score(length.and_then(weight_for), weighed(weight_kg), zscore::restricted, -500, 500),
        bmiz: score(by_age(Standard::BmiForAge), weighed(bmi), zscore::restricted, -500, 500),
        hcz: score(by_age(Standard::HeadForAge), cm(measured.head_tenth_mm), zscore::restricted, -500, 500),
        muacz: score(by_age(Standard::MuacForAge), cm(measured.muac_tenth_mm), zscore::restricted, -500, 500),
    }
}

/// The value that has this z-score: the line to draw for -3, -2, 0, +2 or +3 SD, in kg, cm or kg/m2.
///
/// `key` is the age in days, or for [`Standard::WeightForLength`] and [`Standard::WeightForHeight`] the length in
/// tenths of a millimetre. `None` outside the table.
pub fn value_at(standard: Standard, sex: Sex, key: u32, z: f64) -> Option<f64> {
    let lms = match standard {
        Standard::WeightForLength | Standard::WeightForHeight => tables::between(standard, sex, key.into())?,
        _ => tables::row(standard, sex, key)?,
    };
    Some(match standard {
        Standard::LengthHeightForAge => zscore::value(lms, z),
        _ => zscore::value_restricted(lms, z),
    })
}

/// Length as the standard of that age wants it.
fn corrected(length_tenth_mm: i64, position: Option<Position>, age_days: u32) -> i64 {
    match position {
        Some(Position::Standing) if age_days < STANDING_FROM_DAYS => {
            length_tenth_mm + LYING_MINUS_STANDING_TENTH_MM
        }
        Some(Position::Lying) if age_days >= STANDING_FROM_DAYS => {
            length_tenth_mm - LYING_MINUS_STANDING_TENTH_MM
        }
        _ => length_tenth_mm,
    }
}

/// Rounds first and judges plausibility on the rounded value, as WHO does.
fn score(
    lms: Option<Lms>,
    value: Option<f64>,
    z: fn(Lms, f64) -> f64,
    plausible_min: i32,
    plausible_max: i32,
) -> Option<ZScore> {
    let hundredths = libm::round(z(lms?, value?) * 100.0) as i32;
    Some(ZScore { hundredths, implausible: !(plausible_min..=plausible_max).contains(&hundredths) })
}

fn square(x: f64) -> f64 {
    x * x
}
