//! Prebuilt snapshots of areas.
//!
//! The rule this module protects: *a snapshot is a cache*: whoever loses it makes it again.

use super::tables::snapshot;
use super::{Conn, Error};
use crate::on;
use diesel::prelude::*;
use diesel::upsert::excluded;
use sync_core::AreaCode;

/// A snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = snapshot)]
pub struct SnapshotRow {
    /// District.
    pub district: i64,
    /// The area.
    pub area: i64,
    /// Version up to which it holds everything.
    pub version: i64,
    /// First bytes of its SHA-256.
    pub etag: Vec<u8>,
    /// Framed pages.
    pub body: Vec<u8>,
}

/// The snapshot at hand.
///
/// # Errors
/// When the database fails.
pub fn find(conn: &mut Conn, district: i64, area: AreaCode) -> Result<Option<SnapshotRow>, Error> {
    on!(conn, |c| snapshot::table
        .find((district, area.0 as i64))
        .select(SnapshotRow::as_select())
        .get_result(c)
        .optional())
}

/// Keeps a snapshot in place of an older one.
///
/// # Errors
/// When the database fails.
pub fn keep(conn: &mut Conn, row: &SnapshotRow) -> Result<(), Error> {
    on!(conn, |c| diesel::insert_into(snapshot::table)
        .values(row)
        .on_conflict((snapshot::district, snapshot::area))
        .do_update()
        .set((
            snapshot::version.eq(excluded(snapshot::version)),
            snapshot::etag.eq(excluded(snapshot::etag)),
            snapshot::body.eq(excluded(snapshot::body)),
        ))
        .execute(c))
    .map(drop)
}
