//! The log: every accepted upload as it was sent.
//!
//! The rule this module protects: *what a dot wrote is here for ever*, one row per upload. State, history and proofs
//! can be made again from it.

use super::tables::{touch, upload};
use super::{Conn, Error, Link};
use crate::on;
use diesel::{
    ExpressionMethods, Insertable, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable,
    SelectableHelper,
};
use sync_core::{ActorId, Dot, RecordId};

/// An accepted upload.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = upload)]
pub struct UploadRow {
    /// District of the device.
    pub district: i64,
    /// Whose series.
    pub actor: i64,
    /// Number of its first change.
    pub first_seq: i64,
    /// Number of its last change.
    pub last_seq: i64,
    /// When it arrived, by the server's clock.
    pub received_at_s: i64,
    /// Server's clock minus the device's at that moment.
    pub clock_offset_s: i64,
    /// Hash of the series after it.
    pub chain: Vec<u8>,
    /// A binary batch.
    pub body: Vec<u8>,
}

/// Appends uploads.
///
/// # Errors
/// When the database fails.
pub fn append(conn: &mut Conn, row: &UploadRow) -> Result<(), Error> {
    on!(conn, |c| diesel::insert_into(upload::table).values(row).execute(c)).map(drop)
}

/// The upload that brought a change; `None` when it never came.
///
/// # Errors
/// When the database fails.
pub fn with(conn: &mut Conn, district: i64, dot: Dot) -> Result<Option<UploadRow>, Error> {
    let seq = dot.seq as i64;
    on!(conn, |c| upload::table
        .filter(upload::district.eq(district))
        .filter(upload::actor.eq(dot.actor.0 as i64))
        .filter(upload::first_seq.le(seq))
        .filter(upload::last_seq.ge(seq))
        .order(upload::first_seq.desc())
        .select(UploadRow::as_select())
        .first(c)
        .optional())
}

/// Notes that these changes edited these records, which other changes had made: the way to a record's history.
///
/// # Errors
/// When the database fails.
pub fn note_touches(conn: &mut Conn, district: i64, touches: &[(RecordId, Dot)]) -> Result<(), Error> {
    let row = |(record, dot): &(RecordId, Dot)| {
        (
            touch::district.eq(district),
            touch::record.eq(record.0.as_bytes().to_vec()),
            touch::actor.eq(dot.actor.0 as i64),
            touch::seq.eq(dot.seq as i64),
        )
    };
    for touches in touches.chunks(5000) {
        let rows: Vec<_> = touches.iter().map(row).collect();
        conn.count()?;
        let stored = match &mut conn.link {
            Link::Sqlite(c) => rows
                .into_iter()
                .try_for_each(|row| diesel::insert_into(touch::table).values(row).execute(c).map(drop)),
            Link::Postgres(c) => diesel::insert_into(touch::table).values(rows).execute(c).map(drop),
        };
        conn.note(stored)?;
    }
    Ok(())
}

/// The changes that edited a record after it was made, by dot.
///
/// # Errors
/// When the database fails.
pub fn touches(conn: &mut Conn, district: i64, record: RecordId) -> Result<Vec<Dot>, Error> {
    let pairs: Vec<(i64, i64)> = on!(conn, |c| touch::table
        .filter(touch::district.eq(district))
        .filter(touch::record.eq(&record.0.as_bytes()[..]))
        .order((touch::actor, touch::seq))
        .select((touch::actor, touch::seq))
        .load(c))?;
    Ok(pairs.into_iter().map(|(actor, seq)| Dot::new(ActorId(actor as u64), seq as u64)).collect())
}
