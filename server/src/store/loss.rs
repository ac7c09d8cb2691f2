//! Ranges of changes that a device could no longer bring back after a rollback.
//!
//! The rule this module protects: *a loss is listed, never passed over in silence*.

use super::columns::{ActorColumn, SeqColumn};
use super::tables::{actor, loss};
use super::{Conn, Error};
use crate::ids::DeviceId;
use crate::on;
use diesel::prelude::*;
use sync_core::{ActorId, AreaCode};

/// A range that is gone.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Loss {
    /// Whose changes.
    #[diesel(deserialize_as = ActorColumn)]
    pub actor: ActorId,
    /// The device that made them.
    pub device: DeviceId,
    /// The first.
    #[diesel(deserialize_as = SeqColumn)]
    pub first_seq: u64,
    /// The last.
    #[diesel(deserialize_as = SeqColumn)]
    pub last_seq: u64,
    /// When the server learned of it.
    pub noted_at_s: i64,
}

/// Notes that changes `hole.0 ..= hole.1` of an actor are gone.
///
/// # Errors
/// When the database fails.
pub fn note(
    conn: &mut Conn,
    district: i64,
    actor: ActorId,
    hole: (u64, u64),
    now_s: i64,
) -> Result<(), Error> {
    let row = (
        loss::district.eq(district),
        loss::actor.eq(actor.0 as i64),
        loss::first_seq.eq(hole.0 as i64),
        loss::last_seq.eq(hole.1 as i64),
        loss::noted_at_s.eq(now_s),
    );
    on!(conn, |c| diesel::insert_into(loss::table).values(row).on_conflict_do_nothing().execute(c)).map(drop)
}

/// Every range that is gone in a district, the newest first.
///
/// # Errors
/// When the database fails.
pub fn of_district(conn: &mut Conn, district: AreaCode) -> Result<Vec<Loss>, Error> {
    on!(conn, |c| loss::table
        .inner_join(actor::table.on(actor::number.eq(loss::actor)))
        .filter(loss::district.eq(district.0 as i64))
        .order((loss::noted_at_s.desc(), loss::actor, loss::first_seq))
        .select((loss::actor, actor::device, loss::first_seq, loss::last_seq, loss::noted_at_s))
        .load(c))
}
