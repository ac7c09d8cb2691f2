//! Version counter and digest of each area.
//!
//! The rule this module protects: *an area's row is locked before anything in it is read or written* (ascending by code
//! when there are several). So versions have no holes, a cursor never skips a row, and load-merge-write is safe.

use super::tables::area;
use super::{Conn, Error};
use crate::{on, on_locked};
use diesel::{
    ExpressionMethods, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper,
};
use sync_core::{AreaCode, Digest};

/// How far an area is.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = area)]
pub struct AreaRow {
    /// Its district.
    pub district: i64,
    code: i64,
    version: i64,
    digest: Vec<u8>,
    /// Records that live in it.
    pub records: i64,
}

impl AreaRow {
    /// An area in which nothing was ever written.
    pub fn untouched(district: i64, code: AreaCode) -> AreaRow {
        AreaRow { district, code: code.0 as i64, version: 0, digest: vec![0; 16], records: 0 }
    }

    /// The area.
    pub fn code(&self) -> AreaCode {
        AreaCode(self.code as u64)
    }

    /// Version of its newest record.
    pub fn version(&self) -> u64 {
        self.version as u64
    }

    /// The version of the next record that is written there.
    pub fn next_version(&mut self) -> i64 {
        self.version += 1;
        self.version
    }

    /// Sum of the digests of its records.
    pub fn digest(&self) -> Digest {
        let mut bytes = [0; 16];
        if self.digest.len() == bytes.len() {
            bytes.copy_from_slice(&self.digest);
        }
        Digest(u128::from_be_bytes(bytes))
    }

    /// Puts a new digest.
    pub fn set_digest(&mut self, digest: Digest) {
        self.digest = digest.0.to_be_bytes().to_vec();
    }
}

/// The row of an area, locked until the transaction ends; made when it is not there.
///
/// # Errors
/// When the database fails.
pub fn lock(conn: &mut Conn, district: i64, code: AreaCode) -> Result<AreaRow, Error> {
    let key = (district, code.0 as i64);
    if let Some(found) = on_locked!(conn, |c| area::table.find(key).select(AreaRow::as_select()), get_result)?
    {
        return Ok(found);
    }
    let fresh = AreaRow::untouched(district, code);
    let values = (
        area::district.eq(district),
        area::code.eq(fresh.code),
        area::version.eq(0),
        area::digest.eq(&fresh.digest),
        area::records.eq(0),
    );
    on!(conn, |c| diesel::insert_into(area::table).values(values).on_conflict_do_nothing().execute(c))?;
    let made = on_locked!(conn, |c| area::table.find(key).select(AreaRow::as_select()), get_result)?;
    made.ok_or_else(|| Error::Broken("an area row that was just made is gone".into()))
}

/// Stores a row that was locked.
///
/// # Errors
/// When the database fails.
pub fn save(conn: &mut Conn, row: &AreaRow) -> Result<(), Error> {
    on!(conn, |c| diesel::update(area::table.find((row.district, row.code)))
        .set((area::version.eq(row.version), area::digest.eq(&row.digest), area::records.eq(row.records),))
        .execute(c))
    .map(drop)
}

/// Every area of a district that holds or held something, ascending.
///
/// # Errors
/// When the database fails.
pub fn of_district(conn: &mut Conn, district: i64) -> Result<Vec<AreaRow>, Error> {
    on!(conn, |c| area::table
        .filter(area::district.eq(district))
        .order(area::code)
        .select(AreaRow::as_select())
        .load(c))
}

/// The row of an area; `None` when nothing was ever written there.
///
/// # Errors
/// When the database fails.
pub fn find(conn: &mut Conn, district: i64, code: AreaCode) -> Result<Option<AreaRow>, Error> {
    on!(conn, |c| area::table
        .find((district, code.0 as i64))
        .select(AreaRow::as_select())
        .get_result(c)
        .optional())
}
