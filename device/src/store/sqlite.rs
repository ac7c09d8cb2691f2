//! A shelf in one SQLite file.
//!
//! The rule this module protects: *never delete what cannot be read*. A file of a newer program, or a damaged one, is set
//! aside under another name; a file that is not ours is left where it is.

use super::shelf::{Row, Shelf, Table};
use super::{Fault, Store};
use diesel::connection::{AnsiTransactionManager, Connection, SimpleConnection, TransactionManager};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DieselError};
use diesel::sql_types::{BigInt, Text};
use std::fs;
use std::path::{Path, PathBuf};

diesel::table! {
    row (sort, name) {
        sort -> BigInt,
        name -> Binary,
        body -> Binary,
    }
}

/// Version 1: one table, whose rows are a device's by [`Table`] and key.
const START: &str = "CREATE TABLE row (
    sort INTEGER NOT NULL,
    name BLOB NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (sort, name)
) STRICT, WITHOUT ROWID;";
/// Version of the file.
const VERSION: i64 = 1;
/// Marks a file as a Lumbung device's: `LUMd`.
const APPLICATION: i64 = 0x4c55_4d64;

const SETTINGS: &str = "
    PRAGMA busy_timeout = 10000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA cache_size = -2048;
    PRAGMA mmap_size = 0;";

/// Rows in a SQLite database.
struct Sqlite(SqliteConnection);

impl Shelf for Sqlite {
    fn get(&mut self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        let found = row::table.find((table as i64, key)).select(row::body).first(&mut self.0);
        Ok(found.optional()?)
    }

    fn put(&mut self, table: Table, key: &[u8], body: &[u8]) -> Result<(), Fault> {
        let values = (row::sort.eq(table as i64), row::name.eq(key), row::body.eq(body));
        diesel::replace_into(row::table).values(values).execute(&mut self.0)?;
        Ok(())
    }

    fn delete(&mut self, table: Table, key: &[u8]) -> Result<(), Fault> {
        diesel::delete(row::table.find((table as i64, key))).execute(&mut self.0)?;
        Ok(())
    }

    fn range(
        &mut self,
        table: Table,
        from: &[u8],
        to: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<Row>, Fault> {
        let found = row::table
            .filter(row::sort.eq(table as i64))
            .filter(row::name.ge(from))
            .order(row::name)
            .limit(i64::try_from(limit).unwrap_or(i64::MAX))
            .select((row::name, row::body));
        Ok(match to {
            Some(to) => found.filter(row::name.lt(to)).load(&mut self.0)?,
            None => found.load(&mut self.0)?,
        })
    }

    fn last(&mut self, table: Table, from: &[u8], to: &[u8]) -> Result<Option<Row>, Fault> {
        let found = row::table
            .filter(row::sort.eq(table as i64))
            .filter(row::name.ge(from).and(row::name.lt(to)))
            .order(row::name.desc())
            .select((row::name, row::body))
            .first(&mut self.0);
        Ok(found.optional()?)
    }

    fn begin(&mut self, is_nested: bool) -> Result<(), Fault> {
        // The write lock is taken at once: who starts reading and then wants to write would fail without waiting.
        let begun = match is_nested {
            false => AnsiTransactionManager::begin_transaction_sql(&mut self.0, "BEGIN IMMEDIATE"),
            true => AnsiTransactionManager::begin_transaction(&mut self.0),
        };
        Ok(begun?)
    }

    fn commit(&mut self) -> Result<(), Fault> {
        Ok(AnsiTransactionManager::commit_transaction(&mut self.0)?)
    }

    fn roll_back(&mut self) -> Result<(), Fault> {
        Ok(AnsiTransactionManager::rollback_transaction(&mut self.0)?)
    }

    fn check(&mut self) -> Result<(), Fault> {
        let said: String = sql::<Text>("PRAGMA quick_check(1)").get_result(&mut self.0)?;
        if said == "ok" { Ok(()) } else { Err(Fault::Damaged(said)) }
    }
}

impl Store {
    /// Opens the store at `path`.
    ///
    /// # Errors
    /// [`Fault::Missing`], [`Fault::Foreign`], [`Fault::SetAside`]; [`Fault::Unavailable`] when it does not answer.
    pub fn open(path: &Path) -> Result<Store, Fault> {
        if !path.exists() {
            return Err(Fault::Missing);
        }
        Store::create(path)
    }

