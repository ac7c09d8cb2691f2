//! The machine's clock, for the command. The library takes the time as an argument.

use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds since 1970, by the machine's clock; negative before.
#[expect(clippy::disallowed_methods, reason = "the one place in this crate where time comes from")]
pub fn system_now_s() -> i64 {
    match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        Err(before) => -i64::try_from(before.duration().as_secs()).unwrap_or(i64::MAX),
    }
}
