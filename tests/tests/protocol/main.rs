//! The protocol as a stranger sees it: over HTTP, against the real binary, on both databases.
//!
//! The rule this suite protects: *what a second client may rely on is tested here*, and nothing here looks inside.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

mod assignments;
mod backup;
mod clocks;
mod conflicts;
mod crash;
mod departures;
mod districts;
mod enrol;
mod epoch;
mod exchange;
mod export;
mod full;
mod history;
mod kill;
mod lanes;
mod last_door;
mod limits;
mod login;
mod lost_reply;
mod machine;
mod matches;
mod merge;
mod numbers;
mod order;
mod parcels;
mod people;
mod privacy;
mod pull;
mod push;
mod quarantine;
mod rebuild;
mod refusals;
mod revoke;
mod salvage;
mod site;
mod snapshot;
mod strangers;
mod token;
mod unreachable;
mod upload_json;
mod upload_limits;
mod upwards;
