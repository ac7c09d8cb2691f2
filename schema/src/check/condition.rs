//! Conditions: what they name exists and can be seen.

use super::Place;
use crate::model::{Condition, ElementType, Field, Required, Schema, Shape, ValueType};

pub(super) fn faults(place: &mut Place) {
    let (Required::When(condition) | Required::Optional(Some(condition))) = &place.field.required else {
        return;
    };
    simple(condition, &mut |one| {
        if let Err(says) = seen(place, one) {
            place.fault(says);
        }
    });
}

/// Calls `see` with every condition that is no list of conditions.
fn simple(condition: &Condition, see: &mut dyn FnMut(&Condition)) {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| simple(part, see)),
        one => see(one),
    }
}

fn seen(place: &Place, condition: &Condition) -> Result<(), String> {
    let (name, codes) = match condition {
        Condition::Is(name, codes) | Condition::IsNot(name, codes) => (name, Some(codes)),
        Condition::Above(name, _) | Condition::Below(name, _) => (name, None),
        Condition::Filled(name) | Condition::Empty(name) => {
            return named(place, name).map(|_| ());
        }
        Condition::All(_) | Condition::Any(_) => return Ok(()),
    };
    let (field, value) = named(place, name)?;
    if field.sealed {
        return Err(format!(
            "its condition looks into `{name}`, which is sealed: ask only whether it is filled"
        ));
    }
    if field.name == place.field.name {
        return Err("its condition asks for itself".to_owned());
    }
    match codes {
        Some(codes) => comparable(place.schema, field, value, name, codes),
        None => match value {
            ValueType::Int | ValueType::Decimal { .. } if field.shape == Shape::One => Ok(()),
            _ => Err(format!("its condition compares `{name}`, which is no number")),
        },
    }
}

/// The field that a condition names, and the type of the value there.
fn named<'a>(place: &Place<'a>, name: &str) -> Result<(&'a Field, &'a ValueType), String> {
    let (name, part) = name.split_once('.').map_or((name, None), |(name, part)| (name, Some(part)));
    let unknown = || format!("its condition names `{name}`, which is no field of this kind");
    let field = place.kind.field_named(name).ok_or_else(unknown)?;
    match (part, &field.value) {
        (None, value) => Ok((field, value)),
        (Some(part), ValueType::Group(parts)) if field.shape == Shape::One => {
            let found = parts.iter().find(|one| one.name == part);
            found.map(|one| (field, &one.value)).ok_or_else(|| format!("`{part}` is no part of `{name}`"))
        }
        _ => Err(format!("its condition looks for parts in `{name}`, which has none")),
    }
}

/// Every code of the condition is one that the field can show.
fn comparable(
    schema: &Schema,
    field: &Field,
    value: &ValueType,
    name: &str,
    codes: &[String],
) -> Result<(), String> {
    let list = match (&field.shape, value) {
        (Shape::Set(ElementType::Code(list)), _) => Some(list),
        (Shape::One, ValueType::Code(list)) => Some(list),
        (Shape::One, ValueType::Bool | ValueType::Int) => None,
        _ => return Err(format!("its condition compares `{name}`, which shows neither code nor number")),
    };
    let list = list.and_then(|list| schema.list(list));
    let known = |code: &String| match (list, value) {
        (Some(list), _) => list.code_named(code).is_some(),
        (None, ValueType::Bool) => matches!(code.as_str(), "true" | "false"),
        (None, _) => code.parse::<i64>().is_ok(),
    };
    // A bare name asks for true or `yes`, whichever the field has.
    let bare = ["true", "yes"];
    if codes == bare && bare.iter().any(|code| known(&(*code).to_owned())) {
        return Ok(());
    }
    match codes.iter().find(|code| !known(code)) {
        Some(code) => Err(format!("its condition compares `{name}` with `{code}`, which it never shows")),
        None => Ok(()),
    }
}
