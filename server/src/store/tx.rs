//! The one transaction wrapper.
//!
//! The rule this module protects: *a transaction happens whole or not at all*. One in which any store call failed
//! never commits, whatever the closure made of the failure; a deadlock runs the whole closure again.

use super::{Conn, Error, Link};
use diesel::connection::{AnsiTransactionManager, TransactionManager};

/// How often a transaction that met a deadlock or a serialization failure is tried in all.
const TRIES: u32 = 5;

/// Runs `work` in one writing transaction: all of it is stored, or nothing.
///
/// `work` may run more than once, so it must change nothing but the database. SQLite takes the write lock at once
/// (`BEGIN IMMEDIATE`): one that starts reading and then wants to write would fail without waiting.
///
/// # Errors
///
/// What `work` answers, or the failure of begin or commit. After a failed commit whose answer was lost the work may
/// be stored: every request is safe to send again.
pub fn tx<T, E: From<Error>>(
    conn: &mut Conn,
    mut work: impl FnMut(&mut Conn) -> Result<T, E>,
) -> Result<T, E> {
    for _ in 1..TRIES {
        match attempt(conn, &mut work) {
            Err(_) if conn.failed.as_ref().is_some_and(Error::is_again) => {}
            answer => return answer,
        }
    }
    attempt(conn, &mut work)
}

/// Reads in one transaction that sees the database as it was at its first query, while others go on writing.
///
/// # Errors
///
/// What `work` answers, or the failure of begin.
pub fn snapshot<T, E: From<Error>>(
    conn: &mut Conn,
    work: impl FnOnce(&mut Conn) -> Result<T, E>,
) -> Result<T, E> {
    conn.count()?;
    let begun = match &mut conn.link {
        Link::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN"),
        Link::Postgres(c) => AnsiTransactionManager::begin_transaction_sql(
            c,
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        ),
    };
    conn.note(begun)?;
    let answer = work(conn);
    roll_back(conn);
    answer
}

fn attempt<T, E: From<Error>>(
    conn: &mut Conn,
    work: &mut impl FnMut(&mut Conn) -> Result<T, E>,
) -> Result<T, E> {
    conn.failed = None;
    begin(conn)?;
    let answer = work(conn).and_then(|value| match conn.failed.clone() {
        None => Ok(value),
        Some(failure) => Err(failure.into()),
    });
    match answer {
        Ok(value) => commit(conn).map(|()| value).map_err(E::from),
        Err(error) => {
            roll_back(conn);
            Err(error)
        }
    }
}

fn begin(conn: &mut Conn) -> Result<(), Error> {
    conn.count()?;
    let begun = match &mut conn.link {
        Link::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE"),
        Link::Postgres(c) => {
            AnsiTransactionManager::begin_transaction_sql(c, "BEGIN ISOLATION LEVEL READ COMMITTED")
        }
    };
    conn.note(begun)
}

fn commit(conn: &mut Conn) -> Result<(), Error> {
    if let Err(fault) = conn.count() {
        roll_back(conn);
        return Err(fault);
    }
    let committed = match &mut conn.link {
        Link::Sqlite(c) => AnsiTransactionManager::commit_transaction(c),
        Link::Postgres(c) => AnsiTransactionManager::commit_transaction(c),
    };
    conn.note(committed)?;
    conn.count()
}

/// A rollback that fails leaves the connection broken; the pool then drops it, which rolls back as well.
fn roll_back(conn: &mut Conn) {
    let rolled_back = match &mut conn.link {
        Link::Sqlite(c) => AnsiTransactionManager::rollback_transaction(c),
        Link::Postgres(c) => AnsiTransactionManager::rollback_transaction(c),
    };
    if let Err(why) = rolled_back {
        tracing::warn!(%why, "rollback failed; the connection is dropped");
    }
}
