//! The seven published tables, unpacked once when first asked for.
//!
//! The rule this module protects: *every L, M and S is the published decimal.* They are kept as whole numbers of
//! their last digit; dividing those gives the very `f64` that parsing the decimal would give. `build.rs` packs them.

use super::Sex;
use std::sync::OnceLock;

static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/who_lms.bin"));
static SERIES: OnceLock<Vec<Series>> = OnceLock::new();

/// One of the seven tables, in the order in which `build.rs` packs them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standard {
    /// Lying length below 731 days, standing height from then on; cm, by day.
    LengthHeightForAge,
    /// kg, by day.
    WeightForAge,
    /// kg/m2, by day.
    BmiForAge,
    /// cm, by day.
    HeadForAge,
    /// cm, by day, from day 91.
    MuacForAge,
    /// kg, by lying length of 45.0 to 110.0 cm.
    WeightForLength,
    /// kg, by standing height of 65.0 to 120.0 cm.
    WeightForHeight,
}

/// One row: skewness, median and coefficient of variation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lms {
    /// Power that makes the distribution symmetric (Box-Cox).
    pub l: f64,
    /// Median, in the unit of the standard.
    pub m: f64,
    /// Coefficient of variation.
    pub s: f64,
}

/// One sex of one table; L, M and S in units of their last published digit.
struct Series {
    first_key: u32,
    rows: Vec<[i32; 3]>,
}

/// The row of exactly this key (days, or tenths of a centimetre).
pub(super) fn row(standard: Standard, sex: Sex, key: u32) -> Option<Lms> {
    let series = SERIES.get_or_init(|| unpack(PACKED)).get(standard as usize * 2 + sex as usize)?;
    let [l, m, s] = *series.rows.get(key.checked_sub(series.first_key)? as usize)?;
    Some(Lms { l: f64::from(l) / 10_000.0, m: f64::from(m) / 10_000.0, s: f64::from(s) / 100_000.0 })
}

/// The row at a length between two keys, each of L, M and S taken in proportion.
pub(super) fn between(standard: Standard, sex: Sex, length_tenth_mm: i64) -> Option<Lms> {
    let length = u32::try_from(length_tenth_mm).ok()?;
    let low = row(standard, sex, length / 10)?;
    if length % 10 == 0 {
        return Some(low);
    }
    let high = row(standard, sex, length / 10 + 1)?;
    let part = f64::from(length % 10) / 10.0;
    let mix = |low: f64, high: f64| low + part * (high - low);
    Some(Lms { l: mix(low.l, high.l), m: mix(low.m, high.m), s: mix(low.s, high.s) })
}

/// Reads what `build.rs` wrote: boys then girls of each table.
fn unpack(packed: &[u8]) -> Vec<Series> {
    let mut bytes = packed.iter().copied();
    let mut all = Vec::new();
    while let Some(first_key) = take(&mut bytes) {
        let count = take(&mut bytes).unwrap_or(0) as usize;
        let mut rows = vec![[0; 3]; count];
        for column in 0..3 {
            let (mut last, mut change) = (0, 0);
            for row in &mut rows {
                change += take(&mut bytes).unwrap_or(0);
                last += change;
                row[column] = last as i32;
            }
        }
        all.push(Series { first_key: first_key as u32, rows });
    }
    all
}

/// One zigzag LEB128 number.
fn take(bytes: &mut impl Iterator<Item = u8>) -> Option<i64> {
    let (mut value, mut shift) = (0_u64, 0);
    loop {
        let byte = bytes.next()?;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some((value >> 1) as i64 ^ -((value & 1) as i64));
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every published row comes back as the published decimal.
    #[test]
    fn unpacked_tables_are_the_published_ones() {
        let tables = [
            (Standard::LengthHeightForAge, include_str!("../../growth/who_lms_lhfa.csv"), 1.0),
            (Standard::WeightForAge, include_str!("../../growth/who_lms_wfa.csv"), 1.0),
            (Standard::BmiForAge, include_str!("../../growth/who_lms_bmi_fa.csv"), 1.0),
            (Standard::HeadForAge, include_str!("../../growth/who_lms_hcfa.csv"), 1.0),
            (Standard::MuacForAge, include_str!("../../growth/who_lms_muac_fa.csv"), 1.0),
            (Standard::WeightForLength, include_str!("../../growth/who_lms_wfl.csv"), 10.0),
            (Standard::WeightForHeight, include_str!("../../growth/who_lms_wfh.csv"), 10.0),
        ];
        let mut rows = 0;
        for (standard, text, steps) in tables {
            for line in text.lines().skip(1) {
                let cells: Vec<&str> = line.split(',').collect();
                let sex = if cells[0] == "M" { Sex::Male } else { Sex::Female };
                let number = |i: usize| cells[i].parse::<f64>().unwrap();
                let key = (number(1) * steps).round() as u32;
                let expected = Lms { l: number(2), m: number(3), s: number(4) };
                assert_eq!(row(standard, sex, key), Some(expected), "{standard:?} {line}");
                assert_ne!(expected.l, 0.0, "zscore.rs relies on L never being zero");
                rows += 1;
            }
        }
        assert_eq!(rows, 3654 * 4 + 3472 + 1302 + 1102);
    }

    #[test]
    fn nothing_is_read_outside_a_table() {
        assert_eq!(row(Standard::WeightForAge, Sex::Male, 1827), None);
        assert_eq!(row(Standard::MuacForAge, Sex::Female, 90), None);
        assert_eq!(between(Standard::WeightForLength, Sex::Male, 4499), None);
        assert_eq!(between(Standard::WeightForLength, Sex::Male, 11_001), None);
        assert_eq!(between(Standard::WeightForLength, Sex::Male, -1), None);
    }
}
