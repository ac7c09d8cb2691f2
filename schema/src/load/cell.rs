//! What stands in a single cell: numbers, ranges, types, policies, roles.
//!
//! The rule this module protects: *a number is kept as a whole number of its smallest unit, exactly.* 8.05 at scale 2
//! is 805; 8.055 at scale 2 is refused, never rounded.

use crate::model::{AreaLevel, ElementType, Enumeration, Policy, Range, Role, Roles, ValueType};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// A cell that could not be read: what to do about it.
pub type Cell<T> = Result<T, String>;

/// A number with a point as a whole number of `10^-scale` units; `None` when it has more digits or is no number.
pub fn decimal(text: &str, scale: u8) -> Option<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let fits =
        !whole.is_empty() && (whole.len() + fraction.len()) <= 18 && fraction.len() <= usize::from(scale);
    let all_digits = whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
    if !fits || !all_digits {
        return None;
    }
    let padded = format!("{whole}{fraction:0<width$}", width = usize::from(scale));
    padded.parse::<i64>().ok().map(|number| sign * number)
}

/// Days since 1970-01-01 of an ISO date.
pub fn day(text: &str) -> Option<i64> {
    let date: NaiveDate = text.parse().ok()?;
    Some(i64::from(date.num_days_from_ce()) - EPOCH_DAYS)
}

/// 1970-01-01 counted from 0001-01-01 as day 1.
const EPOCH_DAYS: i64 = 719_163;

/// Months since 1970-01 of a month written `YYYY-MM`.
pub fn month(text: &str) -> Option<i64> {
    let first: NaiveDate = format!("{text}-01").parse().ok()?;
    Some((i64::from(first.year()) - 1970) * 12 + i64::from(first.month0()))
}

/// The range of a cell for values of this type: `a..b`, `a..` or `..b` in the unit of the field.
pub fn range(text: &str, value: &ValueType) -> Cell<Option<Range>> {
    if text.is_empty() {
        return Ok(None);
    }
    let (low, high) =
        text.split_once("..").ok_or_else(|| format!("`{text}` is no range: write `a..b`, `a..` or `..b`"))?;
    let bound = |text: &str| -> Cell<Option<i64>> {
        if text.is_empty() {
            return Ok(None);
        }
        let number = match value {
            ValueType::Int | ValueType::Text => decimal(text, 0),
            ValueType::Decimal { scale } => decimal(text, *scale),
            ValueType::Date => day(text),
            ValueType::Month => month(text),
            _ => return Err("only numbers, texts, dates and months have a range: leave it empty".to_owned()),
        };
        number.map(Some).ok_or_else(|| format!("`{text}` does not fit the type: mend the bound or the scale"))
    };
    Ok(Some(Range { min: bound(low)?, max: bound(high)? }))
}

/// The type named by the cells `type` and `list`.
pub fn value_type(name: &str, list: &str) -> Cell<ValueType> {
    Ok(match name {
        "bool" => ValueType::Bool,
        "int" => ValueType::Int,
        "text" => ValueType::Text,
        "date" => ValueType::Date,
        "month" => ValueType::Month,
        "datetime" => ValueType::DateTime,
        "blob" => ValueType::Blob,
        "code" => ValueType::Code(list.to_owned()),
        "ref" => ValueType::Ref(list.to_owned()),
        "area" => ValueType::Area(level(list)?),
        "group" => ValueType::Group(Vec::new()),
        _ => match bracketed(name, "decimal").and_then(|scale| scale.parse().ok()) {
            Some(scale @ 0..=6) => ValueType::Decimal { scale },
            _ => {
                return Err(format!(
                    "`{name}` is no type: use bool, int, decimal(0..6), text, date, month, datetime, code, ref, area, blob or group"
                ));
            }
        },
    })
}

/// The element type of a set or map: `code:list`, `ref:kind`, `area:level` or `int`.
pub fn element(text: &str) -> Cell<ElementType> {
    match text.split_once(':') {
        Some(("code", list)) => Ok(ElementType::Code(list.to_owned())),
        Some(("ref", kind)) => Ok(ElementType::Ref(kind.to_owned())),
        Some(("area", name)) => Ok(ElementType::Area(level(name)?)),
        None if text == "int" => Ok(ElementType::Int),
        _ => Err(format!("`{text}` is no key: use code:list, ref:kind, area:level or int")),
    }
}

