//! What is new for a caller.
//!
//! The rule this module protects: *cost follows change, not holdings*: a caller who has everything costs one look at the
//! counters of her areas and gets an answer of a few bytes.

use super::cursor::Cursor;
use super::seal_key::KeySafe;
use super::{Caller, Fault, life};
use crate::store::area::AreaRow;
use crate::store::record::RecordRow;
use crate::store::{Conn, Error, area, departure, record};
use schema::{Schema, SealOwner};
use sync_core::{AreaCode, AreaStanding, Epoch, Page, Record, RecordId, SealKey, reads};

/// Records of one page.
pub const PAGE_RECORDS: usize = 500;

/// How far a caller says she is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached<'a> {
    /// Nowhere.
    Nothing,
    /// Up to the versions of these snapshots.
    Snapshots(&'a str),
    /// Where the page before ended.
    Cursor(&'a str),
}

/// The next page for a caller who got this far.
///
/// # Errors
/// When the cursor does not hold, or the database fails.
pub fn page(
    conn: &mut Conn,
    caller: &Caller,
    reached: Reached,
    schema: &Schema,
    keys: &KeySafe,
) -> Result<Page, Fault> {
    let epoch = life(conn)?.epoch;
    let scope = &caller.areas;
    let mut at = match reached {
        Reached::Cursor(text) => Cursor::read(text, epoch)?,
        Reached::Snapshots(text) => Cursor::of_snapshots(text, epoch, scope)?,
        Reached::Nothing => Cursor::start(epoch, scope),
    };
    let from_start = !matches!(reached, Reached::Cursor(_));
    let scope_is_new = at.settle_scope(scope) || from_start;
    let mut rows: Vec<RecordRow> = Vec::new();
    let (mut standings, mut departed) = (Vec::new(), Vec::new());
    let mut more = false;
    for area in areas_read(conn, caller.district, scope)? {
        if area.version() <= at.version(area.code()) {
            // Whoever begins anew learns what every area should add up to, also one she has from a snapshot.
            standings.extend(from_start.then(|| standing(&area)));
            continue;
        }
        let room = PAGE_RECORDS - rows.len();
        if room == 0 {
            more = true;
            continue;
        }
        let district = caller.district.0 as i64;
        let new = record::changed_since(conn, district, area.code(), at.version(area.code()), room)?;
        let last = new.last().map(|row| row.version as u64);
        let whole = new.len() < room || last == Some(area.version());
        // The counter was read before the records: what came in between belongs to the next pull.
        let reached = last.unwrap_or(area.version());
        let reached = if whole { reached.max(area.version()) } else { reached };
        let gone = departure::between(conn, district, area.code(), at.version(area.code()), reached)?;
        departed.extend(gone.into_iter().map(|record| (area.code(), record)));
        at.reached.insert(area.code(), reached);
        if whole && reached == area.version() {
            standings.push(standing(&area));
        }
        more |= !whole;
        rows.extend(new);
    }
    let scope = scope_is_new.then(|| scope.clone());
    let place = Place { epoch, cursor: at.to_text(), more, scope, standings, departed };
    assemble(conn, caller.district, place, &rows, schema, keys)
}

/// Everything of a page but its records.
pub(super) struct Place {
    pub(super) epoch: Epoch,
    pub(super) cursor: String,
    pub(super) more: bool,
    pub(super) scope: Option<Vec<AreaCode>>,
    pub(super) standings: Vec<AreaStanding>,
    pub(super) departed: Vec<(AreaCode, RecordId)>,
}

/// The page that holds these rows, with the keys of those who own one.
pub(super) fn assemble(
    conn: &mut Conn,
    district: AreaCode,
    place: Place,
    rows: &[RecordRow],
    schema: &Schema,
    keys: &KeySafe,
) -> Result<Page, Fault> {
    let records: Vec<Record> = rows.iter().map(RecordRow::record).collect::<Result<_, Error>>()?;
    let keys = keys_of(conn, district, &records, schema, keys)?;
    let Place { epoch, cursor, more, scope, standings, departed } = place;
    Ok(Page { epoch, cursor, more, scope, standings, departed, records, keys })
}

fn keys_of(
    conn: &mut Conn,
    district: AreaCode,
    records: &[Record],
    schema: &Schema,
    keys: &KeySafe,
) -> Result<Vec<(usize, SealKey)>, Error> {
    let owns = |record: &Record| {
        schema.kind(record.kind).is_some_and(|kind| kind.seal_owner == Some(SealOwner::Itself))
    };
    let owners: Vec<RecordId> =
        records.iter().filter(|record| owns(record)).map(|record| record.id).collect();
    let ring = keys.ring(conn, district.0 as i64, &owners)?;
    let key = |(place, record): (usize, &Record)| Some((place, ring.0.get(&record.id)?.clone()));
    Ok(records.iter().enumerate().filter_map(key).collect())
}

/// The areas within these that hold or held something, ascending.
///
/// # Errors
/// When the database fails.
pub fn areas_within(conn: &mut Conn, district: AreaCode, scope: &[AreaCode]) -> Result<Vec<AreaRow>, Error> {
    areas_where(conn, district, |code| scope.iter().any(|own| own.contains(code)))
}

/// The areas a caller may read that hold or held something, ascending.
fn areas_read(conn: &mut Conn, district: AreaCode, scope: &[AreaCode]) -> Result<Vec<AreaRow>, Error> {
    areas_where(conn, district, |code| reads(scope, code))
}

fn areas_where(
    conn: &mut Conn,
    district: AreaCode,
    wanted: impl Fn(AreaCode) -> bool,
) -> Result<Vec<AreaRow>, Error> {
    let mut all = area::of_district(conn, district.0 as i64)?;
    all.retain(|row| wanted(row.code()));
    Ok(all)
}

pub(super) fn standing(row: &AreaRow) -> AreaStanding {
    AreaStanding { area: row.code(), version: row.version(), digest: row.digest() }
}
