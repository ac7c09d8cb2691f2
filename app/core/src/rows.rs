//! Rows as they are stored by whoever owns the disk.
//!
//! The rule this module protects: *what was stored is read back whole or not at all.* One form for what changed and for
//! everything: for each row its table (1 byte), its key (a varint length and the bytes), and 0 when it went, or 1 and its
//! body (length and bytes).

use device::store::memory::Changed;
use device::store::{Memory, Table};
use sync_core::Damaged;
use sync_core::codec::{Reader, put_bytes, put_u64};
use wasm_bindgen::prelude::wasm_bindgen;

/// Rows that were stored before, on their way into a [`crate::Phone`].
#[wasm_bindgen]
#[derive(Default)]
pub struct Rows(Memory);

#[wasm_bindgen]
impl Rows {
    /// None yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Rows {
        Rows::default()
    }

    /// Takes in what [`crate::Phone::changed`] or [`crate::Phone::everything`] gave, in the order in which it was stored.
    /// `false` when it is damaged, or has a table of a newer app: then nothing may be opened.
    pub fn load(&mut self, rows: &[u8]) -> bool {
        read(rows).map(|rows| self.0.load(rows)).is_ok()
    }
}

impl Rows {
    pub(crate) fn into_shelf(self) -> Memory {
        self.0
    }
}

/// As bytes.
pub(crate) fn write<'r>(rows: impl IntoIterator<Item = (Table, &'r [u8], Option<&'r [u8]>)>) -> Vec<u8> {
    let mut out = Vec::new();
    for (table, key, body) in rows {
        out.push(table as u8);
        put_bytes(&mut out, key);
        put_u64(&mut out, u64::from(body.is_some()));
        body.iter().for_each(|body| put_bytes(&mut out, body));
    }
    out
}

fn read(rows: &[u8]) -> Result<Vec<Changed>, Damaged> {
    let mut reader = Reader::new(rows);
    let mut read = Vec::new();
    while reader.left() > 0 {
        let table = Table::numbered(reader.byte()?).ok_or(Damaged("a table of a newer app"))?;
        let key = reader.bytes()?.to_vec();
        let body = match reader.byte()? {
            0 => None,
            1 => Some(reader.bytes()?.to_vec()),
            _ => return Err(Damaged("a row")),
        };
        read.push((table, key, body));
    }
    Ok(read)
}
