//! Values as JSON.
//!
//! The rule this module protects: *JSON says the same as the value, exactly, and every value has a JSON form.* A value
//! that fits its field is written as people expect it: `"8.05"`, `"2026-11-24"`, `"posyandu"`, `{"kg": "8.05", ..}`.
//! One that does not fit (a field or code of a newer form, an edit in quarantine) is *tagged*, which needs no schema:
//! `{"code": 3}`. Reading gives back the very value that was written.
//!
//! There is one writer, the [`Serialize`](serde::Serialize) of [`Typed`] and [`Tagged`]: it streams into exports and
//! builds a [`serde_json::Value`] alike.

mod element;
mod read;
mod record;
mod tagged;
mod typed;

pub use element::{element_from_text, element_text};
pub use read::{from_json, from_tagged};
pub use record::{FieldJson, RecordJson};
pub use tagged::Tagged;
pub(crate) use typed::Text;
pub use typed::Typed;

use crate::{Field, Schema, Value, ValueType};

/// Whole numbers beyond this are written as text, since JavaScript and spreadsheets would round them: 2^53 - 1.
pub const EXACT_MAX: i64 = (1 << 53) - 1;

/// The JSON of a value that belongs in a field (or part) of type `wanted`.
#[expect(
    clippy::expect_used,
    reason = "keys are strings and nothing here fails, so a tree can always be built"
)]
pub fn to_json(value: &Value, wanted: &ValueType, schema: &Schema) -> serde_json::Value {
    serde_json::to_value(Typed { value, wanted, schema }).expect("a value has a JSON form")
}

/// The JSON of a value whose field is not known.
#[expect(
    clippy::expect_used,
    reason = "keys are strings and nothing here fails, so a tree can always be built"
)]
pub fn to_tagged(value: &Value) -> serde_json::Value {
    serde_json::to_value(Tagged(value)).expect("a value has a JSON form")
}

/// The JSON of a value of a field that may not be known.
pub fn field_json(value: &Value, field: Option<&Field>, schema: &Schema) -> serde_json::Value {
    match field {
        Some(field) => to_json(value, &field.value, schema),
        None => to_tagged(value),
    }
}

/// Appends the JSON of a value: the same as [`to_json`], parts in the order of the schema, without building a tree.
#[expect(clippy::expect_used, reason = "keys are strings and memory takes every byte")]
pub fn write_json(out: &mut Vec<u8>, value: &Value, wanted: &ValueType, schema: &Schema) {
    serde_json::to_writer(out, &Typed { value, wanted, schema }).expect("a value has a JSON form");
}
