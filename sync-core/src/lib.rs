//! How Lumbung's records change and merge.
//!
//! The rule this crate protects: *the core decides, the edges carry.* It has no clock, no randomness, no I/O and no
//! async: all of it comes in as arguments. The same code runs on the phone (as WebAssembly), in the server, in the
//! headless device and in the simulator, so that phone and server can prove that they hold the same thing.

pub mod batch;
pub mod batch_json;
pub mod bundle;
pub mod change;
pub mod codec;
pub mod device;
pub mod digest;
pub mod enrolled;
pub mod error;
pub mod ids;
pub mod natural_key;
pub mod page;
pub mod parcel;
pub mod policy;
pub mod proof;
pub mod receipt;
pub mod record;
pub mod register;
pub mod relabel;
pub mod scope;
pub mod seal;
pub mod series;
pub mod stamp;
mod state;
#[cfg(test)]
mod testing;
pub mod tombstone;
pub mod view;

pub use batch::{BadBatch, Batch};
pub use bundle::Bounds;
pub use change::{Change, Context, Edit, Origin};
pub use codec::Damaged;
pub use digest::Digest;
pub use enrolled::{Enrolled, NamedArea};
pub use error::{ErrorBody, ErrorCode};
pub use ids::{ActorId, BadName, Dot, Epoch, RecordId};
pub use page::{AreaStanding, Page};
pub use parcel::Parcel;
pub use proof::{Head, TokenRequest};
pub use receipt::{Held, Receipt};
pub use record::{Home, Life, Place, Record};
pub use register::{Register, Write};
pub use schema::{AreaCode, Element, Refusal, Value};
pub use scope::reads;
pub use seal::SealKey;
pub use series::{ChainHash, Continuation, Mark};
pub use stamp::{HybridClock, SKEW_MAX_S, Stamp};
pub use tombstone::{TOMBSTONE, Tombstone};
pub use view::{Case, Cause, Closed, Opener, Shown};
