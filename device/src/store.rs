//! What the device keeps, in one SQLite file or in memory.
//!
//! The rule this module protects: *every act is one transaction*. A change, its record and the standing that counts it are
//! stored together or not at all, so a device that is killed at any moment goes on where it was. The store decides
//! nothing.

pub mod area;
pub mod change;
pub mod download;
mod fault;
pub mod held;
pub mod identity;
pub mod key;
pub mod moved;
mod open;
pub mod record;
pub mod standing;
mod tables;

pub use fault::{Fault, Faults};
pub use identity::{Identity, Limits, Session};
pub use standing::Series;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::{QueryResult, SqliteConnection};

/// An open store.
pub struct Store {
    conn: SqliteConnection,
    /// Which store call fails, for tests.
    pub faults: Faults,
    /// What made the open transaction impossible to commit; the first failure wins.
    failed: Option<Fault>,
    depth: u32,
}

impl Store {
    fn on(conn: SqliteConnection) -> Store {
        Store { conn, faults: Faults::default(), failed: None, depth: 0 }
    }

    /// Runs one query.
    ///
    /// # Errors
    /// [`Fault`] when the database does not answer, or a test wants this call to fail.
    pub(crate) fn run<T>(
        &mut self,
        query: impl FnOnce(&mut SqliteConnection) -> QueryResult<T>,
    ) -> Result<T, Fault> {
        let answer = self.faults.count().and_then(|()| query(&mut self.conn).map_err(Fault::from));
        if let Err(fault) = &answer {
            self.failed.get_or_insert_with(|| fault.clone());
        }
        answer
    }

    /// Runs `work` in one transaction: all of it is stored, or nothing. Within another transaction it is a part of that
    /// one, which can fail alone.
    ///
    /// # Errors
    /// What `work` answers, or the failure of the database.
    pub fn tx<T, E: From<Fault>>(&mut self, work: impl FnOnce(&mut Store) -> Result<T, E>) -> Result<T, E> {
        self.begin()?;
        let answer = work(self);
        self.end(answer)
    }

    /// Begins a transaction; [`Store::end`] ends it.
    pub(crate) fn begin(&mut self) -> Result<(), Fault> {
        let outermost = self.depth == 0;
        if outermost {
            self.failed = None;
        }
        // The write lock is taken at once: who starts reading and then wants to write would fail without waiting.
        self.run(|conn| match outermost {
            true => AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN IMMEDIATE"),
            false => AnsiTransactionManager::begin_transaction(conn),
        })?;
        self.depth += 1;
        Ok(())
    }

    /// Ends a transaction: keeps all of it when all went well, and nothing otherwise.
    pub(crate) fn end<T, E: From<Fault>>(&mut self, answer: Result<T, E>) -> Result<T, E> {
        let answer = answer.and_then(|value| match self.failed.clone() {
            None => Ok(value),
            Some(fault) => Err(fault.into()),
        });
        let answer = answer.and_then(|value| self.commit().map(|()| value).map_err(E::from));
        self.depth -= 1;
        if answer.is_err() {
            self.roll_back();
        }
        answer
    }

    fn commit(&mut self) -> Result<(), Fault> {
        self.run(AnsiTransactionManager::commit_transaction)?;
        // A commit whose answer is lost, which a test may want.
        self.faults.count()
    }

    /// A rollback that fails leaves nothing behind either: SQLite rolls back when the file is opened again.
    fn roll_back(&mut self) {
        if let Err(error) = AnsiTransactionManager::rollback_transaction(&mut self.conn) {
            self.failed.get_or_insert(Fault::from(error));
        }
    }

    /// Asks the database whether its file is whole.
    ///
    /// # Errors
    /// [`Fault`] when it is not.
    pub fn check(&mut self) -> Result<(), Fault> {
        open::check(&mut self.conn)
    }

    fn execute(conn: &mut SqliteConnection, statements: &str) -> Result<(), Fault> {
        conn.batch_execute(statements).map_err(Fault::from)
    }
}
