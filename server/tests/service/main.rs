//! The services without HTTP: their own clock, their own dice, every store call made to fail.
//!
//! The rule this suite protects: *a request happens whole or not at all, and is safe to send again.*
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod catalogue;
mod clock;
mod copy;
mod device_faults;
mod faults;
mod handset;
mod lane;
mod ledger;
mod paging;
mod push_faults;
mod races;
mod time;
mod transaction;
mod village;
mod world;
