//! What conditions see of a record.
//!
//! The rule this module protects: *a form asks and a flag demands by the same sight.* Both look at what the record
//! shows, through the names that conditions use.

use crate::model::{ElementType, Field, Kind, Required, Schema, Shape, ValueType};
use crate::{Element, Registers, Shown, Value, registers};

/// A record as conditions see it.
#[derive(Debug, Clone)]
pub struct Sight<'a> {
    kind: &'a Kind,
    registers: Registers<'a>,
    schema: &'a Schema,
    /// Names of the codes in each set that has any, by field.
    sets: Vec<(u16, Vec<&'a str>)>,
}

impl<'a> Sight<'a> {
    /// Looks at a record. Derived fields are seen where `registers` has them.
    pub fn new(kind: &'a Kind, registers: Registers<'a>, schema: &'a Schema) -> Sight<'a> {
        let codes = |field: &'a Field| -> Option<(u16, Vec<&'a str>)> {
            let Shape::Set(ElementType::Code(list)) = &field.shape else { return None };
            let list = schema.list(list)?;
            let name = |element: Element| match element {
                Element::Code(number) => list.code(number).map(|code| code.name.as_str()),
                _ => None,
            };
            let names: Vec<_> =
                registers.present(field).filter_map(|register| name(register.element)).collect();
            (!names.is_empty()).then_some((field.number, names))
        };
        Sight { kind, registers, schema, sets: kind.fields.iter().filter_map(codes).collect() }
    }

    /// What it shows under a name as conditions write it: `field`, or `field.part` of a group.
    pub fn shown(&self, name: &str) -> Shown<'_> {
        let (field, part) = name.split_once('.').map_or((name, None), |(field, part)| (field, Some(part)));
        let Some(field) = self.kind.field_named(field) else { return Shown::Empty };
        if self.registers.present(field).next().is_none() {
            return Shown::Empty;
        }
        match (&field.shape, part, &field.value) {
            (Shape::One, None, wanted) => self.single(self.registers.one(field.number), wanted),
            (Shape::One, Some(name), ValueType::Group(parts)) => {
                let nth = parts.iter().position(|part| part.name == name);
                let value = nth.zip(self.registers.one(field.number));
                let value = value.and_then(|(nth, value)| registers::part(value, nth));
                nth.map_or(Shown::Empty, |nth| self.single(value, &parts[nth].value))
            }
            _ => match self.sets.iter().find(|(number, _)| *number == field.number) {
                Some((_, names)) => Shown::Codes(names),
                None => Shown::Filled,
            },
        }
    }

    /// Must the field be filled?
    pub fn demands(&self, field: &Field) -> bool {
        match &field.required {
            Required::Always => true,
            Required::When(condition) => condition.holds(&|name| self.shown(name)),
            Required::Optional(_) => false,
        }
    }

    /// Does the form ask for the field?
    pub fn asks(&self, field: &Field) -> bool {
        match &field.required {
            Required::Always | Required::Optional(None) => true,
            Required::When(condition) | Required::Optional(Some(condition)) => {
                condition.holds(&|name| self.shown(name))
            }
        }
    }

    fn single(&self, value: Option<&'a Value>, wanted: &'a ValueType) -> Shown<'_> {
        match (value, wanted) {
            (None | Some(Value::Null), _) => Shown::Empty,
            (Some(Value::Bool(yes)), _) => Shown::Bool(*yes),
            (Some(Value::Int(number) | Value::Decimal(number)), _) => Shown::Number(*number),
            (Some(Value::Code(number)), ValueType::Code(list)) => {
                let code = self.schema.list(list).and_then(|list| list.code(*number));
                code.map_or(Shown::Filled, |code| Shown::Code(&code.name))
            }
            _ => Shown::Filled,
        }
    }
}
