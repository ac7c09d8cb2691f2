//! Devices: which there are, and which no longer.
//!
//! The rule this module protects: *a lost phone is closed at once, and what it had not sent still has one door.*

use super::access::{Doer, note};
use super::person::{all_kept, kept};
use super::{Caller, Fault, World};
use crate::ids::{DeviceId, PersonId};
use crate::store::device::Device;
use crate::store::{self, Conn, tx};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A device in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Its id.
    pub id: DeviceId,
    /// Who carries it.
    pub person: PersonId,
    /// What people call it.
    pub label: String,
    /// The app it last spoke with.
    pub app_version: String,
    /// Since when it is known.
    pub enrolled_at_s: i64,
    /// Since when it is revoked.
    pub revoked_at_s: Option<i64>,
    /// When it last proved itself.
    pub last_seen_s: Option<i64>,
    /// How many changes it said it had not sent.
    pub unsent: Option<i64>,
    /// How far its clock was ahead, in seconds.
    pub clock_offset_s: Option<i64>,
}

/// The devices of everybody the caller keeps.
///
/// # Errors
///
/// Those of the store.
pub fn list(conn: &mut Conn, caller: &Caller) -> Result<Vec<Listed>, Fault> {
    let kept: BTreeSet<PersonId> =
        all_kept(conn, caller, PersonId::NONE)?.into_iter().map(|person| person.id).collect();
    let devices = store::device::list(conn, caller.district)?;
    Ok(devices.into_iter().filter(|device| kept.contains(&device.person)).map(Listed::from).collect())
}

/// Revokes a device of somebody the caller keeps.
///
/// # Errors
///
/// [`sync_core::ErrorCode::NotFound`] when there is none.
pub fn revoke(world: &World, conn: &mut Conn, caller: &Caller, id: DeviceId) -> Result<(), Fault> {
    revoke_by(world, conn, Doer::Caller(caller), id, |conn, device| {
        if device.district != caller.district {
            return Err(Fault::not_found("device of another district"));
        }
        kept(conn, caller, device.person).map(drop)
    })
}

/// Revokes a device once `check` agrees.
///
/// # Errors
///
/// [`sync_core::ErrorCode::NotFound`] when there is none; what `check` answers.
pub fn revoke_by(
    world: &World,
    conn: &mut Conn,
    doer: Doer<'_>,
    id: DeviceId,
    check: impl Fn(&mut Conn, &Device) -> Result<(), Fault>,
) -> Result<(), Fault> {
    tx(conn, |conn| {
        let device = store::device::find(conn, id)?.ok_or_else(|| Fault::not_found("device"))?;
        check(conn, &device)?;
        if device.revoked_at_s.is_some() {
            return Ok(());
        }
        store::device::revoke(conn, device.district, id, world.clock.now_s())?;
        let detail = format!("device {id} of person {}", device.person);
        Ok(note(world, conn, device.district, doer, "device_revoke", None, detail)?)
    })
}

impl From<Device> for Listed {
    fn from(device: Device) -> Listed {
        let Device { id, person, label, app_version, enrolled_at_s, revoked_at_s, .. } = device;
        let Device { last_seen_s, unsent, clock_offset_s, .. } = device;
        Listed {
            id,
            person,
            label,
            app_version,
            enrolled_at_s,
            revoked_at_s,
            last_seen_s,
            unsent,
            clock_offset_s,
        }
    }
}
