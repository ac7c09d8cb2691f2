//! Ranges of changes that a device could no longer bring back after a rollback.
//!
//! The rule this module protects: *a loss is listed, never passed over in silence*.

use super::tables::loss;
use super::{Conn, Error};
use crate::on;
use diesel::prelude::*;
use sync_core::ActorId;

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
