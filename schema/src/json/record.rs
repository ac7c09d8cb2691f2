//! The fields of a record as one JSON object: the form of exports (NDJSON), of the API and of the JSON Schema.

use super::{Tagged, Typed, element_text};
use crate::model::{Field, Kind, Schema, Shape};
use crate::{Element, Register, Registers};
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
                Some(field) => {
                    let json = FieldJson { field, registers: self.registers, schema: self.schema };
                    if json.present().next().is_some() {
                        map.serialize_entry(&field.name, &json)?;
                    }
                }
                None => {
                    map.serialize_entry(&number.to_string(), &Unknown { registers, schema: self.schema })?
                }
            }
        }
        map.end()
    }
}

/// What a record shows in one field: `null` when it is one register and empty.
pub struct FieldJson<'a> {
    /// The field.
    pub field: &'a Field,
    /// What the record shows.
    pub registers: Registers<'a>,
    /// Where codes have their names.
    pub schema: &'a Schema,
}

impl<'a> FieldJson<'a> {
    fn present(&self) -> impl Iterator<Item = &'a Register<'a>> + use<'a> {
        self.registers.present(self.field)
    }

    /// Texts of the elements that hold something.
    pub(crate) fn keys(&self) -> impl Iterator<Item = String> {
        self.present().map(|register| element_text(&register.element, Some(&self.field.shape), self.schema))
    }

    fn values(&self) -> impl Iterator<Item = Typed<'a>> {
        self.present().map(|register| Typed {
            value: register.value,
            wanted: &self.field.value,
            schema: self.schema,
        })
    }
}

impl Serialize for FieldJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.field.shape {
            Shape::One => self.values().next().serialize(serializer),
            Shape::Set(_) => serializer.collect_seq(self.keys()),
            Shape::Map(_) | Shape::List => serializer.collect_map(self.keys().zip(self.values())),
        }
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
