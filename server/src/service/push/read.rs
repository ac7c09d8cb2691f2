//! From bytes to an upload.
//!
//! The rule this module protects: *bad input gets a clear error and changes nothing*: bytes that are damaged, too large
//! or of an unknown version never reach a lane.

use super::judge::verdicts;
use super::{Assigned, Sender, Upload};
use crate::service::{Caller, Fault, World};
use crate::store::{Conn, assignment};
use flate2::read::MultiGzDecoder;
use schema::Schema;
use std::io::Read as _;
use sync_core::batch_json::{self, BadJson};
use sync_core::{BadBatch, Batch, ErrorCode, Mark};

/// How an upload is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `application/vnd.lumbung.batch`.
    Binary,
    /// `application/json`.
    Json,
    /// The same, gzipped.
    GzipJson,
}

/// Reads and judges what a caller sends.
///
/// # Errors
/// When it is no batch within the limits, or the caller is no device.
pub fn read(
    world: &World,
    conn: &mut Conn,
    caller: &Caller,
    form: Form,
    body: &[u8],
    device_time_s: Option<i64>,
) -> Result<Upload, Fault> {
    let sender = sender(conn, caller)?;
    let schema = Schema::builtin();
    let bounds = world.limits.bounds();
    let (batch, after, bytes) = match form {
        Form::Binary => {
            let (batch, after) = Batch::read(body, &bounds).map_err(refused)?;
            (batch, after, body.to_vec())
        }
        Form::Json | Form::GzipJson => {
            let unzipped = if form == Form::Json { None } else { Some(unzipped(body, bounds.bytes_max)?) };
            let batch = batch_json::read(unzipped.as_deref().unwrap_or(body), schema, &bounds);
            let batch = batch.map_err(refused_json)?;
            let (after, bytes) = (batch.after(), batch.to_bytes());
            (batch, after, bytes)
        }
    };
    Ok(judged(world, sender, batch, after, bytes, device_time_s))
}

/// Reads and judges what came in parcels: a batch that was joined from them.
///
/// # Errors
/// Those of the store; when the caller is no device.
pub fn read_parcels(
    world: &World,
    conn: &mut Conn,
    caller: &Caller,
    batch: Batch,
    device_time_s: Option<i64>,
) -> Result<Upload, Fault> {
    let sender = sender(conn, caller)?;
    let (after, bytes) = (batch.after(), batch.to_bytes());
    Ok(judged(world, sender, batch, after, bytes, device_time_s))
}

fn judged(
    world: &World,
    sender: Sender,
    batch: Batch,
    after: Mark,
    bytes: Vec<u8>,
    device_time_s: Option<i64>,
) -> Upload {
    let verdicts = verdicts(&batch, &sender, Schema::builtin());
    let received_at_s = world.clock.now_s();
    let last_time = batch.changes.last().map(|change| change.origin.device_time_s);
    let device_time_s = device_time_s.or(last_time).unwrap_or(received_at_s);
    let clock_offset_s = received_at_s.saturating_sub(device_time_s);
    Upload { sender, batch, after, bytes, verdicts, received_at_s, clock_offset_s }
}

fn sender(conn: &mut Conn, caller: &Caller) -> Result<Sender, Fault> {
    let device = caller.device.ok_or_else(|| Fault::forbidden("push: only devices write"))?;
    let all = assignment::of_person(conn, caller.district, caller.person)?;
    let assigned = |row: assignment::Assignment| Assigned { area: row.area, until_s: row.until_s };
    Ok(Sender {
        district: caller.district,
        device,
        role: caller.role,
        assignments: all.into_iter().map(assigned).collect(),
        revoked: caller.revoked,
    })
}

/// Unpacks all members of a gzip and no more than allowed, whatever the bytes promise. What is no member behind the last
/// is damage.
fn unzipped(body: &[u8], bytes_max: usize) -> Result<Vec<u8>, Fault> {
    let mut text = Vec::new();
    let read = MultiGzDecoder::new(body).take(bytes_max as u64 + 1).read_to_end(&mut text);
    match read {
        Err(_) => Err(Fault::new(ErrorCode::BadBody, "gzip: damaged")),
        Ok(length) if length > bytes_max => {
            Err(Fault::new(ErrorCode::TooLarge, "gzip: over the limit unpacked"))
        }
        Ok(_) => Ok(text),
    }
}

fn refused_json(why: BadJson) -> Fault {
    match why {
        BadJson::Refused(why) => refused(why),
        // The log may not quote what people wrote; the number of the change is enough to find it.
        BadJson::Change { seq, .. } | BadJson::Edit { seq, .. } => Fault {
            expected_seq: Some(seq),
            ..Fault::new(ErrorCode::BadBody, format!("json batch: change {seq}"))
        },
        BadJson::Batch(_) => Fault::new(ErrorCode::BadBody, "json batch: not of this shape"),
    }
}

pub(in crate::service) fn refused(why: BadBatch) -> Fault {
    let code = match &why {
        BadBatch::Version(_) => ErrorCode::UnknownVersion,
        BadBatch::TooLarge(_) => ErrorCode::TooLarge,
        BadBatch::Damaged(_) | BadBatch::Chain => ErrorCode::BadBody,
    };
    Fault::new(code, format!("batch: {why}"))
}
