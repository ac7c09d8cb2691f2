//! Old names of records that were relabelled: printed codes and drafts may still use them.

use super::record::{bytes, id};
use super::tables::moved::dsl;
use super::{Fault, Store};
use diesel::prelude::*;
use sync_core::RecordId;

impl Store {
    /// Notes that a record has a new name.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn keep_moved(&mut self, old: RecordId, new: RecordId) -> Result<(), Fault> {
        let row = (dsl::old.eq(bytes(old)), dsl::new.eq(bytes(new)));
        self.run(|c| diesel::replace_into(dsl::moved).values(row).execute(c))?;
        Ok(())
    }

    /// The name that a record has now.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn name_now(&mut self, mut name: RecordId) -> Result<RecordId, Fault> {
        loop {
            let query = dsl::moved.find(bytes(name)).select(dsl::new);
            let new: Option<Vec<u8>> = self.run(|c| query.first(c).optional())?;
            match new {
                Some(new) => name = id(&new)?,
                None => return Ok(name),
            }
        }
    }
}
