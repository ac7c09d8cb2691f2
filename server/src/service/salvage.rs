//! What devices had seen of changes that went missing here.
//!
//! The rule this module protects: *what one phone pulled before the data went back is not lost with it*
//! (counterexample 2). It is kept beside the records and shown to whoever answers for the area; it is never merged under
//! its old name, since nobody can prove that it is the whole change, and its author may still bring it herself.

use super::history::kind_name;
use super::quarantine::{HeldValue, held_value};
use super::{Caller, Fault, World};
use crate::ids::DeviceId;
use crate::store::salvage::{self, Salvaged};
use crate::store::{Conn, actor, loss, tx};
use schema::Schema;
use serde::Serialize;
use std::collections::BTreeMap;
use sync_core::{ActorId, AreaCode, Bounds, Change, Dot, ErrorCode, Page, Record, RecordId, bundle};

/// Rows of one answer.
const ROWS_MAX: usize = 500;

/// What was made of an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// Changes that were missing here and are kept now.
    pub kept: usize,
}

/// Keeps what is missing here of the records that a device offers as a page.
///
/// # Errors
/// When it is no page within the limits, a record is out of the caller's scope, or the database fails; nothing is kept then.
pub fn take(world: &World, conn: &mut Conn, caller: &Caller, body: &[u8]) -> Result<Taken, Fault> {
    let device = caller.device.ok_or_else(|| Fault::forbidden("salvage: only devices hold records"))?;
    let page = Page::of_bytes(body, &world.limits.bounds()).map_err(|why| {
        let code = if bundle::OVER_BOUNDS.contains(&why) { ErrorCode::TooLarge } else { ErrorCode::BadBody };
        Fault::new(code, format!("salvage: {why}"))
    })?;
    if page.records.is_empty() {
        // So does one look that was cut off before its records.
        return Err(Fault::new(ErrorCode::BadBody, "salvage: no records"));
    }
    if page.records.iter().any(|record| !caller.reads(record.home.area)) {
        return Err(Fault::forbidden("salvage: a record out of scope"));
    }
    let at_s = world.clock.now_s();
    tx(conn, |conn| {
        let held = Holdings::of(conn, caller.district, &page.records)?;
        let mut kept = 0;
        for record in &page.records {
            for change in record.changes().iter().filter(|change| held.lacks(change.origin.dot)) {
                keep(conn, caller.district, record, change, device, at_s)?;
                kept += 1;
            }
        }
        Ok(Taken { kept })
    })
}

fn keep(
    conn: &mut Conn,
    district: AreaCode,
    record: &Record,
    change: &Change,
    device: DeviceId,
    at_s: i64,
) -> Result<(), Fault> {
    let dot = change.origin.dot;
    let mut change = change.clone();
    if let Some(row) = salvage::find(conn, district, dot)? {
        // Another device held other parts of it.
        let known = stored(&row).into_iter().flat_map(|known| known.edits);
        let missing = known.filter(|known| {
            !change.edits.iter().any(|edit| (edit.field, edit.element) == (known.field, known.element))
        });
        let missing: Vec<_> = missing.collect();
        change.edits.extend(missing);
        change.edits.sort_by_key(|edit| (edit.field, edit.element));
    }
    let row = Salvaged {
        district,
        actor: dot.actor,
        seq: dot.seq,
        record: record.id.0.as_bytes().to_vec(),
        area: record.home.area,
        device,
        at_s,
        body: bundle::pack(&[change]),
    };
    Ok(salvage::keep(conn, &row)?)
}

/// What the server holds, or once held, of some series.
struct Holdings {
    marks: BTreeMap<ActorId, u64>,
    holes: Vec<(ActorId, u64, u64)>,
}

impl Holdings {
    fn of(conn: &mut Conn, district: AreaCode, records: &[Record]) -> Result<Holdings, Fault> {
        let origins = records.iter().flat_map(Record::origins);
        let mut actors: Vec<ActorId> = origins.map(|origin| origin.dot.actor).collect();
        actors.sort_unstable();
        actors.dedup();
        Holdings::of_actors(conn, district, &actors)
    }

    fn of_actors(conn: &mut Conn, district: AreaCode, actors: &[ActorId]) -> Result<Holdings, Fault> {
        let known = actor::numbered(conn, actors)?;
        let lost = loss::of_district(conn, district)?;
        Ok(Holdings {
            marks: known.into_iter().map(|row| (row.number, row.seq)).collect(),
            holes: lost.into_iter().map(|hole| (hole.actor, hole.first_seq, hole.last_seq)).collect(),
        })
    }

    fn lacks(&self, dot: Dot) -> bool {
        self.marks.get(&dot.actor).is_none_or(|mark| dot.seq > *mark)
            || self
                .holes
                .iter()
                .any(|(actor, first, last)| *actor == dot.actor && (*first..=*last).contains(&dot.seq))
    }
}

fn stored(row: &Salvaged) -> Option<Change> {
    let roomy = Bounds { changes_max: 1, bytes_max: 1 << 24, numbers_max: 1 << 20 };
    bundle::unpack(&row.body, &roomy).ok()?.pop()
}

/// What survived of a change.
#[derive(Debug, Clone, Serialize)]
pub struct SalvagedChange {
    /// The change.
    pub dot: Dot,
    /// The worker who saved it.
    pub author: RecordId,
    /// Her device's clock, in seconds since 1970.
    pub device_time_s: i64,
    /// The record.
    pub record: RecordId,
    /// Its kind; a number when the schema here does not know it.
    pub kind: String,
    /// Where it lives.
    pub area: AreaCode,
    /// The device that brought it.
    pub device: DeviceId,
    /// When it did.
    pub at_s: i64,
    /// What it said.
    pub values: Vec<HeldValue>,
}

/// A page of what was salvaged.
#[derive(Debug, Clone, Serialize)]
pub struct SalvagedChanges {
    /// Ascending by change.
    pub salvaged: Vec<SalvagedChange>,
    /// Where the next page goes on; `None` at the end. A page may be empty and have a next one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Dot>,
}

/// What was salvaged in the caller's areas and is missing still.
///
/// # Errors
/// When the database fails.
pub fn list(
    conn: &mut Conn,
    caller: &Caller,
    after: Option<Dot>,
    schema: &Schema,
) -> Result<SalvagedChanges, Fault> {
    let rows = salvage::after(conn, caller.district, after, ROWS_MAX)?;
    let next = rows.last().filter(|_| rows.len() == ROWS_MAX).map(Salvaged::dot);
    let mut actors: Vec<ActorId> = rows.iter().map(|row| row.actor).collect();
    actors.dedup();
    let held = Holdings::of_actors(conn, caller.district, &actors)?;
    let missing = rows.iter().filter(|row| held.lacks(row.dot()) && caller.covers(row.area));
    Ok(SalvagedChanges { salvaged: missing.filter_map(|row| told(row, schema)).collect(), next })
}

fn told(row: &Salvaged, schema: &Schema) -> Option<SalvagedChange> {
    let change = stored(row)?;
    let kind = schema.kind(change.kind);
    Some(SalvagedChange {
        dot: row.dot(),
        author: change.origin.author,
        device_time_s: change.origin.device_time_s,
        record: change.record,
        kind: kind_name(kind, change.kind),
        area: row.area,
        device: row.device,
        at_s: row.at_s,
        values: change.edits.iter().map(|edit| held_value(edit, kind, schema)).collect(),
    })
}
