//! A refusal: what the client hears and what the log hears.
//!
//! The rule this module protects: *the client never hears what only the log may*. The code decides the client's text
//! (sync-core's table); the log's text is for whoever runs the server, and holds no personal data.

use crate::store;
use sync_core::ErrorCode;

/// Why a service function refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {log}", code.name())]
pub struct Fault {
    /// For the client.
    pub code: ErrorCode,
    /// For the log.
    pub log: String,
    /// Seconds the client should wait.
    pub retry_after_s: Option<u32>,
    /// For `seq_gap` and `fork`: where to go on.
    pub expected_seq: Option<u64>,
}

/// Seconds to wait when the database does not answer.
const UNAVAILABLE_S: u32 = 5;

impl Fault {
    /// A refusal with this code.
    pub fn new(code: ErrorCode, log: impl Into<String>) -> Fault {
        Fault { code, log: log.into(), retry_after_s: None, expected_seq: None }
    }

    /// The server cannot do it now.
    pub fn unavailable(log: impl Into<String>) -> Fault {
        Fault { retry_after_s: Some(UNAVAILABLE_S), ..Fault::new(ErrorCode::Unavailable, log) }
    }

    /// Too many requests; the next one is free after so many seconds.
    pub fn rate_limited(retry_after_s: u32) -> Fault {
        Fault { retry_after_s: Some(retry_after_s), ..Fault::new(ErrorCode::RateLimited, "rate limit") }
    }

    /// The role or scope does not allow it.
    pub fn forbidden(log: impl Into<String>) -> Fault {
        Fault::new(ErrorCode::Forbidden, log)
    }

    /// No such thing, or not for this caller.
    pub fn not_found(log: impl Into<String>) -> Fault {
        Fault::new(ErrorCode::NotFound, log)
    }

    /// A malformed parameter.
    pub fn bad_request(log: impl Into<String>) -> Fault {
        Fault::new(ErrorCode::BadRequest, log)
    }
}

impl From<store::Error> for Fault {
    fn from(error: store::Error) -> Fault {
        match &error {
            store::Error::Again(_) | store::Error::Unavailable(_) => Fault::unavailable(error.to_string()),
            store::Error::Duplicate(_) => Fault::new(ErrorCode::Conflict, error.to_string()),
            store::Error::Broken(_) => Fault::new(ErrorCode::Internal, error.to_string()),
        }
    }
}
