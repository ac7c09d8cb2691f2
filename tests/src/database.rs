//! A database of its own for every test.

use diesel::connection::SimpleConnection;
use diesel::sql_types::BigInt;
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl};
use server::store::{Conn, DatabaseUrl, migrate};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    Sqlite,
    /// A database in the PostgreSQL of [`POSTGRES`].
    Postgres,
}

/// Names a PostgreSQL and a superuser of it: `postgres://postgres@127.0.0.1:5432/postgres`. Set by `cargo xtask test`.
pub const POSTGRES: &str = "LUMBUNG_TEST_POSTGRES";

/// An empty database and a folder beside it; both go away with it.
pub struct Database {
    /// Which it is.
    pub kind: Kind,
    /// Where it is.
    pub url: String,
    folder: TempDir,
    /// Where PostgreSQL itself is, and the name of the database in it.
    within: Option<(String, String)>,
}

impl Database {
    /// An empty database.
    pub fn fresh(kind: Kind) -> Database {
        let folder = tempfile::tempdir().expect("a temporary folder");
        match kind {
            Kind::Sqlite => {
                let url = format!("sqlite://{}", folder.path().join("lumbung.sqlite").display());
                Database { kind, url, folder, within: None }
            }
            Kind::Postgres => {
                let admin = postgres();
                let name = unique_name();
                execute(&admin, &format!("CREATE DATABASE {name}"));
                let (server, _) = admin.rsplit_once('/').expect("a PostgreSQL URL ends with a database");
                Database { kind, url: format!("{server}/{name}"), folder, within: Some((admin, name)) }
            }
        }
    }

    /// The same database for one more server; it stays when that one goes.
    pub fn again(&self) -> Database {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Database { kind: self.kind, url: self.url.clone(), folder, within: None }
    }

    /// A connection to it, with all tables made.
    pub fn migrated(&self) -> Conn {
        let mut conn = Conn::create(&self.url()).expect("a connection");
        migrate(&mut conn).expect("tables");
        conn
    }

    /// One more connection.
    pub fn conn(&self) -> Conn {
        Conn::open(&self.url()).expect("a connection")
    }

    /// Its URL as the server reads it.
    pub fn url(&self) -> DatabaseUrl {
        self.url.parse().expect("a database URL")
    }

    /// Keeps a copy of the data as it is, to be [put back](Database::put_back). No server may be running on it.
    pub fn keep(&self) {
        match &self.within {
            Some((admin, name)) => execute(admin, &format!("CREATE DATABASE {name}_kept TEMPLATE {name}")),
            None => self.files().for_each(|(file, kept)| match fs::copy(&file, kept) {
                Err(why) if why.kind() != ErrorKind::NotFound => panic!("{}: {why}", file.display()),
                _ => {}
            }),
        }
    }

    /// Puts the data back as it was kept, as an administrator does who tells nobody. No server may be running on it.
    pub fn put_back(&self) {
        match &self.within {
            Some((admin, name)) => {
                execute(admin, &format!("DROP DATABASE {name} WITH (FORCE)"));
                execute(admin, &format!("ALTER DATABASE {name}_kept RENAME TO {name}"));
            }
            None => self.files().for_each(|(file, kept)| {
                // There is a log only while somebody writes.
                let _ = fs::remove_file(&file);
                let _ = fs::rename(kept, file);
            }),
        }
    }

    /// The files of SQLite, each with where it is kept.
    fn files(&self) -> impl Iterator<Item = (PathBuf, PathBuf)> + use<'_> {
        let place = |name: String| self.folder().join(name);
        ["", "-wal", "-shm"]
            .into_iter()
            .map(move |end| (place(format!("lumbung.sqlite{end}")), place(format!("kept.sqlite{end}"))))
    }

    /// A folder of its own, for secrets and backups.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some((admin, name)) = &self.within {
            for name in [name, &format!("{name}_kept")] {
                execute(admin, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
            }
        }
    }
}

/// The PostgreSQL the tests were given.
#[expect(clippy::disallowed_methods, reason = "the one setting of the tests")]
pub fn postgres() -> String {
    std::env::var(POSTGRES).unwrap_or_else(|_| {
        panic!(
            "{POSTGRES} is not set. Run `cargo xtask test`, which starts a PostgreSQL, or set it to the URL of a \
             superuser: postgres://postgres@127.0.0.1:5432/postgres"
        )
    })
}

/// Returns once so many connections to the PostgreSQL of `conn` wait for a lock.
pub fn until_waiting(conn: &mut Conn, count: i64) {
    #[derive(QueryableByName)]
    struct Waiting {
        #[diesel(sql_type = BigInt)]
        n: i64,
    }
    const QUERY: &str = "SELECT count(*) AS n FROM pg_stat_activity, pg_sleep(0.01)
        WHERE datname = current_database() AND wait_event_type = 'Lock'";
    for _ in 0..1000 {
        let waiting: Waiting =
            server::on!(conn, |c| diesel::sql_query(QUERY).get_result(c)).expect("an answer");
        if waiting.n == count {
            return;
        }
    }
    panic!("nobody waits for a lock");
}

fn execute(url: &str, statement: &str) {
    let mut conn = PgConnection::establish(url).unwrap_or_else(|why| panic!("{POSTGRES}: {why}"));
    conn.batch_execute(statement).unwrap_or_else(|why| panic!("{statement}: {why}"));
}

fn unique_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("lumbung_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}
