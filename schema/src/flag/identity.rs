//! Flags of numbers that say who somebody is. Warnings only: wrong NIK are common, and a NIK keeps the region and the
//! errors it was issued with.

use super::{Case, dates};
use crate::growth::Sex;
use crate::{Value, calendar, region};

/// Added to the day of birth in the NIK of a woman.
const WOMAN: u32 = 40;

/// Something other than digits.
pub(super) fn digits_only(case: &Case) -> Option<bool> {
    Some(!is_digits(text(case)?))
}

/// Not sixteen digits, no known district, or no date of birth.
pub(super) fn nik_form(case: &Case) -> Option<bool> {
    Some(Number::read(text(case)?).is_none_or(|nik| !nik.is_of_known_district() || !nik.born().is_date()))
}

/// Not sixteen digits, no known district, or no date of issue.
pub(super) fn kk_form(case: &Case) -> Option<bool> {
    Some(Number::read(text(case)?).is_none_or(|kk| !kk.is_of_known_district() || !kk.date.is_date()))
}

/// Date or sex in the NIK differ from those of the person.
pub(super) fn nik_matches_birth(case: &Case) -> Option<bool> {
    let nik = Number::read(text(case)?)?;
    // A day that is not known to the day cannot differ.
    let exact = case.record.code("birth_date", Some(1)).is_none_or(|precision| precision == "day");
    let birth = dates::birth(case).filter(|_| exact).and_then(|day| calendar::date(i32::try_from(day).ok()?));
    let other_day = birth.map(|(year, month, day)| {
        let born = nik.born();
        (born.year, born.month, born.day) != (year.rem_euclid(100) as u32, month, day)
    });
    let sex = match case.record.code("sex", None) {
        Some("M") => Some(Sex::Male),
        Some("F") => Some(Sex::Female),
        _ => case.record.context.sex,
    };
    let other_sex = sex.map(|sex| nik.is_woman() != (sex == Sex::Female));
    match (other_day, other_sex) {
        (None, None) => None,
        (day, sex) => Some(day.unwrap_or(false) || sex.unwrap_or(false)),
    }
}

/// Does not begin with 08 or +62, or has something other than digits, spaces and hyphens.
pub(super) fn phone_form(case: &Case) -> Option<bool> {
    let phone = text(case)?;
    let rest = phone.strip_prefix("+62").or_else(|| phone.strip_prefix("08"));
    let plain = |rest: &str| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ' || byte == b'-');
    Some(!rest.is_some_and(plain))
}

fn text<'a>(case: &Case<'_, 'a>) -> Option<&'a str> {
    match case.value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What a NIK or KK number says: district, date.
struct Number {
    district: u64,
    date: TwoDigitDate,
}

/// A date without its century.
#[derive(Clone, Copy)]
struct TwoDigitDate {
    day: u32,
    month: u32,
    year: u32,
}

impl Number {
    fn read(text: &str) -> Option<Number> {
        if text.len() != 16 || !is_digits(text) {
            return None;
        }
        let digits = |from: usize, to: usize| text[from..to].parse::<u32>().ok();
        let date = TwoDigitDate { day: digits(6, 8)?, month: digits(8, 10)?, year: digits(10, 12)? };
        Some(Number { district: digits(0, 4)?.into(), date })
    }

    /// The list of districts is on every phone; that of subdistricts is not.
    fn is_of_known_district(&self) -> bool {
        region::district_name(self.district).is_some()
    }

    fn is_woman(&self) -> bool {
        self.date.day > WOMAN
    }

    /// The date of birth, read as a NIK has it.
    fn born(&self) -> TwoDigitDate {
        let day = if self.is_woman() { self.date.day - WOMAN } else { self.date.day };
        TwoDigitDate { day, ..self.date }
    }
}

impl TwoDigitDate {
    /// Is there such a day in this century or the last?
    fn is_date(self) -> bool {
        let TwoDigitDate { day, month, year } = self;
        [19, 20]
            .iter()
            .any(|century| calendar::day(&format!("{century}{year:02}-{month:02}-{day:02}")).is_some())
    }
}
