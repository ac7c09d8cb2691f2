//! A device's changes as one unbroken, hash-chained series.
//!
//! The rule this module protects: *nobody can take a change out, swap it or add a twin unseen.* Every hash covers all
//! changes before it, so one hash compares two whole histories. The server takes the next number and nothing else: a
//! gap is asked for, a fork (a cloned phone, a restored backup) is called by its name, a repetition is free.

use crate::ActorId;
use crate::change::Change;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use sha2::{Digest, Sha256};
use std::fmt;

/// Hash of a series up to some change: SHA-256 over the hash before and the canonical bytes of the change.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChainHash(pub [u8; 32]);

/// How far a series has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Number of the last change; 0 before the first.
    pub seq: u64,
    /// Hash of everything up to it.
    pub chain: ChainHash,
}

/// What a batch is to somebody who holds the series up to a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Continuation {
    /// The first `skip` changes are known; the others are new.
    New {
        /// Changes to pass over.
        skip: usize,
    },
    /// All of it is known.
    Known,
    /// Changes before it are missing.
    Gap {
        /// The first that is.
        expected: u64,
    },
    /// The two histories differ.
    Fork {
        /// The first number at which they are known to differ.
        at: u64,
    },
}

impl ChainHash {
    /// The hash before the first change of an actor.
    pub fn start(actor: ActorId) -> ChainHash {
        let mut hasher = Sha256::new();
        hasher.update(b"lumbung series 1");
        hasher.update(actor.0.to_be_bytes());
        ChainHash(hasher.finalize().into())
    }

    /// The hash after one more change; `buffer` is scratch.
    #[must_use]
    pub fn after(self, change: &Change, buffer: &mut Vec<u8>) -> ChainHash {
        buffer.clear();
        buffer.extend_from_slice(&self.0);
        change.put_canonical(buffer);
        ChainHash(Sha256::digest(&buffer[..]).into())
    }
}

impl Mark {
    /// The mark of a series without a change.
    pub fn start(actor: ActorId) -> Mark {
        Mark { seq: 0, chain: ChainHash::start(actor) }
    }

    /// The mark after these changes.
    #[must_use]
    pub fn after(self, changes: &[Change]) -> Mark {
        let mut buffer = Vec::with_capacity(512);
        let chain = changes.iter().fold(self.chain, |chain, change| chain.after(change, &mut buffer));
        Mark { seq: self.seq + changes.len() as u64, chain }
    }

    /// What changes `before.seq + 1 ..` that follow `before` are to somebody at this mark. `known` tells the hash at any
    /// earlier number of the series held here; what it cannot tell counts as different. It is asked once for a
    /// repetition, and a few times when there is a fork.
    pub fn continued_by(
        &self,
        before: &Mark,
        changes: &[Change],
        mut known: impl FnMut(u64) -> Option<ChainHash>,
    ) -> Continuation {
        if before.seq > self.seq {
            return Continuation::Gap { expected: self.seq + 1 };
        }
        let mut agrees = |mark: &Mark| {
            let here = if mark.seq == self.seq { Some(self.chain) } else { known(mark.seq) };
            here == Some(mark.chain)
        };
        let ahead = usize::try_from(self.seq - before.seq).unwrap_or(usize::MAX);
        let shared = &changes[..ahead.min(changes.len())];
        if !agrees(&before.after(shared)) {
            let mut marks = vec![*before];
            marks.extend(shared.iter().scan(*before, |mark, change| {
                *mark = mark.after(std::slice::from_ref(change));
                Some(*mark)
            }));
            // Two histories that part never meet again, so the place can be found by halving.
            let agreed = marks.partition_point(agrees);
            let last = agreed.checked_sub(1).map(|last| marks[last].seq);
            return Continuation::Fork { at: last.map_or(before.seq.max(1), |seq| seq + 1) };
        }
        if shared.len() == changes.len() {
            Continuation::Known
        } else {
            Continuation::New { skip: shared.len() }
        }
    }
}

impl fmt::Display for ChainHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ChainHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for ChainHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ChainHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ChainHash, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bad = || D::Error::custom("a hash is 64 hexadecimal digits");
        let mut hash = [0; 32];
        let digits = text.as_bytes();
        if digits.len() != 64 || !digits.iter().all(u8::is_ascii_hexdigit) {
            return Err(bad());
        }
        for (byte, pair) in hash.iter_mut().zip(digits.chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| bad())?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| bad())?;
        }
        Ok(ChainHash(hash))
    }
}
