//! What a record shows, register by register.
//!
//! The rule this module protects: *whoever merges, stores or reads records hands them over in one shape*, so flags,
//! JSON and export columns are judged and written by the same code on the phone and on the server.

use crate::{Element, Field, Kind, Shape, Value, calendar};

/// One register and what it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Register<'a> {
    /// Number of the field.
    pub field: u16,
    /// Which register of the field.
    pub element: Element,
    /// What the policy chose.
    pub value: &'a Value,
}

/// The registers of one record, in ascending order of field and element.
#[derive(Debug, Clone, Copy)]
pub struct Registers<'a>(&'a [Register<'a>]);

impl<'a> Registers<'a> {
    /// `registers` must be in ascending order of field and element, each register once.
    pub fn new(registers: &'a [Register<'a>]) -> Registers<'a> {
        debug_assert!(registers.is_sorted_by(|a, b| (a.field, a.element) < (b.field, b.element)));
        Registers(registers)
    }

    /// Every register.
    pub fn all(self) -> &'a [Register<'a>] {
        self.0
    }

    /// The registers of one field.
    pub fn of(self, field: u16) -> &'a [Register<'a>] {
        let start = self.0.partition_point(|register| register.field < field);
        let length = self.0[start..].iter().take_while(|register| register.field == field).count();
        &self.0[start..start + length]
    }

    /// What a field with one register shows; `None` when nothing was written or it was emptied.
    pub fn one(self, field: u16) -> Option<&'a Value> {
        self.of(field).first().map(|register| register.value).filter(|value| !value.is_null())
    }

    /// As [`Registers::one`], by the name of the field.
    pub fn named(self, kind: &Kind, field: &str) -> Option<&'a Value> {
        self.one(kind.field_named(field)?.number)
    }

    /// The registers of a field that hold something: for a set the elements that are in.
    pub fn present(self, field: &Field) -> impl Iterator<Item = &'a Register<'a>> + use<'a> {
        let is_set = matches!(field.shape, Shape::Set(_));
        self.of(field.number).iter().filter(move |register| match register.value {
            Value::Null => false,
            Value::Bool(is_in) if is_set => *is_in,
            _ => true,
        })
    }
}

/// Part `nth` of a group; `None` when the value is no group or the part is empty.
pub fn part(value: &Value, nth: usize) -> Option<&Value> {
    match value {
        Value::Group(parts) => parts.get(nth).filter(|part| !part.is_null()),
        _ => None,
    }
}

/// The day of a value, in days since 1970-01-01: of a date, of a moment where it was meant, of the date that leads a group.
pub fn day(value: &Value) -> Option<i64> {
    match value {
        Value::Date(day) => Some(i64::from(*day)),
        Value::DateTime { at_s, offset_min } => Some(calendar::day_at(*at_s, *offset_min)),
        Value::Group(parts) => day(parts.first()?),
        _ => None,
    }
}
