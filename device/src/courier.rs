//! What travels without the device: parcels out, receipts back.
//!
//! The rule this module protects: *a change can reach the server by any hand*, and the receipt that comes back by another is
//! believed like one that the device fetched.

use crate::{Device, Dot, Error, RecordId};
use ed25519_dalek::VerifyingKey;
use std::collections::{BTreeMap, BTreeSet};
use sync_core::{ActorId, Batch, Mark, Parcel, Receipt};

impl Device {
    /// A saved change as a parcel, signed, to be sealed to the server by whoever keeps it.
    ///
    /// # Errors
    /// [`Error::NotEnrolled`]; [`Error::NotNext`] when the change is not here (any more).
    pub fn parcel(&mut self, dot: Dot) -> Result<Vec<u8>, Error> {
        let identity = self.store.identity()?.ok_or(Error::NotEnrolled)?;
        let me = identity.enrolled.as_ref().ok_or(Error::NotEnrolled)?;
        let seq = dot.seq.checked_sub(1).ok_or(Error::NotNext)?;
        let chain = self.store.chain_at(Dot::new(dot.actor, seq))?.ok_or(Error::NotNext)?;
        let change = self.store.change(dot)?.ok_or(Error::NotNext)?;
        let batch = Batch { actor: dot.actor, before: Mark { seq, chain }, changes: vec![change] };
        Ok(Parcel::signed(me.device, batch.to_bytes(), &identity.key()).to_bytes())
    }

    /// Takes a receipt that came by another way.
    ///
    /// # Errors
    /// [`Error::BadAnswer`] for one that is not this server's, or not for this device.
    pub fn take_receipt(&mut self, receipt: &Receipt, now_s: i64) -> Result<(), Error> {
        let server: VerifyingKey = self.enrolled()?.receipt_key().ok_or(Error::BadAnswer)?;
        crate::take::receipt(&mut self.store, receipt, &server, now_s).map_err(|_| Error::BadAnswer)?;
        Ok(())
    }

    /// How far the server has signed, under each number of the device.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn marks(&mut self) -> Result<BTreeMap<ActorId, u64>, Error> {
        let all = self.store.all_series()?;
        Ok(all.iter().map(|series| (series.actor(), series.standing.received_seq())).collect())
    }

    /// When the oldest change without a receipt was saved, by the device's clock, in seconds since 1970.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn unsent_since_s(&mut self) -> Result<Option<i64>, Error> {
        let mut oldest: Option<i64> = None;
        for series in self.store.all_series()? {
            let first = self.store.changes_after(series.received(), 1)?.pop();
            let first = first.map(|change| change.origin.device_time_s);
            oldest = oldest.into_iter().chain(first).min();
        }
        Ok(oldest)
    }

    /// Records with a change of this device that the server has not signed for.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn unsent_records(&mut self) -> Result<BTreeSet<RecordId>, Error> {
        let mut records = BTreeSet::new();
        for series in self.store.all_series()? {
            let unsent = self.store.changes_after(series.received(), usize::MAX)?;
            records.extend(unsent.iter().map(|change| change.record));
        }
        Ok(records)
    }
}
