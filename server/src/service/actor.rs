//! Actor numbers.
//!
//! The rule this module protects: *a number belongs to one key for ever*: 64 bits drawn by the server, or after a fork
//! the hash of the branch, so that no restore can hand out an old one again.

use super::access::{Doer, note};
use super::{Caller, Fault, World};
use crate::store::actor::Actor;
use crate::store::device::Device;
use crate::store::{self, Conn, tx};
use serde::{Deserialize, Serialize};
use sync_core::relabel::branch_actor;
use sync_core::{ActorId, ChainHash, ErrorCode, Head, Mark};

/// A number for a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The number.
    pub actor: ActorId,
}

/// Most numbers one device may have: two people and some forks are far below it.
const PER_DEVICE_MAX: usize = 64;

/// Why a device asks for a number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// For a branch of a fork; `None`: for a second person's values.
    #[serde(default)]
    pub fork: Option<Branch>,
}

/// What a device holds and the server does not: its number follows from this, so that asking twice gives it twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branch {
    /// The number that both twins used.
    pub actor: ActorId,
    /// The last change that both share.
    pub after_seq: u64,
    /// Hash of the series after the first change that is not shared.
    pub branch: ChainHash,
}

/// Gives the caller's device one more number: for a second person's values, or after a fork.
///
/// # Errors
///
/// [`ErrorCode::Forbidden`] when the device has very many; [`ErrorCode::ActorTaken`] when the number of its branch is
/// another device's.
pub fn give(world: &World, conn: &mut Conn, caller: &Caller, wish: &Wish) -> Result<Given, Fault> {
    tx(conn, |conn| {
        let device = own_device(conn, caller)?;
        let forked = wish.fork.as_ref().map(|fork| branch_actor(fork.actor, fork.after_seq, fork.branch));
        if let Some(actor) = forked
            && let Some(known) = store::actor::find(conn, actor)?
        {
            let taken = || Fault::new(ErrorCode::ActorTaken, format!("actor {actor} of another device"));
            return if known.device == device.id { Ok(Given { actor }) } else { Err(taken()) };
        }
        if store::actor::of_device(conn, device.district, device.id)?.len() >= PER_DEVICE_MAX {
            return Err(Fault::forbidden("a device with very many actors"));
        }
        let drawn = || ActorId(u64::from_be_bytes(world.entropy.bytes()));
        let actor = keep(world, conn, &device, forked.unwrap_or_else(drawn))?;
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
    keep(world, conn, device, ActorId(u64::from_be_bytes(world.entropy.bytes())))
}

fn keep(world: &World, conn: &mut Conn, device: &Device, number: ActorId) -> Result<ActorId, Fault> {
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
            backed_up_seq: 0,
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

/// The caller's device, locked: who asks twice at once is answered one after the other.
fn own_device(conn: &mut Conn, caller: &Caller) -> Result<Device, Fault> {
    let id = caller.device.ok_or_else(|| Fault::forbidden("not a device"))?;
    store::device::lock(conn, caller.district, id)?.ok_or_else(|| Fault::not_found("device"))
}
