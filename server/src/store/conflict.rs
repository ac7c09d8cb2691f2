//! Open cases, derived from records.
//!
//! The rule this module protects: *the list is a shadow of the records*: it is rewritten with each record that changes,
//! and can be made again from nothing else.

use super::tables::conflict;
use super::{Conn, Error};
use crate::on;
use diesel::{
    BoolExpressionMethods, ExpressionMethods, Insertable, QueryDsl, Queryable, RunQueryDsl, Selectable,
    SelectableHelper,
};
use std::collections::BTreeSet;
use sync_core::{AreaCode, RecordId};
use uuid::Uuid;

/// An open case.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = conflict)]
pub struct CaseRow {
    /// District.
    pub district: i64,
    /// Where the record lives.
    pub area: i64,
    /// The record, 16 bytes.
    pub record: Vec<u8>,
    /// Number of the field.
    pub field: i32,
    /// Canonical bytes of the element.
    pub element: Vec<u8>,
    /// Number of the record's kind.
    pub kind: i32,
    /// Number of the cause (`sync_core::Cause`).
    pub cause: i16,
    /// Version of the area since which it is open.
    pub since_version: i64,
}

/// Puts the cases of a record in place of what is listed for it. A case that stays open keeps its `since_version`,
/// unless its record moved: versions are those of an area.
///
/// # Errors
/// When the database fails.
pub fn replace(conn: &mut Conn, district: i64, record: RecordId, cases: &[CaseRow]) -> Result<(), Error> {
    let listed = of_record(conn, district, record)?;
    // A record that turned out to live elsewhere takes its cases along.
    let same = |a: &CaseRow, b: &CaseRow| {
        (a.area, a.field, &a.element, a.cause) == (b.area, b.field, &b.element, b.cause)
    };
    for gone in listed.iter().filter(|listed| !cases.iter().any(|case| same(case, listed))) {
        let key = (district, &gone.record, gone.field, &gone.element, gone.cause);
        on!(conn, |c| diesel::delete(conflict::table.find(key)).execute(c))?;
    }
    for new in cases.iter().filter(|case| !listed.iter().any(|listed| same(case, listed))) {
        on!(conn, |c| diesel::insert_into(conflict::table).values(new).execute(c))?;
    }
    Ok(())
}

/// The records for which something is listed in an area.
///
/// # Errors
/// When the database fails.
pub fn records_in(conn: &mut Conn, district: i64, area: AreaCode) -> Result<BTreeSet<RecordId>, Error> {
    let ids: Vec<Vec<u8>> = on!(conn, |c| conflict::table
        .filter(conflict::district.eq(district))
        .filter(conflict::area.eq(area.0 as i64))
        .select(conflict::record)
        .load(c))?;
    Ok(ids.iter().filter_map(|id| Uuid::from_slice(id).ok()).map(RecordId).collect())
}

/// The open cases of a record.
///
/// # Errors
/// When the database fails.
pub fn of_record(conn: &mut Conn, district: i64, record: RecordId) -> Result<Vec<CaseRow>, Error> {
    on!(conn, |c| conflict::table
        .filter(conflict::district.eq(district))
        .filter(conflict::record.eq(&record.0.as_bytes()[..]))
        .select(CaseRow::as_select())
        .load(c))
}

/// A place in the order of cases: record, field, canonical bytes of the element.
pub type CasePlace = (RecordId, i32, Vec<u8>);

/// Open cases of these areas (`None`: of the whole district), after a place in their order, at most `limit`.
///
/// # Errors
/// When the database fails.
pub fn open_in(
    conn: &mut Conn,
    district: i64,
    areas: Option<&[i64]>,
    (record, field, element): &CasePlace,
    limit: usize,
) -> Result<Vec<CaseRow>, Error> {
    let record = record.0.as_bytes().to_vec();
    let further =
        conflict::field.gt(*field).or(conflict::field.eq(*field).and(conflict::element.gt(element)));
    on!(conn, |c| {
        let mut rows = conflict::table
            .filter(conflict::district.eq(district))
            .filter(conflict::record.gt(&record).or(conflict::record.eq(&record).and(further)))
            .order((conflict::record, conflict::field, conflict::element))
            .limit(limit as i64)
            .select(CaseRow::as_select())
            .into_boxed();
        if let Some(areas) = areas {
            rows = rows.filter(conflict::area.eq_any(areas));
        }
        rows.load(c)
    })
}
