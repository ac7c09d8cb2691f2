//! Old names of records that were relabelled: printed codes and drafts may still use them.

use super::record::id;
use super::{Fault, Store, Table};
use sync_core::RecordId;

impl Store {
    /// Notes that a record has a new name.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn keep_moved(&mut self, old: RecordId, new: RecordId) -> Result<(), Fault> {
        self.put(Table::Moved, old.0.as_bytes(), new.0.as_bytes())
    }

    /// The name that a record has now.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn name_now(&mut self, mut name: RecordId) -> Result<RecordId, Fault> {
        while let Some(new) = self.get(Table::Moved, name.0.as_bytes())? {
            name = id(&new)?;
        }
        Ok(name)
    }
}
