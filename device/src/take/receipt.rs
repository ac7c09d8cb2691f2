//! Receipts: what the server holds, and what of it is in quarantine.

use super::{begin_epoch, leave_lost_areas, pull_again};
use crate::store::held::HeldEdit;
use crate::store::{Fault, Series, Store};
use ed25519_dalek::VerifyingKey;
use sync_core::device::Doubt;
use sync_core::{AreaCode, Dot, Held, Receipt, Record};

/// Why a receipt was not taken.
#[derive(Debug)]
pub(crate) enum NotTaken {
    Doubt(Doubt),
    Fault(Fault),
}

impl From<Fault> for NotTaken {
    fn from(fault: Fault) -> NotTaken {
        NotTaken::Fault(fault)
    }
}

/// What taking a receipt led to.
#[derive(Debug)]
pub(crate) struct Receipted {
    /// What is in quarantine; it was taken out of the records here.
    pub held: Vec<HeldEdit>,
    /// Areas that are no longer the device's.
    pub left: Vec<AreaCode>,
}

/// Takes a receipt for one of the device's series.
pub(crate) fn receipt(
    store: &mut Store,
    receipt: &Receipt,
    server: &VerifyingKey,
    now_s: i64,
) -> Result<Receipted, NotTaken> {
    store.tx(|store| {
        let mut all = store.all_series()?;
        let series = all.iter_mut().find(|series| series.actor() == receipt.actor);
        let series = series.ok_or(NotTaken::Doubt(Doubt::Foreign))?;
        let epoch = series.standing.epoch;
        let known = store.chain_at(Dot::new(receipt.actor, receipt.seq))?;
        series.standing.on_receipt(receipt.clone(), server, |_| known).map_err(NotTaken::Doubt)?;
        store.keep_series(series)?;
        store.keep_receipt(receipt)?;
        forget(store, series)?;
        if epoch != series.standing.epoch {
            begin_epoch(store, receipt.epoch)?;
        }
        let held = receipt.held.iter().filter_map(|name| {
            let place = name.place();
            let readable = place.is_some() || name.field.is_none();
            readable.then_some(Held { seq: name.seq, place, reason: name.reason })
        });
        let held: Vec<HeldEdit> =
            held.map(|held| withdraw(store, receipt, held)).collect::<Result<_, Fault>>()?;
        let mut session = store.session()?;
        session.clock_offset_s = Some(receipt.at_s.saturating_sub(now_s));
        store.keep_session(&session)?;
        let left = leave_lost_areas(store)?;
        Ok(Receipted { held, left })
    })
}

/// Forgets own changes that every backup holds, up to a receipt that stays as their proof.
fn forget(store: &mut Store, series: &Series) -> Result<(), Fault> {
    let actor = series.actor();
    let forgettable = Dot::new(actor, series.standing.forgettable_seq());
    let proof = store.receipt_upto(forgettable)?.map_or(0, |receipt| receipt.seq);
    if proof > 0 {
        store.forget_upto(Dot::new(actor, proof))?;
    }
    // Beside the proof and the newest, one in between is kept: it is the next proof.
    let newest = series.standing.received_seq();
    let next = store.receipt_after(Dot::new(actor, proof))?.unwrap_or(newest);
    store.forget_receipts_between(actor, next, newest)
}

/// Takes what is in quarantine out of the record here.
fn withdraw(store: &mut Store, receipt: &Receipt, held: Held) -> Result<HeldEdit, Fault> {
    let dot = Dot::new(receipt.actor, held.seq);
    let change = store.change(dot)?;
    let edit = HeldEdit { dot, held, record: change.as_ref().map(|change| change.record) };
    store.keep_held(&edit)?;
    let Some(change) = change else { return Ok(edit) };
    let Some(mut record) = store.record(change.record)? else { return Ok(edit) };
    let places = change.edits.iter().map(|edit| (edit.field, edit.element));
    let mut hides = false;
    for place in places.filter(|place| held.place.is_none_or(|held| held == *place)) {
        hides |= record.withdraw(place, dot);
        // An own earlier value was replaced without being named.
        hides |= !change.creates() && record.register(place.0, place.1).is_none();
    }
    if record.registers().is_empty() {
        store.drop_record(record.id)?;
    } else {
        store.keep_record(&settled(record, dot))?;
    }
    if hides {
        store.forget_area(change.origin.area)?;
        pull_again(store, None)?;
    }
    Ok(edit)
}

/// A record lives where the changes say that are left.
pub(crate) fn settled(record: Record, withdrawn: Dot) -> Record {
    if record.home.by != withdrawn || record.origin(withdrawn).is_some() {
        return record;
    }
    let changes = record.changes();
    let Some((first, others)) = changes.split_first() else { return record };
    let mut settled = Record::of_change(first);
    others.iter().for_each(|change| {
        settled.apply(change);
    });
    settled
}
