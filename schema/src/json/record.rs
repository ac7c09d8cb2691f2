//! The fields of a record as one JSON object: the form of exports (NDJSON), of the API and of the JSON Schema.

use super::{Tagged, Typed, element_text};
use crate::model::{Field, Kind, Schema, Shape};
use crate::{Element, Register, Registers, Value};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// What a record shows, by name of the field. A field without a value is left out. A set is a list of its elements, a
/// map or list an object by element; a field the schema does not know stands under its number, tagged.
#[derive(Debug, Clone, Copy)]
pub struct RecordJson<'a> {
    /// Kind of the record.
    pub kind: &'a Kind,
    /// What it shows.
    pub registers: Registers<'a>,
    /// Where codes have their names.
    pub schema: &'a Schema,
    /// With the fields that say who somebody is (opened, or sealed as they are).
    pub identified: bool,
}

impl Serialize for RecordJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for registers in self.registers.all().chunk_by(|a, b| a.field == b.field) {
            let number = registers[0].field;
            match self.kind.field(number) {
                // The tombstone is no field of the form.
                _ if number == crate::judge::TOMBSTONE => {}
                Some(field) if field.sealed && !self.identified => {}
                Some(field) => self.field(&mut map, field)?,
                None => {
                    map.serialize_entry(&number.to_string(), &Unknown { registers, schema: self.schema })?
                }
            }
        }
        map.end()
    }
}

impl RecordJson<'_> {
    fn field<M: SerializeMap>(&self, map: &mut M, field: &Field) -> Result<(), M::Error> {
        let present = || self.registers.present(field);
        if present().next().is_none() {
            return Ok(());
        }
        let schema = self.schema;
        let text = |element: &Element| element_text(element, Some(&field.shape), schema);
        map.serialize_key(&field.name)?;
        match &field.shape {
            Shape::One => {
                let value = self.registers.one(field.number).unwrap_or(&Value::Null);
                map.serialize_value(&Typed { value, wanted: &field.value, schema })
            }
            Shape::Set(_) => {
                map.serialize_value(&Elements(|| present().map(|register| text(&register.element))))
            }
            Shape::Map(_) | Shape::List => map.serialize_value(&Entries(|| {
                present().map(|register| {
                    let value = Typed { value: register.value, wanted: &field.value, schema };
                    (text(&register.element), value)
                })
            })),
        }
    }
}

/// A list that is made while it is written.
struct Elements<F>(F);

impl<I: Iterator<Item = String>, F: Fn() -> I> Serialize for Elements<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// An object that is made while it is written.
struct Entries<F>(F);

impl<V: Serialize, I: Iterator<Item = (String, V)>, F: Fn() -> I> Serialize for Entries<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map((self.0)())
    }
}

struct Unknown<'a> {
    registers: &'a [Register<'a>],
    schema: &'a Schema,
}

impl Serialize for Unknown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = |element: &Element| element_text(element, None, self.schema);
        match self.registers {
            [Register { element: Element::Whole, value, .. }] => Tagged(value).serialize(serializer),
            many => serializer.collect_map(many.iter().map(|one| (text(&one.element), Tagged(one.value)))),
        }
    }
}
