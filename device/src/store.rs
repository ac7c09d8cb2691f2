//! What the device keeps.
//!
//! The rule this module protects: *every act is one transaction*. A change, its record and the standing that counts it are
//! stored together or not at all, so a device that is killed at any moment goes on where it was. The store decides
//! nothing; where its bytes lie is a [`Shelf`]'s business.

pub mod area;
pub mod change;
pub mod download;
mod fault;
pub mod held;
pub mod identity;
pub mod key;
pub mod memory;
pub mod moved;
pub mod record;
pub mod shelf;
#[cfg(feature = "native")]
mod sqlite;
pub mod standing;

pub use fault::{Fault, Faults};
pub use identity::{Identity, Limits, Session};
pub use memory::Memory;
pub use shelf::{Shelf, Table};
pub use standing::Series;

use shelf::{Row, after};

/// An open store.
pub struct Store {
    shelf: Box<dyn Shelf>,
    /// Which store call fails, for tests.
    pub faults: Faults,
    /// What made the open transaction impossible to commit; the first failure wins.
    failed: Option<Fault>,
    depth: u32,
}

impl Store {
    /// A store whose rows lie on this shelf.
    pub fn on(shelf: Box<dyn Shelf>) -> Store {
        Store { shelf, faults: Faults::default(), failed: None, depth: 0 }
    }

    /// A store that ends with the process.
    pub fn in_memory() -> Store {
        Store::on(Box::new(Memory::default()))
    }

    /// Runs one call of the shelf.
    fn run<T>(&mut self, call: impl FnOnce(&mut dyn Shelf) -> Result<T, Fault>) -> Result<T, Fault> {
        let answer = self.faults.count().and_then(|()| call(self.shelf.as_mut()));
        if let Err(fault) = &answer {
            self.failed.get_or_insert_with(|| fault.clone());
        }
        answer
    }

    fn get(&mut self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        self.run(|shelf| shelf.get(table, key))
    }

    fn put(&mut self, table: Table, key: &[u8], body: &[u8]) -> Result<(), Fault> {
        self.run(|shelf| shelf.put(table, key, body))
    }

    fn delete(&mut self, table: Table, key: &[u8]) -> Result<(), Fault> {
        self.run(|shelf| shelf.delete(table, key))
    }

    fn range(
        &mut self,
        table: Table,
        from: &[u8],
        to: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<Row>, Fault> {
        self.run(|shelf| shelf.range(table, from, to, limit))
    }

    /// All rows whose keys begin with `prefix`.
    fn all(&mut self, table: Table, prefix: &[u8]) -> Result<Vec<Row>, Fault> {
        self.range(table, prefix, after(prefix).as_deref(), usize::MAX)
    }

    fn last(&mut self, table: Table, from: &[u8], to: &[u8]) -> Result<Option<Row>, Fault> {
        self.run(|shelf| shelf.last(table, from, to))
    }

    /// Takes all rows with keys from `from` on and before `to` away.
    fn delete_range(&mut self, table: Table, from: &[u8], to: Option<&[u8]>) -> Result<(), Fault> {
        for (key, _) in self.range(table, from, to, usize::MAX)? {
            self.delete(table, &key)?;
        }
        Ok(())
    }

    /// Runs `work` in one transaction: all of it is stored, or nothing. Within another transaction it is a part of that
    /// one, which can fail alone.
    ///
    /// # Errors
    /// What `work` answers, or the failure of the shelf.
    pub fn tx<T, E: From<Fault>>(&mut self, work: impl FnOnce(&mut Store) -> Result<T, E>) -> Result<T, E> {
        self.begin()?;
        let answer = work(self);
        self.end(answer)
    }

    /// Begins a transaction; [`Store::end`] ends it.
    pub(crate) fn begin(&mut self) -> Result<(), Fault> {
        let is_nested = self.depth > 0;
        if !is_nested {
            self.failed = None;
        }
        self.run(|shelf| shelf.begin(is_nested))?;
        self.depth += 1;
        Ok(())
    }

    /// Ends a transaction: keeps all of it when all went well, and nothing otherwise.
    pub(crate) fn end<T, E: From<Fault>>(&mut self, answer: Result<T, E>) -> Result<T, E> {
        let answer = answer.and_then(|value| match self.failed.clone() {
            None => Ok(value),
            Some(fault) => Err(fault.into()),
        });
        let mut committed = false;
        let answer = answer.and_then(|value| {
            self.run(|shelf| shelf.commit())?;
            committed = true;
            // A commit whose answer is lost, which a test may want.
            self.faults.count()?;
            Ok(value)
        });
        self.depth -= 1;
        if !committed {
            self.roll_back();
        }
        answer
    }

    /// A rollback that fails leaves nothing behind either: an unfinished transaction is gone when the shelf is opened
    /// again.
    fn roll_back(&mut self) {
        if let Err(fault) = self.shelf.roll_back() {
            self.failed.get_or_insert(fault);
        }
    }

    /// Asks whether everything that is kept is whole.
    ///
    /// # Errors
    /// [`Fault`] when it is not.
    pub fn check(&mut self) -> Result<(), Fault> {
        self.shelf.check()
    }
}
