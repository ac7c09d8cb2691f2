//! Who asks, as the database knows her at this moment.
//!
//! The rule this module protects: *scope is decided at each request from assignments, and fails closed*: whoever is
//! unknown, inactive, revoked or without an assignment may do nothing.

use super::claims::{Claims, Subject};
use super::{Fault, life};
use crate::ids::{DeviceId, PersonId};
use crate::store::device::Device;
use crate::store::person::Person;
use crate::store::{self, Conn};
use schema::Role;
use sync_core::{AreaCode, ErrorCode};

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Her district.
    pub district: AreaCode,
    /// The person.
    pub person: PersonId,
    /// Her role now.
    pub role: Role,
    /// The device that asks, if one does.
    pub device: Option<DeviceId>,
    /// Where she works now.
    pub areas: Vec<AreaCode>,
    /// The device was revoked, or its person deactivated: only the last door is open.
    pub revoked: bool,
}

impl Caller {
    /// May she read what lives in `area`?
    pub fn reads(&self, area: AreaCode) -> bool {
        sync_core::reads(&self.areas, area)
    }

    /// Does she work in `area`, or in one that contains it?
    pub fn covers(&self, area: AreaCode) -> bool {
        self.areas.iter().any(|own| own.contains(area))
    }
}

/// The caller behind the claims of a token.
///
/// # Errors
///
/// [`ErrorCode::Unauthorized`] when the token is of another epoch or its person is gone; [`ErrorCode::DeviceRevoked`] when
/// the device was revoked after the token was made.
pub fn resolve(conn: &mut Conn, claims: &Claims) -> Result<Caller, Fault> {
    let refused = |why: &str| Fault::new(ErrorCode::Unauthorized, format!("token: {why}"));
    if life(conn)?.epoch != claims.epoch {
        return Err(refused("of another epoch"));
    }
    let (id, device) = match claims.sub {
        Subject::Person(id) => (id, None),
        Subject::Device(id) => {
            let device = store::device::find(conn, id)?.ok_or_else(|| refused("device unknown"))?;
            (device.person, Some(device))
        }
    };
    let person = store::person::find(conn, claims.district, id)?.ok_or_else(|| refused("person unknown"))?;
    if is_revoked(&person, device.as_ref()) && !claims.revoked {
        let code = if device.is_some() { ErrorCode::DeviceRevoked } else { ErrorCode::Unauthorized };
        return Err(Fault::new(code, "token: revoked since it was made"));
    }
    of(conn, &person, device.as_ref())
}

/// A device that proved itself by its signature alone.
///
/// # Errors
///
/// [`ErrorCode::BadCredentials`] when its person is gone.
pub fn of_device(conn: &mut Conn, device: &Device) -> Result<Caller, Fault> {
    let person = store::person::find(conn, device.district, device.person)?;
    let person = person.ok_or_else(|| Fault::new(ErrorCode::BadCredentials, "device without a person"))?;
    of(conn, &person, Some(device))
}

/// A person, alone or with her device.
///
/// # Errors
///
/// Those of the store.
pub fn of(conn: &mut Conn, person: &Person, device: Option<&Device>) -> Result<Caller, Fault> {
    Ok(Caller {
        district: person.district,
        person: person.id,
        role: person.role,
        device: device.map(|device| device.id),
        areas: areas_now(conn, person.district, person.id)?,
        revoked: is_revoked(person, device),
    })
}

fn is_revoked(person: &Person, device: Option<&Device>) -> bool {
    !person.active || device.is_some_and(|device| device.revoked_at_s.is_some())
}

/// Where a person works now. An assignment on record has begun and runs until somebody ends it, whatever the clock says:
/// it may have been set since.
///
/// # Errors
///
/// Those of the store.
pub fn areas_now(
    conn: &mut Conn,
    district: AreaCode,
    person: PersonId,
) -> Result<Vec<AreaCode>, store::Error> {
    let all = store::assignment::of_person(conn, district, person)?;
    Ok(all.into_iter().filter(|assignment| assignment.until_s.is_none()).map(|a| a.area).collect())
}
