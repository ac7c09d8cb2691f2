//! Where a pull goes on.
//!
//! The rule this module protects: *a cursor is the server's own sequence, never a time*: it holds, for each area of the
//! caller, the version up to which everything was delivered, and the epoch in which those versions mean something.
//! Opaque to clients. Bytes, base64url: first 8 of the epoch, hash of the scope (4), then steps of area code and version
//! as varints.

use super::Fault;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use sync_core::codec::{Damaged, Reader, put_u64};
use sync_core::{AreaCode, Epoch, ErrorCode};

/// Versions reached, by area.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cursor {
    epoch: u64,
    scope: u32,
    /// Up to here everything was delivered.
    pub reached: BTreeMap<AreaCode, u64>,
}

impl Cursor {
    /// The start, for a caller who works in these areas.
    pub fn start(epoch: Epoch, scope: &[AreaCode]) -> Cursor {
        Cursor { epoch: short(epoch), scope: scope_hash(scope), reached: BTreeMap::new() }
    }

    /// Reads what a client shows.
    ///
    /// # Errors
    /// [`ErrorCode::BadRequest`] when it is no cursor, [`ErrorCode::EpochChanged`] when it is of another epoch.
    pub fn read(text: &str, epoch: Epoch) -> Result<Cursor, Fault> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Fault::bad_request("cursor: not base64url"))?;
        let cursor = parse(&bytes).map_err(|why| Fault::bad_request(format!("cursor: {why}")))?;
        if cursor.epoch == short(epoch) {
            Ok(cursor)
        } else {
            Err(Fault::new(ErrorCode::EpochChanged, "cursor of another epoch"))
        }
    }

    /// What a client has from snapshots: `3507162013:812,3507162014:90`.
    ///
    /// # Errors
    /// [`ErrorCode::BadRequest`] when it reads otherwise.
    pub fn of_snapshots(text: &str, epoch: Epoch, scope: &[AreaCode]) -> Result<Cursor, Fault> {
        let mut cursor = Cursor::start(epoch, scope);
        for pair in text.split(',').filter(|pair| !pair.is_empty()) {
            let pair = pair.split_once(':').and_then(|(area, version)| {
                Some((area.parse::<AreaCode>().ok()?, version.parse::<u64>().ok()?))
            });
            let (area, version) = pair.ok_or_else(|| Fault::bad_request("have: area:version,..."))?;
            cursor.reached.insert(area, version);
        }
        Ok(cursor)
    }

    /// As the client gets it.
    pub fn to_text(&self) -> String {
        let mut bytes = Vec::with_capacity(16 + 6 * self.reached.len());
        bytes.extend_from_slice(&self.epoch.to_be_bytes());
        bytes.extend_from_slice(&self.scope.to_be_bytes());
        let mut before = 0;
        for (area, version) in &self.reached {
            put_u64(&mut bytes, area.0 - before);
            put_u64(&mut bytes, *version);
            before = area.0;
        }
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Did the caller's scope change since this cursor was made? Then areas she lost are forgotten by it.
    pub fn settle_scope(&mut self, scope: &[AreaCode]) -> bool {
        let now = scope_hash(scope);
        if self.scope == now {
            return false;
        }
        self.scope = now;
        self.reached.retain(|area, _| sync_core::reads(scope, *area));
        true
    }

    /// The version reached in an area.
    pub fn version(&self, area: AreaCode) -> u64 {
        self.reached.get(&area).copied().unwrap_or_default()
    }
}

fn parse(bytes: &[u8]) -> Result<Cursor, Damaged> {
    let mut reader = Reader::new(bytes);
    let epoch = u64::from_be_bytes(reader.array()?);
    let scope = u32::from_be_bytes(reader.array()?);
    let mut reached = BTreeMap::new();
    let mut area = 0u64;
    while reader.left() > 0 {
        area = area.checked_add(reader.u64()?).ok_or(Damaged("area out of range"))?;
        reached.insert(AreaCode(area), reader.u64()?);
    }
    Ok(Cursor { epoch, scope, reached })
}

fn short(epoch: Epoch) -> u64 {
    (epoch.0 >> 64) as u64
}

fn scope_hash(scope: &[AreaCode]) -> u32 {
    let mut codes: Vec<u64> = scope.iter().map(|area| area.0).collect();
    codes.sort_unstable();
    codes.dedup();
    let mut hasher = Sha256::new();
    codes.iter().for_each(|code| hasher.update(code.to_be_bytes()));
    let hash: [u8; 32] = hasher.finalize().into();
    u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]])
}

#[cfg(test)]
mod tests {
    use super::*;

    const VILLAGES: [AreaCode; 2] = [AreaCode(3507162013), AreaCode(3507162014)];
    const EPOCH: Epoch = Epoch(0x0123_4567_89ab_cdef << 64);

    #[test]
    fn a_cursor_reads_back_in_its_epoch_only() {
        let mut cursor = Cursor::start(EPOCH, &VILLAGES);
        cursor.reached.insert(VILLAGES[0], 812);
        cursor.reached.insert(VILLAGES[1], 40_000);
        let text = cursor.to_text();
        assert!(text.len() <= 40, "{text}");
        assert_eq!(Cursor::read(&text, EPOCH), Ok(cursor));
        assert_eq!(Cursor::read(&text, Epoch(7)).unwrap_err().code, ErrorCode::EpochChanged);
        assert_eq!(Cursor::read("nonsense!", EPOCH).unwrap_err().code, ErrorCode::BadRequest);
        assert_eq!(Cursor::read(&text[..15], EPOCH).unwrap_err().code, ErrorCode::BadRequest);
    }

    #[test]
    fn a_lost_village_is_forgotten() {
        let mut cursor = Cursor::start(EPOCH, &VILLAGES);
        cursor.reached.insert(VILLAGES[0], 812);
        cursor.reached.insert(VILLAGES[1], 40);
        assert!(!cursor.settle_scope(&VILLAGES));
        assert!(cursor.settle_scope(&VILLAGES[1..]));
        assert_eq!((cursor.version(VILLAGES[0]), cursor.version(VILLAGES[1])), (0, 40));
    }
}
