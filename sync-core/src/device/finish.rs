//! The last touch to a change that a form made: lines get their names, identity is sealed.
//!
//! The rule this module protects: *nothing that says who somebody is leaves a form in the open.*

use crate::record::Record;
use crate::{Change, RecordId, SealKey};
use schema::{Element, Kind, SealOwner, Value};

/// Whose key is missing, so that a change cannot be saved yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unsealed {
    /// The field that names the owner of the key is empty.
    #[error("the person it is about is not named")]
    NoOwner,
    /// The key of this owner is not on the device.
    #[error("the key of {0} is not on this device")]
    NoKey(RecordId),
}

/// A line that is new in a form; saving gives it the name of the change.
pub fn new_line(nth: u16) -> Element {
    Element::Line { actor: 0, seq: 0, nth }
}

/// Names new lines by the change's own dot, and seals what the schema wants sealed. `current` is the record as the device
/// holds it.
///
/// # Errors
/// [`Unsealed`]; the change must not be saved then.
pub fn finish(
    change: &mut Change,
    kind: &Kind,
    current: Option<&Record>,
    mut key_of: impl FnMut(RecordId) -> Option<SealKey>,
) -> Result<(), Unsealed> {
    let dot = change.origin.dot;
    for edit in &mut change.edits {
        if let Element::Line { actor: 0, seq: 0, nth } = edit.element {
            edit.element = Element::Line { actor: dot.actor.0, seq: dot.seq, nth };
        }
    }
    change.edits.sort_by_key(|edit| (edit.field, edit.element));
    let wants_sealing = |field: u16, value: &Value| {
        !matches!(value, Value::Null | Value::Sealed(_))
            && kind.field(field).is_some_and(|field| field.sealed)
    };
    if !change.edits.iter().any(|edit| wants_sealing(edit.field, &edit.value)) {
        return Ok(());
    }
    let owner = owner_of(change, kind, current).ok_or(Unsealed::NoOwner)?;
    let key = key_of(owner).ok_or(Unsealed::NoKey(owner))?;
    for edit in change.edits.iter_mut().filter(|edit| wants_sealing(edit.field, &edit.value)) {
        edit.value = key.seal(dot, (edit.field, edit.element), &edit.value);
    }
    Ok(())
}

/// Whose key seals a change: what the record says, and for a new record what the change says.
pub fn owner_of(change: &Change, kind: &Kind, current: Option<&Record>) -> Option<RecordId> {
    let known = current.and_then(|record| record.seal_owner(kind));
    known.or_else(|| match kind.seal_owner? {
        SealOwner::Itself => Some(change.record),
        SealOwner::Field(field) => {
            let edit = change.edits.iter().find(|edit| edit.field == field && edit.element == Element::Whole);
            if let Value::Ref(id) = edit?.value { Some(RecordId(id)) } else { None }
        }
    })
}
