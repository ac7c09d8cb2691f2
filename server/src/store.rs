//! Where things are kept: diesel over SQLite or PostgreSQL, the same nouns as in `service` and `routes`.
//!
//! The rule this module protects: *the store holds queries and decides nothing*. Each query is written once for both
//! databases ([`on!`](crate::on)); each transaction goes through [`tx`].

pub mod access;
pub mod actor;
pub mod area;
pub mod assignment;
pub mod code;
pub mod columns;
pub mod conflict;
mod conn;
mod copy;
pub mod departure;
pub mod device;
mod error;
pub mod loss;
pub mod match_token;
mod migrate;
pub mod person;
mod pool;
pub mod quarantine;
pub mod record;
pub mod salvage;
pub mod seal_key;
pub mod server;
pub mod snapshot;
pub mod tables;
mod tx;
pub mod upload;
mod url;

pub use conn::{Conn, Faults, Link};
pub use copy::{copy_data, copy_keys};
pub use error::Error;
pub use migrate::{Standing, migrate, standing, unmigrate};
pub use pool::{Loan, Opener, Pool};
pub use tx::{snapshot, tx};
pub use url::{DatabaseUrl, NotADatabase};
