//! A whole area in one piece, for a first sync.
//!
//! The rule this module protects: *a snapshot is bytes that do not change*: it can be cached, cut anywhere and resumed,
//! and what was written since comes by the next pull. Layout: frames of a big-endian 32-bit length and a page; each page
//! holds the cursor of a caller who works in that area alone.

use super::cursor::Cursor;
use super::pull::{PAGE_RECORDS, Place, assemble, standing};
use super::seal_key::KeySafe;
use super::{Fault, life};
use crate::store::snapshot::SnapshotRow;
use crate::store::{Conn, area, record, snapshot};
use schema::Schema;
use sha2::{Digest as _, Sha256};
use sync_core::page::epoch_of;
use sync_core::{AreaCode, Epoch};

/// A snapshot is made anew when the area has moved on by more than this share of its records...
const STALE_SHARE: u64 = 4;
/// ...or this many versions, whichever is more.
const STALE_VERSIONS: u64 = 200;

/// The snapshot of an area: the one at hand, or a new one when that is too old.
///
/// # Errors
/// When nothing was ever written there, or the database fails.
pub fn of_area(
    conn: &mut Conn,
    district: AreaCode,
    code: AreaCode,
    schema: &Schema,
    keys: &KeySafe,
) -> Result<SnapshotRow, Fault> {
    let epoch = life(conn)?.epoch;
    let number = district.0 as i64;
    // A row without a version is there only because somebody locked it.
    let Some(row) = area::find(conn, number, code)?.filter(|row| row.version() > 0) else {
        return Err(Fault::not_found("snapshot: nothing was written in that area"));
    };
    let tolerated = STALE_VERSIONS.max(row.records as u64 / STALE_SHARE);
    if let Some(found) = snapshot::find(conn, number, code)?
        && is_of(&found, epoch)
        && row.version().saturating_sub(found.version as u64) <= tolerated
    {
        return Ok(found);
    }
    let mut body = Vec::new();
    let mut at = Cursor::start(epoch, &[code]);
    loop {
        let rows = record::changed_since(conn, number, code, at.version(code), PAGE_RECORDS)?;
        let more = rows.len() == PAGE_RECORDS;
        let reached = rows.last().map_or(row.version(), |last| last.version as u64);
        at.reached.insert(code, reached);
        let standings = if !more && reached == row.version() { vec![standing(&row)] } else { Vec::new() };
        let place = Place { epoch, cursor: at.to_text(), more, scope: None, standings, departed: Vec::new() };
        let page = assemble(conn, district, place, &rows, schema, keys)?.into_bytes();
        body.extend_from_slice(&(page.len() as u32).to_be_bytes());
        body.extend_from_slice(&page);
        if !more {
            break;
        }
    }
    let hash: [u8; 32] = Sha256::digest(&body).into();
    let version = at.version(code) as i64;
    let made =
        SnapshotRow { district: number, area: code.0 as i64, version, etag: hash[..16].to_vec(), body };
    snapshot::keep(conn, &made)?;
    Ok(made)
}

/// Was it made in this epoch? The versions of another mean nothing now. Its first page says so, behind the frame's length.
fn is_of(snapshot: &SnapshotRow, epoch: Epoch) -> bool {
    snapshot.body.get(4..).is_some_and(|page| epoch_of(page) == Ok(epoch))
}
