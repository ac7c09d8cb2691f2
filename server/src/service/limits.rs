//! Limits: published, and enforced on actual sizes.
//!
//! The rule this module protects: *what the limits endpoint says is what holds*. Every number here is enforced from this
//! same value, and a test stands at its edge.

use serde::Serialize;
use sync_core::Bounds;

/// What a caller may do at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Limits {
    /// Largest JSON request, in bytes.
    pub request_bytes_max: usize,
    /// Largest upload as it is sent, in bytes.
    pub upload_bytes_max: usize,
    /// Largest upload after decompression, in bytes.
    pub upload_unpacked_bytes_max: usize,
    /// Most changes in one upload.
    pub upload_changes_max: usize,
    /// Most numbers in all columns of one upload: a measure of memory, about 10 for an edit.
    pub upload_numbers_max: usize,
    /// How far a stamp may lie ahead of the server's clock; beyond that it wins no tie.
    pub skew_max_s: i64,
    /// Requests one caller may make at once before the rate holds.
    pub request_burst: u32,
    /// Requests one caller may make per minute in the long run.
    pub requests_per_minute: u32,
    /// Password attempts for one login from one address at once before the rate holds.
    pub attempt_burst: u32,
    /// Password attempts for one login from one address per minute in the long run.
    pub attempts_per_minute: u32,
    /// How long a challenge may be answered.
    pub challenge_lifetime_s: i64,
    /// How long an enrolment code may be used.
    pub enrol_code_lifetime_s: i64,
    /// How long a code for setting a password may be used.
    pub password_code_lifetime_s: i64,
    /// Shortest password, in characters.
    pub password_chars_min: usize,
    /// Longest password, in characters.
    pub password_chars_max: usize,
    /// Longest wait for an answer before 503; what was begun may still be stored, sending again is safe.
    pub answer_within_s: u64,
}

impl Limits {
    /// What an upload may unpack to.
    pub fn bounds(&self) -> Bounds {
        Bounds {
            changes_max: self.upload_changes_max,
            bytes_max: self.upload_unpacked_bytes_max,
            numbers_max: self.upload_numbers_max,
        }
    }
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            request_bytes_max: 64 * 1024,
            upload_bytes_max: 1024 * 1024,
            upload_unpacked_bytes_max: 8 * 1024 * 1024,
            upload_changes_max: 1000,
            upload_numbers_max: 1_000_000,
            skew_max_s: sync_core::SKEW_MAX_S,
            // Many phones share one address behind a carrier's gateway: 20 a second before anybody has a name.
            request_burst: 200,
            requests_per_minute: 1200,
            attempt_burst: 5,
            attempts_per_minute: 2,
            challenge_lifetime_s: 300,
            enrol_code_lifetime_s: 7 * 86_400,
            password_code_lifetime_s: 86_400,
            password_chars_min: 10,
            password_chars_max: 128,
            answer_within_s: 20,
        }
    }
}
