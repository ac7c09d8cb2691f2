//! What is held until a person has looked.
//!
//! The rule this module protects: *nothing is hidden*: whoever answers for an area sees what was held of it, why, and
//! what it said.

use super::conflict::areas_asked;
use super::history::{field_name, kind_name};
use super::{Caller, Fault, log};
use crate::store::quarantine::{self, HeldRow};
use crate::store::{Conn, upload};
use schema::json::{element_text, field_json};
use schema::{Kind, Refusal, Schema};
use serde::Serialize;
use sync_core::codec::Reader;
use sync_core::{ActorId, AreaCode, Change, Dot, Edit, RecordId};

/// Rows of one answer.
const ROWS_MAX: usize = 500;

/// Something that is held.
#[derive(Debug, Clone, Serialize)]
pub struct HeldEdit {
    /// The change.
    pub dot: Dot,
    /// Why: a stable name.
    pub reason: &'static str,
    /// Why, for people, in Bahasa Indonesia.
    pub message_id: &'static str,
    /// Why, for people, in English.
    pub message_en: &'static str,
    /// When it arrived, in seconds since 1970.
    pub received_at_s: i64,
    /// The area that the change names.
    pub area: AreaCode,
    /// The worker who saved it.
    pub author: RecordId,
    /// The record.
    pub record: RecordId,
    /// Its kind; a number when the schema here does not know it.
    pub kind: String,
    /// The whole change is held.
    pub whole: bool,
    /// What is held of it.
    pub values: Vec<HeldValue>,
}

/// A value that is held.
#[derive(Debug, Clone, Serialize)]
pub struct HeldValue {
    /// Name of the field.
    pub field: String,
    /// Element of a set, map or list; empty for the whole field.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub element: String,
    /// The value; sealed ones stay sealed.
    pub value: serde_json::Value,
}

/// A page of what is held.
#[derive(Debug, Clone, Serialize)]
pub struct HeldEdits {
    /// Ascending by change.
    pub held: Vec<HeldEdit>,
    /// Where the next page goes on; `None` at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Dot>,
}

/// What is held and undecided in the caller's areas, or in one of them. A caller who works in the whole district sees
/// also what names no area of hers.
///
/// # Errors
/// When `area` is not the caller's, or the database fails.
pub fn open(
    conn: &mut Conn,
    caller: &Caller,
    area: Option<AreaCode>,
    after: Option<Dot>,
    schema: &Schema,
) -> Result<HeldEdits, Fault> {
    let district = caller.district.0 as i64;
    let everything = area.is_none() && caller.areas.contains(&caller.district);
    let areas = if everything { None } else { Some(held_areas(conn, caller, area)?) };
    let after = after.unwrap_or(Dot { actor: ActorId(i64::MIN as u64), seq: 0 });
    let mut rows = quarantine::open_in(conn, district, areas.as_deref(), after, ROWS_MAX)?;
    let next = rows.last().filter(|_| rows.len() == ROWS_MAX).map(HeldRow::dot);
    if let Some(last) = next {
        // A page ends with the end of a change.
        rows.retain(|row| row.dot() != last);
        rows.extend(quarantine::open_of(conn, district, last)?);
    }
    let mut held = Vec::with_capacity(rows.len());
    // Rows ascend by change: those of one upload stand together, and it is read once.
    let mut changes: Vec<Change> = Vec::new();
    for row in &rows {
        let is_it = |change: &&Change| change.origin.dot == row.dot();
        if !changes.iter().any(|change| is_it(&change)) {
            let Some(uploaded) = upload::with(conn, district, row.dot())? else { continue };
            changes = log::batch_of(&uploaded)?.changes;
        }
        held.extend(changes.iter().find(is_it).map(|change| held_edit(row, change, schema)));
    }
    Ok(HeldEdits { held, next })
}

/// An area in which everything was held has no counter yet: the caller's own codes are asked for as well.
fn held_areas(conn: &mut Conn, caller: &Caller, area: Option<AreaCode>) -> Result<Vec<i64>, Fault> {
    let mut areas = areas_asked(conn, caller, area)?;
    areas.extend(area.iter().chain(&caller.areas).map(|area| area.0 as i64));
    areas.sort_unstable();
    areas.dedup();
    Ok(areas)
}

fn held_edit(row: &HeldRow, change: &Change, schema: &Schema) -> HeldEdit {
    let reason = Refusal::numbered(row.reason as u8).unwrap_or(Refusal::BadChange);
    let kind = schema.kind(change.kind);
    let element = Reader::new(&row.element).element().ok();
    let is_held =
        |edit: &&Edit| row.whole || (i32::from(edit.field) == row.field && Some(edit.element) == element);
    HeldEdit {
        dot: row.dot(),
        reason: reason.name(),
        message_id: reason.label_id(),
        message_en: reason.label_en(),
        received_at_s: row.received_at_s,
        area: change.origin.area,
        author: change.origin.author,
        record: change.record,
        kind: kind_name(kind, change.kind),
        whole: row.whole,
        values: change.edits.iter().filter(is_held).map(|edit| held_value(edit, kind, schema)).collect(),
    }
}

/// What an edit of a record of this kind says.
pub(super) fn held_value(edit: &Edit, kind: Option<&Kind>, schema: &Schema) -> HeldValue {
    let field = kind.and_then(|kind| kind.field(edit.field));
    HeldValue {
        field: field_name(kind, edit.field),
        element: element_text(&edit.element, field.map(|field| &field.shape), schema),
        value: field_json(&edit.value, field, schema),
    }
}
