//! Actor numbers.
//!
//! The rule this module protects: *a number is drawn once, by the server, for one key*: 64 random bits, so that no
//! restore can hand out an old one again.

use super::access::{Doer, note};
use super::{Caller, Fault, World};
use crate::store::actor::Actor;
use crate::store::device::Device;
use crate::store::{self, Conn, tx};
use serde::{Deserialize, Serialize};
use sync_core::{ActorId, Head, Mark};

/// A number for a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The number.
    pub actor: ActorId,
}

/// Most numbers one device may have: two people and some forks are far below it.
const PER_DEVICE_MAX: usize = 64;

/// Gives the caller's device one more number: for a second person's values, or after a fork.
///
/// # Errors
///
/// [`sync_core::ErrorCode::Forbidden`] when the device has very many.
pub fn give(world: &World, conn: &mut Conn, caller: &Caller) -> Result<Given, Fault> {
    tx(conn, |conn| {
        let device = own_device(conn, caller)?;
        if store::actor::of_device(conn, device.district, device.id)?.len() >= PER_DEVICE_MAX {
            return Err(Fault::forbidden("a device with very many actors"));
        }
        let actor = draw(world, conn, &device)?;
        let detail = format!("actor {actor}");
        note(world, conn, device.district, Doer::Caller(caller), "actor", None, detail)?;
        Ok(Given { actor })
    })
}

/// Draws a number for a device, within the caller's transaction.
///
/// # Errors
///
/// Those of the store.
pub(super) fn draw(world: &World, conn: &mut Conn, device: &Device) -> Result<ActorId, Fault> {
    let number = ActorId(u64::from_be_bytes(world.entropy.bytes()));
    let start = Mark::start(number);
    store::actor::add(
        conn,
        &Actor {
            district: device.district,
            number,
            device: device.id,
            seq: start.seq,
            chain: start.chain,
            since_s: world.clock.now_s(),
            heard_at_s: None,
        },
    )?;
    Ok(number)
}

/// How far the server holds each series of a device.
///
/// # Errors
///
/// Those of the store.
pub fn heads(conn: &mut Conn, device: &Device) -> Result<Vec<Head>, store::Error> {
    let actors = store::actor::of_device(conn, device.district, device.id)?;
    Ok(actors.iter().map(|actor| Head::new(actor.number, actor.mark())).collect())
}

fn own_device(conn: &mut Conn, caller: &Caller) -> Result<Device, Fault> {
    let id = caller.device.ok_or_else(|| Fault::forbidden("not a device"))?;
    store::device::find(conn, id)?.ok_or_else(|| Fault::not_found("device"))
}
