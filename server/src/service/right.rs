//! Who may do what.
//!
//! The rule this module protects: *every right is written here once*, and a handler names the one it needs in the type
//! of its argument.

use super::{Caller, Fault};
use schema::Role;
use sync_core::AreaCode;

/// A right a handler can ask for.
pub trait Right: 'static {
    /// Does the caller have it? A revoked device is asked only when [`Right::LAST_DOOR`] is set.
    fn is_held_by(caller: &Caller) -> bool;

    /// Open to revoked devices too.
    const LAST_DOOR: bool = false;
}

/// Anybody who is somebody.
pub struct Known;

/// A device speaking for itself.
pub struct OwnDevice;

/// Bringing in changes; a revoked device may, into quarantine.
pub struct BringIn;

/// Seeing what people saw differently and what is held: those who decide.
pub struct Review;

/// Pulling the merged table.
pub struct PullTables;

/// Keeping people, their assignments, codes and devices (of whom: [`may_keep`]).
pub struct KeepPeople;

impl Right for Known {
    fn is_held_by(_: &Caller) -> bool {
        true
    }
}

impl Right for OwnDevice {
    fn is_held_by(caller: &Caller) -> bool {
        caller.device.is_some()
    }
}

impl Right for BringIn {
    const LAST_DOOR: bool = true;
    fn is_held_by(caller: &Caller) -> bool {
        caller.device.is_some()
    }
}

impl Right for Review {
    fn is_held_by(caller: &Caller) -> bool {
        matches!(caller.role, Role::DistrictAdmin | Role::Korlap | Role::Plkb)
    }
}

impl Right for PullTables {
    fn is_held_by(caller: &Caller) -> bool {
        matches!(caller.role, Role::DistrictAdmin | Role::DistrictViewer | Role::Korlap | Role::Plkb)
    }
}

impl Right for KeepPeople {
    fn is_held_by(caller: &Caller) -> bool {
        matches!(caller.role, Role::DistrictAdmin | Role::Korlap | Role::Plkb)
    }
}

/// Checks a right.
///
/// # Errors
///
/// [`sync_core::ErrorCode::Forbidden`] without it, [`sync_core::ErrorCode::DeviceRevoked`] from a revoked device.
pub fn check<R: Right>(caller: &Caller) -> Result<(), Fault> {
    if caller.revoked && !R::LAST_DOOR {
        return Err(Fault::new(sync_core::ErrorCode::DeviceRevoked, "only the last door is open"));
    }
    if R::is_held_by(caller) {
        Ok(())
    } else {
        Err(Fault::forbidden(format!("not as {}", caller.role.name())))
    }
}

/// May the caller keep somebody of this role who works in these areas?
///
/// A district admin keeps everybody of the district. PLKB and coordinators keep kader and midwives, as long as all of
/// the areas lie inside their own; somebody without an area lies nowhere.
pub fn may_keep(caller: &Caller, role: Role, areas: &[AreaCode]) -> bool {
    let all_inside = areas.iter().all(|area| caller.covers(*area));
    match caller.role {
        Role::DistrictAdmin => all_inside && caller.covers(caller.district),
        Role::Plkb | Role::Korlap => {
            matches!(role, Role::Kader | Role::Midwife) && all_inside && !areas.is_empty()
        }
        Role::Kader | Role::Midwife | Role::DistrictViewer => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::PersonId;

    fn caller(role: Role, areas: &[u64]) -> Caller {
        let areas = areas.iter().copied().map(AreaCode).collect();
        let person = PersonId::from_random([1; 16]);
        Caller { district: AreaCode(3507), person, role, device: None, areas, revoked: false }
    }

    #[test]
    fn a_plkb_keeps_kader_and_midwives_of_her_own_areas_only() {
        let plkb = caller(Role::Plkb, &[3507162013, 3507162014]);
        let inside = [AreaCode(3507162013)];
        assert!(may_keep(&plkb, Role::Kader, &inside));
        assert!(may_keep(&plkb, Role::Midwife, &inside));
        assert!(!may_keep(&plkb, Role::Plkb, &inside));
        assert!(!may_keep(&plkb, Role::Kader, &[AreaCode(3507162013), AreaCode(3507172001)]));
        assert!(!may_keep(&plkb, Role::Kader, &[AreaCode(350716)]));
        assert!(!may_keep(&plkb, Role::Kader, &[]));
    }

    #[test]
    fn only_those_with_people_to_keep_keep_people() {
        let everybody = [AreaCode(3507)];
        assert!(may_keep(&caller(Role::DistrictAdmin, &[3507]), Role::DistrictAdmin, &everybody));
        assert!(may_keep(&caller(Role::DistrictAdmin, &[3507]), Role::Kader, &[]));
        assert!(!may_keep(&caller(Role::DistrictAdmin, &[]), Role::Kader, &[]));
        assert!(!may_keep(&caller(Role::DistrictAdmin, &[3507]), Role::Kader, &[AreaCode(3508)]));
        for role in [Role::Kader, Role::Midwife, Role::DistrictViewer] {
            assert!(!may_keep(&caller(role, &[3507]), Role::Kader, &everybody));
            assert!(check::<KeepPeople>(&caller(role, &[3507])).is_err());
        }
    }

    #[test]
    fn a_revoked_device_has_one_door() {
        let device = Some(crate::ids::DeviceId::from_random([2; 16]));
        let revoked = Caller { revoked: true, device, ..caller(Role::Kader, &[3507162013]) };
        assert!(check::<BringIn>(&revoked).is_ok());
        assert_eq!(check::<Known>(&revoked).unwrap_err().code, sync_core::ErrorCode::DeviceRevoked);
        assert_eq!(check::<OwnDevice>(&revoked).unwrap_err().code, sync_core::ErrorCode::DeviceRevoked);
    }
}
