//! A cloned phone gets a number of its own.
//!
//! The rule this module protects: *both branches of a fork are kept, and neither hides the other* (counterexample 5).
//! Two twins shared the changes of an actor up to number `n`; the server has other changes above `n`. What the device
//! holds above `n` becomes changes `1..` of a new actor: dots, contexts, record ids, references in values and sealed
//! values are rewritten together, in one pure function whose answer depends on the branch alone, so that a device that
//! was cut off half-way gets the same again.
//!
//! What is *seen* is rewritten with care. As the old actor, its own writes were implied; as a new one it must say that it
//! had seen them, so every context of the branch gains the old actor's `n`. And whoever had seen change `n + 3` of the
//! branch had seen `n` of the old actor and 3 of the new.
//!
//! Two things cannot be rewritten. The hash in a weekly sign-off is over clocks, so one that covers changes of the branch
//! no longer fits and the week is signed again. The id of a conflict case follows from its dots: the device, which holds
//! the record, tells the new one by [`Relabelling::rename`]. An edge between doubles (`smaller_id`, `larger_id`) keeps
//! the order of its ends.

mod values;

use crate::change::{Change, Context, Edit};
use crate::natural_key::natural_id;
use crate::series::Mark;
use crate::{ActorId, Dot, Origin, RecordId, SealKey};
use schema::{Element, Identity, Kind, Schema, Value};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// A value is sealed and its key is not at hand: unlock the device first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("change {0} has a sealed value whose key is not at hand")]
pub struct Locked(pub Dot);

/// What a branch has become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relabelled {
    /// The new number.
    pub actor: ActorId,
    /// The changes of the branch, numbered from 1.
    pub changes: Vec<Change>,
    /// Records whose names changed, old to new: for printed QR codes, drafts, keys and what the screen shows.
    pub records: BTreeMap<RecordId, RecordId>,
}

/// Relabels the changes `before.seq + 1 ..` of one actor, which the server does not have. `key_of` gives the key under
/// which a change's sealed values are, by its old name. `None` when there is nothing to relabel.
///
/// # Errors
/// [`Locked`]; nothing is lost, the same can be asked again.
pub fn relabel(
    before: &Mark,
    branch: &[Change],
    schema: &Schema,
    key_of: &dyn Fn(&Change) -> Option<SealKey>,
) -> Result<Option<Relabelled>, Locked> {
    let Some(mut relabelling) = Relabelling::new(before, branch, schema) else { return Ok(None) };
    let changes = branch.iter().map(|change| relabelling.change(change, key_of)).collect::<Result<_, _>>()?;
    Ok(Some(Relabelled { actor: relabelling.new, changes, records: relabelling.records }))
}

/// Old names to new ones, as far as a branch has been read.
///
/// A device with two numbers, of which one forked, also rewrites the unreceived changes of the other: they may have seen
/// and named what the branch made.
#[derive(Debug, Clone)]
pub struct Relabelling<'a> {
    old: ActorId,
    new: ActorId,
    /// Number of the last change that the twins share.
    shared_seq: u64,
    records: BTreeMap<RecordId, RecordId>,
    schema: &'a Schema,
}

