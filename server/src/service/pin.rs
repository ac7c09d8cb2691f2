//! A forgotten PIN.
//!
//! The rule this module protects: *a new PIN costs no work that was saved, and needs somebody who answers for the phone*. The
//! phone keeps the key of its store sealed to this server; with a code from her PLKB the server opens it, once, for the very
//! phone that it was made on, and keeps nothing.

use super::access::{Doer, note};
use super::code::{self, Purpose, Taken};
use super::{Fault, World, parcel};
use crate::ids::DeviceId;
use crate::store::{self, Conn, tx};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sync_core::ErrorCode;

/// What the key is sealed for: the `info` of RFC 9180.
const SEALED_FOR: &[u8] = b"lumbung pin 1";

/// A phone whose PIN is forgotten.
#[derive(Debug, Clone, Deserialize)]
pub struct PinReset {
    /// The device.
    pub device: DeviceId,
    /// From her PLKB.
    pub code: String,
    /// The device's id (16 bytes) and the key of its store (32 bytes), sealed to this server; base64url.
    pub sealed: String,
}

/// The key of the phone's store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// 32 bytes, base64url.
    pub key: String,
}

/// Opens the key of a phone's store for that phone.
///
/// # Errors
///
/// [`ErrorCode::CodeInvalid`] for a code that is unknown, used by another, or of somebody else; [`ErrorCode::DeviceRevoked`];
/// [`ErrorCode::BadBody`] when what is sealed is not this phone's.
pub fn reset(world: &World, conn: &mut Conn, request: &PinReset) -> Result<Key, Fault> {
    let foreign = || Fault::new(ErrorCode::BadBody, "pin: what is sealed is not this device's");
    let invalid = |why: &str| Fault::new(ErrorCode::CodeInvalid, format!("pin: {why}"));
    let sealed = URL_SAFE_NO_PAD.decode(&request.sealed).map_err(|_| foreign())?;
    let opened = parcel::unseal(&parcel::private_keys(&world.secrets), SEALED_FOR, &sealed)?;
    let (device, key) = opened.split_at_checked(16).ok_or_else(foreign)?;
    if device != request.device.0.as_bytes() || key.len() != 32 {
        return Err(foreign());
    }
    tx(conn, |conn| {
        let device = store::device::find(conn, request.device)?.ok_or_else(|| invalid("unknown device"))?;
        if device.revoked_at_s.is_some() {
            return Err(Fault::new(ErrorCode::DeviceRevoked, "pin: revoked"));
        }
        let (code, taken) = code::take(world, conn, &request.code, Purpose::Pin, Some(device.id))?;
        if code.person != device.person {
            return Err(invalid("code of somebody else"));
        }
        match taken {
            Taken::Now => {
                let doer = Doer::Herself(device.person, Some(device.id));
                note(world, conn, device.district, doer, "pin_reset", None, String::new())?;
            }
            // Her first answer was lost.
            Taken::Before(Some(by)) if by == device.id && code.expires_at_s > world.clock.now_s() => {}
            Taken::Before(_) => return Err(invalid("used before")),
        }
        Ok(Key { key: URL_SAFE_NO_PAD.encode(key) })
    })
}
