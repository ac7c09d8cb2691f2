//! Proof from a phone that this server forgot something.
//!
//! The rule this module protects: *a receipt is never a lie, not even after a rollback nobody announced*
//! (counterexample 2). A valid receipt above the mark proves that the database is older than its word: a new epoch
//! begins before anything else is answered, so that every cursor and every phone notices. A hole that no phone can
//! fill any more is listed as a loss, and the series goes on behind it.

use super::{Fault, World, epoch};
use crate::ids::DeviceId;
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

/// Judges a receipt that is above the mark. How far is the series held afterwards?
///
/// # Errors
/// [`ErrorCode::BadCredentials`] when this server never signed it, [`ErrorCode::ActorTaken`] when it is about another
/// device's series.
pub fn accept(world: &World, conn: &mut Conn, device: DeviceId, witness: &Witness) -> Result<Mark, Fault> {
    let receipt = &witness.receipt;
    let signed = world.secrets.receipt_keys().any(|key| receipt.is_signed_by(&key.verifying_key()));
    if !signed {
        return Err(Fault::new(ErrorCode::BadCredentials, "witness: not our signature"));
    }
    let now_s = world.clock.now_s();
    tx(conn, |conn| {
        let row = actor::lock(conn, receipt.actor)?.filter(|row| row.device == device);
        let row = row.ok_or_else(|| Fault::new(ErrorCode::ActorTaken, "witness: not the device's series"))?;
        let mark = row.mark();
        if receipt.seq <= mark.seq {
            return Ok(mark);
        }
        // Of the present epoch: nobody announced that the database went back.
        if receipt.epoch == super::life(conn)?.epoch {
            epoch::begin(world, conn)?;
        }
        if witness.oldest_held_seq <= mark.seq + 1 {
            return Ok(mark);
        }
        let last = receipt.seq.min(witness.oldest_held_seq - 1);
        if last < receipt.seq {
            // The device holds a part of what is missing: the receipt's hash covers more than the hole.
            return Err(Fault::bad_request("witness: send what is still held under its own hash"));
        }
        loss::note(conn, row.district, receipt.actor, (mark.seq + 1, last), now_s)?;
        actor::advance(conn, receipt.actor, &receipt.mark(), now_s)?;
        Ok(receipt.mark())
    })
}
