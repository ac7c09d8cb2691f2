//! Ids of records with a natural key.
//!
//! The rule this module protects: *two phones that write the same thing meet in one record*, and only when it is
//! certain that it is the same thing: a key is made of immutable, required fields in canonical bytes
//! (counterexample 9).

use crate::codec::put_value;
use crate::{Change, RecordId};
use schema::{AreaCode, Element, Identity, Kind, Value};

/// The id of the record of `kind` in `area` whose key fields have these values, in the order of the schema. `None`
/// for a kind without a natural key, or when a value is missing or null.
pub fn natural_id<'a>(
    kind: &Kind,
    area: AreaCode,
    value_of: impl Fn(u16) -> Option<&'a Value>,
) -> Option<RecordId> {
    let Identity::Natural(fields) = &kind.identity else { return None };
    let mut key = Vec::new();
    for field in fields {
        put_value(&mut key, value_of(*field).filter(|value| !value.is_null())?);
    }
    Some(RecordId::of_natural_key(kind.number, area, &key))
}

/// Is the record of a change named as its kind wants? A change that carries the key fields must hash to its record; one
/// that does not is an edit of a record that others made. A dot-made record has an id that a dot can make.
pub fn is_rightly_named(kind: &Kind, change: &Change) -> bool {
    let Identity::Natural(fields) = &kind.identity else { return change.record.dot().is_some() };
    let value_of = |field: u16| {
        let edit = change.edits.iter().find(|edit| edit.field == field && edit.element == Element::Whole);
        edit.map(|edit| &edit.value)
    };
    let carries_key = fields.iter().any(|field| value_of(*field).is_some());
    if carries_key {
        natural_id(kind, change.origin.area, value_of) == Some(change.record)
    } else {
        change.record.dot().is_none()
    }
}
