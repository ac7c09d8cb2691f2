//! The form that needs no schema.
//!
//! The rule this module protects: *whoever does not know a field can still keep it and pass it on.* Null is `null`;
//! everything else is an object with one key, which names the shape, and the bare number, text or list.

use crate::Value;
use base64::display::Base64Display;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::fmt;

/// A value in the form that needs no schema: `{"int": 5}`, `{"code": 3}`, `{"group": [..]}`.
#[derive(Debug, Clone, Copy)]
pub struct Tagged<'a>(pub &'a Value);

/// Keys of the tagged form, in the order of [`Value`]'s variants after `Null`.
pub(super) const TAGS: [&str; 13] = [
    "bool", "int", "decimal", "text", "date", "month", "datetime", "code", "ref", "area", "blob", "group",
    "sealed",
];

impl Serialize for Tagged<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(yes) => tagged(serializer, "bool", yes),
            Value::Int(number) => tagged(serializer, "int", &Whole(*number)),
            Value::Decimal(units) => tagged(serializer, "decimal", &Whole(*units)),
            Value::Text(text) => tagged(serializer, "text", text),
            Value::Date(day) => tagged(serializer, "date", day),
            Value::Month(month) => tagged(serializer, "month", month),
            Value::DateTime { at_s, offset_min } => {
                tagged(serializer, "datetime", &(Whole(*at_s), offset_min))
            }
            Value::Code(code) => tagged(serializer, "code", code),
            Value::Ref(record) => tagged(serializer, "ref", &AsText(record)),
            Value::Area(area) => tagged(serializer, "area", &AsText(area.0)),
            Value::Blob(hash) => tagged(serializer, "blob", &AsText(Hex(&hash[..]))),
            Value::Group(parts) => tagged(serializer, "group", &Parts(parts)),
            Value::Sealed(bytes) => sealed(serializer, bytes),
        }
    }
}

/// `{"sealed": ".."}`, the same with and without a schema: base64url without padding.
pub(super) fn sealed<S: Serializer>(serializer: S, bytes: &[u8]) -> Result<S::Ok, S::Error> {
    tagged(serializer, "sealed", &AsText(Base64Display::new(bytes, &URL_SAFE_NO_PAD)))
}

fn tagged<S: Serializer>(serializer: S, tag: &str, content: &impl Serialize) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry(tag, content)?;
    map.end()
}

/// A whole number: as a number where every reader keeps it exact, else as text.
pub(super) struct Whole(pub(super) i64);

impl Serialize for Whole {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if (-super::EXACT_MAX..=super::EXACT_MAX).contains(&self.0) {
            serializer.serialize_i64(self.0)
        } else {
            serializer.collect_str(&self.0)
        }
    }
}

/// Written as text, without a buffer of its own.
pub(super) struct AsText<T>(pub(super) T);

impl<T: fmt::Display> Serialize for AsText<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) struct Hex<'a>(pub(crate) &'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

struct Parts<'a>(&'a [Value]);

impl Serialize for Parts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Tagged))
    }
}
