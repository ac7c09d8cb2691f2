//! What happens.
pub mod day;
pub mod log;
pub mod push;
pub mod seal_key;
