//! Records that left an area.
//!
//! The rule this module protects: *a row that is gone is told, never merely missing*: whoever held it learns that it
//! lives elsewhere now.

use super::columns::Bytes;
use super::tables::departure;
use super::{Conn, Error};
use crate::on;
use diesel::prelude::*;
use sync_core::{AreaCode, RecordId};
use uuid::Uuid;

/// Notes that a record left an area at this version of it.
///
/// # Errors
/// When the database fails.
pub fn note(
    conn: &mut Conn,
    district: i64,
    area: AreaCode,
    version: i64,
    record: RecordId,
) -> Result<(), Error> {
    let row = (
        departure::district.eq(district),
        departure::area.eq(area.0 as i64),
        departure::version.eq(version),
        departure::record.eq(&record.0.as_bytes()[..]),
    );
    on!(conn, |c| diesel::insert_into(departure::table).values(row).execute(c)).map(drop)
}

/// A record that had left the area is back.
///
/// # Errors
/// When the database fails.
pub fn forget(conn: &mut Conn, district: i64, area: AreaCode, record: RecordId) -> Result<(), Error> {
    let gone = departure::table
        .filter(departure::district.eq(district))
        .filter(departure::area.eq(area.0 as i64))
        .filter(departure::record.eq(&record.0.as_bytes()[..]));
    on!(conn, |c| diesel::delete(gone).execute(c)).map(drop)
}

/// Records that left an area after a version of it and up to another.
///
/// # Errors
/// When the database fails.
pub fn between(
    conn: &mut Conn,
    district: i64,
    area: AreaCode,
    after: u64,
    upto: u64,
) -> Result<Vec<RecordId>, Error> {
    let ids: Vec<Bytes<16>> = on!(conn, |c| departure::table
        .filter(departure::district.eq(district))
        .filter(departure::area.eq(area.0 as i64))
        .filter(departure::version.gt(after as i64).and(departure::version.le(upto as i64)))
        .order(departure::version)
        .select(departure::record)
        .load(c))?;
    Ok(ids.into_iter().map(|id| RecordId(Uuid::from_bytes(id.0))).collect())
}
