//! The access log: rows are added, never changed.

use super::columns::{AreaColumn, Bytes};
use super::tables::{access_head, access_log};
use super::{Conn, Error};
use crate::ids::{DeviceId, PersonId};
use crate::on;
use diesel::prelude::*;
use sync_core::AreaCode;

/// One act.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = access_log, treat_none_as_default_value = false)]
pub struct Entry {
    /// Whose log.
    #[diesel(serialize_as = AreaColumn, deserialize_as = AreaColumn)]
    pub district: AreaCode,
    /// 1, 2, 3, ... in this district.
    pub n: i64,
    /// When.
    pub at_s: i64,
    /// Who; `None` at the server's own console.
    pub person: Option<PersonId>,
    /// From which device, if from one.
    pub device: Option<DeviceId>,
    /// What, by a stable name.
    pub action: String,
    /// Where, if the act has a place.
    pub area: Option<AreaColumn>,
    /// To whom or what: ids and codes, never names.
    pub detail: String,
    /// SHA-256 over the row before and this one.
    pub chain: Bytes<32>,
}

/// Takes the next number of a district's log, with the hash of the last row. Its row stays locked until the
/// transaction ends, so rows follow each other without gap or twin.
pub fn next(conn: &mut Conn, district: AreaCode) -> Result<(i64, Bytes<32>), Error> {
    let first = (
        access_head::district.eq(AreaColumn::from(district)),
        access_head::n.eq(1),
        access_head::chain.eq(Bytes([0; 32])),
    );
    on!(conn, |c| {
        diesel::insert_into(access_head::table)
            .values(&first)
            .on_conflict(access_head::district)
            .do_update()
            .set(access_head::n.eq(access_head::n + 1))
            .returning((access_head::n, access_head::chain))
            .get_result(c)
    })
}

/// Adds the row that [`next`] gave a number.
pub fn append(conn: &mut Conn, row: &Entry) -> Result<(), Error> {
    let head = AreaColumn::from(row.district);
    on!(conn, |c| diesel::insert_into(access_log::table).values(row.clone()).execute(c))?;
    on!(conn, |c| {
        diesel::update(access_head::table.find(head)).set(access_head::chain.eq(row.chain)).execute(c)
    })
    .map(drop)
}

/// Up to `limit` rows of a district's log after row `after`.
pub fn list(conn: &mut Conn, district: AreaCode, after: i64, limit: i64) -> Result<Vec<Entry>, Error> {
    on!(conn, |c| {
        access_log::table
            .filter(access_log::district.eq(AreaColumn::from(district)).and(access_log::n.gt(after)))
            .order(access_log::n)
            .limit(limit)
            .select(Entry::as_select())
            .load(c)
    })
}

/// The districts that have a log.
pub fn districts(conn: &mut Conn) -> Result<Vec<AreaCode>, Error> {
    let districts: Vec<i64> =
        on!(conn, |c| access_head::table.select(access_head::district).order(access_head::district).load(c))?;
    Ok(districts.into_iter().map(|district| AreaCode(district.cast_unsigned())).collect())
}
