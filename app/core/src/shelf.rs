//! What is known of the village, kept up to date from the rows that change.
//!
//! The rule this module protects: *a screen never reads a record twice*: records are read into the book when their rows
//! change, the first time all of them, then only those.

use crate::Phone;
use care::Book;
use device::store::Table;
use device::store::memory::Changed;
use device::{Error, RecordId};
use schema::{Rules, Schema};
use std::collections::BTreeSet;
use sync_core::{Closed, Record};
use uuid::Uuid;

/// Records that are read together when the book is empty.
const AT_A_TIME: usize = 256;

/// The book, and what it has not heard of yet.
pub(crate) struct Known {
    pub(crate) book: Book,
    is_filled: bool,
    changed: BTreeSet<RecordId>,
    /// Records that stand in the book as not sent yet.
    unsent: BTreeSet<RecordId>,
    /// Something was saved or signed for: `unsent` is to be asked anew.
    has_moved: bool,
}

impl Known {
    pub(crate) fn new(schema: &'static Schema, rules: &'static Rules) -> Known {
        let (changed, unsent) = (BTreeSet::new(), BTreeSet::new());
        Known { book: Book::new(schema, rules), is_filled: false, changed, unsent, has_moved: true }
    }

    /// Notes which records changed.
    pub(crate) fn note(&mut self, rows: &[Changed]) {
        for (table, key, _) in rows {
            match table {
                Table::Record => self.changed.extend(id(key)),
                Table::Series => self.has_moved = true,
                // A key that came for somebody who was here nameless.
                Table::Key => {
                    let owner = key.get(..16).and_then(id);
                    self.changed.extend(owner);
                    self.changed.extend(owner.into_iter().flat_map(|owner| self.book.belonging_to(owner)));
                }
                _ => {}
            }
        }
    }
}

fn id(key: &[u8]) -> Option<RecordId> {
    Uuid::from_slice(key).ok().map(RecordId)
}

impl Phone {
    /// The book as of now.
    pub(crate) fn book(&mut self) -> Result<&Book, Error> {
        if std::mem::take(&mut self.known.has_moved) {
            let unsent = self.device.unsent_records()?;
            let moved: Vec<RecordId> = unsent.symmetric_difference(&self.known.unsent).copied().collect();
            self.known.changed.extend(moved);
            self.known.unsent = unsent;
        }
        let changed = std::mem::take(&mut self.known.changed);
        if !self.known.is_filled {
            self.fill()?;
            self.known.is_filled = true;
        } else {
            for id in changed {
                match self.device.record(id) {
                    Ok(record) => self.read(&record)?,
                    Err(Error::UnknownRecord(_)) => self.known.book.remove(id),
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(&self.known.book)
    }

    /// Some at a time: all of them side by side would take as much memory again as their rows.
    fn fill(&mut self) -> Result<(), Error> {
        let mut last = None;
        loop {
            let records = self.device.store().records_after(last, AT_A_TIME)?;
            let Some(newest) = records.last() else { return Ok(()) };
            last = Some(newest.id);
            for record in &records {
                self.read(record)?;
            }
        }
    }

    fn read(&mut self, record: &Record) -> Result<(), Error> {
        let unsent = self.known.unsent.contains(&record.id);
        // Of a visit, and most records are visits, no seal is opened: its keys would be looked up for nothing.
        if Book::opens(record.kind) {
            let ring = self.device.ring_for([record])?;
            self.known.book.put(record, &ring, unsent);
        } else {
            self.known.book.put(record, &Closed, unsent);
        }
        Ok(())
    }
}
