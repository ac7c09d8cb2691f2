//! What is known of the village, kept up to date from the rows that change.
//!
//! The rule this module protects: *a screen never reads a record twice*: records are read into the book when their rows
//! change, the first time all of them, then only those.

use crate::Phone;
use crate::rows::Changed;
use care::Book;
use device::store::Table;
use device::{Error, RecordId};
use schema::{Rules, Schema};
use std::collections::BTreeSet;
use uuid::Uuid;

/// The book, and what it has not heard of yet.
pub(crate) struct Known {
    pub(crate) book: Book,
    is_filled: bool,
    changed: BTreeSet<RecordId>,
    /// In the book as not sent yet; a receipt changes that without touching the record.
    unsent: BTreeSet<RecordId>,
}

impl Known {
    pub(crate) fn new(schema: &'static Schema, rules: &'static Rules) -> Known {
        let (changed, unsent) = (BTreeSet::new(), BTreeSet::new());
        Known { book: Book::new(schema, rules), is_filled: false, changed, unsent }
    }

    /// Notes which records changed.
    pub(crate) fn note(&mut self, rows: &[Changed]) {
        for (table, key, _) in rows {
            match table {
                Table::Record => self.changed.extend(id(key)),
                Table::Series => self.changed.extend(&self.unsent),
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
        if self.known.is_filled {
            for id in std::mem::take(&mut self.known.changed) {
                self.read(id)?;
            }
        } else {
            self.known.changed.clear();
            for record in self.device.records(None, None)? {
                self.put(&record)?;
            }
            self.known.is_filled = true;
        }
        Ok(&self.known.book)
    }

    fn read(&mut self, id: RecordId) -> Result<(), Error> {
        match self.device.record(id) {
            Ok(record) => self.put(&record),
            Err(Error::UnknownRecord(_)) => {
                self.known.book.remove(id);
                self.known.unsent.remove(&id);
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    fn put(&mut self, record: &device::Record) -> Result<(), Error> {
        let ring = self.device.ring_for([record])?;
        let is_unsent = self.device.is_unsent(record.id)?;
        self.known.book.put(record, &ring, is_unsent);
        if is_unsent {
            self.known.unsent.insert(record.id);
        } else {
            self.known.unsent.remove(&record.id);
        }
        Ok(())
    }
}
