//! What time it is.
//!
//! The rule this module protects: *time is an argument*. This file holds the only look at the machine's clock.

use std::time::{SystemTime, UNIX_EPOCH};

/// Something that tells the time.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970.
    fn now_ms(&self) -> i64;

    /// Seconds since 1970.
    fn now_s(&self) -> i64 {
        self.now_ms().div_euclid(1000)
    }
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now_ms(&self) -> i64 {
        match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
            // A machine that woke before 1970 answers with 0: no token holds, nothing is lost.
            Err(_) => 0,
        }
    }
}
