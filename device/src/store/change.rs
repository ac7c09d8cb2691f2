//! The device's own changes, and the receipts for them.

use super::tables::{change, receipt};
use super::{Fault, Store};
use diesel::dsl::{max, min};
use diesel::prelude::*;
use sync_core::bundle::{self, Bounds};
use sync_core::{ActorId, ChainHash, Change, Dot, Receipt, RecordId};

/// One change is far below it; a stored one that is not is damage.
const BOUNDS: Bounds = Bounds { changes_max: 1, bytes_max: 16 << 20, numbers_max: 1 << 22 };

impl Store {
    /// Adds a change to its series. `chain` is the hash of the series up to and with it.
    ///
    /// # Errors
    /// [`Fault`], also when the series has that number already.
    pub fn add_change(&mut self, change: &Change, chain: ChainHash) -> Result<(), Fault> {
        let dot = change.origin.dot;
        let row = (
            change::actor.eq(dot.actor.0.cast_signed()),
            change::seq.eq(dot.seq.cast_signed()),
            change::chain.eq(chain.0.as_slice()),
            change::record.eq(change.record.0.as_bytes().as_slice()),
            change::body.eq(bundle::pack(std::slice::from_ref(change))),
        );
        self.run(|c| diesel::insert_into(change::table).values(row).execute(c))?;
        Ok(())
    }

    /// Changes after a number, at most `count`, ascending.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn changes_after(&mut self, after: Dot, count: usize) -> Result<Vec<Change>, Fault> {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let query = change::table
            .filter(change::actor.eq(after.actor.0.cast_signed()))
            .filter(change::seq.gt(after.seq.cast_signed()))
            .order(change::seq)
            .limit(count)
            .select(change::body);
        let rows: Vec<Vec<u8>> = self.run(|c| query.load(c))?;
        rows.iter().map(|body| one(body)).collect()
    }

    /// The change of this name.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn change(&mut self, dot: Dot) -> Result<Option<Change>, Fault> {
        let at = (dot.actor.0.cast_signed(), dot.seq.cast_signed());
        let query = change::table.find(at).select(change::body);
        let row: Option<Vec<u8>> = self.run(|c| query.first(c).optional())?;
        row.map(|body| one(&body)).transpose()
    }

    /// The hash of a series up to and with a number; `None` when it is no longer known.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn chain_at(&mut self, dot: Dot) -> Result<Option<ChainHash>, Fault> {
        if dot.seq == 0 {
            return Ok(Some(ChainHash::start(dot.actor)));
        }
        let at = (dot.actor.0.cast_signed(), dot.seq.cast_signed());
        let query = change::table.find(at).select(change::chain);
        let row: Option<Vec<u8>> = self.run(|c| query.first(c).optional())?;
        let Some(bytes) = row else { return self.receipted_chain(dot) };
        bytes.try_into().map(|hash| Some(ChainHash(hash))).map_err(|_| Fault::Damaged("chain".into()))
    }

    fn receipted_chain(&mut self, dot: Dot) -> Result<Option<ChainHash>, Fault> {
        Ok(self.receipt_upto(dot)?.filter(|receipt| receipt.seq == dot.seq).map(|receipt| receipt.chain))
    }

    /// The smallest number of a series that is still here; `None` when none is.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn oldest_held(&mut self, actor: ActorId) -> Result<Option<u64>, Fault> {
        let query = change::table.filter(change::actor.eq(actor.0.cast_signed()));
        let seq: Option<i64> = self.run(|c| query.select(min(change::seq)).first(c))?;
        Ok(seq.map(i64::cast_unsigned))
    }

    /// The newest number of a series in which a record was changed; 0 when in none.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn last_change_of(&mut self, actor: ActorId, record: RecordId) -> Result<u64, Fault> {
        let query = change::table
            .filter(change::actor.eq(actor.0.cast_signed()))
            .filter(change::record.eq(record.0.as_bytes().to_vec()));
        let seq: Option<i64> = self.run(|c| query.select(max(change::seq)).first(c))?;
        Ok(seq.unwrap_or_default().cast_unsigned())
    }

    /// Keeps a receipt.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn keep_receipt(&mut self, receipt: &Receipt) -> Result<(), Fault> {
        let row = (
            receipt::actor.eq(receipt.actor.0.cast_signed()),
            receipt::seq.eq(receipt.seq.cast_signed()),
            receipt::body.eq(serde_json::to_string(receipt)?),
        );
        self.run(|c| diesel::replace_into(receipt::table).values(row).execute(c))?;
        Ok(())
    }

    /// The newest receipt of a series that reaches no further than a number.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn receipt_upto(&mut self, dot: Dot) -> Result<Option<Receipt>, Fault> {
        let query = receipt::table
            .filter(receipt::actor.eq(dot.actor.0.cast_signed()))
            .filter(receipt::seq.le(dot.seq.cast_signed()))
            .order(receipt::seq.desc())
            .select(receipt::body);
        let row: Option<String> = self.run(|c| query.first(c).optional())?;
        Ok(row.map(|text| serde_json::from_str(&text)).transpose()?)
    }

    /// The number of the oldest receipt of a series beyond a number.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn receipt_after(&mut self, dot: Dot) -> Result<Option<u64>, Fault> {
        let query = receipt::table
            .filter(receipt::actor.eq(dot.actor.0.cast_signed()))
            .filter(receipt::seq.gt(dot.seq.cast_signed()))
            .select(min(receipt::seq));
        let seq: Option<i64> = self.run(|c| query.first(c))?;
        Ok(seq.map(i64::cast_unsigned))
    }

    /// Forgets what every backup of the server holds: changes up to `dot`, which a receipt must name, and receipts before
    /// that one. It stays: it is the proof, should the server ever say that it never had them.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn forget_upto(&mut self, dot: Dot) -> Result<(), Fault> {
        let (actor, seq) = (dot.actor.0.cast_signed(), dot.seq.cast_signed());
        let changes = change::table.filter(change::actor.eq(actor)).filter(change::seq.le(seq));
        self.run(|c| diesel::delete(changes).execute(c))?;
        let receipts = receipt::table.filter(receipt::actor.eq(actor)).filter(receipt::seq.lt(seq));
        self.run(|c| diesel::delete(receipts).execute(c))?;
        Ok(())
    }

    /// Forgets receipts strictly between two numbers: they prove nothing that the others do not.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn forget_receipts_between(&mut self, actor: ActorId, low: u64, high: u64) -> Result<(), Fault> {
        let receipts = receipt::table
            .filter(receipt::actor.eq(actor.0.cast_signed()))
            .filter(receipt::seq.gt(low.cast_signed()))
            .filter(receipt::seq.lt(high.cast_signed()));
        self.run(|c| diesel::delete(receipts).execute(c))?;
        Ok(())
    }
}

fn one(body: &[u8]) -> Result<Change, Fault> {
    let mut changes = bundle::unpack(body, &BOUNDS)?;
    changes.pop().ok_or_else(|| Fault::Damaged("no change".into()))
}
