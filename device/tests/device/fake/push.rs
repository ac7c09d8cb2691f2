//! In, and the receipts for it.

use super::{Answer, World, json_of, refusal};
use device::transport::{Request, Response};
use device::{ActorId, Change, Record};
use schema::{Role, Schema};
use serde_json::Value as Json;
use sync_core::relabel::branch_actor;
use sync_core::{
    BadBatch, Batch, Bounds, ChainHash, Continuation, Epoch, ErrorBody, ErrorCode, Held, Mark, Receipt,
};
use uuid::Uuid;

pub const BOUNDS: Bounds = Bounds { changes_max: 1000, bytes_max: 8 << 20, numbers_max: 1 << 20 };

impl World {
    pub(super) fn push(&mut self, device: Uuid, request: &Request) -> Answer {
        let batch = Batch::of_bytes(&request.body, &BOUNDS).map_err(|bad| match bad {
            BadBatch::Version(_) => refusal(ErrorCode::UnknownVersion),
            _ => refusal(ErrorCode::BadBody),
        })?;
        if batch.changes.len() > self.upload_changes_max {
            return Err(refusal(ErrorCode::TooLarge));
        }
        if self.owner_of(batch.actor) != Some(device) {
            return Err(refusal(ErrorCode::ActorTaken));
        }
        let mark = self.series[&batch.actor].mark;
        let known = |seq| self.chain_at(batch.actor, seq);
        let at = |code, seq| ErrorBody { expected_seq: Some(seq), ..refusal(code) };
        let skip = match mark.continued_by(&batch.before, &batch.changes, known) {
            Continuation::Gap { expected } => return Err(at(ErrorCode::SeqGap, expected)),
            Continuation::Fork { at: seq } => return Err(at(ErrorCode::Fork, seq)),
            Continuation::Known => batch.changes.len(),
            Continuation::New { skip } => skip,
        };
        for change in &batch.changes[skip..] {
            self.take(change);
        }
        let series = &self.series[&batch.actor];
        // What is known is signed for up to its own end.
        let mark = if skip == batch.changes.len() { batch.after() } else { series.mark };
        let named = batch.before.seq + 1..=mark.seq;
        let held: Vec<Held> = series.held.iter().filter(|held| named.contains(&held.seq)).copied().collect();
        Ok(self.receipt(batch.actor, mark, &held))
    }

    fn take(&mut self, change: &Change) {
        let schema = Schema::builtin();
        let dot = change.origin.dot;
        let series = self.series.get_mut(&dot.actor).unwrap();
        series.mark = series.mark.after(std::slice::from_ref(change));
        series.changes.push(change.clone());
        let kind = schema.kind(change.kind).unwrap();
        let mut good = change.clone();
        good.edits.retain(|edit| {
            let form = change.origin.form_version;
            let judged =
                schema::judge(kind, edit.field, &edit.element, &edit.value, Role::Kader, form, schema);
            let place = Some((edit.field, edit.element));
            series.held.extend(judged.err().map(|reason| Held { seq: dot.seq, place, reason }));
            judged.is_ok()
        });
        if !good.edits.is_empty() {
            self.apply(&good);
        }
    }

    pub fn apply(&mut self, change: &Change) {
        let record = self.records.entry(change.record).or_insert_with(|| (0, Record::of_change(change)));
        record.1.apply(change);
        let version = self.versions.entry(record.1.home.area).or_default();
        *version += 1;
        record.0 = *version;
    }

    fn receipt(&self, actor: ActorId, mark: Mark, held: &[Held]) -> Response {
        let backed_up = if self.backed_up { mark.seq } else { 0 };
        json_of(&Receipt::signed(&self.key, self.epoch, actor, mark, self.now_s, backed_up, held))
    }

    /// The hash of a series at a number, as far as its changes are here.
    pub fn chain_at(&self, actor: ActorId, seq: u64) -> Option<ChainHash> {
        let series = self.series.get(&actor)?;
        if seq == series.mark.seq {
            return Some(series.mark.chain);
        }
        let lost: u64 = series.mark.seq - series.changes.len() as u64;
        let count = usize::try_from(seq).ok().filter(|_| lost == 0 && seq <= series.mark.seq)?;
        Some(Mark::start(actor).after(&series.changes[..count]).chain)
    }

    pub(super) fn witness(&mut self, asked: &Json) -> Answer {
        let receipt: Receipt = serde_json::from_value(asked["receipt"].clone()).unwrap();
        let oldest = asked["oldest_held_seq"].as_u64().unwrap();
        assert!(receipt.is_signed_by(&self.key.verifying_key()), "only its own receipts are shown to it");
        let mark = self.series[&receipt.actor].mark;
        if receipt.seq > mark.seq {
            if receipt.epoch == self.epoch {
                self.epoch = Epoch(self.epoch.0 + (1 << 64));
            }
            if oldest > mark.seq + 1 {
                if oldest <= receipt.seq {
                    return Err(refusal(ErrorCode::BadRequest));
                }
                self.losses.push((receipt.actor, mark.seq + 1, receipt.seq));
                self.series.get_mut(&receipt.actor).unwrap().mark = receipt.mark();
            }
        }
        let mark = self.series[&receipt.actor].mark;
        Ok(self.receipt(receipt.actor, mark, &[]))
    }

    pub(super) fn actors(&mut self, device: Uuid, asked: &Json) -> Answer {
        let actor = match &asked["fork"] {
            Json::Null => self.draw(device),
            fork => {
                let old = serde_json::from_value(fork["actor"].clone()).unwrap();
                let branch = serde_json::from_value(fork["branch"].clone()).unwrap();
                let actor = branch_actor(old, fork["after_seq"].as_u64().unwrap(), branch);
                self.begin(device, actor);
                actor
            }
        };
        Ok(json_of(&serde_json::json!({ "actor": actor })))
    }
}
