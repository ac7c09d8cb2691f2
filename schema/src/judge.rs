//! May this edit enter the registers?
//!
//! The rule this module protects: *only constants of the schema refuse* (type, list, hard range, who may write).
//! Whatever depends on a clock, another field or another record is a flag (`flag`), so the same edit gets
//! the same verdict on every machine and on every day. It is called for every edit of every upload: when all is
//! well it allocates nothing and searches nothing.

use crate::calendar::{DAYS, MOMENTS_S, MONTHS, OFFSETS_MIN};
use crate::model::{
    AreaLevel, ElementType, Field, Keeping, Kind, ListName, Part, Policy, Range, Role, Schema, Shape,
    ValueType,
};
use crate::{AreaCode, Element, Refusal, Value};

/// Number of the tombstone, which every kind has and no file names. `Bool(false)`: alive, written by every create.
/// A group: deleted, with what the person had seen; its inside is the business of `sync-core`.
pub const TOMBSTONE: u16 = 0;

/// Judges one edit: `value` for `element` of field `field_number`, written by somebody of `role` on a form of
/// version `form_version`.
///
/// A field or code that the schema does not know is let through when the form is newer than the schema: it is kept
/// and passed on, and judged by whoever knows it.
///
/// # Errors
/// Why the edit goes to quarantine.
pub fn judge(
    kind: &Kind,
    field_number: u16,
    element: &Element,
    value: &Value,
    role: Role,
    form_version: u16,
    schema: &Schema,
) -> Result<(), Refusal> {
    if kind.keeping != Keeping::Synced {
        return Err(Refusal::NotFromDevices);
    }
    if field_number == TOMBSTONE {
        return tombstone(kind, element, value, role);
    }
    let newer = form_version > kind.form_version;
    let Some(field) = kind.field(field_number) else {
        return if newer { Ok(()) } else { Err(Refusal::UnknownField) };
    };
    let look = Look { schema, newer };
    author(kind, field, role)?;
    look.element(field, element)?;
    look.content(field, value)
}

/// May a record of this kind live in `area`?
///
/// # Errors
/// [`Refusal::WrongLevel`] when not, or when the code is no area.
pub fn place(kind: &Kind, area: AreaCode) -> Result<(), Refusal> {
    match area.level() {
        Some(level) if level == kind.area || kind.any_area && level > kind.area => Ok(()),
        _ => Err(Refusal::WrongLevel),
    }
}

fn tombstone(kind: &Kind, element: &Element, value: &Value, role: Role) -> Result<(), Refusal> {
    match (kind.writers.contains(role), element, value) {
        (false, ..) => Err(Refusal::NotYours),
        (_, Element::Whole, Value::Bool(_) | Value::Group(_)) => Ok(()),
        (_, Element::Whole, _) => Err(Refusal::WrongType),
        _ => Err(Refusal::WrongElement),
    }
}

fn author(kind: &Kind, field: &Field, role: Role) -> Result<(), Refusal> {
    match (&field.policy, field.writers) {
        (Policy::Derived, _) | (Policy::Server, None) => Err(Refusal::NotFromDevices),
        (_, own) if own.unwrap_or(kind.writers).contains(role) => Ok(()),
        _ => Err(Refusal::NotYours),
    }
}

/// What a value is looked at with.
struct Look<'a> {
    schema: &'a Schema,
    /// The form is newer than the schema: codes may be unknown.
    newer: bool,
}

impl Look<'_> {
    fn element(&self, field: &Field, element: &Element) -> Result<(), Refusal> {
        match (&field.shape, element) {
            (Shape::One, Element::Whole) | (Shape::List, Element::Line { .. }) => Ok(()),
            // A set holds no numbers: its range is that of the elements.
            (Shape::Set(ElementType::Int), Element::Int(number)) => in_range(field.hard.as_ref(), *number),
            (Shape::Set(key) | Shape::Map(key), _) => match (key, element) {
                (ElementType::Code(list), Element::Code(code)) => self.code(list, *code),
                (ElementType::Area(level), Element::Area(area)) => of_level(*area, *level),
                (ElementType::Ref(_), Element::Ref(_)) | (ElementType::Int, Element::Int(_)) => Ok(()),
                _ => Err(Refusal::WrongElement),
            },
            _ => Err(Refusal::WrongElement),
        }
    }

    fn content(&self, field: &Field, value: &Value) -> Result<(), Refusal> {
        match value {
            // An element leaves a set by `false`: there is one way to say it.
            Value::Null if matches!(field.shape, Shape::Set(_)) => Err(Refusal::WrongType),
            Value::Null if field.policy == Policy::Immutable => Err(Refusal::NeverEmptied),
            Value::Null => Ok(()),
            Value::Sealed(_) if field.sealed => Ok(()),
            _ if field.sealed => Err(Refusal::WrongType),
            Value::Group(values) => match &field.value {
                ValueType::Group(parts) => self.group(parts, values),
                _ => Err(Refusal::WrongType),
            },
            value => self.plain(&field.value, field.hard.as_ref(), value),
        }
    }

    fn group(&self, parts: &[Part], values: &[Value]) -> Result<(), Refusal> {
        if parts.len() != values.len() {
            return Err(Refusal::WrongType);
        }
        for (part, value) in parts.iter().zip(values) {
            match value {
                Value::Null if part.required => return Err(Refusal::MissingPart),
                Value::Null => {}
                value => self.plain(&part.value, part.hard.as_ref(), value)?,
            }
        }
        Ok(())
    }

    /// A value that is neither null, sealed nor a group.
    fn plain(&self, wanted: &ValueType, hard: Option<&Range>, value: &Value) -> Result<(), Refusal> {
        match (wanted, value) {
            (ValueType::Code(list), Value::Code(code)) => self.code(list, *code),
            (ValueType::Int, Value::Int(number)) => in_range(hard, *number),
            (ValueType::Decimal { .. }, Value::Decimal(units)) => in_range(hard, *units),
            (ValueType::Text, Value::Text(text)) => in_range(hard, text.chars().count() as i64),
            (ValueType::Date, Value::Date(day)) => {
                within(DAYS.contains(day)).and(in_range(hard, (*day).into()))
            }
            (ValueType::Month, Value::Month(month)) => {
                within(MONTHS.contains(month)).and(in_range(hard, (*month).into()))
            }
            (ValueType::DateTime, Value::DateTime { at_s, offset_min }) => {
                within(MOMENTS_S.contains(at_s) && OFFSETS_MIN.contains(offset_min))
            }
            (ValueType::Area(level), Value::Area(area)) => of_level(*area, *level),
            (ValueType::Bool, Value::Bool(_))
            | (ValueType::Ref(_), Value::Ref(_))
            | (ValueType::Blob, Value::Blob(_)) => Ok(()),
            _ => Err(Refusal::WrongType),
        }
    }

    fn code(&self, list: &ListName, number: u16) -> Result<(), Refusal> {
        let known = self.schema.list(list).is_some_and(|list| list.code(number).is_some());
        if known || self.newer { Ok(()) } else { Err(Refusal::UnknownCode) }
    }
}

fn of_level(area: AreaCode, level: AreaLevel) -> Result<(), Refusal> {
    if area.level() == Some(level) { Ok(()) } else { Err(Refusal::WrongLevel) }
}

fn in_range(range: Option<&Range>, number: i64) -> Result<(), Refusal> {
    within(range.is_none_or(|range| range.contains(number)))
}

fn within(inside: bool) -> Result<(), Refusal> {
    if inside { Ok(()) } else { Err(Refusal::OutOfRange) }
}
