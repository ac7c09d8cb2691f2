//! One-time codes, by their hash.

use super::columns::{AreaColumn, Bytes};
use super::tables::code;
use super::{Conn, Error};
use crate::ids::{DeviceId, PersonId};
use crate::on;
use diesel::prelude::*;
use sync_core::AreaCode;

/// A code that was issued.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = code, treat_none_as_default_value = false)]
pub struct Code {
    /// SHA-256 of the code.
    pub hash: Bytes<32>,
    /// The district of its person.
    #[diesel(serialize_as = AreaColumn, deserialize_as = AreaColumn)]
    pub district: AreaCode,
    /// What it opens, as the service numbers it.
    pub purpose: i16,
    /// For whom.
    pub person: PersonId,
    /// By whom; `None` at the server's own console.
    pub issued_by: Option<PersonId>,
    /// When.
    pub issued_at_s: i64,
    /// The first second at which it no longer holds.
    pub expires_at_s: i64,
    /// When it was used.
    pub used_at_s: Option<i64>,
    /// The device that used it.
    pub used_by: Option<DeviceId>,
}

/// Adds a code.
pub fn add(conn: &mut Conn, row: &Code) -> Result<(), Error> {
    on!(conn, |c| diesel::insert_into(code::table).values(row.clone()).execute(c)).map(drop)
}

/// The code with this hash.
pub fn find(conn: &mut Conn, hash: Bytes<32>) -> Result<Option<Code>, Error> {
    on!(conn, |c| code::table.find(hash).select(Code::as_select()).get_result(c).optional())
}

/// Marks a code as used and says whether it still was unused; of two at once only one hears `true`.
pub fn take(conn: &mut Conn, hash: Bytes<32>, by: Option<DeviceId>, now_s: i64) -> Result<bool, Error> {
    let rows = on!(conn, |c| {
        diesel::update(code::table.find(hash))
            .filter(code::used_at_s.is_null().and(code::expires_at_s.gt(now_s)))
            .set((code::used_at_s.eq(now_s), code::used_by.eq(by)))
            .execute(c)
    })?;
    Ok(rows == 1)
}

/// Ends all codes that were not used.
pub fn end_all(conn: &mut Conn, now_s: i64) -> Result<(), Error> {
    on!(conn, |c| {
        diesel::update(code::table)
            .filter(code::used_at_s.is_null().and(code::expires_at_s.gt(now_s)))
            .set(code::expires_at_s.eq(now_s))
            .execute(c)
    })
    .map(drop)
}
