//! The connections that are shared.
//!
//! The rule this module protects: *nobody waits for ever for a connection*: who does not get one in time is told to
//! come back later.

use super::{Conn, DatabaseUrl, Error};
use diesel::r2d2::{self, ManageConnection};
use std::time::Duration;

/// A pool of connections to one database.
#[derive(Clone)]
pub struct Pool(r2d2::Pool<Opener>);

/// A connection on loan from the [`Pool`].
pub type Loan = r2d2::PooledConnection<Opener>;

/// How the pool opens and tests connections.
pub struct Opener(DatabaseUrl);

impl ManageConnection for Opener {
    type Connection = Conn;
    type Error = Error;

    fn connect(&self) -> Result<Conn, Error> {
        Conn::open(&self.0)
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), Error> {
        conn.ping()
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        conn.is_broken()
    }
}

impl Pool {
    /// A pool of up to `size` connections, opened when first needed.
    ///
    /// A PostgreSQL connection is tested before it is lent: the database may have restarted. A file does not go away.
    pub fn new(url: &DatabaseUrl, size: u32, patience: Duration) -> Pool {
        let pool = r2d2::Pool::builder()
            .max_size(size)
            .min_idle(Some(0))
            .connection_timeout(patience)
            .test_on_check_out(matches!(url, DatabaseUrl::Postgres(_)))
            .build_unchecked(Opener(url.clone()));
        Pool(pool)
    }

    /// Takes a connection.
    ///
    /// # Errors
    ///
    /// [`Error::Unavailable`] when none is free, or can be opened, in time.
    pub fn take(&self) -> Result<Loan, Error> {
        self.0.get().map_err(|why| Error::Unavailable(format!("no connection: {why}")))
    }

    /// How many connections are open.
    pub fn open(&self) -> u32 {
        self.0.state().connections
    }
}
