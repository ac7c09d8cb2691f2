//! Taking in what the server says.
//!
//! The rule this module protects: *what came is stored together with the note that it came*, so a page or a receipt that
//! comes twice, or half, does no harm.

mod page;
mod receipt;

pub(crate) use page::{page, snapshot};
pub(crate) use receipt::{NotTaken, receipt, settled};

use crate::read::unsent;
use crate::store::{Fault, Series, Store};
use sync_core::{AreaCode, Epoch};

fn first(store: &mut Store) -> Result<Series, Fault> {
    store.all_series()?.into_iter().next().ok_or(Fault::Missing)
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

/// Once nothing is unsent, areas that are no longer the device's go, and the keys of those who live there.
fn leave_lost_areas(store: &mut Store) -> Result<Vec<AreaCode>, Fault> {
    if unsent(store)? > 0 {
        return Ok(Vec::new());
    }
    let scope = first(store)?.standing.scope;
    let mut left = store.areas_of_records()?;
    left.retain(|area| !sync_core::reads(&scope, *area));
    for area in &left {
        store.drop_records_of(*area)?;
        store.drop_keys_of(*area)?;
        store.forget_area(*area)?;
    }
    Ok(left)
}
