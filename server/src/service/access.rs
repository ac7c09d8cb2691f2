//! The access log: who did what.
//!
//! The rule this module protects: *nobody can take a row out or change it unseen*: each is hashed over the one before,
//! and it is written in the same transaction as the act itself.

use super::{Caller, Fault, World};
use crate::ids::{DeviceId, PersonId};
use crate::store::access::Entry;
use crate::store::columns::{AreaColumn, Bytes};
use crate::store::{self, Conn};
use sha2::{Digest, Sha256};
use sync_core::AreaCode;

/// Who does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doer<'a> {
    /// Whoever sits at the server itself.
    Console,
    /// A caller.
    Caller(&'a Caller),
    /// Somebody who has just said who she is, with a password, a code or a key.
    Herself(PersonId, Option<DeviceId>),
}

impl Doer<'_> {
    /// The person; `None` at the console.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Doer::Console => None,
            Doer::Caller(caller) => Some(caller.person),
            Doer::Herself(person, _) => Some(*person),
        }
    }

    fn device(&self) -> Option<DeviceId> {
        match self {
            Doer::Console => None,
            Doer::Caller(caller) => caller.device,
            Doer::Herself(_, device) => *device,
        }
    }
}

/// Writes down an act. `detail` names things by ids and codes, never by names.
///
/// # Errors
///
/// Those of the store.
pub fn note(
    world: &World,
    conn: &mut Conn,
    district: AreaCode,
    doer: Doer<'_>,
    action: &str,
    area: Option<AreaCode>,
    detail: impl Into<String>,
) -> Result<(), store::Error> {
    let (n, before) = store::access::next(conn, district)?;
    let mut entry = Entry {
        district,
        n,
        at_s: world.clock.now_s(),
        person: doer.person(),
        device: doer.device(),
        action: action.into(),
        area: area.map(AreaColumn::from),
        detail: detail.into(),
        chain: before,
    };
    entry.chain = chain(before, &entry);
    store::access::append(conn, &entry)
}

/// Longest purpose, in characters.
const PURPOSE_CHARS_MAX: usize = 200;

/// Writes down that a caller asked for a table with identities, and why. Only those who answer for a district may.
///
/// # Errors
///
/// [`sync_core::ErrorCode::Forbidden`] for other roles, [`sync_core::ErrorCode::BadRequest`] without a purpose.
pub fn identified(world: &World, conn: &mut Conn, caller: &Caller, purpose: &str) -> Result<(), Fault> {
    if !matches!(caller.role, schema::Role::DistrictAdmin | schema::Role::Plkb) {
        return Err(Fault::forbidden("export: identities are not for this role"));
    }
    if purpose.trim().is_empty() || purpose.chars().count() > PURPOSE_CHARS_MAX {
        return Err(Fault::bad_request("export: say the purpose in a sentence"));
    }
    store::tx(conn, |conn| {
        note(world, conn, caller.district, Doer::Caller(caller), "export_identified", None, purpose)
    })?;
    Ok(())
}

/// Follows the whole log of a district and gives the number of its last row.
///
/// # Errors
///
/// [`sync_core::ErrorCode::Internal`] at the first row that is missing or was changed.
pub fn verify(conn: &mut Conn, district: AreaCode) -> Result<i64, Fault> {
    const PAGE: i64 = 1000;
    let (mut last, mut before) = (0, Bytes([0; 32]));
    loop {
        let rows = store::access::list(conn, district, last, PAGE)?;
        if rows.is_empty() {
            return Ok(last);
        }
        for row in rows {
            if row.n != last + 1 || row.chain != chain(before, &row) {
                let broken = format!("access log of {district} is broken at row {}", last + 1);
                return Err(Fault::new(sync_core::ErrorCode::Internal, broken));
            }
            (last, before) = (row.n, row.chain);
        }
    }
}

/// SHA-256 over the hash before and the row, each part with its length before it so that parts cannot run into each
/// other.
fn chain(before: Bytes<32>, entry: &Entry) -> Bytes<32> {
    let mut hasher = Sha256::new();
    hasher.update(before.0);
    let area = entry.area.map_or(-1, |area| area.0);
    for number in [AreaColumn::from(entry.district).0, entry.n, entry.at_s, area] {
        hasher.update(number.to_be_bytes());
    }
    let person = entry.person.map(|id| id.0.to_string()).unwrap_or_default();
    let device = entry.device.map(|id| id.0.to_string()).unwrap_or_default();
    for text in [&person, &device, &entry.action, &entry.detail] {
        hasher.update((text.len() as u64).to_be_bytes());
        hasher.update(text);
    }
    Bytes(hasher.finalize().into())
}
