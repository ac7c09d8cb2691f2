//! Where things are kept: diesel over SQLite or PostgreSQL, the same nouns as in `service` and `routes`.
//!
//! The rule this module protects: *the store holds queries and decides nothing*. Each query is written once for both
//! databases ([`on!`](crate::on)); each transaction goes through [`tx`].

pub mod area;
pub mod conflict;
mod conn;
mod error;
pub mod mark;
mod migrate;
mod pool;
pub mod quarantine;
pub mod record;
pub mod seal_key;
pub mod tables;
mod tx;
pub mod upload;
mod url;

pub use conn::{Conn, Faults, Link};
pub use error::Error;
pub use migrate::{Standing, migrate, standing};
pub use pool::{Loan, Opener, Pool};
pub use tx::tx;
pub use url::{DatabaseUrl, NotADatabase};
