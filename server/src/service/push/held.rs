//! What is held of an upload, as the receipt names it and as the quarantine keeps it.
//!
//! The rule this module protects: *who sent it learns exactly what is held and why*, in the same answer that says what
//! was received.

use super::judge::Verdict;
use crate::store::quarantine::HeldRow;
use sync_core::codec::element_bytes;
use sync_core::{Change, Held};

/// Adds what `verdict` holds of `change`.
pub(super) fn note(held: &mut Vec<Held>, change: &Change, verdict: &Verdict) {
    let seq = change.origin.dot.seq;
    match verdict {
        Verdict::Good => {}
        Verdict::Whole(reason) => held.push(Held { seq, place: None, reason: *reason }),
        Verdict::Some(refused) => held.extend(refused.iter().map(|(position, reason)| {
            let edit = &change.edits[*position];
            Held { seq, place: Some((edit.field, edit.element)), reason: *reason }
        })),
    }
}

/// The row that keeps something held of `change`.
pub(super) fn row(district: i64, change: &Change, held: &Held, received_at_s: i64) -> HeldRow {
    HeldRow {
        district,
        actor: change.origin.dot.actor.0 as i64,
        seq: held.seq as i64,
        field: held.place.map_or(0, |(field, _)| i32::from(field)),
        element: held.place.map(|place| element_bytes(&place.1)).unwrap_or_default(),
        whole: held.place.is_none(),
        area: change.origin.area.0 as i64,
        kind: i32::from(change.kind),
        record: Some(change.record.0.as_bytes().to_vec()),
        reason: i16::from(held.reason.number()),
        received_at_s,
    }
}
