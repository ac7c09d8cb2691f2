//! A batch as JSON, for whoever writes another client.
//!
//! The rule this module protects: *JSON says exactly what the binary form says, or it is refused by name.* It becomes the
//! same [`Batch`](crate::Batch), with the same canonical bytes and the same chain, within the same bounds; nothing is rounded, guessed
//! or dropped.
//!
//! ```json
//! {
//!   "version": 1,
//!   "actor": "3f9c0a7be1d24856",
//!   "after_seq": 41,
//!   "after_chain": "9b1c..64 digits..",
//!   "changes": [
//!     {
//!       "seq": 42,
//!       "kind": "visit",
//!       "record": "3f9c0a7b-e1d2-8485-9800-00000000002a",
//!       "area": "35.07.16.2013",
//!       "author": "a0000000-0000-8000-8000-000000000001",
//!       "device_time": "2026-11-02T01:00:00+00:00",
//!       "stamp": 1880705093632000,
//!       "form_version": 1,
//!       "edits": [
//!         {"field": "tombstone", "value": false},
//!         {"field": "child_weight", "value": {"kg": "8.05", "measured_by": "cadre"},
//!          "seen": ["77aa000000000001:9"]},
//!         {"field": "kie_topics", "element": "asi", "value": true}
//!       ]
//!     }
//!   ],
//!   "chain": "04d2..64 digits.."
//! }
//! ```
//!
//! | key | what | may be left out |
//! |---|---|---|
//! | `version` | 1 | means 1 |
//! | `actor` | 16 hexadecimal digits | no |
//! | `after_seq` | number of the last change before these; 0 at the start | no |
//! | `after_chain` | chain hash at `after_seq`: the `chain` of the last receipt | at the start |
//! | `chain` | chain hash after the last change; checked | then nothing is checked, and the receipt tells it |
//! | `seq` | number of the change; checked | it follows from the place |
//! | `kind` | name, or number of a kind the schema does not know | no |
//! | `record` | id (UUID) | the change makes a record, which gets the id of its dot |
//! | `area` | code with or without dots, or the bare number of one the schema cannot read | no |
//! | `author` | record id of the worker | no |
//! | `device_time` | RFC 3339 in whole seconds, or seconds since 1970 as a number or text | no |
//! | `stamp` | hybrid logical time: seconds since 1970 times 2^20, plus a counter; number or text | no |
//! | `form_version` | of the kind | no |
//! | `field` | name, `tombstone`, or number of a field the schema does not know | no |
//! | `element` | code, record id, area code, number, or `actor:seq:nth` of a line | for a whole field |
//! | `seen` | dots `actor:seq` that the person had seen in this register, of other actors, newest of each | when none |
//! | `value` | as the schema writes it, or tagged (`{"code": 3}`, `{"sealed": ".."}`), which needs no schema | no |
//!
//! Edits may come in any order; each register at most once. A tombstone is `false` (the record is there) or
//! `{"seen": ["actor:seq", ..], "children": ["uuid", ..]}`: what somebody who deletes has seen in the whole record, own
//! dots included, and the live children. An unknown key is refused, so that a typing error is not a lost value.

mod read;
mod told;
mod write;

pub use read::read;
pub use write::BatchJson;

use serde::{Deserialize, Serialize};

/// Version of this form.
const VERSION: u64 = 1;
/// Name of the field that every kind has and no schema file names.
const TOMBSTONE_NAME: &str = "tombstone";

/// Why a text is no batch.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadJson {
    /// Not JSON, or not of this shape.
    #[error("the batch: {0}")]
    Batch(String),
    /// One change cannot be read.
    #[error("change {seq}: {problem}")]
    Change {
        /// Its number in the series.
        seq: u64,
        /// What is wrong, and with which key.
        problem: String,
    },
    /// One edit cannot be read.
    #[error("change {seq}, field `{field}`: {problem}")]
    Edit {
        /// Number of the change in the series.
        seq: u64,
        /// Name or number of the field.
        field: String,
        /// What is wrong.
        problem: String,
    },
    /// As binary it would be refused, for instance for its size.
    #[error(transparent)]
    Refused(#[from] crate::BadBatch),
}

/// Something with a name, or a number where the schema has no name for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "not a name, nor a number up to 65535")]
enum Named {
    Number(u16),
    Name(String),
}

/// A whole number that may be too large for a JSON reader, and is a text then; a moment may be one as well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, expecting = "not a whole number within its range, nor a text")]
enum Whole<T> {
    Number(T),
    Text(String),
}

impl<T: std::str::FromStr + Copy> Whole<T> {
    fn number(&self) -> Option<T> {
        match self {
            Whole::Number(number) => Some(*number),
            Whole::Text(text) => text.parse().ok(),
        }
    }
}

/// How a deletion reads.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TombstoneJson {
    seen: Vec<crate::Dot>,
    children: Vec<crate::RecordId>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::batches;
    use crate::{Batch, Bounds};
    use proptest::prelude::*;
    use schema::Schema;

    const ROOMY: Bounds = Bounds { changes_max: 1000, bytes_max: 1 << 20, numbers_max: 1 << 20 };

    proptest! {
        #[test]
        fn every_batch_has_a_json_twin(batch in batches()) {
            let schema = Schema::builtin();
            prop_assert_eq!(Batch::of_bytes(&batch.to_bytes(), &ROOMY), Ok(batch.clone()));
            let json = serde_json::to_vec(&BatchJson::of(&batch, schema)).expect("JSON");
            prop_assert_eq!(read(&json, schema, &ROOMY), Ok(batch));
        }
    }
}
