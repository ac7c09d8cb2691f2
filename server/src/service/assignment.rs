//! Assignments: who works where from now on.
//!
//! The rule this module protects: *history is kept*: an assignment ends, it is never changed, because authority over a
//! change is judged by the time it was made.

use super::access::{Doer, note};
use super::person::kept;
use super::right::may_keep;
use super::{Caller, Fault, World, caller};
use crate::ids::PersonId;
use crate::store::assignment::Assignment;
use crate::store::{self, Conn, tx};
use sync_core::AreaCode;

/// Gives somebody the caller keeps one more area; one she has already stays as it is.
///
/// # Errors
///
/// [`sync_core::ErrorCode::NotFound`] when the caller may not keep her, [`sync_core::ErrorCode::Forbidden`] when not
/// there.
pub fn give(
    world: &World,
    conn: &mut Conn,
    caller: &Caller,
    id: PersonId,
    area: AreaCode,
) -> Result<(), Fault> {
    tx(conn, |conn| {
        let person = kept(conn, caller, id)?;
        if area.level().is_none() || !may_keep(caller, person.role, &[area]) {
            return Err(Fault::forbidden("area outside the caller's own"));
        }
        if caller::areas_now(conn, person.district, id)?.contains(&area) {
            return Ok(());
        }
        let from_s = world.clock.now_s();
        let district = person.district;
        store::assignment::add(conn, &Assignment { district, person: id, area, from_s, until_s: None })?;
        let detail = format!("person {id}");
        Ok(note(world, conn, district, Doer::Caller(caller), "assign", Some(area), detail)?)
    })
}

/// Ends an assignment; one that is not there is over already.
///
/// # Errors
///
/// [`sync_core::ErrorCode::NotFound`] when the caller may not keep her.
pub fn end(
    world: &World,
    conn: &mut Conn,
    caller: &Caller,
    id: PersonId,
    area: AreaCode,
) -> Result<(), Fault> {
    tx(conn, |conn| {
        let person = kept(conn, caller, id)?;
        if store::assignment::end(conn, person.district, id, area, world.clock.now_s())? == 0 {
            return Ok(());
        }
        let detail = format!("person {id}");
        Ok(note(world, conn, person.district, Doer::Caller(caller), "unassign", Some(area), detail)?)
    })
}
