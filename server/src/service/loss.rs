//! What no phone could bring back after the data went back.
//!
//! The rule this module protects: *a loss is shown to whoever can ask the person*: she may remember, have it on paper,
//! or a colleague was there.

use super::person::all_kept;
use super::{Caller, Fault};
use crate::ids::{DeviceId, PersonId};
use crate::store::{self, Conn};
use serde::Serialize;
use std::collections::BTreeMap;
use sync_core::ActorId;

/// Changes that are gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lost {
    /// Whose series.
    pub actor: ActorId,
    /// The device that made them.
    pub device: DeviceId,
    /// Who carried it.
    pub person: PersonId,
    /// The first that is gone.
    pub first_seq: u64,
    /// The last that is gone.
    pub last_seq: u64,
    /// When the server learned of it, in seconds since 1970.
    pub noted_at_s: i64,
}

/// What is gone of the people the caller keeps, the newest first.
///
/// # Errors
/// When the database fails.
pub fn list(conn: &mut Conn, caller: &Caller) -> Result<Vec<Lost>, Fault> {
    let lost = store::loss::of_district(conn, caller.district)?;
    if lost.is_empty() {
        return Ok(Vec::new());
    }
    let kept = all_kept(conn, caller, PersonId::NONE)?;
    let carriers: BTreeMap<DeviceId, PersonId> = store::device::list(conn, caller.district)?
        .into_iter()
        .map(|device| (device.id, device.person))
        .collect();
    let told = |loss: store::loss::Loss| {
        let person = *carriers.get(&loss.device)?;
        let store::loss::Loss { actor, device, first_seq, last_seq, noted_at_s } = loss;
        let is_kept = kept.iter().any(|own| own.id == person);
        is_kept.then_some(Lost { actor, device, person, first_seq, last_seq, noted_at_s })
    };
    Ok(lost.into_iter().filter_map(told).collect())
}
