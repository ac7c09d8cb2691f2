//! Tokens for devices: a device proves its key and says where it stands.
//!
//! The rule this module protects: *nobody gets data before saying how far she has come*: a fork, a foreign number or a
//! lost device is found here, before the first byte goes out.

use super::caller::{self, Caller};
use super::login::{Session, session};
use super::{Fault, World, actor};
use crate::ids::DeviceId;
use crate::store::device::{Device, Sighting};
use crate::store::{self, Conn, tx};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::VerifyingKey;
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use sync_core::{ErrorCode, Head, TokenRequest};

/// Something to sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// The text to put into the token request.
    pub challenge: String,
    /// How long it may be answered.
    pub expires_in_s: i64,
}

/// A device's token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceSession {
    /// The token and what goes with it.
    #[serde(flatten)]
    pub session: Session,
    /// The device was revoked: it may only push, and what it pushes is kept for a person to review.
    pub revoked: bool,
    /// How far the server holds each series of the device.
    pub heads: Vec<Head>,
}

/// A challenge of this moment. Nothing is stored: the server knows its own by their mark.
pub fn challenge(world: &World) -> Challenge {
    let mut bytes = world.clock.now_s().to_be_bytes().to_vec();
    bytes.extend_from_slice(&world.entropy.bytes::<8>());
    let mark = mark(&world.secrets.challenges.current().bytes, &bytes).finalize().into_bytes();
    bytes.extend_from_slice(&mark);
    Challenge { challenge: URL_SAFE_NO_PAD.encode(bytes), expires_in_s: world.limits.challenge_lifetime_s }
}

/// Gives a token to a device that signed a challenge.
///
/// # Errors
///
/// [`ErrorCode::BadCredentials`] when the proof does not hold; [`ErrorCode::ActorTaken`] for a number of another device.
pub fn exchange(world: &World, conn: &mut Conn, request: &TokenRequest) -> Result<DeviceSession, Fault> {
    if !is_fresh(world, &request.challenge) {
        return Err(Fault::new(ErrorCode::BadCredentials, "proof: challenge"));
    }
    give(world, conn, request).map(|(session, _)| session)
}

/// Gives a token to a device that signed, in place of a challenge, what the server's clock shows now: `at:` and seconds. It
/// spares a question; whoever could show the same request again in these minutes could show the token too.
///
/// # Errors
///
/// As [`exchange`].
pub fn exchange_timely(
    world: &World,
    conn: &mut Conn,
    request: &TokenRequest,
) -> Result<(DeviceSession, Caller), Fault> {
    let said_s = request.challenge.strip_prefix("at:").and_then(|said| said.parse::<i64>().ok());
    let away_s = said_s.map(|said_s| world.clock.now_s().abs_diff(said_s));
    if away_s.is_none_or(|away_s| away_s > world.limits.challenge_lifetime_s.unsigned_abs()) {
        return Err(Fault::new(ErrorCode::BadCredentials, "proof: not of this time"));
    }
    give(world, conn, request)
}

fn give(world: &World, conn: &mut Conn, request: &TokenRequest) -> Result<(DeviceSession, Caller), Fault> {
    let refused = |why: &str| Fault::new(ErrorCode::BadCredentials, format!("proof: {why}"));
    let device = store::device::find(conn, DeviceId(request.device))?;
    let device = device.ok_or_else(|| refused("unknown device"))?;
    let key = VerifyingKey::from_bytes(&device.public_key.0).map_err(|_| refused("stored key"))?;
    if !request.is_signed_by(&key) {
        return Err(refused("signature"));
    }
    tx(conn, |conn| {
        check_heads(conn, &device, &request.heads)?;
        let person = store::person::find(conn, device.district, device.person)?;
        let person = person.ok_or_else(|| refused("unknown person"))?;
        store::device::see(conn, device.district, device.id, &sighting(world, request))?;
        let caller = caller::of(conn, &person, Some(&device))?;
        let session = session(world, conn, &caller)?;
        let heads = actor::heads(conn, &device)?;
        Ok((DeviceSession { session, revoked: caller.revoked, heads }, caller))
    })
}

/// Looks at how far the device says it has come, before it gets anything.
///
/// # Errors
///
/// [`ErrorCode::ActorTaken`] for a number that is not its own.
fn check_heads(conn: &mut Conn, device: &Device, heads: &[Head]) -> Result<(), Fault> {
    for head in heads {
        let known = store::actor::find(conn, head.actor)?;
        if known.is_none_or(|actor| actor.device != device.id) {
            return Err(Fault::new(ErrorCode::ActorTaken, format!("actor {} of another device", head.actor)));
        }
    }
    Ok(())
}

fn sighting(world: &World, request: &TokenRequest) -> Sighting {
    let now_s = world.clock.now_s();
    Sighting {
        app_version: request.app_version.chars().take(80).collect(),
        last_seen_s: now_s,
        unsent: i64::try_from(request.unsent).unwrap_or(i64::MAX),
        clock_offset_s: request.device_time_s.saturating_sub(now_s),
    }
}

fn is_fresh(world: &World, challenge: &str) -> bool {
    let Ok(bytes) = URL_SAFE_NO_PAD.decode(challenge) else { return false };
    let Some((said, seal)) = bytes.split_at_checked(16) else { return false };
    let Ok(time) = <[u8; 8]>::try_from(&said[..8]) else { return false };
    let age_s = world.clock.now_s().saturating_sub(i64::from_be_bytes(time));
    let current = &world.secrets.challenges.current().bytes;
    (0..world.limits.challenge_lifetime_s).contains(&age_s) && mark(current, said).verify_slice(seal).is_ok()
}

fn mark(secret: &[u8; 32], said: &[u8]) -> Hmac<Sha256> {
    // A key of any length makes an HMAC; the error cannot happen.
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap_or_else(|_| unreachable!());
    mac.update(b"lumbung challenge 1");
    mac.update(said);
    mac
}
