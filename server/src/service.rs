//! What happens: synchronous functions over a [`World`] and a connection. No HTTP, no SQL.
//!
//! The rule this module protects: *nothing happens that was not asked of it*. Clock, dice, secrets and settings come in
//! as the [`World`], so that the simulator can own all of them, and every act is one transaction.

pub mod access;
pub mod actor;
pub mod assignment;
pub mod caller;
pub mod claims;
pub mod clock;
pub mod code;
pub mod conflict;
pub mod cursor;
pub mod day;
pub mod device;
pub mod enrol;
pub mod entropy;
pub mod export;
mod fault;
pub mod history;
pub mod init;
pub mod lane;
pub mod limiter;
pub mod limits;
pub mod log;
pub mod login;
pub mod loss;
pub mod matching;
pub mod parcel;
pub mod password;
pub mod person;
pub mod pin;
pub mod pull;
pub mod push;
pub mod quarantine;
pub mod rebuild;
pub mod right;
pub mod salvage;
pub mod seal_key;
pub mod secrets;
pub mod snapshot;
pub mod token;
pub mod week;
pub mod witness;

pub use caller::Caller;
pub use clock::Clock;
pub use entropy::Entropy;
pub use fault::Fault;
pub use limits::Limits;
pub use secrets::Secrets;

use crate::store::{self, Conn};
use std::sync::Arc;

/// Everything a service function may use beside its arguments and the database.
#[derive(Clone)]
pub struct World {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// The dice.
    pub entropy: Arc<dyn Entropy>,
    /// What only this server knows.
    pub secrets: Arc<Secrets>,
    /// What is published at `/v1/limits` and enforced.
    pub limits: Limits,
}

/// The life the server's data is in.
///
/// # Errors
///
/// [`sync_core::ErrorCode::Unavailable`] before `lumbung admin init`.
pub fn life(conn: &mut Conn) -> Result<store::server::Server, Fault> {
    store::server::find(conn)?.ok_or_else(|| Fault::unavailable("the database was never initialised"))
}
