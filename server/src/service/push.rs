//! What happens to an upload.
//!
//! The rule this module protects: *nothing is refused, nothing is lost, and a receipt is never a lie* (counterexamples 8,
//! 12 and 13). An upload is one transaction: it is in the log, in the records and under the mark, or nowhere. What
//! cannot be applied is held in quarantine with its reason, and the series behind it flows on.
//!
//! Two steps: [`read`] needs no database and runs on any thread; [`store_all`] runs in the transaction of a lane.

mod claim;
mod held;
mod judge;
mod read;
mod receipt;
mod store;
mod workbench;

pub use judge::Upload;
pub(super) use read::refused;
pub use read::{Form, read, read_parcels};
pub use receipt::{of_mark, receipt};
pub use store::{hash_at, store_all};
pub(super) use workbench::cases_of;

use crate::ids::DeviceId;
use sync_core::{AreaCode, Held, Mark};

/// Who sends: a device, and what its person may do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// District of the device.
    pub district: AreaCode,
    /// The device.
    pub device: DeviceId,
    /// Role of its person.
    pub role: schema::Role,
    /// Where the person works and worked.
    pub assignments: Vec<Assigned>,
    /// A revoked device has one door left: what it sends is held.
    pub revoked: bool,
}

/// An assignment, past or present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assigned {
    /// The area, with everything in it.
    pub area: AreaCode,
    /// Until when; `None`: still.
    pub until_s: Option<i64>,
}

/// What became of an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is held up to here, durably once the transaction has committed.
    Held {
        /// How far the series is held now.
        mark: Mark,
        /// Up to here every backup holds it.
        backed_up_seq: u64,
        /// What of it is in quarantine.
        held: Vec<Held>,
        /// Changes that are new.
        new: usize,
    },
    /// Changes before it are missing.
    Gap {
        /// The first that is.
        expected: u64,
    },
    /// The series here is another one.
    Fork {
        /// The first number at which they are known to differ.
        at: u64,
    },
    /// The actor is not one of the device's.
    ForeignActor,
}

impl Sender {
    /// Did the person work in `area` at some moment between then (in seconds since 1970) and now? An assignment on
    /// record has begun, whatever the clock says.
    pub fn worked_in(&self, area: AreaCode, since_s: i64) -> bool {
        self.assignments.iter().any(|assigned| {
            assigned.area.contains(area) && assigned.until_s.is_none_or(|until| until >= since_s)
        })
    }
}
