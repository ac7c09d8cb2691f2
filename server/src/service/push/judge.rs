//! Reads an upload and judges each of its edits by the schema alone.
//!
//! The rule this module protects: *a verdict depends on the upload and on constants, never on a clock or on other
//! records*; it is made once, here, and stored with the upload.

use super::Sender;
use schema::{Kind, Refusal, Role, Schema};
use std::collections::BTreeMap;
use sync_core::natural_key::is_rightly_named;
use sync_core::{Batch, Change, Mark};

/// An upload that was read and judged.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Who sends it.
    pub sender: Sender,
    /// What was sent.
    pub batch: Batch,
    /// The mark after its last change.
    pub after: Mark,
    /// The same as bytes, for the log.
    pub bytes: Vec<u8>,
    /// By change: what the schema says.
    pub(super) verdicts: Vec<Verdict>,
    /// When it arrived, in seconds since 1970.
    pub received_at_s: i64,
    /// Server's clock minus the device's.
    pub clock_offset_s: i64,
}

/// What is said of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing against it.
    Good,
    /// These edits (positions, ascending) are held.
    Some(Vec<(usize, Refusal)>),
    /// All of it is held: kind, record or place cannot be believed.
    Whole(Refusal),
}

impl Verdict {
    /// The same, with these edits (positions, ascending) held too.
    pub(super) fn and(&self, positions: &[usize], reason: Refusal) -> Verdict {
        let more = positions.iter().map(|position| (*position, reason));
        match self {
            Verdict::Whole(_) => self.clone(),
            Verdict::Good if positions.is_empty() => Verdict::Good,
            Verdict::Good => Verdict::Some(more.collect()),
            Verdict::Some(refused) => {
                // The schema's word comes first: an edit is held for one reason.
                let mut all: BTreeMap<usize, Refusal> = more.collect();
                all.extend(refused.iter().copied());
                Verdict::Some(all.into_iter().collect())
            }
        }
    }
}

/// Judges each change of a batch.
pub(super) fn verdicts(batch: &Batch, sender: &Sender, schema: &Schema) -> Vec<Verdict> {
    batch.changes.iter().map(|change| verdict(change, sender, schema)).collect()
}

fn verdict(change: &Change, sender: &Sender, schema: &Schema) -> Verdict {
    let Some(kind) = schema.kind(change.kind) else { return Verdict::Whole(Refusal::UnknownKind) };
    if sender.revoked {
        return Verdict::Whole(Refusal::RevokedDevice);
    }
    match whole(change, kind, sender) {
        Err(refusal) => Verdict::Whole(refusal),
        Ok(()) => edits(change, kind, sender.role, schema),
    }
}

fn whole(change: &Change, kind: &Kind, sender: &Sender) -> Result<(), Refusal> {
    let origin = &change.origin;
    schema::judge::place(kind, origin.area)?;
    if !sender.district.contains(origin.area) {
        return Err(Refusal::ForeignArea);
    }
    if origin.form_version == 0 {
        return Err(Refusal::UnknownForm);
    }
    // A name from the device's own future would collide with a record it makes later.
    let from_its_future =
        change.record.dot().is_some_and(|dot| dot.actor == origin.dot.actor && dot.seq > origin.dot.seq);
    if change.edits.is_empty() || from_its_future {
        return Err(Refusal::BadChange);
    }
    if is_rightly_named(kind, change) { Ok(()) } else { Err(Refusal::KeyMismatch) }
}

fn edits(change: &Change, kind: &Kind, role: Role, schema: &Schema) -> Verdict {
    let form = change.origin.form_version;
    let mut refused = Vec::new();
    for (place, edit) in change.edits.iter().enumerate() {
        let judged = schema::judge(kind, edit.field, &edit.element, &edit.value, role, form, schema);
        refused.extend(judged.err().map(|refusal| (place, refusal)));
    }
    if refused.is_empty() { Verdict::Good } else { Verdict::Some(refused) }
}
