//! The device against a server made of `sync-core` alone, over a signal that fails in every way.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod crash;
mod fake;
mod hand;
mod kill;
mod opening;
mod restoring;
mod saving;
mod signal;
mod syncing;
mod twins;
mod waiting;
