//! Merged state of each record.
//!
//! The rule this module protects: *a record has one row, at the version of its area when it last changed*, so what is
//! new since a version is one range of an index.

use super::tables::record;
use super::{Conn, Error, Link};
use crate::on;
use diesel::upsert::excluded;
use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable,
    SelectableHelper,
};
use sync_core::{AreaCode, RecordId};
use uuid::Uuid;

/// A stored record.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = record, treat_none_as_default_value = false)]
pub struct RecordRow {
    /// Its district.
    pub district: i64,
    /// Its name, 16 bytes.
    pub id: Vec<u8>,
    /// Where it lives.
    pub area: i64,
    /// Number of its kind.
    pub kind: i32,
    /// Version of its area when it last changed.
    pub version: i64,
    /// Day of the visit, session or sale since 1970: what its week follows from.
    pub day: Option<i32>,
    /// State, as `sync_core::Record::put_state` writes it.
    pub state: Vec<u8>,
}

impl RecordRow {
    /// Its name.
    pub fn id(&self) -> RecordId {
        RecordId(Uuid::from_slice(&self.id).unwrap_or_default())
    }

    /// Its merged state.
    ///
    /// # Errors
    /// When the stored bytes are damaged.
    pub fn record(&self) -> Result<sync_core::Record, Error> {
        let damaged = |why| Error::Broken(format!("state of record {}: {why}", self.id()));
        sync_core::Record::of_state(self.id(), &self.state).map_err(damaged)
    }
}

/// Rows of one statement on PostgreSQL, which takes at most 65535 parameters.
const ROWS_PER_STATEMENT: usize = 2000;

/// The record of this name.
///
/// # Errors
/// When the database fails.
pub fn find(conn: &mut Conn, district: i64, id: RecordId) -> Result<Option<RecordRow>, Error> {
    on!(conn, |c| record::table
        .find((district, &id.0.as_bytes()[..]))
        .select(RecordRow::as_select())
        .get_result(c)
        .optional())
}

/// Records with names from `first` to `last`: those of one actor's changes stand together.
///
/// # Errors
/// When the database fails.
pub fn named_between(
    conn: &mut Conn,
    district: i64,
    first: RecordId,
    last: RecordId,
) -> Result<Vec<RecordRow>, Error> {
    on!(conn, |c| record::table
        .filter(record::district.eq(district))
        .filter(record::id.ge(&first.0.as_bytes()[..]))
        .filter(record::id.le(&last.0.as_bytes()[..]))
        .select(RecordRow::as_select())
        .load(c))
}

/// Records of these names.
///
/// # Errors
/// When the database fails.
pub fn named(conn: &mut Conn, district: i64, ids: &[RecordId]) -> Result<Vec<RecordRow>, Error> {
    match conn.link {
        // A prepared look-up for each costs less than a statement with many parameters.
        Link::Sqlite(_) => {
            let mut rows = Vec::with_capacity(ids.len());
            for id in ids {
                rows.extend(find(conn, district, *id)?);
            }
            Ok(rows)
        }
        Link::Postgres(_) => {
            let ids: Vec<&[u8]> = ids.iter().map(|id| &id.0.as_bytes()[..]).collect();
            on!(conn, |c| record::table
                .filter(record::district.eq(district))
                .filter(record::id.eq_any(&ids))
                .select(RecordRow::as_select())
                .load(c))
        }
    }
}

/// Stores records that are not there yet.
///
/// # Errors
/// When the database fails, or one is there.
pub fn insert(conn: &mut Conn, rows: &[RecordRow]) -> Result<(), Error> {
    for rows in rows.chunks(ROWS_PER_STATEMENT) {
        conn.count()?;
        let stored = match &mut conn.link {
            // One cached statement row by row is the fastest that SQLite has.
            Link::Sqlite(c) => rows
                .iter()
                .try_for_each(|row| diesel::insert_into(record::table).values(row).execute(c).map(drop)),
            Link::Postgres(c) => diesel::insert_into(record::table).values(rows).execute(c).map(drop),
        };
        conn.note(stored)?;
    }
    Ok(())
}

/// Stores records that are there already.
///
/// # Errors
/// When the database fails.
pub fn replace(conn: &mut Conn, rows: &[RecordRow]) -> Result<(), Error> {
    for rows in rows.chunks(ROWS_PER_STATEMENT) {
        conn.count()?;
        let stored = match &mut conn.link {
            Link::Sqlite(c) => rows
                .iter()
                .try_for_each(|row| diesel::replace_into(record::table).values(row).execute(c).map(drop)),
            Link::Postgres(c) => diesel::insert_into(record::table)
                .values(rows)
                .on_conflict((record::district, record::id))
                .do_update()
                .set((
                    record::area.eq(excluded(record::area)),
                    record::version.eq(excluded(record::version)),
                    record::day.eq(excluded(record::day)),
                    record::state.eq(excluded(record::state)),
                ))
                .execute(c)
                .map(drop),
        };
        conn.note(stored)?;
    }
    Ok(())
}

/// The records of an area that changed after a version, at most `limit`, in order of change.
///
/// # Errors
/// When the database fails.
pub fn changed_since(
    conn: &mut Conn,
    district: i64,
    area: AreaCode,
    version: u64,
    limit: usize,
) -> Result<Vec<RecordRow>, Error> {
    on!(conn, |c| record::table
        .filter(record::district.eq(district))
        .filter(record::area.eq(area.0 as i64))
        .filter(record::version.gt(version as i64))
        .order(record::version)
        .limit(limit as i64)
        .select(RecordRow::as_select())
        .load(c))
}

/// Which records an export wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Of this kind only.
    pub kind: Option<u16>,
    /// Whose day lies between these, ends included.
    pub days: Option<(i32, i32)>,
}

/// As [`changed_since`], of those that are wanted.
///
/// # Errors
/// When the database fails.
pub fn wanted_since(
    conn: &mut Conn,
    district: i64,
    area: AreaCode,
    version: u64,
    wanted: Wanted,
    limit: usize,
) -> Result<Vec<RecordRow>, Error> {
    on!(conn, |c| {
        let mut rows = record::table
            .filter(record::district.eq(district))
            .filter(record::area.eq(area.0 as i64))
            .filter(record::version.gt(version as i64))
            .order(record::version)
            .limit(limit as i64)
            .select(RecordRow::as_select())
            .into_boxed();
        if let Some(kind) = wanted.kind {
            rows = rows.filter(record::kind.eq(i32::from(kind)));
        }
        if let Some((from, to)) = wanted.days {
            rows = rows.filter(record::day.between(from, to));
        }
        rows.load(c)
    })
}
