//! Proof from a phone that this server forgot something.
//!
//! The rule this module protects: *a receipt is never a lie, not even after a rollback nobody announced*
//! (counterexample 2). A valid receipt above the mark proves that the database is older than its word: a new epoch
//! begins before anything else is answered, so that every cursor and every phone notices. A hole that no phone can
//! fill any more is listed as a loss, and the series goes on behind it.

use super::{Caller, Fault, World, init, life, push};
use crate::store::{Conn, actor, loss, tx};
use sync_core::{ErrorCode, Mark, Receipt};

/// What a device shows.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct Witness {
    /// The newest receipt it has.
    pub receipt: Receipt,
    /// The smallest number of an own change that it still holds.
    pub oldest_held_seq: u64,
}

/// Judges a receipt that is above the mark, and answers with a receipt for what is held afterwards.
///
/// # Errors
/// [`ErrorCode::BadCredentials`] when this server never signed it, [`ErrorCode::ActorTaken`] when it is about another
/// device's series.
pub fn accept(world: &World, conn: &mut Conn, caller: &Caller, witness: &Witness) -> Result<Receipt, Fault> {
    let receipt = &witness.receipt;
    let signed = world.secrets.receipt_keys().any(|key| receipt.is_signed_by(&key.verifying_key()));
    if !signed {
        return Err(Fault::new(ErrorCode::BadCredentials, "witness: not our signature"));
    }
    // What it proves stands, also when its hole cannot be passed: the new epoch is never rolled back with the rest.
    tx(conn, |conn| notice(world, conn, caller, receipt))?;
    let mark = tx(conn, |conn| settle(world, conn, caller, witness))?;
    push::of_mark(world, conn, receipt.actor, mark, &[])
}

/// Begins a new epoch when the receipt is above the mark and of the present one: nobody announced that the database
/// went back.
fn notice(world: &World, conn: &mut Conn, caller: &Caller, receipt: &Receipt) -> Result<(), Fault> {
    let mark = mark_of(conn, caller, receipt)?;
    if receipt.seq > mark.seq && receipt.epoch == life(conn)?.epoch {
        init::renew_life(world, conn)?;
    }
    Ok(())
}

/// How far the device's series is held, its row locked.
fn mark_of(conn: &mut Conn, caller: &Caller, receipt: &Receipt) -> Result<Mark, Fault> {
    let row = actor::lock(conn, receipt.actor)?.filter(|row| Some(row.device) == caller.device);
    let row = row.ok_or_else(|| Fault::new(ErrorCode::ActorTaken, "witness: not the device's series"))?;
    Ok(row.mark())
}

fn settle(world: &World, conn: &mut Conn, caller: &Caller, witness: &Witness) -> Result<Mark, Fault> {
    let receipt = &witness.receipt;
    let mark = mark_of(conn, caller, receipt)?;
    if receipt.seq <= mark.seq {
        return Ok(mark);
    }
    if witness.oldest_held_seq <= mark.seq + 1 {
        return Ok(mark);
    }
    if witness.oldest_held_seq <= receipt.seq {
        // The receipt's hash covers more than the hole: what is still held goes in behind its own hash.
        return Err(Fault::bad_request("witness: a hole must end where the receipt ends"));
    }
    let hole = (mark.seq + 1, receipt.seq);
    loss::note(conn, caller.district.0 as i64, receipt.actor, hole, world.clock.now_s())?;
    actor::advance(conn, receipt.actor, &receipt.mark(), world.clock.now_s())?;
    Ok(receipt.mark())
}
