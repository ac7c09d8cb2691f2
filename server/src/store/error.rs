//! What the database answers when it does not answer.
//!
//! The rule this module protects: *whoever calls the store learns what to do next*: run the transaction again, tell
//! the client to come back later, or give up. The texts are for the log, never for a client.

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// Why a store call failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Deadlock or serialization failure: nothing is wrong, the whole transaction runs again ([`super::tx`]).
    #[error("transaction must run again: {0}")]
    Again(String),
    /// The row is there already; names the constraint or the columns.
    #[error("already there: {0}")]
    Duplicate(String),
    /// Database unreachable, busy, read-only or full: the same call may work later.
    #[error("database unavailable: {0}")]
    Unavailable(String),
    /// A stored value that cannot be, or a statement the database refuses: a fault of ours.
    #[error("database fault: {0}")]
    Broken(String),
}

/// SQLite has no kind of its own for these; its texts are fixed and in English.
const SQLITE_UNAVAILABLE: [&str; 6] = [
    "database is locked",
    "database or disk is full",
    "disk I/O error",
    "attempt to write a readonly database",
    "unable to open database file",
    "out of memory",
];

impl Error {
    /// Must the whole transaction run again?
    pub fn is_again(&self) -> bool {
        matches!(self, Error::Again(_))
    }
}

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Error {
        // Why a commit failed says what to do; that nothing was left to roll back does not.
        if let DieselError::RollbackErrorOnCommit { commit_error, .. } = error {
            return Error::from(*commit_error);
        }
        let DieselError::DatabaseError(kind, information) = &error else {
            return Error::Broken(error.to_string());
        };
        let message = information.message().to_string();
        match kind {
            DatabaseErrorKind::UniqueViolation => {
                Error::Duplicate(information.constraint_name().unwrap_or(&message).to_string())
            }
            DatabaseErrorKind::SerializationFailure => Error::Again(message),
            DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::ReadOnlyTransaction => {
                Error::Unavailable(message)
            }
            // diesel does not pass the code 40P01 on.
            DatabaseErrorKind::Unknown if message.contains("deadlock detected") => Error::Again(message),
            DatabaseErrorKind::Unknown if is_unavailable(&message) => Error::Unavailable(message),
            _ => Error::Broken(message),
        }
    }
}

/// What PostgreSQL says when its disk is full, when somebody waited too long, and when it stops.
const POSTGRES_UNAVAILABLE: [&str; 4] = [
    "No space left on device",
    "could not extend file",
    "canceling statement due to",
    "terminating connection",
];

fn is_unavailable(message: &str) -> bool {
    SQLITE_UNAVAILABLE.iter().chain(&POSTGRES_UNAVAILABLE).any(|text| message.contains(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_says_what_to_do_next() {
        let database =
            |kind, text: &str| Error::from(DieselError::DatabaseError(kind, Box::new(text.to_string())));
        assert!(database(DatabaseErrorKind::SerializationFailure, "x").is_again());
        assert!(database(DatabaseErrorKind::Unknown, "deadlock detected").is_again());
        assert!(matches!(database(DatabaseErrorKind::UniqueViolation, "person.login"), Error::Duplicate(_)));
        assert!(matches!(database(DatabaseErrorKind::ClosedConnection, "gone"), Error::Unavailable(_)));
        for text in SQLITE_UNAVAILABLE.iter().chain(&POSTGRES_UNAVAILABLE) {
            assert!(matches!(database(DatabaseErrorKind::Unknown, text), Error::Unavailable(_)));
        }
        let full = "could not extend file \"base/1/2\": wrote only 4096 of 8192 bytes at block 9";
        let commit_error = DieselError::DatabaseError(DatabaseErrorKind::Unknown, Box::new(full.to_string()));
        let twice = DieselError::RollbackErrorOnCommit {
            rollback_error: Box::new(DieselError::NotInTransaction),
            commit_error: Box::new(commit_error),
        };
        assert!(matches!(Error::from(twice), Error::Unavailable(_)));
        assert!(matches!(database(DatabaseErrorKind::Unknown, "syntax error"), Error::Broken(_)));
        assert!(matches!(Error::from(DieselError::NotFound), Error::Broken(_)));
    }
}
