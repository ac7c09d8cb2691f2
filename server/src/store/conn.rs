//! One connection, to either database.
//!
//! The rule this module protects: *every query is written once, and any of them can be made to fail*.
//! [`on!`](crate::on) expands one diesel body for both databases and asks the connection's [`Faults`] first.

use super::url::{postgres_uri, sqlite_uri};
use super::{DatabaseUrl, Error};
use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::sql_types::Text;
use diesel::{Connection, PgConnection, QueryResult, QueryableByName, RunQueryDsl, SqliteConnection};

/// A connection. Queries go through [`on!`](crate::on), transactions through [`super::tx`].
pub struct Conn {
    /// The database behind it.
    pub link: Link,
    /// Which store call fails, for tests.
    pub faults: Faults,
    /// What made the open transaction impossible to commit; the first failure wins.
    pub(super) failed: Option<Error>,
}

/// The database behind a connection.
pub enum Link {
    /// A file.
    Sqlite(SqliteConnection),
    /// A server.
    Postgres(PgConnection),
}

/// Counts store calls and fails one of them. Begin is a call; commit is two: one before it and one after it, so that
/// a commit whose answer was lost is tested too.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Faults {
    /// Store calls since the counter was made.
    pub calls: u64,
    /// The call, counted from 1, that fails; `None` in production.
    pub fail_at: Option<u64>,
}

/// Runs one query on whichever database the connection leads to: `on!(conn, |c| person::table.load(c))`.
#[macro_export]
macro_rules! on {
    ($conn:expr, |$c:ident| $query:expr) => {{
        let conn: &mut $crate::store::Conn = $conn;
        match conn.count() {
            Ok(()) => {
                let answer = match &mut conn.link {
                    $crate::store::Link::Sqlite($c) => $query,
                    $crate::store::Link::Postgres($c) => $query,
                };
                conn.note(answer)
            }
            Err(fault) => Err(fault),
        }
    }};
}

/// Runs one query that locks the rows it reads until the transaction ends. SQLite has no such clause and needs none: a
/// writing transaction holds the whole file.
#[macro_export]
macro_rules! on_locked {
    ($conn:expr, |$c:ident| $query:expr, $load:ident) => {{
        let conn: &mut $crate::store::Conn = $conn;
        match conn.count() {
            Ok(()) => {
                let answer = match &mut conn.link {
                    $crate::store::Link::Sqlite($c) => $query.$load($c),
                    $crate::store::Link::Postgres($c) => $query.for_update().$load($c),
                };
                conn.note(answer.optional())
            }
            Err(fault) => Err(fault),
        }
    }};
}

/// Full synchronous: a receipt is given only for what the disk holds. Caches are small: the server shares a village
/// office's machine. In a page of 4 kB a meal session would spill into pages of its own, which doubled the file.
const SQLITE_SETTINGS: &str = "
    PRAGMA page_size = 8192;
    PRAGMA busy_timeout = 5000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA wal_autocheckpoint = 2000;
    PRAGMA cache_size = -1024;
    PRAGMA mmap_size = 0;";

const POSTGRES_SETTINGS: &str = "
    SET client_min_messages = warning;
    SET lock_timeout = '10s';
    SET statement_timeout = '60s';
    SET idle_in_transaction_session_timeout = '60s';";

impl Conn {
    /// Opens an existing database.
    ///
    /// # Errors
    ///
    /// [`Error::Unavailable`] when it is not there or does not answer.
    pub fn open(url: &DatabaseUrl) -> Result<Conn, Error> {
        Conn::open_as(url, "rw")
    }

    /// Opens a database and creates its file when it is not there (SQLite); a PostgreSQL database must exist.
    ///
    /// # Errors
    ///
    /// [`Error::Unavailable`] when that is not possible.
    pub fn create(url: &DatabaseUrl) -> Result<Conn, Error> {
        Conn::open_as(url, "rwc")
    }

    fn open_as(url: &DatabaseUrl, mode: &str) -> Result<Conn, Error> {
        let unreachable = |why: diesel::ConnectionError| Error::Unavailable(format!("{url}: {why}"));
        let mut link = match url {
            DatabaseUrl::Sqlite(path) => {
                Link::Sqlite(SqliteConnection::establish(&sqlite_uri(path, mode)).map_err(unreachable)?)
            }
            DatabaseUrl::Postgres(url) => {
                Link::Postgres(PgConnection::establish(&postgres_uri(url)).map_err(unreachable)?)
            }
        };
        match &mut link {
            Link::Sqlite(c) => c.batch_execute(SQLITE_SETTINGS)?,
            Link::Postgres(c) => c.batch_execute(POSTGRES_SETTINGS)?,
        }
        Ok(Conn { link, faults: Faults::default(), failed: None })
    }

    /// Asks whether the database still answers.
    ///
    /// # Errors
    ///
    /// [`Error::Unavailable`] when it does not.
    pub fn ping(&mut self) -> Result<(), Error> {
        on!(self, |c| c.batch_execute("SELECT 1"))
    }

    /// Makes a SQLite database one file that needs no other beside it, and checks every page of it.
    ///
    /// # Errors
    ///
    /// [`Error::Broken`] when a page is damaged.
    pub fn seal_file(&mut self) -> Result<(), Error> {
        let Link::Sqlite(c) = &mut self.link else { return Ok(()) };
        c.batch_execute("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;")?;
        let checked: Vec<Checked> = diesel::sql_query("PRAGMA integrity_check").load(c)?;
        match checked.as_slice() {
            [one] if one.integrity_check == "ok" => Ok(()),
            faults => Err(Error::Broken(format!("integrity check: {} faults", faults.len()))),
        }
    }

    /// Counts one store call, and fails it when it is the one to fail. Part of [`on!`](crate::on).
    ///
    /// # Errors
    ///
    /// [`Error::Unavailable`] when this call is the one.
    #[doc(hidden)]
    pub fn count(&mut self) -> Result<(), Error> {
        self.faults.calls += 1;
        if self.faults.fail_at != Some(self.faults.calls) {
            return Ok(());
        }
        self.note(Err(diesel::result::Error::DatabaseError(
            diesel::result::DatabaseErrorKind::ClosedConnection,
            Box::new(format!("made to fail: store call {}", self.faults.calls)),
        )))
    }

    /// Keeps a failure, so that the open transaction cannot commit. Part of [`on!`](crate::on).
    ///
    /// # Errors
    ///
    /// The failure.
    #[doc(hidden)]
    pub fn note<T>(&mut self, answer: QueryResult<T>) -> Result<T, Error> {
        answer.map_err(|error| {
            let error = Error::from(error);
            self.failed.get_or_insert_with(|| error.clone());
            error
        })
    }

    /// Is it left in a state nobody can continue from?
    pub(super) fn is_broken(&mut self) -> bool {
        match &mut self.link {
            Link::Sqlite(c) => AnsiTransactionManager::is_broken_transaction_manager(c),
            Link::Postgres(c) => AnsiTransactionManager::is_broken_transaction_manager(c),
        }
    }
}

#[derive(QueryableByName)]
struct Checked {
    #[diesel(sql_type = Text)]
    integrity_check: String,
}
