//! A run of one actor's changes, as it is sent.
//!
//! The rule this module protects: *a batch says where it continues, and damage on the way is found before anything is
//! believed.* Binary layout, all numbers big-endian or varint:
//!
//! | bytes | what |
//! |---|---|
//! | 2 | `LB` |
//! | 1 | version, 1 |
//! | 8 | actor |
//! | varint | number of the change before the first |
//! | 32 | chain hash before the first |
//! | 32 | chain hash after the last |
//! | rest | bundle |
//! | 8 | first bytes of the SHA-256 of all of the above |

use crate::ActorId;
use crate::bundle::{self, Bounds};
use crate::change::Change;
use crate::codec::{Damaged, Reader, put_u64};
use crate::series::{ChainHash, Mark};
use sha2::{Digest, Sha256};

/// First bytes of every batch.
const MAGIC: &[u8; 2] = b"LB";
/// The newest version of the binary form.
pub const VERSION: u8 = 1;
/// Bytes of the checksum.
const CHECKSUM: usize = 8;

/// A run of one actor's changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Whose.
    pub actor: ActorId,
    /// What it continues.
    pub before: Mark,
    /// Changes `before.seq + 1 ..`, at least one.
    pub changes: Vec<Change>,
}

/// Why bytes are no batch.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadBatch {
    /// Damaged or cut short on the way: sending it again helps.
    #[error(transparent)]
    Damaged(Damaged),
    /// Larger than the reader allows: sending less at once helps.
    #[error(transparent)]
    TooLarge(Damaged),
    /// A version that this core does not know.
    #[error("version {0} of the batch format is not known here")]
    Version(u8),
    /// Undamaged, but the changes do not hash to what the sender says: it continues another history.
    #[error("the changes do not follow from the hash before them")]
    Chain,
}

impl From<Damaged> for BadBatch {
    fn from(why: Damaged) -> BadBatch {
        if bundle::OVER_BOUNDS.contains(&why) { BadBatch::TooLarge(why) } else { BadBatch::Damaged(why) }
    }
}

impl Batch {
    /// The mark after its last change.
    pub fn after(&self) -> Mark {
        self.before.after(&self.changes)
    }

    /// Bytes to send.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend_from_slice(MAGIC);
        out.push(VERSION);
        out.extend_from_slice(&self.actor.0.to_be_bytes());
        put_u64(&mut out, self.before.seq);
        out.extend_from_slice(&self.before.chain.0);
        out.extend_from_slice(&self.after().chain.0);
        out.extend_from_slice(&bundle::pack(&self.changes));
        out.extend_from_slice(&checksum(&out));
        out
    }

    /// Reads what was sent.
    ///
    /// # Errors
    /// When it is damaged, of an unknown version, larger than `bounds`, or does not hash to what it says.
    pub fn of_bytes(bytes: &[u8], bounds: &Bounds) -> Result<Batch, BadBatch> {
        Batch::read(bytes, bounds).map(|(batch, _)| batch)
    }

    /// Reads what was sent, and gives the mark after its last change, which is made on the way.
    ///
    /// # Errors
    /// As [`Batch::of_bytes`].
    pub fn read(bytes: &[u8], bounds: &Bounds) -> Result<(Batch, Mark), BadBatch> {
        let version = match bytes {
            [b'L', b'B', version, ..] => *version,
            _ => return Err(Damaged("not a batch").into()),
        };
        if version != VERSION {
            return Err(BadBatch::Version(version));
        }
        let (body, sum) = bytes.split_last_chunk::<CHECKSUM>().ok_or(Damaged("cut short"))?;
        if checksum(body) != *sum {
            return Err(Damaged("the checksum differs").into());
        }
        let mut reader = Reader::new(&body[3..]);
        let actor = ActorId(u64::from_be_bytes(reader.array()?));
        let before = Mark { seq: reader.u64()?, chain: ChainHash(reader.array()?) };
        let after = ChainHash(reader.array()?);
        let changes = bundle::unpack(reader.take(reader.left())?, bounds)?;
        let batch = Batch { actor, before, changes };
        batch.check_run()?;
        let mark = batch.after();
        if mark.chain == after { Ok((batch, mark)) } else { Err(BadBatch::Chain) }
    }

    /// Are these the changes of one actor, one after the other?
    pub(crate) fn check_run(&self) -> Result<(), Damaged> {
        let runs = self.changes.iter().zip(1..).all(|(change, step)| {
            let dot = change.origin.dot;
            dot.actor == self.actor && Some(dot.seq) == self.before.seq.checked_add(step)
        });
        let marked = self.changes.iter().any(|change| change.origin.distrusted);
        if self.changes.is_empty() || !runs || marked {
            return Err(Damaged("not a run of one actor's changes"));
        }
        Ok(())
    }
}

fn checksum(bytes: &[u8]) -> [u8; CHECKSUM] {
    let hash: [u8; 32] = Sha256::digest(bytes).into();
    let mut sum = [0; CHECKSUM];
    sum.copy_from_slice(&hash[..CHECKSUM]);
    sum
}
