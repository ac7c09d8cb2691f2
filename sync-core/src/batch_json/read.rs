//! A batch read from JSON.

use super::told::Told;
use super::{BadJson, Named, TOMBSTONE_NAME, TombstoneJson, VERSION, Whole};
use crate::bundle::TOO_MANY_CHANGES;
use crate::change::{Change, Context, Edit, Origin};
use crate::series::{ChainHash, Mark};
use crate::{ActorId, BadBatch, Batch, Bounds, Dot, RecordId, Stamp, TOMBSTONE, Tombstone};
use schema::json::{element_from_text, from_json, from_tagged};
use schema::{AreaCode, Element, Field, Kind, Schema, Value};
use serde::{Deserialize, Deserializer};
use serde_json::Value as Json;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BatchRead {
    version: Option<u64>,
    actor: ActorId,
    after_seq: u64,
    after_chain: Option<ChainHash>,
    changes: Vec<Told>,
    chain: Option<ChainHash>,
}

/// The version of what has not the shape of [`BatchRead`]: a later version may have other keys.
#[derive(Deserialize)]
struct VersionRead {
    version: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeRead {
    seq: Option<u64>,
    kind: Named,
    record: Option<RecordId>,
    area: String,
    author: RecordId,
    device_time: Whole<i64>,
    stamp: Whole<u64>,
    form_version: u16,
    edits: Vec<Json>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EditRead {
    field: Named,
    #[serde(default)]
    element: String,
    #[serde(default)]
    seen: Vec<Dot>,
    value: Json,
}

/// Reads a batch; `bounds` are those of the binary form.
///
/// # Errors
/// [`BadJson`], which names the change and the field.
pub fn read(json: &[u8], schema: &Schema, bounds: &Bounds) -> Result<Batch, BadJson> {
    let bad = |problem: &str| BadJson::Batch(problem.to_owned());
    let text = &mut serde_json::Deserializer::from_slice(json);
    let batch: BatchRead = match shaped(&mut *text) {
        Ok(batch) => batch,
        Err(problem) => {
            let read = serde_json::from_slice::<VersionRead>(json).ok();
            return Err(read.map(|read| known(read.version)).and_then(Result::err).unwrap_or(bad(&problem)));
        }
    };
    text.end().map_err(|error| bad(&error.to_string()))?;
    known(batch.version.unwrap_or(VERSION))?;
    if batch.changes.len() > bounds.changes_max {
        return Err(BadBatch::from(TOO_MANY_CHANGES).into());
    }
    let start = Mark::start(batch.actor);
    let chain = match batch.after_chain {
        Some(chain) => chain,
        None if batch.after_seq == 0 => start.chain,
        None => return Err(bad("`after_chain` is missing: write the chain of the last receipt")),
    };
    let numbered = (1..).zip(batch.changes).map(|(step, change)| {
        let seq = batch.after_seq.checked_add(step);
        let dot = seq
            .and_then(|seq| Dot::checked(batch.actor, seq))
            .ok_or_else(|| bad("`after_seq` is too large"))?;
        read_change(change, dot, schema)
    });
    let read = Batch {
        actor: batch.actor,
        before: Mark { seq: batch.after_seq, chain },
        changes: numbered.collect::<Result<_, _>>()?,
    };
    if batch.chain.is_some_and(|chain| chain != read.after().chain) {
        return Err(BadBatch::Chain.into());
    }
    // What the binary form cannot carry could never be passed on.
    Ok(Batch::of_bytes(&read.to_bytes(), bounds)?)
}

fn known(version: u64) -> Result<(), BadJson> {
    let other = || BadBatch::Version(u8::try_from(version).unwrap_or(u8::MAX));
    if version == VERSION { Ok(()) } else { Err(other().into()) }
}

/// What has the shape of `T`; else a sentence that begins with the key.
fn shaped<'a, T: Deserialize<'a>>(
    json: impl Deserializer<'a, Error = serde_json::Error>,
) -> Result<T, String> {
    serde_path_to_error::deserialize(json).map_err(|error| {
        let path = error.path().to_string();
        let problem = without_content(&error.into_inner().to_string());
        if path == "." { problem } else { format!("`{path}`: {problem}") }
    })
}

/// A complaint without what was sent, which may be somebody's name.
fn without_content(problem: &str) -> String {
    let wanted = problem.strip_prefix("invalid ").and_then(|rest| rest.rsplit_once(", expected "));
    let name = problem.strip_prefix('`').and_then(|rest| rest.rsplit_once("` is not "));
    match (wanted, name) {
        (Some((_, wanted)), _) => format!("write {wanted}"),
        (_, Some((_, name))) => format!("write {name}"),
        _ => problem.to_owned(),
    }
}

fn read_change(told: Told, dot: Dot, schema: &Schema) -> Result<Change, BadJson> {
    let bad = |problem: String| BadJson::Change { seq: dot.seq, problem };
    if told.twice {
        return Err(bad("a key is there twice".into()));
    }
    let change: ChangeRead = shaped(told.json).map_err(bad)?;
    if let Some(seq) = change.seq.filter(|seq| *seq != dot.seq) {
        return Err(bad(format!("`seq` says {seq}")));
    }
    let (number, kind) = match &change.kind {
        Named::Number(number) => (*number, schema.kind(*number)),
        Named::Name(name) => {
            let unknown = "`kind`: the schema has no such kind: write its number if it is new";
            let kind = schema.kind_named(name).ok_or_else(|| bad(unknown.to_owned()))?;
            (kind.number, Some(kind))
        }
    };
    let origin = Origin {
        dot,
        stamp: change.stamp.number().map(Stamp).ok_or_else(|| bad("`stamp` is no whole number".into()))?,
        author: change.author,
        device_time_s: device_time_s(&change.device_time)
            .ok_or_else(|| bad("`device_time` is no moment in whole seconds".into()))?,
        area: area(&change.area).ok_or_else(|| bad("`area` is no code".into()))?,
        form_version: change.form_version,
        distrusted: false,
    };
    let edits = change.edits.into_iter().map(|edit| {
        let field = field_name(&edit);
        let read = shaped(edit).and_then(|edit| read_edit(edit, dot.actor, kind, schema));
        read.map_err(|problem| BadJson::Edit { seq: dot.seq, field, problem })
    });
    let mut edits = edits.collect::<Result<Vec<Edit>, _>>()?;
    edits.sort_by_key(|edit| (edit.field, edit.element));
    if edits.windows(2).any(|two| (two[0].field, two[0].element) == (two[1].field, two[1].element)) {
        return Err(bad("it writes to one register twice".into()));
    }
    let record = change.record.unwrap_or_else(|| RecordId::of_dot(dot));
    Ok(Change { origin, record, kind: number, edits })
}

/// How a complaint calls an edit: by the field, if that is a name or a number at all.
fn field_name(edit: &Json) -> String {
    let is_name =
        |text: &&str| text.len() <= 60 && text.bytes().all(|c| matches!(c, b'a'..=b'z' | b'0'..=b'9' | b'_'));
    match edit.get("field") {
        Some(Json::Number(number)) => number.to_string(),
        Some(Json::String(text)) => Some(text.as_str()).filter(is_name).unwrap_or("?").to_owned(),
        _ => "?".to_owned(),
    }
}

fn read_edit(edit: EditRead, actor: ActorId, kind: Option<&Kind>, schema: &Schema) -> Result<Edit, String> {
    let (number, field) = match &edit.field {
        Named::Number(number) => (*number, kind.and_then(|kind| kind.field(*number))),
        Named::Name(name) if name == TOMBSTONE_NAME => (TOMBSTONE, None),
        Named::Name(name) => {
            let field = kind.and_then(|kind| kind.field_named(name));
            let field = field.ok_or("the kind has no such field: write its number if it is new")?;
            (field.number, Some(field))
        }
    };
    let element: Element = element_from_text(&edit.element, field.map(|field| &field.shape), schema)?;
    let context = Context::new(edit.seen.iter().copied());
    if context.dots().len() != edit.seen.len() {
        return Err("`seen` names an actor twice: write its newest dot".into());
    }
    if context.dots().iter().any(|seen| seen.actor == actor) {
        return Err("`seen` names the own actor, whose writes are always seen: leave it out".into());
    }
    let value = read_value(&edit.value, number, field, schema)?;
    Ok(Edit { field: number, element, context, value })
}

fn read_value(json: &Json, number: u16, field: Option<&Field>, schema: &Schema) -> Result<Value, String> {
    match (field, json) {
        (Some(field), _) => from_json(json, &field.value, schema),
        (None, Json::Bool(yes)) if number == TOMBSTONE => Ok(Value::Bool(*yes)),
        (None, Json::Object(map)) if number == TOMBSTONE && map.contains_key("seen") => {
            let stone = TombstoneJson::deserialize(json).map_err(|error| error.to_string())?;
            let seen = Context::new(stone.seen.iter().copied());
            match seen.dots().len() == stone.seen.len() {
                true => Ok(Tombstone { seen, children: stone.children }.to_value()),
                false => Err("`seen` names an actor twice: write its newest dot".into()),
            }
        }
        (None, _) => from_tagged(json),
    }
}

fn device_time_s(time: &Whole<i64>) -> Option<i64> {
    match time {
        Whole::Text(text) => schema::calendar::moment(text).map(|(at_s, _)| at_s).or_else(|| time.number()),
        Whole::Number(at_s) => Some(*at_s),
    }
}

fn area(text: &str) -> Option<AreaCode> {
    text.parse().ok().or_else(|| text.parse().ok().map(AreaCode))
}
