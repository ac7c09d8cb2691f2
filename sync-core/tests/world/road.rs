//! The roads by which merged states travel.

use super::script::Way;
use std::collections::BTreeMap;
use sync_core::{Bounds, Change, Record, RecordId, bundle};

/// More than any script needs.
pub const ROOMY: Bounds = Bounds { changes_max: 100_000, bytes_max: 1 << 26, numbers_max: 1 << 26 };

/// States as they come out at the other end.
pub fn travelled(states: &[Record], way: Way) -> Vec<Record> {
    match way {
        Way::Stored => states
            .iter()
            .map(|state| {
                let mut bytes = Vec::new();
                state.put_state(&mut bytes);
                Record::of_state(state.id, &bytes).expect("the bytes just written")
            })
            .collect(),
        Way::Bundled => {
            let changes: Vec<Change> = states.iter().flat_map(Record::changes).collect();
            let changes = bundle::unpack(&bundle::pack(&changes), &ROOMY).expect("the bytes just packed");
            let mut assembled: BTreeMap<RecordId, Record> = BTreeMap::new();
            for change in &changes {
                match assembled.get_mut(&change.record) {
                    Some(record) => {
                        record.apply(change);
                    }
                    None => {
                        assembled.insert(change.record, Record::of_change(change));
                    }
                }
            }
            for state in states {
                // Where a record lives may be told by a change of which nothing survives: a page says it beside.
                if let Some(record) = assembled.get_mut(&state.id) {
                    record.home = state.home;
                }
            }
            assembled.into_values().collect()
        }
        _ => states.to_vec(),
    }
}
