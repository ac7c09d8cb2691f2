//! The device's own changes, and the receipts for them.

use super::area::number;
use super::{Fault, Store, Table};
use sync_core::bundle::{self, Bounds};
use sync_core::codec::Reader;
use sync_core::{ActorId, ChainHash, Change, Dot, Receipt, RecordId};

/// One change is far below it; a stored one that is not is damage.
const BOUNDS: Bounds = Bounds { changes_max: 1, bytes_max: 16 << 20, numbers_max: 1 << 22 };

impl Store {
    /// Adds a change to its series. `chain` is the hash of the series up to and with it.
    ///
    /// # Errors
    /// [`Fault`], also when the series has that number already.
    pub fn add_change(&mut self, change: &Change, chain: ChainHash) -> Result<(), Fault> {
        let key = key(change.origin.dot);
        if self.get(Table::Change, &key)?.is_some() {
            return Err(Fault::Damaged(format!("change {} twice", change.origin.dot)));
        }
        let mut body = chain.0.to_vec();
        body.extend_from_slice(&bundle::pack(std::slice::from_ref(change)));
        self.put(Table::Change, &key, &body)?;
        self.put(Table::Touch, &touch(change.record, change.origin.dot), &[])
    }

    /// Changes after a number, at most `count`, ascending.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn changes_after(&mut self, after: Dot, count: usize) -> Result<Vec<Change>, Fault> {
        let (from, to) = (next(after), end(after.actor));
        let rows = self.range(Table::Change, &from, to.as_deref(), count)?;
        rows.iter().map(|(_, body)| Ok(read(body)?.1)).collect()
    }

    /// The change of this name.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn change(&mut self, dot: Dot) -> Result<Option<Change>, Fault> {
        let row = self.get(Table::Change, &key(dot))?;
        row.map(|body| Ok(read(&body)?.1)).transpose()
    }

    /// Takes the changes after a number away: they are written again under other names.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn drop_changes_after(&mut self, after: Dot) -> Result<(), Fault> {
        let (from, to) = (next(after), end(after.actor));
        self.drop_changes(&from, to.as_deref())
    }

    fn drop_changes(&mut self, from: &[u8], to: Option<&[u8]>) -> Result<(), Fault> {
        for (key, body) in self.range(Table::Change, from, to, usize::MAX)? {
            let change = read(&body)?.1;
            self.delete(Table::Change, &key)?;
            self.delete(Table::Touch, &touch(change.record, change.origin.dot))?;
        }
        Ok(())
    }

    /// The hash of a series up to and with a number; `None` when it is no longer known.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn chain_at(&mut self, dot: Dot) -> Result<Option<ChainHash>, Fault> {
        if dot.seq == 0 {
            return Ok(Some(ChainHash::start(dot.actor)));
        }
        let Some(body) = self.get(Table::Change, &key(dot))? else { return self.receipted_chain(dot) };
        Ok(Some(ChainHash(Reader::new(&body).array()?)))
    }

    fn receipted_chain(&mut self, dot: Dot) -> Result<Option<ChainHash>, Fault> {
        Ok(self.receipt_upto(dot)?.filter(|receipt| receipt.seq == dot.seq).map(|receipt| receipt.chain))
    }

    /// The smallest number of a series that is still here; `None` when none is.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn oldest_held(&mut self, actor: ActorId) -> Result<Option<u64>, Fault> {
        let rows = self.range(Table::Change, &actor.0.to_be_bytes(), end(actor).as_deref(), 1)?;
        rows.first().map(|(key, _)| number(&key[8..])).transpose()
    }

    /// The newest number of a series in which a record was changed; 0 when in none.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn last_change_of(&mut self, actor: ActorId, record: RecordId) -> Result<u64, Fault> {
        let (from, to) = (touch(record, Dot { actor, seq: 0 }), touch(record, Dot { actor, seq: u64::MAX }));
        let last = self.last(Table::Touch, &from, &to)?;
        Ok(last.map(|(key, _)| number(&key[24..])).transpose()?.unwrap_or_default())
    }

    /// Keeps a receipt.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn keep_receipt(&mut self, receipt: &Receipt) -> Result<(), Fault> {
        let dot = Dot { actor: receipt.actor, seq: receipt.seq };
        self.put(Table::Receipt, &key(dot), &serde_json::to_vec(receipt)?)
    }

    /// The newest receipt of a series that reaches no further than a number.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn receipt_upto(&mut self, dot: Dot) -> Result<Option<Receipt>, Fault> {
        let row = self.last(Table::Receipt, &dot.actor.0.to_be_bytes(), &next(dot))?;
        Ok(row.map(|(_, body)| serde_json::from_slice(&body)).transpose()?)
    }

    /// The number of the oldest receipt of a series beyond a number.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn receipt_after(&mut self, dot: Dot) -> Result<Option<u64>, Fault> {
        let rows = self.range(Table::Receipt, &next(dot), end(dot.actor).as_deref(), 1)?;
        rows.first().map(|(key, _)| number(&key[8..])).transpose()
    }

    /// Forgets what every backup of the server holds: changes up to `dot`, which a receipt must name, and receipts before
    /// that one. It stays: it is the proof, should the server ever say that it never had them.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn forget_upto(&mut self, dot: Dot) -> Result<(), Fault> {
        let from = dot.actor.0.to_be_bytes();
        self.drop_changes(&from, Some(&next(dot)))?;
        self.delete_range(Table::Receipt, &from, Some(&key(dot)))
    }

    /// Forgets receipts strictly between two numbers: they prove nothing that the others do not.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn forget_receipts_between(&mut self, actor: ActorId, low: u64, high: u64) -> Result<(), Fault> {
        let (from, to) = (next(Dot { actor, seq: low }), key(Dot { actor, seq: high }));
        self.delete_range(Table::Receipt, &from, Some(&to))
    }
}

fn key(dot: Dot) -> Vec<u8> {
    [dot.actor.0.to_be_bytes(), dot.seq.to_be_bytes()].concat()
}

/// The key after that of `dot`.
fn next(dot: Dot) -> Vec<u8> {
    key(Dot { actor: dot.actor, seq: dot.seq.saturating_add(1) })
}

/// The end of an actor's keys.
fn end(actor: ActorId) -> Option<Vec<u8>> {
    super::after(&actor.0.to_be_bytes())
}

fn touch(record: RecordId, dot: Dot) -> Vec<u8> {
    [record.0.as_bytes().as_slice(), &key(dot)].concat()
}

fn read(body: &[u8]) -> Result<(ChainHash, Change), Fault> {
    let mut reader = Reader::new(body);
    let chain = ChainHash(reader.array()?);
    let mut changes = bundle::unpack(reader.take(reader.left())?, &BOUNDS)?;
    let change = changes.pop().ok_or_else(|| Fault::Damaged("no change".into()))?;
    Ok((chain, change))
}
