//! Keys of persons, households and workers.
//!
//! The rule this module protects: *a key is in the open only in memory*: it rests under the server's own key, travels
//! only to those whose scope holds its owner, and once its row is destroyed nobody can open what it sealed.

use super::matching::{self, Matcher};
use super::{Caller, Fault, World};
use crate::store::area::{self, AreaRow};
use crate::store::seal_key::{self, SealKeyRow};
use crate::store::{Conn, Error, actor, record, tx};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{AeadInPlace, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use schema::Schema;
use serde::Deserialize;
use sha2::Digest as _;
use std::collections::{BTreeMap, BTreeSet};
use sync_core::{ActorId, AreaCode, Dot, ErrorCode, Opener, Place, Record, RecordId, SealKey, Value};

/// Seals and opens keys under the server's own, and makes tokens of what they open.
#[derive(Clone)]
pub struct KeySafe {
    ciphers: Vec<ChaCha20Poly1305>,
    /// Makes tokens of identity numbers.
    pub(super) matcher: Matcher,
}

impl KeySafe {
    /// A safe of the server's sealing secrets: the first one seals, each may open.
    pub fn new<'s>(secrets: impl IntoIterator<Item = &'s [u8; 32]>, matcher: Matcher) -> KeySafe {
        let cipher = |secret| ChaCha20Poly1305::new(Key::from_slice(secret));
        KeySafe { ciphers: secrets.into_iter().map(|secret: &[u8; 32]| cipher(secret)).collect(), matcher }
    }

    /// A key as it rests. Its owner is part of the seal, so rows cannot be swapped.
    pub fn seal(&self, owner: RecordId, key: &SealKey) -> Vec<u8> {
        let mut bytes = key.0.to_vec();
        // A key is sealed once per owner, so the owner makes a nonce that is never used twice.
        let sealing = self.ciphers.first();
        match sealing.map(|cipher| cipher.encrypt_in_place(&nonce(owner), owner.0.as_bytes(), &mut bytes)) {
            Some(Ok(())) => bytes,
            _ => Vec::new(),
        }
    }

    /// The key of a row; `None` when it was sealed under another server's key.
    pub fn open(&self, row: &SealKeyRow) -> Option<(RecordId, SealKey)> {
        let owner = RecordId(uuid::Uuid::from_slice(&row.owner).ok()?);
        let open = |cipher: &ChaCha20Poly1305| {
            let mut bytes = row.key_sealed.clone();
            cipher.decrypt_in_place(&nonce(owner), owner.0.as_bytes(), &mut bytes).ok()?;
            bytes.try_into().ok()
        };
        Some((owner, SealKey(self.ciphers.iter().find_map(open)?)))
    }

    /// The keys that open these records' sealed values.
    ///
    /// # Errors
    /// When the database fails.
    pub fn ring_for<'r>(
        &self,
        conn: &mut Conn,
        district: i64,
        records: impl IntoIterator<Item = &'r Record>,
        schema: &Schema,
    ) -> Result<KeyRing, Error> {
        let owner = |record: &Record| schema.kind(record.kind).and_then(|kind| record.seal_owner(kind));
        let owners: BTreeSet<RecordId> = records.into_iter().filter_map(owner).collect();
        self.ring(conn, district, &owners.into_iter().collect::<Vec<_>>())
    }

    /// The keys of these owners.
    ///
    /// # Errors
    /// When the database fails.
    pub fn ring(&self, conn: &mut Conn, district: i64, owners: &[RecordId]) -> Result<KeyRing, Error> {
        if owners.is_empty() {
            return Ok(KeyRing::default());
        }
        let rows = seal_key::of(conn, district, owners)?;
        Ok(KeyRing(rows.iter().filter_map(|row| self.open(row)).collect()))
    }
}

/// Keys that a device made.
#[derive(Debug, Clone, Deserialize)]
pub struct NewKeys {
    /// The installation that made them.
    pub actor: ActorId,
    /// As many as a request may hold.
    pub keys: Vec<NewKey>,
}

/// A key that a device made for somebody it registered.
#[derive(Debug, Clone, Deserialize)]
pub struct NewKey {
    /// The person, household or worker.
    pub owner: RecordId,
    /// Where the owner was registered.
    pub area: AreaCode,
    /// 32 bytes, base64url.
    pub key: String,
}