impl<'a> Relabelling<'a> {
    /// The relabelling of a branch that leaves its series after `before`; `None` when the branch is empty.
    pub fn new(before: &Mark, branch: &[Change], schema: &'a Schema) -> Option<Relabelling<'a>> {
        let first = branch.first()?;
        let old = first.origin.dot.actor;
        let new = new_actor(old, before, first);
        Some(Relabelling { old, new, shared_seq: before.seq, records: BTreeMap::new(), schema })
    }

    /// The new number.
    pub fn actor(&self) -> ActorId {
        self.new
    }

    /// A name that follows from dots in a way that only its maker knows.
    pub fn rename(&mut self, old: RecordId, new: RecordId) {
        self.records.insert(old, new);
    }

    /// The dot's new name; itself when it is not of the branch.
    pub fn dot(&self, dot: Dot) -> Dot {
        match dot.seq.checked_sub(self.shared_seq) {
            Some(seq @ 1..) if dot.actor == self.old => Dot::new(self.new, seq),
            _ => dot,
        }
    }

    /// The record's new name; itself when the branch did not make it.
    pub fn record(&self, id: RecordId) -> RecordId {
        match self.records.get(&id) {
            Some(new) => *new,
            None => id.dot().map_or(id, |dot| RecordId::of_dot(self.dot(dot))),
        }
    }

    /// A change of the branch, or one of the device's other number, under its new names. To be asked in the order in
    /// which they were saved.
    ///
    /// # Errors
    /// [`Locked`].
    pub fn change(
        &mut self,
        change: &Change,
        key_of: &dyn Fn(&Change) -> Option<SealKey>,
    ) -> Result<Change, Locked> {
        let kind = self.schema.kind(change.kind);
        let dot = self.dot(change.origin.dot);
        let mut edits = Vec::with_capacity(change.edits.len());
        for edit in &change.edits {
            let field = kind.and_then(|kind| kind.field(edit.field));
            let element = self.element(&edit.element);
            let value = match &edit.value {
                Value::Sealed(_) => {
                    let locked = Locked(change.origin.dot);
                    let key = key_of(change).ok_or(locked)?;
                    let place = (edit.field, edit.element);
                    let opened = key.open(change.origin.dot, place, &edit.value).ok_or(locked)?;
                    key.seal(dot, (edit.field, element), &self.value(edit.field, field, &opened))
                }
                value => self.value(edit.field, field, value),
            };
            edits.push(Edit { field: edit.field, element, context: self.context(change, edit, dot), value });
        }
        let edits = self.with_cut(kind, edits);
        let record = self.name(kind, change, &edits);
        if record != change.record {
            self.records.insert(change.record, record);
        }
        let author = self.record(change.origin.author);
        Ok(Change { origin: Origin { dot, author, ..change.origin }, record, kind: change.kind, edits })
    }

    /// What an edit has seen, said as somebody who was never the old actor.
    fn context(&self, change: &Change, edit: &Edit, dot: Dot) -> Context {
        let is_of_branch = dot != change.origin.dot;
        let is_made_here = change.record.dot().is_some_and(|made| self.dot(made) != made);
        let own = (is_of_branch && !is_made_here).then_some(Dot::new(self.old, self.shared_seq));
        let seen = edit.context.dots().iter().flat_map(|seen| self.seen(*seen));
        Context::new(seen.chain(own).filter(|seen| seen.seq > 0)).without(dot.actor)
    }

    /// Whoever had seen a change of the branch had seen what both twins share, and the branch up to there.
    fn seen(&self, dot: Dot) -> impl Iterator<Item = Dot> + use<> {
        let new = self.dot(dot);
        let shared = (new != dot).then_some(Dot::new(self.old, self.shared_seq));
        [Some(new), shared].into_iter().flatten()
    }

    /// The record's name: of its dot, of its key in new words, or as it is.
    fn name(&self, kind: Option<&Kind>, change: &Change, edits: &[Edit]) -> RecordId {
        let value_of = |field: u16| {
            let whole = |edit: &&Edit| edit.field == field && edit.element == Element::Whole;
            edits.iter().find(whole).map(|edit| &edit.value)
        };
        match kind {
            Some(kind) if matches!(kind.identity, Identity::Natural(_)) => {
                let renamed = natural_id(kind, change.origin.area, value_of);
                renamed.unwrap_or_else(|| self.record(change.record))
            }
            _ => self.record(change.record),
        }
    }
}

/// The number of a branch: first 64 bits of SHA-256 over a heading, the old number, the last shared sequence number and
/// the chain hash after the first change that is not shared. What is saved later does not change it.
fn new_actor(old: ActorId, before: &Mark, first: &Change) -> ActorId {
    let branch = before.chain.after(first, &mut Vec::new());
    let mut hasher = Sha256::new();
    hasher.update(b"lumbung relabel 1");
    hasher.update(old.0.to_be_bytes());
    hasher.update(before.seq.to_be_bytes());
    hasher.update(branch.0);
    let hash: [u8; 32] = hasher.finalize().into();
    let mut first = [0; 8];
    first.copy_from_slice(&hash[..8]);
    ActorId(u64::from_be_bytes(first))
}
