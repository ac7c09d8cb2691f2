//! Keys of sealed values, themselves sealed.
//!
//! The rule this module protects: *keys are apart from the data*: a table of their own, left out of data backups;
//! destroying a row erases a person everywhere.

use super::tables::seal_key;
use super::{Conn, Error};
use crate::on;
use diesel::{ExpressionMethods, Insertable, QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper};
use sync_core::RecordId;

/// A key.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = seal_key)]
pub struct SealKeyRow {
    /// District.
    pub district: i64,
    /// The person, household or worker, 16 bytes.
    pub owner: Vec<u8>,
    /// The key, sealed under the server's own.
    pub key_sealed: Vec<u8>,
    /// Installation that made it.
    pub made_by_actor: i64,
    /// When it arrived.
    pub at_s: i64,
}

/// Keeps a key. Is it new? A second key of one owner is not taken: the first one sealed what is there.
///
/// # Errors
/// When the database fails.
pub fn keep(conn: &mut Conn, row: &SealKeyRow) -> Result<bool, Error> {
    on!(conn, |c| diesel::insert_into(seal_key::table).values(row).on_conflict_do_nothing().execute(c))
        .map(|rows| rows > 0)
}

/// The keys of these owners.
///
/// # Errors
/// When the database fails.
pub fn of(conn: &mut Conn, district: i64, owners: &[RecordId]) -> Result<Vec<SealKeyRow>, Error> {
    let mut rows = Vec::new();
    for owners in owners.chunks(1000) {
        let owners: Vec<&[u8]> = owners.iter().map(|owner| &owner.0.as_bytes()[..]).collect();
        rows.extend(on!(conn, |c| seal_key::table
            .filter(seal_key::district.eq(district))
            .filter(seal_key::owner.eq_any(&owners))
            .select(SealKeyRow::as_select())
            .load(c))?);
    }
    Ok(rows)
}
