//! Reading back what was logged.
//!
//! The rule this module protects: *the log is the truth*; what cannot be read from it is a fault of ours, not of a
//! client.

use crate::store::Error;
use crate::store::upload::UploadRow;
use sync_core::{Batch, Bounds};

/// What was accepted once is read without bounds.
pub const UNBOUNDED: Bounds = Bounds { changes_max: usize::MAX, bytes_max: 1 << 30, numbers_max: usize::MAX };

/// The batch of a logged upload.
///
/// # Errors
/// When the stored bytes are damaged.
pub fn batch_of(row: &UploadRow) -> Result<Batch, Error> {
    let damaged = |why| Error::Broken(format!("log of actor {:016x} at {}: {why}", row.actor, row.first_seq));
    Batch::of_bytes(&row.body, &UNBOUNDED).map_err(damaged)
}
