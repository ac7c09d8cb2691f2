//! Taking in what the server says.
//!
//! The rule this module protects: *what came is stored together with the note that it came*, so a page or a receipt that
//! comes twice, or half, does no harm.

use crate::read::unsent;
use crate::store::held::HeldEdit;
use crate::store::{Fault, Series, Store};
use ed25519_dalek::VerifyingKey;
use std::collections::BTreeSet;
use sync_core::device::Doubt;
use sync_core::{AreaCode, Dot, Epoch, Held, Page, Receipt, Record, RecordId};

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

/// Versions and cursors of another epoch mean nothing: everything comes again, and is merged.
fn begin_epoch(store: &mut Store, epoch: Epoch) -> Result<(), Fault> {
    store.forget_areas()?;
    pull_again(store, Some(epoch))
}

/// The next pull asks for what is not known, area by area.
pub(crate) fn pull_again(store: &mut Store, epoch: Option<Epoch>) -> Result<(), Fault> {
    if let Some(mut first) = store.all_series()?.into_iter().next() {
        first.standing.cursor = None;
        first.standing.epoch = epoch.or(first.standing.epoch);
        store.keep_series(&first)?;
    }
    Ok(())
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
fn settled(record: Record, withdrawn: Dot) -> Record {
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

/// What taking a page led to.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// Areas whose records do not add up to what the server says.
    pub unequal: Vec<AreaCode>,
    /// Areas that are no longer the device's.
    pub left: Vec<AreaCode>,
}

/// Takes a page that answers a pull.
pub(crate) fn page(
    store: &mut Store,
    page: &Page,
    now_s: i64,
    asked_again: &BTreeSet<AreaCode>,
) -> Result<Taken, Fault> {
    store.tx(|store| {
        let mut first = first(store)?;
        observe(&mut first, page, now_s);
        if first.standing.on_page(page) {
            store.forget_areas()?;
        }
        store.keep_series(&first)?;
        records(store, page)?;
        let unequal = standings(store, page, asked_again)?;
        let mut left = Vec::new();
        if page.scope.is_some() {
            store.retry_refused_keys()?;
            left = leave_lost_areas(store)?;
        }
        Ok(Taken { unequal, left })
    })
}

/// Takes the pages of an area's snapshot, and notes how far the area is known.
pub(crate) fn snapshot(
    store: &mut Store,
    area: AreaCode,
    version: u64,
    pages: &[Page],
    now_s: i64,
) -> Result<u64, Fault> {
    store.tx(|store| {
        let mut first = first(store)?;
        for page in pages {
            observe(&mut first, page, now_s);
            records(store, page)?;
        }
        store.keep_series(&first)?;
        // One of another epoch is merged all the same, but its version means nothing.
        if pages.iter().all(|page| Some(page.epoch) == first.standing.epoch) {
            store.keep_area(area, version)?;
        }
        store.drop_download(area)?;
        Ok(pages.iter().map(|page| page.records.len() as u64).sum())
    })
}

fn first(store: &mut Store) -> Result<Series, Fault> {
    store.all_series()?.into_iter().next().ok_or(Fault::Missing)
}

fn observe(series: &mut Series, page: &Page, now_s: i64) {
    let origins = page.records.iter().flat_map(Record::origins);
    if let Some(newest) = origins.map(|origin| origin.stamp).filter(|stamp| !stamp.is_beyond(now_s)).max() {
        series.standing.clock.observe(newest, now_s);
    }
}

fn records(store: &mut Store, page: &Page) -> Result<(), Fault> {
    for came in &page.records {
        match store.record(came.id)? {
            Some(mut record) => {
                if record.merge(came) {
                    store.keep_record(&record)?;
                }
            }
            None => store.keep_record(came)?,
        }
    }
    for (position, key) in &page.keys {
        if let Some(owner) = page.records.get(*position) {
            store.take_key(owner.id, key, owner.home.area)?;
        }
    }
    for (area, id) in &page.departed {
        depart(store, *area, *id)?;
    }
    Ok(())
}

/// A record left an area of the scope. What was saved here and not sent yet stays until it is.
fn depart(store: &mut Store, area: AreaCode, id: RecordId) -> Result<(), Fault> {
    let Some(record) = store.record(id)? else { return Ok(()) };
    let mut waits = false;
    for series in store.all_series()? {
        waits |= store.last_change_of(series.actor(), id)? > series.standing.received_seq();
    }
    if record.home.area == area && !waits { store.drop_record(id) } else { Ok(()) }
}

/// Notes how far areas are known. With nothing unsent, phone and server must hold the same: an area that does not add up
/// is asked for again, once; those that still do not are what comes back.
fn standings(
    store: &mut Store,
    page: &Page,
    asked_again: &BTreeSet<AreaCode>,
) -> Result<Vec<AreaCode>, Fault> {
    let comparable = !page.standings.is_empty() && unsent(store)? == 0;
    let mut unequal = Vec::new();
    for standing in &page.standings {
        store.keep_area(standing.area, standing.version)?;
        if comparable && store.digest_of(standing.area)? != standing.digest {
            unequal.push(standing.area);
            if !asked_again.contains(&standing.area) {
                store.forget_area(standing.area)?;
                pull_again(store, None)?;
            }
        }
    }
    Ok(unequal)
}

/// Once nothing is unsent, areas that are no longer the device's go, and the keys of those who live there.
fn leave_lost_areas(store: &mut Store) -> Result<Vec<AreaCode>, Fault> {
    if unsent(store)? > 0 {
        return Ok(Vec::new());
    }
    let scope = first(store)?.standing.scope;
    let mut left = store.areas_of_records()?;
    left.retain(|area| !scope.iter().any(|own| own.contains(*area)));
    for area in &left {
        store.drop_records_of(*area)?;
        store.drop_keys_of(*area)?;
        store.forget_area(*area)?;
    }
    Ok(left)
}
