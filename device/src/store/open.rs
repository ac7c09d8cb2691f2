//! Opening a store.
//!
//! The rule this module protects: *never delete what cannot be read*. A file of a newer program, or a damaged one, is set
//! aside under another name; a file that is not ours is left where it is.

use super::fault::is_damage;
use super::{Fault, Store};
use diesel::connection::Connection;
use diesel::dsl::sql;
use diesel::sql_types::{BigInt, Text};
use diesel::{RunQueryDsl, SqliteConnection};
use std::fs;
use std::path::{Path, PathBuf};

/// The tables of version 1.
const START: &str = include_str!("../../migrations/0001_start.sql");
/// Version of the tables.
const VERSION: i64 = 1;
/// Marks a file as a Lumbung device's: `LUMd`.
const APPLICATION: i64 = 0x4c55_4d64;

const SETTINGS: &str = "
    PRAGMA busy_timeout = 10000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA cache_size = -2048;
    PRAGMA mmap_size = 0;";

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
        let opened = open(path);
        match opened {
            Err(Unusable::Unreadable(why)) => Err(set_aside(path, why)),
            Err(Unusable::Foreign) => Err(Fault::Foreign),
            Err(Unusable::Fault(fault)) => Err(fault),
            Ok(conn) => Ok(Store::on(conn)),
        }
    }

    /// A store that ends with the process.
    ///
    /// # Errors
    /// When memory is short.
    pub fn in_memory() -> Result<Store, Fault> {
        let mut conn = SqliteConnection::establish(":memory:").map_err(unavailable)?;
        Store::execute(&mut conn, &start())?;
        Ok(Store::on(conn))
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

fn open(path: &Path) -> Result<SqliteConnection, Unusable> {
    let text = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let mut conn = match SqliteConnection::establish(&format!("file:{text}?mode=rwc")) {
        Err(why) if is_damage(&why.to_string()) => return Err(Unusable::Unreadable(why.to_string())),
        conn => conn.map_err(unavailable)?,
    };
    Store::execute(&mut conn, SETTINGS)?;
    let application = number(&mut conn, "SELECT application_id FROM pragma_application_id")?;
    let version = number(&mut conn, "SELECT user_version FROM pragma_user_version")?;
    let tables = number(&mut conn, "SELECT count(*) FROM sqlite_schema")?;
    match (application, version, tables) {
        (APPLICATION, VERSION, _) => check(&mut conn)?,
        (APPLICATION, ..) => return Err(Unusable::Unreadable(format!("versi {version}"))),
        // Two processes may make it at the same moment: the second waits and finds it made.
        (0, 0, 0) => match Store::execute(&mut conn, &start()) {
            Err(_) if number(&mut conn, "SELECT user_version FROM pragma_user_version")? == VERSION => {
                Store::execute(&mut conn, "ROLLBACK")?;
            }
            made => made?,
        },
        _ => return Err(Unusable::Foreign),
    }
    Ok(conn)
}

fn start() -> String {
    format!(
        "BEGIN IMMEDIATE; {START} PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
    )
}

fn number(conn: &mut SqliteConnection, query: &str) -> Result<i64, Fault> {
    Ok(sql::<BigInt>(query).get_result(conn)?)
}

/// Is the file whole?
pub(super) fn check(conn: &mut SqliteConnection) -> Result<(), Fault> {
    let said: String = sql::<Text>("PRAGMA quick_check(1)").get_result(conn)?;
    if said == "ok" { Ok(()) } else { Err(Fault::Damaged(said)) }
}

fn unavailable(why: diesel::ConnectionError) -> Fault {
    Fault::Unavailable(why.to_string())
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
