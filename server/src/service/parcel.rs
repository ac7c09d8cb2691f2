//! Parcels: changes that came without their device's token.
//!
//! The rule this module protects: *a parcel is believed for the device's signature, whoever carried it*, and takes the same
//! way as any upload: through [`super::push`], into the log, with a receipt. One that cannot be opened says so and holds up no other.

use super::caller::{self, Caller};
use super::push::{self, Upload};
use super::secrets::Secrets;
use super::{Fault, World};
use crate::ids::DeviceId;
use crate::store::{self, Conn};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::VerifyingKey;
use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::DhP256HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, Serializable, single_shot_open};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use sync_core::{ActorId, Batch, ErrorCode, Parcel, parcel};

/// First byte of what was sealed.
const SEALED_VERSION: u8 = 1;
/// Bytes of the sender's point.
const POINT: usize = 65;

/// One of the server's keys.
pub type PrivateKey = <DhP256HkdfSha256 as Kem>::PrivateKey;
type PublicKey = <DhP256HkdfSha256 as Kem>::PublicKey;

/// What came of the parcels of one request.
#[derive(Debug, Default)]
pub struct Opened {
    /// What is to be stored, and from which parcels it came.
    pub uploads: Vec<(Upload, Vec<usize>)>,
    /// Which parcels were not taken, and why.
    pub refused: Vec<(usize, Fault)>,
}

/// The point that parcels are sealed to, uncompressed, base64url.
pub fn public_key(secrets: &Secrets) -> String {
    pairs(secrets).next().map(|(_, public)| URL_SAFE_NO_PAD.encode(public.to_bytes())).unwrap_or_default()
}

/// Opens what was sealed to this server for a purpose, `info`.
///
/// # Errors
///
/// [`ErrorCode::BadBody`] when it was altered, or sealed to another server.
pub fn unseal(keys: &[PrivateKey], info: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Fault> {
    let damaged = || Fault::new(ErrorCode::BadBody, "sealed: not for this server, or damaged");
    let [SEALED_VERSION, rest @ ..] = sealed else { return Err(damaged()) };
    let (point, text) = rest.split_at_checked(POINT).ok_or_else(damaged)?;
    let point = <DhP256HkdfSha256 as Kem>::EncappedKey::from_bytes(point).map_err(|_| damaged())?;
    let open = |key: &PrivateKey| {
        single_shot_open::<AesGcm256, HkdfSha256, DhP256HkdfSha256>(
            &OpModeR::Base,
            key,
            &point,
            info,
            text,
            &[],
        )
    };
    keys.iter().find_map(|key| open(key).ok()).ok_or_else(damaged)
}

/// What [`unseal`] opens with; deriving them takes as long as opening, so they are made once for all that came together.
pub fn private_keys(secrets: &Secrets) -> Vec<PrivateKey> {
    pairs(secrets).map(|(private, _)| private).collect()
}

/// Made from the secrets that seal keys, so they are renewed together; older ones still open what was sealed to them.
fn pairs(secrets: &Secrets) -> impl Iterator<Item = (PrivateKey, PublicKey)> {
    secrets.sealing.all().map(|secret| {
        let seed = Sha256::new().chain_update(b"lumbung parcel key 1").chain_update(secret.bytes).finalize();
        DhP256HkdfSha256::derive_keypair(&seed)
    })
}

/// Opens parcels, joins those that continue each other, and judges them.
///
/// # Errors
///
/// Those of the store; what is wrong with a parcel stands in [`Opened::refused`].
pub fn open(
    world: &World,
    conn: &mut Conn,
    parcels: &[Vec<u8>],
    device_time_s: Option<i64>,
) -> Result<Opened, Fault> {
    let keys = private_keys(&world.secrets);
    let mut opened = Opened::default();
    let mut series: BTreeMap<(DeviceId, ActorId), Vec<(Batch, usize)>> = BTreeMap::new();
    let mut callers: BTreeMap<DeviceId, Caller> = BTreeMap::new();
    for (index, sealed) in parcels.iter().enumerate() {
        match open_one(world, conn, &keys, sealed, &mut callers) {
            Ok((device, batch)) => series.entry((device, batch.actor)).or_default().push((batch, index)),
            Err(fault) if fault.code == ErrorCode::Unavailable => return Err(fault),
            Err(fault) => opened.refused.push((index, fault)),
        }
    }
    for ((device, _), batches) in series {
        let Some(caller) = callers.get(&device) else { continue };
        for (batch, indexes) in joined(batches) {
            let upload = push::read_parcels(world, conn, caller, batch, device_time_s)?;
            opened.uploads.push((upload, indexes));
        }
    }
    Ok(opened)
}

fn open_one(
    world: &World,
    conn: &mut Conn,
    keys: &[PrivateKey],
    sealed: &[u8],
    callers: &mut BTreeMap<DeviceId, Caller>,
) -> Result<(DeviceId, Batch), Fault> {
    let refused = |why: &str| Fault::new(ErrorCode::BadCredentials, format!("parcel: {why}"));
    let bytes = unseal(keys, parcel::SEALED_FOR, sealed)?;
    let parcel = Parcel::of_bytes(&bytes).map_err(|why| Fault::new(ErrorCode::BadBody, why.to_string()))?;
    let device =
        store::device::find(conn, DeviceId(parcel.device))?.ok_or_else(|| refused("unknown device"))?;
    let key = VerifyingKey::from_bytes(&device.public_key.0).map_err(|_| refused("stored key"))?;
    if !parcel.is_signed_by(&key) {
        return Err(refused("signature"));
    }
    let batch = Batch::of_bytes(&parcel.batch, &world.limits.bounds()).map_err(push::refused)?;
    if let Entry::Vacant(unknown) = callers.entry(device.id) {
        unknown.insert(caller::of_device(conn, &device)?);
    }
    Ok((device.id, batch))
}

/// Batches of one series as few as they can be: ascending, what is held twice once.
fn joined(mut batches: Vec<(Batch, usize)>) -> Vec<(Batch, Vec<usize>)> {
    batches.sort_by_key(|(batch, _)| batch.before.seq);
    let mut joined: Vec<(Batch, Vec<usize>)> = Vec::new();
    for (batch, index) in batches {
        match joined.last_mut() {
            Some((last, indexes)) if last.after() == batch.before => {
                last.changes.extend(batch.changes);
                indexes.push(index);
            }
            Some((last, indexes)) if holds(last, &batch) => indexes.push(index),
            _ => joined.push((batch, vec![index])),
        }
    }
    joined
}

/// Are all changes of `batch` in `whole`?
fn holds(whole: &Batch, batch: &Batch) -> bool {
    let start = batch.before.seq.saturating_sub(whole.before.seq) as usize;
    whole.changes.get(start..).is_some_and(|rest| rest.starts_with(&batch.changes))
}
