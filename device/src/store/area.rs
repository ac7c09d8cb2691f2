//! How far each area is known.

use super::{Fault, Store, Table};
use sync_core::AreaCode;

impl Store {
    /// Areas of which everything up to some version has come, with that version, ascending.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn areas(&mut self) -> Result<Vec<(AreaCode, u64)>, Fault> {
        let rows = self.all(Table::Area, &[])?;
        rows.iter().map(|(key, body)| Ok((AreaCode(number(key)?), number(body)?))).collect()
    }

    /// Notes that everything up to a version has come.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn keep_area(&mut self, area: AreaCode, version: u64) -> Result<(), Fault> {
        self.put(Table::Area, &area.0.to_be_bytes(), &version.to_be_bytes())
    }

    /// Forgets how far an area is known: it comes again from the start.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn forget_area(&mut self, area: AreaCode) -> Result<(), Fault> {
        self.delete(Table::Area, &area.0.to_be_bytes())
    }

    /// Forgets how far every area is known: versions of another epoch mean nothing.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn forget_areas(&mut self) -> Result<(), Fault> {
        self.delete_range(Table::Area, &[], None)?;
        self.delete_range(Table::Download, &[], None)
    }
}

/// A number of eight bytes, as keys hold them.
pub(super) fn number(bytes: &[u8]) -> Result<u64, Fault> {
    let bytes = bytes.try_into().map_err(|_| Fault::Damaged("number".into()))?;
    Ok(u64::from_be_bytes(bytes))
}
