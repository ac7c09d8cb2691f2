//! What the server should hold, reckoned without it.
//!
//! The rule this module protects: *the expected figures come from the phones and the core alone*.

use crate::district::District;
use crate::{SEED, Trouble};
use device::{Change, Dot, Record, RecordId, Value};
use fieldwork::keys_of_seed;
use schema::Schema;
use std::collections::BTreeMap;
use sync_core::{Opener, Place};

/// What the phones say.
#[derive(Debug, Default, Clone, Copy)]
pub struct Expected {
    /// Changes saved.
    pub saved: u64,
    /// Changes with a receipt.
    pub received: u64,
    /// Changes of which something is held, as the receipts said.
    pub held: usize,
    /// Changes that went into records whole.
    pub merged: usize,
    /// Records.
    pub records: usize,
    /// Registers in which people saw different things.
    pub conflicts: usize,
}

/// The keys of the demo.
struct Keys;

impl Opener for Keys {
    fn open(&self, owner: RecordId, dot: Dot, place: Place, value: &Value) -> Option<Value> {
        keys_of_seed(SEED)(owner).open(dot, place, value)
    }
}

/// Merges what all phones of a district saved.
///
/// # Errors
/// When a device fails.
pub fn reckon(district: &mut District) -> Result<Expected, Trouble> {
    let mut expected = Expected::default();
    let mut records: BTreeMap<RecordId, Record> = BTreeMap::new();
    for handset in district.handsets() {
        let counts = handset.device.counts()?;
        expected.saved += counts.saved;
        expected.received += counts.received;
        let (changes, held) = handset.taken()?;
        expected.held += held;
        expected.merged += counts.saved as usize - held;
        for change in changes {
            merge(&mut records, &change);
        }
    }
    expected.records = records.len();
    let schema = Schema::builtin();
    expected.conflicts = records.values().map(|record| record.cases(schema, &Keys).len()).sum();
    Ok(expected)
}

fn merge(records: &mut BTreeMap<RecordId, Record>, change: &Change) {
    match records.get_mut(&change.record) {
        Some(record) => {
            record.apply(change);
        }
        None => {
            records.insert(change.record, Record::of_change(change));
        }
    }
}
