//! Names of things. The rule: *nothing that leaves a device or a server is named by a counter that a restore can
//! wind back* (docs/decisions/0004). An actor is a random number bound to a key; everything else is named by it.

use schema::AreaCode;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// One installation of one app on one device: a random 64-bit number bound to the device's public key at enrolment.
///
/// Never a person (a phone is shared by a team; the author is a field of the change), never reused after a
/// reinstall. Written as 16 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(pub u64);

/// Name of a change: the `seq`-th change of `actor`, counted from 1. Written `0123456789abcdef:17`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dot {
    /// Who.
    pub actor: ActorId,
    /// Which, 1, 2, 3, ... without gaps.
    pub seq: u64,
}

/// Name of a record: a UUIDv8 laid out from the dot that created it, or a UUIDv5 of its natural key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub Uuid);

/// One life of a server's data. A restore or a detected rollback starts a new one. Written as 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Epoch(pub u128);

/// Why a text is not a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not {expected}")]
pub struct BadName {
    /// What was given.
    pub text: String,
    /// What it should have been.
    pub expected: &'static str,
}

impl Dot {
    /// The dot of `actor`'s change number `seq`.
    pub fn new(actor: ActorId, seq: u64) -> Dot {
        Dot { actor, seq }
    }

    /// The same, of a number that came from outside; `None` when no change has it.
    pub fn checked(actor: ActorId, seq: u64) -> Option<Dot> {
        (1..=SEQ_MAX).contains(&seq).then_some(Dot { actor, seq })
    }
}

/// Highest sequence number that fits a record id.
pub const SEQ_MAX: u64 = (1 << 58) - 1;

impl RecordId {
    /// The id of the record that the change `dot` creates.
    ///
    /// The 122 free bits of a UUIDv8 hold the actor (64) and the sequence (58), in this order, so that ids of one
    /// device sort by creation and cost one byte on the wire.
    pub fn of_dot(dot: Dot) -> RecordId {
        let actor = u128::from(dot.actor.0);
        let seq = u128::from(dot.seq & SEQ_MAX);
        let bits = (actor >> 16) << 80
            | 0x8 << 76
            | ((actor >> 4) & 0xfff) << 64
            | 0b10 << 62
            | (actor & 0xf) << 58
            | seq;
        RecordId(Uuid::from_u128(bits))
    }

    /// The dot that created the record; `None` for a natural-key id, and for any other UUID that no dot makes.
    pub fn dot(self) -> Option<Dot> {
        let bits = self.0.as_u128();
        if (bits >> 76) & 0xf != 0x8 || (bits >> 62) & 0b11 != 0b10 {
            return None;
        }
        let actor = (bits >> 80) << 16 | ((bits >> 64) & 0xfff) << 4 | (bits >> 58) & 0xf;
        Dot::checked(ActorId(actor as u64), (bits as u64) & SEQ_MAX)
    }

    /// The id of a record with a natural key: UUIDv5 of the kind's number, the area and the canonical bytes of the
    /// key values, in the schema's order.
    pub fn of_natural_key(kind: u16, area: AreaCode, key: &[u8]) -> RecordId {
        let mut name = Vec::with_capacity(10 + key.len());
        name.extend_from_slice(&kind.to_be_bytes());
        name.extend_from_slice(&area.0.to_be_bytes());
        name.extend_from_slice(key);
        RecordId(Uuid::new_v5(&NATURAL_KEYS, &name))
    }
}

/// Namespace of natural-key ids; part of the protocol, never changes.
const NATURAL_KEYS: Uuid = Uuid::from_u128(0x6c75_6d62_756e_5067_a0aa_7265_636f_7264);

impl fmt::Display for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Display for Dot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.actor, self.seq)
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl FromStr for ActorId {
    type Err = BadName;
    fn from_str(text: &str) -> Result<ActorId, BadName> {
        hex(text, 16, "an actor number of 16 hexadecimal digits").map(|n| ActorId(n as u64))
    }
}

impl FromStr for Epoch {
    type Err = BadName;
    fn from_str(text: &str) -> Result<Epoch, BadName> {
        hex(text, 32, "an epoch of 32 hexadecimal digits").map(Epoch)
    }
}

impl FromStr for Dot {
    type Err = BadName;
    fn from_str(text: &str) -> Result<Dot, BadName> {
        let bad = || BadName { text: text.into(), expected: "a dot such as 0123456789abcdef:17" };
        let (actor, seq) = text.split_once(':').ok_or_else(bad)?;
        let actor = actor.parse().map_err(|_| bad())?;
        match seq.parse() {
            Ok(seq) if (1..=SEQ_MAX).contains(&seq) => Ok(Dot { actor, seq }),
            _ => Err(bad()),
        }
    }
}

impl FromStr for RecordId {
    type Err = BadName;
    fn from_str(text: &str) -> Result<RecordId, BadName> {
        Uuid::parse_str(text)
            .map(RecordId)
            .map_err(|_| BadName { text: text.into(), expected: "a record id (UUID)" })
    }
}

pub(crate) fn hex(text: &str, digits: usize, expected: &'static str) -> Result<u128, BadName> {
    let bad = || BadName { text: text.into(), expected };
    if text.len() != digits || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(bad());
    }
    u128::from_str_radix(text, 16).map_err(|_| bad())
}

macro_rules! as_text {
    ($($name:ident),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }
    )*};
}
as_text!(ActorId, Dot, RecordId, Epoch);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_id_gives_back_its_dot_and_is_a_valid_uuid_v8() {
        for (actor, seq) in [(0, 1), (u64::MAX, SEQ_MAX), (0x0123_4567_89ab_cdef, 17)] {
            let dot = Dot::new(ActorId(actor), seq);
            let id = RecordId::of_dot(dot);
            assert_eq!(id.dot(), Some(dot));
            assert_eq!(id.0.get_version_num(), 8);
            assert_eq!(id.0.get_variant(), uuid::Variant::RFC4122);
        }
    }

    #[test]
    fn ids_of_one_actor_sort_by_sequence() {
        let id = |seq| RecordId::of_dot(Dot::new(ActorId(7), seq));
        assert!(id(1) < id(2) && id(255) < id(256) && id(9) < id(SEQ_MAX));
    }

    #[test]
    fn a_natural_key_id_has_no_dot() {
        let id = RecordId::of_natural_key(3, AreaCode(3507162013), b"2026-11");
        assert_eq!(id.dot(), None);
        assert_ne!(id, RecordId::of_natural_key(4, AreaCode(3507162013), b"2026-11"));
    }

    #[test]
    fn a_uuid_v8_that_no_dot_makes_has_no_dot() {
        let strange = RecordId::of_dot(Dot { actor: ActorId(7), seq: 0 });
        assert_eq!((strange.0.get_version_num(), strange.dot()), (8, None));
    }
}
