//! Out: changes that the server has not signed for.

use super::{End, Halt, Run};
use crate::store::{Limits, Series};
use crate::take::{self, NotTaken};
use crate::transport::Request;
use sync_core::{Batch, Dot, Mark, Receipt};

const BATCH: &str = "application/vnd.lumbung.batch";

impl Run<'_> {
    /// Sends the next changes of a series, and takes the receipt.
    pub(super) fn push(&mut self, series: &Series, after_seq: u64) -> Result<(), Halt> {
        let actor = series.actor();
        self.about = actor;
        let limits = self.limits()?;
        let Some(batch) = self.changes_to_send(series, after_seq, limits)? else {
            // What must be sent next is gone here: only the receipt for it is left.
            return self.show_receipt(series, after_seq + 1);
        };
        let body = self.fitting(batch, limits.upload_bytes_max);
        let request =
            Request::post("/v1/push", BATCH, body).with("lumbung-device-time", self.now_s.to_string());
        let answer = self.ask(request)?;
        let receipt: Receipt = serde_json::from_slice(&answer.body).map_err(|_| Halt::End(End::BadAnswer))?;
        self.take_receipt(&receipt)?;
        if receipt.seq > after_seq {
            self.report.sent += receipt.seq - after_seq;
            return Ok(());
        }
        // It signs, and holds nothing new: not again in this sync.
        Err(Halt::End(End::BadAnswer))
    }

    /// The next changes of a series; `None` when they are gone here.
    pub(super) fn changes_to_send(
        &mut self,
        series: &Series,
        after_seq: u64,
        limits: Limits,
    ) -> Result<Option<Batch>, Halt> {
        let actor = series.actor();
        let count = self.batch_changes.min(limits.upload_changes_max).max(1);
        let after = Dot::new(actor, after_seq);
        let changes = self.device.store.changes_after(after, count)?;
        let chain = self.device.store.chain_at(after)?;
        let is_next = changes.first().is_some_and(|change| change.origin.dot.seq == after_seq + 1);
        let batch = |chain| Batch { actor, before: Mark { seq: after_seq, chain }, changes };
        Ok(chain.filter(|_| is_next).map(batch))
    }

    /// The batch as bytes, with fewer changes when it would be too large.
    pub(super) fn fitting(&self, mut batch: Batch, bytes_max: usize) -> Vec<u8> {
        loop {
            let bytes = batch.to_bytes();
            if bytes.len() <= bytes_max || batch.changes.len() == 1 {
                return bytes;
            }
            batch.changes.truncate(batch.changes.len() / 2);
        }
    }

    pub(super) fn limits(&mut self) -> Result<Limits, Halt> {
        if let Some(limits) = self.limits {
            return Ok(limits);
        }
        let limits: Limits = self.get("/v1/limits")?;
        let mut session = self.device.store.session()?;
        session.limits = Some(limits);
        self.store(|store| store.keep_session(&session))?;
        self.limits = Some(limits);
        Ok(limits)
    }

    /// Takes a receipt, if it is the server's.
    pub(super) fn take_receipt(&mut self, receipt: &Receipt) -> Result<(), Halt> {
        match take::receipt(&mut self.device.store, receipt, &self.server, self.now_s) {
            Ok(taken) => {
                self.report.held.extend(taken.held);
                self.report.left.extend(taken.left);
                Ok(())
            }
            Err(NotTaken::Doubt(doubt)) => Err(Halt::End(End::Doubt(doubt))),
            Err(NotTaken::Fault(fault)) => Err(fault.into()),
        }
    }
}
