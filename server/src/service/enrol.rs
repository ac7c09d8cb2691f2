//! Enrolment: a phone becomes a device.
//!
//! The rule this module protects: *an actor number belongs to one key for ever* (docs/decisions/0004). The server
//! draws it; a phone that lost the answer sends the same again and gets the same number.

use super::access::{Doer, note};
use super::code::{Purpose, Taken};
use super::{Fault, World, actor, caller, code, life, parcel};
use crate::ids::DeviceId;
use crate::store::columns::Bytes;
use crate::store::device::Device;
use crate::store::{self, Conn, tx};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::VerifyingKey;
use schema::region;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use sync_core::{AreaCode, Enrolled, ErrorCode, NamedArea, RecordId};
use uuid::Uuid;

/// A phone with a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolRequest {
    /// The one-time code.
    pub code: String,
    /// The phone's Ed25519 key, base64url.
    pub public_key: String,
    /// Version of the app.
    pub app_version: String,
    /// What people call the phone.
    #[serde(default)]
    pub label: String,
}

/// Longest label and app version, in characters.
const TEXT_CHARS_MAX: usize = 80;

/// Trades a code for a device.
///
/// # Errors
///
/// [`ErrorCode::CodeInvalid`]; [`ErrorCode::ActorTaken`] when the key is another device's; [`ErrorCode::BadRequest`]
/// when the key is none.
pub fn enrol(world: &World, conn: &mut Conn, request: &EnrolRequest) -> Result<Enrolled, Fault> {
    let key = public_key(&request.public_key)?;
    if request.label.chars().count().max(request.app_version.chars().count()) > TEXT_CHARS_MAX {
        return Err(Fault::bad_request("label or app version too long"));
    }
    let id = DeviceId::from_random(world.entropy.bytes());
    tx(conn, |conn| {
        let (code, taken) = code::take(world, conn, &request.code, Purpose::Enrol, Some(id))?;
        let device = match taken {
            Taken::Now => add(world, conn, request, key, id, &code)?,
            Taken::Before(by) => of_this_key(conn, by, key)?,
        };
        answer(world, conn, &device)
    })
}

fn add(
    world: &World,
    conn: &mut Conn,
    request: &EnrolRequest,
    public_key: Bytes<32>,
    id: DeviceId,
    code: &store::code::Code,
) -> Result<Device, Fault> {
    if store::device::find_by_key(conn, public_key)?.is_some() {
        return Err(Fault::new(ErrorCode::ActorTaken, "enrol: the key is another device's"));
    }
    let device = Device {
        district: code.district,
        id,
        person: code.person,
        public_key,
        label: request.label.clone(),
        app_version: request.app_version.clone(),
        enrolled_at_s: world.clock.now_s(),
        revoked_at_s: None,
        last_seen_s: None,
        unsent: None,
        clock_offset_s: None,
    };
    store::device::add(conn, &device)?;
    let actor = actor::draw(world, conn, &device)?;
    let doer = Doer::Herself(device.person, Some(device.id));
    note(world, conn, device.district, doer, "enrol", None, format!("actor {actor}"))?;
    Ok(device)
}

/// The device that used the code, if it is this phone: its first answer was lost.
fn of_this_key(conn: &mut Conn, by: Option<DeviceId>, key: Bytes<32>) -> Result<Device, Fault> {
    let device = store::device::find_by_key(conn, key)?.filter(|device| Some(device.id) == by);
    device.ok_or_else(|| Fault::new(ErrorCode::CodeInvalid, "code: used by another device"))
}

fn answer(world: &World, conn: &mut Conn, device: &Device) -> Result<Enrolled, Fault> {
    let invalid = || Fault::new(ErrorCode::CodeInvalid, "code: its person is gone");
    let person = store::person::find(conn, device.district, device.person)?;
    let person = person.filter(|person| person.active).ok_or_else(invalid)?;
    let actors = store::actor::of_device(conn, device.district, device.id)?;
    let first = actors.first().ok_or_else(|| Fault::new(ErrorCode::Internal, "a device without an actor"))?;
    let areas = caller::areas_now(conn, person.district, person.id)?;
    let places = named(&areas);
    Ok(Enrolled {
        device: device.id.0,
        actor: first.number,
        person: person.id.0,
        worker: person.worker.map(|bytes| RecordId(Uuid::from_bytes(bytes.0))),
        label: person.label,
        role: person.role,
        district: person.district,
        areas,
        epoch: life(conn)?.epoch,
        server_key: world.secrets.server_key(),
        parcel_key: parcel::public_key(&world.secrets),
        places,
        server_time_s: world.clock.now_s(),
    })
}

/// The areas, and those above them up to the district, by name: phones do not carry the national list.
fn named(areas: &[AreaCode]) -> Vec<NamedArea> {
    let above = |area: &AreaCode| [Some(area.0), region::subdistrict_of(area.0), region::district_of(area.0)];
    let all: BTreeSet<AreaCode> = areas.iter().flat_map(above).flatten().map(AreaCode).collect();
    let name = |area: AreaCode| {
        let village = || region::village(area.0).map(|village| village.name);
        let name =
            region::district_name(area.0).or_else(|| region::subdistrict_name(area.0)).or_else(village)?;
        Some(NamedArea { area, name: name.into() })
    };
    all.into_iter().filter_map(name).collect()
}

fn public_key(text: &str) -> Result<Bytes<32>, Fault> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    let key = bytes.filter(|bytes| VerifyingKey::from_bytes(bytes).is_ok_and(|key| !key.is_weak()));
    key.map(Bytes).ok_or_else(|| Fault::bad_request("not an Ed25519 key"))
}
