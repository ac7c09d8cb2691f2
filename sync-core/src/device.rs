//! The device's own part of the protocol: what to write, what to send, what to believe.
//!
//! The rule this module protects: *a device never forgets what the server has not receipted, and says "sent" only for
//! what it has.* Nothing here touches a disk or a socket: whoever carries it out stores the [`Standing`] in the same
//! transaction as what it speaks of, so a device that is killed goes on where it was.

mod draft;
mod finish;
mod form;
mod standing;

pub use finish::{Unsealed, finish, new_line, owner_of};
pub use form::{Form, Stale};
pub use standing::{Doubt, Next, Recovery, Standing};