/// Keeps keys; one that is there already is left alone. An owner who is known already gets a new version, so that the
/// key reaches everyone who has the record.
///
/// # Errors
/// When the actor is not the caller's or an area not hers, a key is no key, or the database fails; nothing is kept then.
pub fn keep(world: &World, conn: &mut Conn, caller: &Caller, new: &NewKeys) -> Result<(), Fault> {
    let safe = world.secrets.key_safe();
    let mut rows = Vec::with_capacity(new.keys.len());
    for key in &new.keys {
        if !caller.covers(key.area) {
            return Err(Fault::forbidden("keys: area out of scope"));
        }
        let bytes = URL_SAFE_NO_PAD.decode(&key.key).ok().and_then(|bytes| bytes.try_into().ok());
        let bytes = bytes.ok_or_else(|| Fault::bad_request("keys: 32 bytes, base64url"))?;
        rows.push(SealKeyRow {
            district: caller.district.0 as i64,
            owner: key.owner.0.as_bytes().to_vec(),
            key_sealed: safe.seal(key.owner, &SealKey(bytes)),
            made_by_actor: new.actor.0 as i64,
            at_s: world.clock.now_s(),
        });
    }
    let district = caller.district.0 as i64;
    let named: BTreeSet<AreaCode> = new.keys.iter().map(|key| key.area).collect();
    tx(conn, |conn| {
        let maker = actor::find(conn, new.actor)?.filter(|actor| Some(actor.device) == caller.device);
        if maker.is_none() {
            return Err(Fault::new(ErrorCode::ActorTaken, "keys: not the device's actor"));
        }
        // Ascending, as a push locks them: it comes wholly before a key of its owners or wholly after.
        let mut areas = BTreeMap::new();
        for code in &named {
            areas.insert(*code, area::lock(conn, district, *code)?);
        }
        for (row, key) in rows.iter().zip(&new.keys) {
            if seal_key::keep(conn, row)? {
                renew(conn, district, &mut areas, key.owner, &safe)?;
            }
        }
        areas.values().try_for_each(|area| area::save(conn, area))?;
        Ok(())
    })
}

/// Gives an owner who is known a new version of her area. She is read under the lock of that area: what was edited
/// meanwhile is never written over.
fn renew(
    conn: &mut Conn,
    district: i64,
    areas: &mut BTreeMap<AreaCode, AreaRow>,
    owner: RecordId,
    safe: &KeySafe,
) -> Result<(), Error> {
    while let Some(mut row) = record::find(conn, district, owner)? {
        let home = AreaCode(row.area as u64);
        if let Some(area) = areas.get_mut(&home) {
            matching::note(conn, district, [&row.record()?], Schema::builtin(), safe)?;
            row.version = area.next_version();
            return record::replace(conn, &[row]);
        }
        areas.insert(home, area::lock(conn, district, home)?);
    }
    Ok(())
}

fn nonce(owner: RecordId) -> Nonce {
    *Nonce::from_slice(&sha2::Sha256::digest(owner.0.as_bytes())[..12])
}

/// Keys at hand, by owner.
#[derive(Debug, Default, Clone)]
pub struct KeyRing(pub BTreeMap<RecordId, SealKey>);

impl Opener for KeyRing {
    fn open(&self, owner: RecordId, dot: Dot, place: Place, value: &Value) -> Option<Value> {
        self.0.get(&owner)?.open(dot, place, value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_servers_own_key_opens_a_row_and_only_for_its_owner() {
        let owner = RecordId(uuid::Uuid::from_u128(7));
        let key = SealKey([9; 32]);
        let safe = KeySafe::new([&[1; 32]], Matcher::new(&[3; 32]));
        let key_sealed = safe.seal(owner, &key);
        let mut row = SealKeyRow {
            district: 3507,
            owner: owner.0.as_bytes().to_vec(),
            key_sealed,
            made_by_actor: 1,
            at_s: 0,
        };
        assert!(!row.key_sealed.windows(4).any(|bytes| bytes == [9; 4]));
        assert_eq!(safe.open(&row), Some((owner, key)));
        assert_eq!(KeySafe::new([&[2; 32]], Matcher::new(&[3; 32])).open(&row), None);
        row.owner = uuid::Uuid::from_u128(8).as_bytes().to_vec();
        assert_eq!(safe.open(&row), None);
    }
}
