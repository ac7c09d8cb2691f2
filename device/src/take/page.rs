//! Pages: what others saved.

use super::{first, leave_lost_areas, pull_again};
use crate::read::unsent;
use crate::store::{Fault, Series, Store};
use std::collections::BTreeSet;
use sync_core::{AreaCode, Page, Record, RecordId};

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
