//! From no tables to all tables, and from an older version to this one.
//!
//! The rule this module protects: *both databases have the same versions and end in the same logical schema*
//! (the test beside this file compares their catalogues).

use super::{Conn, Error, Link};
use crate::on;
use diesel::sql_types::BigInt;
use diesel::{QueryableByName, RunQueryDsl};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const SQLITE: EmbeddedMigrations = embed_migrations!("../schema/migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../schema/migrations/postgres");

/// How far a database is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// No Lumbung tables: a new or a wrong database.
    Empty,
    /// Tables of an older version.
    Behind,
    /// Tables of this version.
    Current,
}

/// Brings the tables to this version; one that is there already is left alone.
///
/// # Errors
///
/// [`Error::Broken`] when a migration fails; what it did is rolled back.
pub fn migrate(conn: &mut Conn) -> Result<(), Error> {
    match &mut conn.link {
        Link::Sqlite(c) => c.run_pending_migrations(SQLITE).map(drop),
        Link::Postgres(c) => c.run_pending_migrations(POSTGRES).map(drop),
    }
    .map_err(|why| Error::Broken(format!("migration: {why}")))
}

/// Takes all tables away again.
///
/// # Errors
///
/// [`Error::Broken`] when that is not possible.
pub fn unmigrate(conn: &mut Conn) -> Result<(), Error> {
    match &mut conn.link {
        Link::Sqlite(c) => c.revert_all_migrations(SQLITE).map(drop),
        Link::Postgres(c) => c.revert_all_migrations(POSTGRES).map(drop),
    }
    .map_err(|why| Error::Broken(format!("migration: {why}")))
}

/// Looks how far the database is, and changes nothing.
///
/// # Errors
///
/// [`Error::Unavailable`] when it does not answer.
pub fn standing(conn: &mut Conn) -> Result<Standing, Error> {
    if !has_tables(conn)? {
        return Ok(Standing::Empty);
    }
    let pending = match &mut conn.link {
        Link::Sqlite(c) => c.has_pending_migration(SQLITE),
        Link::Postgres(c) => c.has_pending_migration(POSTGRES),
    }
    .map_err(|why| Error::Unavailable(format!("migration: {why}")))?;
    Ok(if pending { Standing::Behind } else { Standing::Current })
}

/// Looks without touching: diesel creates its table of versions when it looks for it.
fn has_tables(conn: &mut Conn) -> Result<bool, Error> {
    let catalogue = match &conn.link {
        Link::Sqlite(_) => "SELECT count(*) AS n FROM sqlite_master WHERE type = 'table' AND name = 'server'",
        Link::Postgres(_) => {
            "SELECT count(*) AS n FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'server'"
        }
    };
    let found: Count = on!(conn, |c| diesel::sql_query(catalogue).get_result(c))?;
    Ok(found.n > 0)
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}
