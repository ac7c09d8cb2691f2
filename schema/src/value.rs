//! What a field can hold.
//!
//! The rule this module protects: *bytes are canonical.* A value has one form, so equal states have equal digests on
//! every machine. There are no floats: a decimal is a whole number of the smallest unit that the schema's scale gives.

use crate::AreaCode;
use uuid::Uuid;

/// One value. Its meaning (unit, scale, list) is the field's; its shape can be told without any schema, so that a
/// field of a newer form version is kept and passed on by everyone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Emptied: somebody took the value away.
    Null,
    /// Yes or no.
    Bool(bool),
    /// Whole number.
    Int(i64),
    /// Whole number of `10^-scale` units: 8.05 kg at scale 2 is 805.
    Decimal(i64),
    /// UTF-8 text.
    Text(Box<str>),
    /// Days since 1970-01-01.
    Date(i32),
    /// Months since 1970-01.
    Month(i32),
    /// A moment, and the offset of the zone it was meant in.
    DateTime {
        /// Seconds since 1970-01-01T00:00Z.
        at_s: i64,
        /// Minutes ahead of UTC.
        offset_min: i16,
    },
    /// Number of a code of the field's enumeration.
    Code(u16),
    /// Another record by its id.
    Ref(Uuid),
    /// An area.
    Area(AreaCode),
    /// Content hash (SHA-256) of a photo or file.
    Blob(Box<[u8; 32]>),
    /// Parts in the order of the schema; a part that is not filled is `Null`.
    Group(Box<[Value]>),
    /// A value under a person's key: ciphertext and tag. Only who holds the key can open it.
    Sealed(Box<[u8]>),
}

/// Which register of a field: the whole field, or an element of a set, map or list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Element {
    /// The field has one register.
    Whole,
    /// Number of a code.
    Code(u16),
    /// A record.
    Ref(Uuid),
    /// An area.
    Area(AreaCode),
    /// A whole number.
    Int(i64),
    /// A line of a list: the dot that made it, and which of that change's lines it was (from 0).
    Line {
        /// Number of the installation that made it.
        actor: u64,
        /// Sequence number of the change that made it.
        seq: u64,
        /// Position among the lines that change made.
        nth: u16,
    },
}

impl Value {
    /// Is there nothing?
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }
}
