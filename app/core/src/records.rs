//! Records at hand, merged.

use crate::answer::answer;
use serde::Serialize;
use std::collections::BTreeMap;
use sync_core::codec::{Reader, put_bytes};
use sync_core::{AreaCode, Bounds, Damaged, Digest, Page, Record, RecordId};
use wasm_bindgen::prelude::wasm_bindgen;

/// What a page may unpack to.
const BOUNDS: Bounds = Bounds { changes_max: 1 << 18, bytes_max: 64 << 20, numbers_max: 1 << 24 };

/// Records by id.
#[wasm_bindgen]
#[derive(Default)]
pub struct Records(BTreeMap<RecordId, Record>);

/// What taking a page led to.
#[derive(Serialize)]
struct Taken {
    /// Records that are new or have changed.
    changed: usize,
    /// Another page is ready.
    more: bool,
}

#[wasm_bindgen]
impl Records {
    /// None yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Records {
        Records::default()
    }

    /// Takes a page in by merging: `{"changed", "more"}`.
    pub fn take(&mut self, page: &[u8]) -> String {
        answer(self.merge(page))
    }

    fn merge(&mut self, page: &[u8]) -> Result<Taken, Damaged> {
        let page = Page::of_bytes(page, &BOUNDS)?;
        let mut changed = 0;
        for record in page.records {
            changed += usize::from(match self.0.get_mut(&record.id) {
                Some(held) => held.merge(&record),
                None => self.0.insert(record.id, record).is_none(),
            });
        }
        Ok(Taken { changed, more: page.more })
    }

    /// Takes what [`Records::states`] gave: the number of records.
    pub fn load(&mut self, states: &[u8]) -> String {
        answer(self.read(states))
    }

    fn read(&mut self, states: &[u8]) -> Result<usize, Damaged> {
        let mut reader = Reader::new(states);
        let mut count = 0;
        while reader.left() > 0 {
            let id = RecordId(reader.uuid()?);
            self.0.insert(id, Record::of_state(id, reader.bytes()?)?);
            count += 1;
        }
        Ok(count)
    }

    /// Every record as it is stored: its id (16 bytes), and its state with a varint length before it.
    pub fn states(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for (id, record) in &self.0 {
            let mut state = Vec::new();
            record.put_state(&mut state);
            out.extend_from_slice(id.0.as_bytes());
            put_bytes(&mut out, &state);
        }
        out
    }

    /// Sum of the digests of an area's records.
    pub fn digest(&self, area: &str) -> String {
        answer(area.parse::<AreaCode>().map(|area| {
            let here = self.0.values().filter(|record| record.home.area == area);
            Digest::of_all(here)
        }))
    }
}
