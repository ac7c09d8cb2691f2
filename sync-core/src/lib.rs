//! How Lumbung's records change and merge.
//!
//! The rule this crate protects: *the core decides, the edges carry.* It has no clock, no randomness, no I/O and no
//! async: all of it comes in as arguments. The same code runs on the phone (as WebAssembly), in the server, in the
//! headless device and in the simulator, so that phone and server can prove that they hold the same thing.

pub mod error;
pub mod ids;

pub use error::{ErrorBody, ErrorCode};
pub use ids::{ActorId, BadName, Dot, Epoch, RecordId};
pub use schema::{AreaCode, Element, Value};
