//! The log: JSON lines on standard output, for machines.
//!
//! The rule this module protects: *the log holds no personal data*: what is written is a route, a code, a duration and
//! a text of ours (see `routes/answer.rs`).

use crate::place::Failure;
use tracing_subscriber::EnvFilter;

/// Starts the log. `filter` is a level or `target=level` pairs.
///
/// # Errors
///
/// When the filter cannot be read or a log was started before.
pub fn start(filter: &str) -> Result<(), Failure> {
    let filter = EnvFilter::try_new(filter).map_err(|why| {
        Failure::new("Pilihan catatan tidak terbaca.", format!("Cannot read the log filter: {why}."))
    })?;
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .with_env_filter(filter)
        .try_init()
        .map_err(|why| Failure::new("Catatan tidak dapat dimulai.", why))
}