    /// Opens the store at `path`, and makes it when it is not there.
    ///
    /// # Errors
    /// As [`Store::open`], without [`Fault::Missing`].
    pub fn create(path: &Path) -> Result<Store, Fault> {
        match open(path) {
            Err(Unusable::Unreadable(why)) => Err(set_aside(path, why)),
            Err(Unusable::Foreign) => Err(Fault::Foreign),
            Err(Unusable::Fault(fault)) => Err(fault),
            Ok(shelf) => Ok(Store::on(Box::new(shelf))),
        }
    }
}

enum Unusable {
    /// Of a newer program, or damaged.
    Unreadable(String),
    Foreign,
    Fault(Fault),
}

impl From<Fault> for Unusable {
    fn from(fault: Fault) -> Unusable {
        match fault {
            Fault::Damaged(why) => Unusable::Unreadable(why),
            fault => Unusable::Fault(fault),
        }
    }
}

fn open(path: &Path) -> Result<Sqlite, Unusable> {
    let text = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let mut conn = match SqliteConnection::establish(&format!("file:{text}?mode=rwc")) {
        Err(why) if is_damage(&why.to_string()) => return Err(Unusable::Unreadable(why.to_string())),
        conn => conn.map_err(|why| Fault::Unavailable(why.to_string()))?,
    };
    execute(&mut conn, SETTINGS)?;
    let application = number(&mut conn, "SELECT application_id FROM pragma_application_id")?;
    let version = number(&mut conn, "SELECT user_version FROM pragma_user_version")?;
    let tables = number(&mut conn, "SELECT count(*) FROM sqlite_schema")?;
    let mut shelf = Sqlite(conn);
    match (application, version, tables) {
        (APPLICATION, VERSION, _) => shelf.check()?,
        (APPLICATION, ..) => return Err(Unusable::Unreadable(format!("versi {version}"))),
        // Two processes may make it at the same moment: the second waits and finds it made.
        (0, 0, 0) => match execute(&mut shelf.0, &start()) {
            Err(_) if number(&mut shelf.0, "SELECT user_version FROM pragma_user_version")? == VERSION => {
                execute(&mut shelf.0, "ROLLBACK")?;
            }
            made => made?,
        },
        _ => return Err(Unusable::Foreign),
    }
    Ok(shelf)
}

fn start() -> String {
    format!(
        "BEGIN IMMEDIATE; {START} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
    )
}

fn execute(conn: &mut SqliteConnection, statements: &str) -> Result<(), Fault> {
    Ok(conn.batch_execute(statements)?)
}

fn number(conn: &mut SqliteConnection, query: &str) -> Result<i64, Fault> {
    Ok(sql::<BigInt>(query).get_result(conn)?)
}

impl From<DieselError> for Fault {
    fn from(error: DieselError) -> Fault {
        match &error {
            DieselError::DatabaseError(DatabaseErrorKind::Unknown, information)
                if is_damage(information.message()) =>
            {
                Fault::Damaged(information.message().into())
            }
            DieselError::DeserializationError(why) => Fault::Damaged(why.to_string()),
            _ => Fault::Unavailable(error.to_string()),
        }
    }
}

/// SQLite's words for a file that is broken; they are fixed and in English.
fn is_damage(message: &str) -> bool {
    message.contains("malformed") || message.contains("not a database")
}

/// Gives the file and what SQLite keeps beside it another name. The log goes first: a new file of the old name must not
/// find it.
fn set_aside(path: &Path, why: String) -> Fault {
    let beside = |path: &Path, suffix: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    let free = (1..).map(|nth| beside(path, &format!(".aside-{nth}"))).find(|aside| !aside.exists());
    let aside = free.unwrap_or_else(|| beside(path, ".aside"));
    for suffix in ["-wal", "-shm", ""] {
        let from = beside(path, suffix);
        if from.exists()
            && let Err(error) = fs::rename(&from, beside(&aside, suffix))
        {
            return Fault::Unavailable(error.to_string());
        }
    }
    Fault::SetAside { aside, why }
}
