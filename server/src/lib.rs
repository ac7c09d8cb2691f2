//! Lumbung's server.
//!
//! The rule this crate protects: *an answer of the server is true*. What it says it holds is on the disk; what it
//! says somebody may do was decided from the assignments of this moment. `routes` speaks HTTP, `service` decides,
//! `store` keeps; none does the work of another.

pub mod admin;
pub mod backup;
pub mod config;
pub mod ids;
mod log;
pub mod metrics;
pub mod place;
pub mod routes;
pub mod serve;
pub mod service;
pub mod store;