/// The level of an area.
pub fn level(text: &str) -> Cell<AreaLevel> {
    match text {
        "village" => Ok(AreaLevel::Village),
        "subdistrict" => Ok(AreaLevel::Subdistrict),
        "district" => Ok(AreaLevel::District),
        _ => Err(format!("`{text}` is no level of area: use village, subdistrict or district")),
    }
}

/// Roles joined by `|`; `None` for an empty cell.
pub fn roles(text: &str) -> Cell<Option<Roles>> {
    if text.is_empty() {
        return Ok(None);
    }
    let mut roles = Roles::default();
    for name in text.split('|') {
        let role = Role::named(name).ok_or_else(|| format!("`{name}` is no role: see `Role` in model.rs"))?;
        roles = roles.with(role);
    }
    Ok(Some(roles))
}

/// The merge policy. `value` is the type of the value, or of the first part of a group.
pub fn policy(text: &str, value: &ValueType, lists: &BTreeMap<String, Enumeration>) -> Cell<Policy> {
    let plain = match text {
        "IMMUTABLE" => Some(Policy::Immutable),
        "APPEND" => Some(Policy::Append),
        "DERIVED" => Some(Policy::Derived),
        "SERVER" => Some(Policy::Server),
        "LWW" => Some(Policy::Lww),
        "LWW_NONNULL" => Some(Policy::LwwNonNull),
        "SET_UNION" => Some(Policy::SetUnion),
        "MAX" => Some(Policy::Max),
        "EARLIEST" => Some(Policy::Earliest),
        "REVIEW" => Some(Policy::Review),
        "PRIORITY(true)" => Some(Policy::PriorityTrue),
        _ => None,
    };
    if let Some(policy) = plain {
        return Ok(policy);
    }
    if let Some(units) = bracketed(text, "REVIEW_TOL") {
        let scale = match value {
            ValueType::Decimal { scale } => *scale,
            _ => 0,
        };
        let units =
            decimal(units, scale).ok_or_else(|| format!("`{units}` does not fit the scale of the value"))?;
        return Ok(Policy::ReviewTol { units });
    }
    if let Some(share) = bracketed(text, "REVIEW_SIM") {
        let per_mille = decimal(share, 3).and_then(|share| u16::try_from(share).ok());
        return per_mille
            .map(|per_mille| Policy::ReviewSim { per_mille })
            .ok_or_else(|| format!("`{share}` is no share: write 0.850 for 85 %"));
    }
    if let Some(order) = bracketed(text, "PRIORITY") {
        return priority(order, value, lists);
    }
    Err(format!("`{text}` is no merge policy: see `Policy` in model.rs"))
}

fn priority(order: &str, value: &ValueType, lists: &BTreeMap<String, Enumeration>) -> Cell<Policy> {
    let ValueType::Code(list) = value else {
        return Err(
            "PRIORITY(a>b) orders the codes of an enumeration; a yes or no takes PRIORITY(true)".to_owned()
        );
    };
    let list = lists.get(list).ok_or_else(|| format!("`{list}` is no enumeration"))?;
    let number = |name: &str| {
        let code = list.code_named(name).ok_or_else(|| format!("`{name}` is no code of {}", list.name));
        code.map(|code| code.number)
    };
    Ok(Policy::Priority(order.split('>').map(number).collect::<Cell<_>>()?))
}

/// `inner` of `name(inner)`.
pub fn bracketed<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact_or_refused() {
        let cases = [
            ("8.05", 2, Some(805)),
            ("8.050", 2, Some(805)),
            ("8.055", 2, None),
            ("-11.5", 6, Some(-11_500_000)),
            ("38", 1, Some(380)),
            ("0", 0, Some(0)),
            ("", 0, None),
            ("1e3", 0, None),
            ("99999999999999999999", 0, None),
        ];
        for (text, scale, wanted) in cases {
            assert_eq!(decimal(text, scale), wanted, "{text} at scale {scale}");
        }
    }

    #[test]
    fn dates_and_months_count_from_1970() {
        assert_eq!(
            (day("1970-01-01"), day("1900-01-01"), day("2026-11-24")),
            (Some(0), Some(-25_567), Some(20_781))
        );
        assert_eq!((month("1970-01"), month("2016-01"), month("2016-13")), (Some(0), Some(552), None));
    }
}
