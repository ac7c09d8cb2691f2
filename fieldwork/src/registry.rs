//! Which record a plan means.
//!
//! The rule this module protects: *the same plan is the same record.* A village's records are told by the village and
//! their number; workers and shared recipes have a number of their own everywhere.

use fixtures::Local;
use std::collections::BTreeMap;
use sync_core::{AreaCode, RecordId};

/// Names of the records that were written so far.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    ids: BTreeMap<(Option<AreaCode>, Local), RecordId>,
}

impl Registry {
    /// Takes note of the record that `local` became in `village`.
    pub fn put(&mut self, village: AreaCode, local: Local, id: RecordId) {
        self.ids.insert((home(village, local), local), id);
    }

    /// The record that `local` became in `village`.
    pub fn get(&self, village: AreaCode, local: Local) -> Option<RecordId> {
        self.ids.get(&(home(village, local), local)).copied()
    }
}

/// Where the number is unique: `None` for everywhere.
fn home(village: AreaCode, local: Local) -> Option<AreaCode> {
    let shared = matches!(local.kind, "worker" | "menu_recipe");
    (!shared).then_some(village)
}
