//! A device that has a twin writes on under a number of its own.
//!
//! The rule this module protects: *relabelling is one transaction* (counterexample 5). What the new names are is the
//! core's answer; a device that is killed before it was stored asks again and gets the same.

use crate::save::{apply, kind_of};
use crate::store::key::UnsentKey;
use crate::store::{Series, Store};
use crate::take::settled;
use crate::{Error, Fault};
use schema::Schema;
use std::collections::BTreeMap;
use sync_core::device::{Standing, owner_of};
use sync_core::relabel::{Relabelling, branch_hash};
use sync_core::{ActorId, ChainHash, Change, Dot, Epoch, Mark, SealKey, Value};

/// A branch of a series that leaves the one the server has.
pub(crate) struct Branch {
    /// The last number that both twins share.
    pub before: Mark,
    /// Tells it from its twin.
    pub hash: ChainHash,
    /// The number it gets.
    pub actor: ActorId,
}

/// The branch of a series after a number; `None` when nothing of it is here.
pub(crate) fn branch(
    store: &mut Store,
    old: ActorId,
    after_seq: u64,
    schema: &Schema,
) -> Result<Option<Branch>, Error> {
    let after = Dot::new(old, after_seq);
    let Some(chain) = store.chain_at(after)? else { return Ok(None) };
    let before = Mark { seq: after_seq, chain };
    let changes = store.changes_after(after, 1)?;
    let Some(relabelling) = Relabelling::new(&before, &changes, schema) else { return Ok(None) };
    Ok(Some(Branch { before, hash: branch_hash(&before, &changes[0]), actor: relabelling.actor() }))
}

/// Gives a branch its number: rewrites its changes, what the device's other numbers wrote after `received` (as the server
/// says) and did not send, the records and the keys.
pub(crate) fn relabel(
    store: &mut Store,
    old: ActorId,
    branch: &Branch,
    received: &BTreeMap<ActorId, u64>,
    schema: &'static Schema,
) -> Result<(), Error> {
    store.tx(|store| {
        let mut all = store.all_series()?;
        let mut changes = store.changes_after(Dot::new(old, branch.before.seq), usize::MAX)?;
        let mut relabelling = Relabelling::new(&branch.before, &changes, schema).ok_or(Error::NotNext)?;
        for series in all.iter().filter(|series| series.actor() != old) {
            let held = received.get(&series.actor()).copied().unwrap_or_default();
            let from = held.max(series.standing.received_seq());
            changes.extend(store.changes_after(Dot::new(series.actor(), from), usize::MAX)?);
        }
        changes.sort_by_key(|change| change.origin.stamp);
        let keys = keys(store, &changes, schema)?;
        let key_of = |change: &Change| keys.get(&change.origin.dot).cloned();
        let mut rewritten = Vec::with_capacity(changes.len());
        for change in &changes {
            let new = relabelling.change(change, &key_of).map_err(|_| Error::Locked)?;
            if new.record != change.record {
                rename(store, change, &new)?;
            }
            rewritten.push(new);
        }
        changes.iter().try_for_each(|change| withdraw(store, change))?;
        rewritten.iter().try_for_each(|change| apply(store, change))?;
        restart(store, &mut all, old, branch)?;
        rewritten.sort_by_key(|change| change.origin.dot);
        rewritten.chunk_by(|a, b| a.origin.dot.actor == b.origin.dot.actor).try_for_each(|run| {
            let series = all.iter_mut().find(|series| series.actor() == run[0].origin.dot.actor);
            write_again(store, series.ok_or(Error::NotEnrolled)?, run)
        })
    })
}

/// The keys under which changes have sealed values, by their old names.
fn keys(
    store: &mut Store,
    changes: &[Change],
    schema: &'static Schema,
) -> Result<BTreeMap<Dot, SealKey>, Error> {
    let mut keys = BTreeMap::new();
    for change in changes {
        let sealed = change.edits.iter().find(|edit| matches!(edit.value, Value::Sealed(_)));
        let Some(sealed) = sealed else { continue };
        let record = store.record(change.record)?;
        let owner = owner_of(change, kind_of(schema, change.kind)?, record.as_ref());
        let known = store.keys_of(owner.ok_or(Error::Locked)?)?;
        let (dot, place) = (change.origin.dot, (sealed.field, sealed.element));
        let fitting = known.into_iter().find(|key| key.open(dot, place, &sealed.value).is_some());
        keys.insert(dot, fitting.ok_or(Error::Locked)?);
    }
    Ok(keys)
}

/// Notes a record's new name; its key goes to the server again, under that name.
fn rename(store: &mut Store, old: &Change, new: &Change) -> Result<(), Fault> {
    store.keep_moved(old.record, new.record)?;
    for key in store.keys_of(old.record)? {
        let (owner, area, actor) = (new.record, new.origin.area, new.origin.dot.actor);
        store.add_key(&UnsentKey { owner, key, area, actor })?;
    }
    store.drop_key(old.record)
}

/// Takes what a change wrote out of the record of its old name.
fn withdraw(store: &mut Store, change: &Change) -> Result<(), Fault> {
    let Some(mut record) = store.record(change.record)? else { return Ok(()) };
    for edit in &change.edits {
        record.withdraw((edit.field, edit.element), change.origin.dot);
    }
    if record.registers().is_empty() {
        store.drop_record(record.id)
    } else {
        store.keep_record(&settled(record, change.origin.dot))
    }
}

/// The old series ends at what both twins share; whoever wrote under it goes on under the new number.
fn restart(store: &mut Store, all: &mut Vec<Series>, old: ActorId, branch: &Branch) -> Result<(), Error> {
    let place = all.iter().map(|series| series.place).max().unwrap_or_default() + 1;
    let series = all.iter_mut().find(|series| series.actor() == old).ok_or(Error::NotEnrolled)?;
    let Standing { epoch, clock, .. } = series.standing;
    let author = series.author;
    series.standing.head = branch.before;
    series.retired = true;
    store.keep_series(series)?;
    store.drop_changes_after(Dot::new(old, branch.before.seq))?;
    let standing = Standing { epoch, clock, ..Standing::new(branch.actor, Epoch(0), Vec::new()) };
    all.push(Series { place, author, retired: false, standing });
    Ok(())
}

/// Stores a run of rewritten changes in the place of what stood there.
fn write_again(store: &mut Store, series: &mut Series, run: &[Change]) -> Result<(), Error> {
    let first = run[0].origin.dot;
    let before = Dot::new(first.actor, first.seq - 1);
    let mut mark = Mark { seq: before.seq, chain: store.chain_at(before)?.ok_or(Error::NotNext)? };
    store.drop_changes_after(before)?;
    for change in run {
        mark = mark.after(std::slice::from_ref(change));
        store.add_change(change, mark.chain)?;
    }
    series.standing.head = mark;
    Ok(store.keep_series(series)?)
}
