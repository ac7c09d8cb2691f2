//! The device against a server made of `sync-core` alone, over a signal that fails in every way.

mod crash;
mod fake;
mod hand;
mod kill;
mod opening;
mod saving;
mod signal;
mod syncing;
