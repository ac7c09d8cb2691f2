//! "Explain this value": everything that was ever written to a record.
//!
//! The rule this module protects: *nothing is rewritten*, so a record's history can be told in full: who, when by the
//! device and by belief, with which phone, what each had seen, and what became of it.

use super::{Caller, Fault, log};
use crate::store::quarantine::HeldRow;
use crate::store::record::RecordRow;
use crate::store::upload::UploadRow;
use crate::store::{Conn, quarantine, record, upload};
use schema::json::{element_text, field_json};
use schema::{Kind, Schema};
use serde::Serialize;
use std::collections::BTreeSet;
use sync_core::codec::element_bytes;
use sync_core::{Change, Dot, Edit, Record, RecordId};

/// One change of a record.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// Name of the change.
    pub dot: Dot,
    /// The installation's number is in the dot; this is the worker who saved it.
    pub author: RecordId,
    /// The device's clock, in seconds since 1970.
    pub device_time_s: i64,
    /// The same moment as the server believes it: the device's clock corrected by its offset at the upload.
    pub believed_at_s: i64,
    /// When the server received it.
    pub received_at_s: i64,
    /// Where the work was done.
    pub area: sync_core::AreaCode,
    /// Version of the form.
    pub form_version: u16,
    /// What was written.
    pub edits: Vec<EntryEdit>,
}

/// One value of a change.
#[derive(Debug, Clone, Serialize)]
pub struct EntryEdit {
    /// Name of the field, its number when the schema here does not know it.
    pub field: String,
    /// Element of a set, map or list; empty for the whole field.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub element: String,
    /// The value; sealed ones stay sealed.
    pub value: serde_json::Value,
    /// What its author had seen there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<Dot>,
    /// It survives: nobody who saw it wrote later.
    pub survives: bool,
    /// It is in quarantine, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held: Option<&'static str>,
}

/// The record of this name, if the caller may see it.
///
/// # Errors
/// [`sync_core::ErrorCode::NotFound`] when there is none, or none for this caller.
pub fn visible(conn: &mut Conn, caller: &Caller, id: RecordId) -> Result<(RecordRow, Record), Fault> {
    let row = record::find(conn, caller.district.0 as i64, id)?;
    let row = row.ok_or_else(|| Fault::not_found("record: unknown"))?;
    let record = row.record()?;
    if !caller.reads(record.home.area) {
        return Err(Fault::not_found("record: out of scope"));
    }
    Ok((row, record))
}

/// Every change of a record, oldest receipt first.
///
/// # Errors
/// When the caller may not see the record, or the database fails.
pub fn of_record(
    conn: &mut Conn,
    caller: &Caller,
    id: RecordId,
    schema: &Schema,
) -> Result<Vec<Entry>, Fault> {
    let (row, record) = visible(conn, caller, id)?;
    let mut dots: BTreeSet<Dot> = upload::touches(conn, row.district, id)?.into_iter().collect();
    dots.extend(id.dot());
    dots.extend(record.origins().iter().map(|origin| origin.dot));
    let mut entries = Vec::with_capacity(dots.len());
    for dot in dots {
        let Some(uploaded) = upload::with(conn, row.district, dot)? else { continue };
        let batch = log::batch_of(&uploaded)?;
        let held = quarantine::of_actor(conn, row.district, dot.actor, dot.seq, dot.seq)?;
        let change = batch.changes.iter().find(|change| change.origin.dot == dot && change.record == id);
        entries.extend(change.map(|change| entry(change, &uploaded, &held, &record, schema)));
    }
    entries.sort_by_key(|entry| (entry.received_at_s, entry.dot));
    Ok(entries)
}

fn entry(change: &Change, uploaded: &UploadRow, held: &[HeldRow], record: &Record, schema: &Schema) -> Entry {
    let origin = &change.origin;
    let kind = schema.kind(change.kind);
    Entry {
        dot: origin.dot,
        author: origin.author,
        device_time_s: origin.device_time_s,
        believed_at_s: origin
            .device_time_s
            .saturating_add(uploaded.clock_offset_s)
            .min(uploaded.received_at_s),
        received_at_s: uploaded.received_at_s,
        area: origin.area,
        form_version: origin.form_version,
        edits: change
            .edits
            .iter()
            .map(|edit| entry_edit(edit, origin.dot, held, record, kind, schema))
            .collect(),
    }
}

fn entry_edit(
    edit: &Edit,
    dot: Dot,
    held: &[HeldRow],
    record: &Record,
    kind: Option<&Kind>,
    schema: &Schema,
) -> EntryEdit {
    let field = kind.and_then(|kind| kind.field(edit.field));
    let register = record.register(edit.field, edit.element);
    let held = held.iter().find(|held| held.whole || is_about(held, edit));
    EntryEdit {
        field: field_name(kind, edit.field),
        element: element_text(&edit.element, field.map(|field| &field.shape), schema),
        value: field_json(&edit.value, field, schema),
        seen: edit.context.dots().to_vec(),
        survives: register.is_some_and(|register| register.siblings().iter().any(|write| write.dot == dot)),
        held: held.and_then(|held| schema::Refusal::numbered(held.reason as u8)).map(schema::Refusal::name),
    }
}

fn is_about(held: &HeldRow, edit: &Edit) -> bool {
    held.field == i32::from(edit.field) && held.element == element_bytes(&edit.element)
}

/// Name of a kind, or its number when it is not known here.
pub fn kind_name(kind: Option<&Kind>, number: u16) -> String {
    kind.map_or_else(|| number.to_string(), |kind| kind.name.clone())
}

/// Name of a field for people: `tombstone` for 0, its number when it is not known here.
pub fn field_name(kind: Option<&Kind>, number: u16) -> String {
    if number == sync_core::TOMBSTONE {
        return "tombstone".to_owned();
    }
    match kind.and_then(|kind| kind.field(number)) {
        Some(field) => field.name.clone(),
        None => number.to_string(),
    }
}
