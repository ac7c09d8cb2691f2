//! The form that people expect of a field.

use super::tagged::{AsText, Hex, Tagged, Whole, sealed};
use crate::model::{Part, Schema, ValueType};
use crate::{Value, calendar, decimal};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::fmt;

/// A value as JSON, as its type wants it; tagged when it does not fit the type.
#[derive(Debug, Clone, Copy)]
pub struct Typed<'a> {
    /// What to write.
    pub value: &'a Value,
    /// Type of the field or part.
    pub wanted: &'a ValueType,
    /// Where its codes have their names.
    pub schema: &'a Schema,
}

impl Serialize for Typed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.wanted, self.value) {
            (_, Value::Null) => serializer.serialize_unit(),
            (ValueType::Bool, Value::Bool(yes)) => serializer.serialize_bool(*yes),
            (ValueType::Int, Value::Int(number)) => Whole(*number).serialize(serializer),
            (ValueType::Group(parts), Value::Group(values)) if parts.len() == values.len() => {
                group(serializer, parts, values, self.schema)
            }
            (_, Value::Sealed(bytes)) => sealed(serializer, bytes),
            _ => match self.text() {
                Some(text) => text.serialize(serializer),
                None => Tagged(self.value).serialize(serializer),
            },
        }
    }
}

impl<'a> Typed<'a> {
    /// The text of a value that its JSON form writes as a text; `None` for other values, and for those that do not
    /// fit the type.
    pub(crate) fn text(&self) -> Option<Text<'a>> {
        Some(match (self.wanted, self.value) {
            (ValueType::Text, Value::Text(text)) => Text::Borrowed(text),
            (ValueType::Code(list), Value::Code(code)) => {
                Text::Borrowed(&self.schema.list(list)?.code(*code)?.name)
            }
            (ValueType::Decimal { scale }, Value::Decimal(units)) => {
                Text::Decimal { units: *units, scale: *scale }
            }
            (ValueType::Date, Value::Date(day)) => {
                let (year, month, day) = calendar::date(*day)?;
                Text::Date { year, month, day }
            }
            (ValueType::Month, Value::Month(month)) => {
                let (year, month) = calendar::year_month(*month)?;
                Text::Month { year, month }
            }
            (ValueType::DateTime, Value::DateTime { at_s, offset_min }) => {
                Text::Owned(calendar::moment_text(*at_s, *offset_min)?)
            }
            (ValueType::Ref(_), Value::Ref(record)) => Text::Ref(*record),
            (ValueType::Area(_), Value::Area(area)) => {
                area.level()?;
                Text::Area(*area)
            }
            (ValueType::Blob, Value::Blob(hash)) => Text::Blob(hash),
            _ => return None,
        })
    }
}

/// A text that is made while it is written.
pub(crate) enum Text<'a> {
    Borrowed(&'a str),
    Owned(String),
    Decimal { units: i64, scale: u8 },
    Date { year: i32, month: u32, day: u32 },
    Month { year: i32, month: u32 },
    Ref(uuid::Uuid),
    Area(crate::AreaCode),
    Blob(&'a [u8; 32]),
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Text::Borrowed(text) => f.write_str(text),
            Text::Owned(text) => f.write_str(text),
            Text::Decimal { units, scale } => decimal::write(f, *units, *scale),
            Text::Date { year, month, day } => write!(f, "{year:04}-{month:02}-{day:02}"),
            Text::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Text::Ref(record) => record.fmt(f),
            Text::Area(area) => area.fmt(f),
            Text::Blob(hash) => Hex(&hash[..]).fmt(f),
        }
    }
}

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Text::Borrowed(text) => serializer.serialize_str(text),
            Text::Owned(text) => serializer.serialize_str(text),
            made => AsText(made).serialize(serializer),
        }
    }
}

fn group<S: Serializer>(
    serializer: S,
    parts: &[Part],
    values: &[Value],
    schema: &Schema,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    for (part, value) in parts.iter().zip(values) {
        map.serialize_entry(&part.name, &Typed { value, wanted: &part.value, schema })?;
    }
    map.end()
}
