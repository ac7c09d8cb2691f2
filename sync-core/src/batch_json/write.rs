//! A batch written as JSON.

use super::{Named, TOMBSTONE_NAME, TombstoneJson, VERSION, Whole};
use crate::{ActorId, Batch, ChainHash, Change, Dot, Edit, RecordId, TOMBSTONE, Tombstone};
use schema::json::{EXACT_MAX, Tagged, Typed, element_text};
use schema::{Element, Field, Kind, Schema, Value};
use serde::ser::{Serialize, Serializer};

/// A batch that serialises to the form described in [`super`].
#[derive(serde::Serialize)]
pub struct BatchJson<'a> {
    version: u64,
    actor: ActorId,
    after_seq: u64,
    after_chain: ChainHash,
    changes: Vec<ChangeJson<'a>>,
    chain: ChainHash,
}

#[derive(serde::Serialize)]
struct ChangeJson<'a> {
    seq: u64,
    kind: Named,
    record: RecordId,
    area: String,
    author: RecordId,
    device_time: Whole<i64>,
    stamp: Whole<u64>,
    form_version: u16,
    edits: Vec<EditJson<'a>>,
}

#[derive(serde::Serialize)]
struct EditJson<'a> {
    field: Named,
    #[serde(skip_serializing_if = "Option::is_none")]
    element: Option<String>,
    #[serde(skip_serializing_if = "<[Dot]>::is_empty")]
    seen: &'a [Dot],
    value: ValueJson<'a>,
}

/// A value with its field, when the schema knows it.
struct ValueJson<'a> {
    value: &'a Value,
    number: u16,
    field: Option<&'a Field>,
    schema: &'a Schema,
}

impl<'a> BatchJson<'a> {
    /// The JSON of `batch`, with the names of `schema`.
    pub fn of(batch: &'a Batch, schema: &'a Schema) -> BatchJson<'a> {
        BatchJson {
            version: VERSION,
            actor: batch.actor,
            after_seq: batch.before.seq,
            after_chain: batch.before.chain,
            changes: batch.changes.iter().map(|change| ChangeJson::of(change, schema)).collect(),
            chain: batch.after().chain,
        }
    }
}

impl<'a> ChangeJson<'a> {
    fn of(change: &'a Change, schema: &'a Schema) -> ChangeJson<'a> {
        let kind = schema.kind(change.kind);
        let origin = &change.origin;
        let stamp = origin.stamp.0;
        let moment = schema::calendar::moment_text(origin.device_time_s, 0);
        ChangeJson {
            seq: origin.dot.seq,
            kind: kind.map_or(Named::Number(change.kind), |kind| Named::Name(kind.name.clone())),
            record: change.record,
            area: match origin.area.level() {
                Some(_) => origin.area.to_string(),
                None => origin.area.0.to_string(),
            },
            author: origin.author,
            device_time: moment.map_or_else(|| Whole::Text(origin.device_time_s.to_string()), Whole::Text),
            stamp: if stamp <= EXACT_MAX as u64 {
                Whole::Number(stamp)
            } else {
                Whole::Text(stamp.to_string())
            },
            form_version: origin.form_version,
            edits: change.edits.iter().map(|edit| EditJson::of(edit, kind, schema)).collect(),
        }
    }
}

impl<'a> EditJson<'a> {
    fn of(edit: &'a Edit, kind: Option<&'a Kind>, schema: &'a Schema) -> EditJson<'a> {
        let field = kind.and_then(|kind| kind.field(edit.field));
        let name = match field {
            Some(field) => Named::Name(field.name.clone()),
            None if edit.field == TOMBSTONE => Named::Name(TOMBSTONE_NAME.to_owned()),
            None => Named::Number(edit.field),
        };
        let whole = edit.element == Element::Whole;
        EditJson {
            field: name,
            element: (!whole).then(|| element_text(&edit.element, field.map(|field| &field.shape), schema)),
            seen: edit.context.dots(),
            value: ValueJson { value: &edit.value, number: edit.field, field, schema },
        }
    }
}

impl Serialize for ValueJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ValueJson { value, number, field, schema } = self;
        match (field, value) {
            (Some(field), _) => Typed { value, wanted: &field.value, schema }.serialize(serializer),
            (None, Value::Bool(yes)) if *number == TOMBSTONE => yes.serialize(serializer),
            (None, _) => match Tombstone::of_value(value).filter(|stone| stone.to_value() == **value) {
                Some(Tombstone { seen, children }) if *number == TOMBSTONE => {
                    TombstoneJson { seen: seen.dots().to_vec(), children }.serialize(serializer)
                }
                _ => Tagged(value).serialize(serializer),
            },
        }
    }
}
