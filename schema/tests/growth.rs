//! Every reference case of WHO's own software gives the same result here.
//!
//! `fixtures/growth/zscore_reference_cases.csv` was made by running the WHO `anthro` functions 1.1.0.

#![expect(clippy::unwrap_used, reason = "a broken reference file must stop the test")]

use schema::growth::{Measurement, Position, Sex, Standard, ZScore, assess, completed_months, value_at};
use std::collections::BTreeMap;

type Case = BTreeMap<String, String>;

fn cases() -> Vec<Case> {
    let mut reader = csv::Reader::from_path("../fixtures/growth/zscore_reference_cases.csv").unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// The decimal as a whole number of `10^-digits`; `None` when the cell is empty.
fn scaled(case: &Case, column: &str, digits: i32) -> Option<i64> {
    let cell = case[column].as_str();
    (!cell.is_empty()).then(|| (cell.parse::<f64>().unwrap() * 10f64.powi(digits)).round() as i64)
}

fn measurement(case: &Case) -> Measurement {
    Measurement {
        sex: if case["sex"] == "M" { Sex::Male } else { Sex::Female },
        age_days: case["age_days"].parse().unwrap(),
        weight_g: scaled(case, "weight_kg", 3),
        length_height_tenth_mm: scaled(case, "lenhei_cm", 2),
        position: match case["measure"].as_str() {
            "L" => Some(Position::Lying),
            "H" => Some(Position::Standing),
            _ => None,
        },
        head_tenth_mm: scaled(case, "head_cm", 2),
        muac_tenth_mm: scaled(case, "muac_cm", 2),
        oedema: case["oedema"] == "y",
    }
}

fn assert_near(ours: Option<i64>, theirs: Option<i64>, what: &str) {
    let near = match (ours, theirs) {
        (Some(ours), Some(theirs)) => (ours - theirs).abs() <= 1,
        (ours, theirs) => ours == theirs,
    };
    assert!(near, "{what}: {ours:?}, WHO has {theirs:?}");
}

#[test]
fn all_reference_cases_agree_to_the_last_digit() {
    let cases = cases();
    assert_eq!(cases.len(), 474);
    let mut scores = 0;
    for case in &cases {
        let name = |column: &str| format!("case {} {column}", case["case_id"]);
        let got = assess(&measurement(case));
        assert_near(got.length_height_tenth_mm, scaled(case, "clenhei_cm", 2), &name("clenhei_cm"));
        assert_near(got.bmi_hundredths, scaled(case, "cbmi", 2), &name("cbmi"));
        assert_eq!(got.standing_too_young, case["c9mo_flag"] == "1", "{}", name("c9mo_flag"));
        let indicators: [(&str, &str, Option<ZScore>); 6] = [
            ("zlen", "flen", got.haz),
            ("zwei", "fwei", got.waz),
            ("zwfl", "fwfl", got.whz),
            ("zbmi", "fbmi", got.bmiz),
            ("zhc", "fhc", got.hcz),
            ("zac", "fac", got.muacz),
        ];
        for (z, flag, ours) in indicators {
            assert_near(ours.map(|z| z.hundredths.into()), scaled(case, z, 2), &name(z));
            assert_eq!(ours.map(|z| z.implausible.into()), scaled(case, flag, 0), "{}", name(flag));
            scores += usize::from(ours.is_some());
        }
    }
    assert_eq!(scores, 2688, "as many z-scores as WHO gives");
}

#[test]
fn the_line_at_a_z_score_has_that_z_score() {
    for z in [-450, -300, -200, 0, 200, 300, 450] {
        for age_days in [91, 400, 730, 731, 1826] {
            let at = |standard, scale: f64| {
                value_at(standard, Sex::Female, age_days, f64::from(z) / 100.0)
                    .map(|v| (v * scale).round() as i64)
            };
            let got = assess(&Measurement {
                sex: Sex::Female,
                age_days,
                weight_g: at(Standard::WeightForAge, 1000.0),
                length_height_tenth_mm: at(Standard::LengthHeightForAge, 100.0),
                position: None,
                head_tenth_mm: at(Standard::HeadForAge, 100.0),
                muac_tenth_mm: at(Standard::MuacForAge, 100.0),
                oedema: false,
            });
            for (name, score) in [("haz", got.haz), ("waz", got.waz), ("hcz", got.hcz), ("muacz", got.muacz)]
            {
                let score = score.unwrap_or_else(|| panic!("{name} at day {age_days}"));
                assert!(
                    (score.hundredths - z).abs() <= 1,
                    "{name} {score:?} at day {age_days}, asked for {z}"
                );
            }
        }
    }
    assert_eq!(value_at(Standard::WeightForLength, Sex::Male, 4500, 0.0), Some(2.441));
    assert_eq!(value_at(Standard::WeightForAge, Sex::Male, 1827, 0.0), None);
}

#[test]
fn months_are_completed_as_who_counts_them() {
    let months = [0, 30, 31, 273, 274, 730, 731, 1826, 1827].map(completed_months);
    assert_eq!(months, [0, 0, 1, 8, 9, 23, 24, 59, 60]);
}

/// A slip of the finger must not become a number that looks like a measurement.
#[test]
fn zero_and_negative_values_have_no_z_score() {
    let nothing = Measurement {
        sex: Sex::Male,
        age_days: 400,
        weight_g: Some(0),
        length_height_tenth_mm: Some(-10),
        position: None,
        head_tenth_mm: Some(0),
        muac_tenth_mm: Some(0),
        oedema: false,
    };
    let got = assess(&nothing);
    assert_eq!(
        (got.haz, got.waz, got.whz, got.bmiz, got.hcz, got.muacz),
        (None, None, None, None, None, None)
    );
}
