//! What stands in a single cell: numbers, ranges, types, policies, roles.
//!
//! The rule this module protects: *a cell says exactly one thing or is refused*, with a sentence that tells how it
//! should look.

use crate::calendar;
use crate::decimal;
use crate::model::{AreaLevel, ElementType, Enumeration, ListName, Policy, Range, Role, Roles, ValueType};

/// A cell that could not be read: what to do about it.
pub type Cell<T> = Result<T, String>;

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
            ValueType::Int | ValueType::Text => decimal::parse(text, 0),
            ValueType::Decimal { scale } => decimal::parse(text, *scale),
            ValueType::Date => calendar::day(text).map(i64::from),
            ValueType::Month => calendar::month(text).map(i64::from),
            _ => return Err("only numbers, texts, dates and months have a range: leave it empty".to_owned()),
        };
        number.map(Some).ok_or_else(|| format!("`{text}` does not fit the type: mend the bound or the scale"))
    };
    Ok(Some(Range { min: bound(low)?, max: bound(high)? }))
}

/// The type named by the cells `type` and `list`.
pub fn value_type(name: &str, list: &str, lists: &[Enumeration]) -> Cell<ValueType> {
    Ok(match name {
        "bool" => ValueType::Bool,
        "int" => ValueType::Int,
        "text" => ValueType::Text,
        "date" => ValueType::Date,
        "month" => ValueType::Month,
        "datetime" => ValueType::DateTime,
        "blob" => ValueType::Blob,
        "code" => ValueType::Code(ListName::resolved(list, lists)),
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
pub fn element(text: &str, lists: &[Enumeration]) -> Cell<ElementType> {
    match text.split_once(':') {
        Some(("code", list)) => Ok(ElementType::Code(ListName::resolved(list, lists))),
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
pub fn policy(text: &str, value: &ValueType, lists: &[Enumeration]) -> Cell<Policy> {
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
        let units = decimal::parse(units, scale)
            .ok_or_else(|| format!("`{units}` does not fit the scale of the value"))?;
        return Ok(Policy::ReviewTol { units });
    }
    if let Some(share) = bracketed(text, "REVIEW_SIM") {
        let per_mille = decimal::parse(share, 3).and_then(|share| u16::try_from(share).ok());
        return per_mille
            .map(|per_mille| Policy::ReviewSim { per_mille })
            .ok_or_else(|| format!("`{share}` is no share: write 0.850 for 85 %"));
    }
    if let Some(order) = bracketed(text, "PRIORITY") {
        return priority(order, value, lists);
    }
    Err(format!("`{text}` is no merge policy: see `Policy` in model.rs"))
}

fn priority(order: &str, value: &ValueType, lists: &[Enumeration]) -> Cell<Policy> {
    let ValueType::Code(list) = value else {
        return Err(
            "PRIORITY(a>b) orders the codes of an enumeration; a yes or no takes PRIORITY(true)".to_owned()
        );
    };
    let list = lists.iter().find(|known| known.name == **list);
    let list = list.ok_or("orders a list that does not exist: add it to records/enumerations.csv")?;
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
