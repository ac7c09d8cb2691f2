//! Do phone and server hold the same?
//!
//! The rule this module protects: *replicas that hold the same writes have the same digest, whatever the order in
//! which they came.* It is over record, register and dots, not over values or views, so it can be compared by somebody
//! who may not read every field. An area's digest is the sum of its records', so one changed record costs one
//! subtraction and one addition.

use crate::codec::{put_element, put_u64};
use crate::record::Record;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::str::FromStr;

/// Sum of the first 128 bits of the SHA-256 of each record's name and dots. Written as 32 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Digest(pub u128);

impl Digest {
    /// Of one record.
    pub fn of(record: &Record) -> Digest {
        let mut bytes = Vec::with_capacity(64 + 24 * record.registers().len());
        bytes.extend_from_slice(record.id.0.as_bytes());
        for ((field, element), register) in record.registers() {
            put_u64(&mut bytes, u64::from(*field));
            put_element(&mut bytes, element);
            put_u64(&mut bytes, register.siblings().len() as u64);
            for write in register.siblings() {
                put_u64(&mut bytes, write.context.dots().len() as u64);
                for dot in write.context.dots().iter().chain([&write.dot]) {
                    bytes.extend_from_slice(&dot.actor.0.to_be_bytes());
                    put_u64(&mut bytes, dot.seq);
                }
            }
        }
        let hash: [u8; 32] = Sha256::digest(&bytes).into();
        let mut first = [0; 16];
        first.copy_from_slice(&hash[..16]);
        Digest(u128::from_be_bytes(first))
    }

    /// Of an area that holds these records.
    pub fn of_all<'r>(records: impl IntoIterator<Item = &'r Record>) -> Digest {
        records.into_iter().fold(Digest::default(), |sum, record| sum.with(Digest::of(record)))
    }

    /// The digest of an area once a record joins it.
    #[must_use]
    pub fn with(self, record: Digest) -> Digest {
        Digest(self.0.wrapping_add(record.0))
    }

    /// The digest of an area once a record leaves it.
    #[must_use]
    pub fn without(self, record: Digest) -> Digest {
        Digest(self.0.wrapping_sub(record.0))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl FromStr for Digest {
    type Err = crate::BadName;
    fn from_str(text: &str) -> Result<Digest, crate::BadName> {
        crate::ids::hex(text, 32, "a digest of 32 hexadecimal digits").map(Digest)
    }
}

impl TryFrom<String> for Digest {
    type Error = crate::BadName;
    fn try_from(text: String) -> Result<Digest, crate::BadName> {
        text.parse()
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> String {
        digest.to_string()
    }
}
