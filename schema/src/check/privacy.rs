//! What says who somebody is travels sealed (UU PDP 27/2022, and the rule on personal data in `docs/decisions/`).

use super::Place;
use crate::model::{Keeping, Shape, ValueType};

pub(super) fn faults(place: &mut Place) {
    let field = place.field;
    let is_identity = field.is_identity_number();
    place.must(!is_identity || field.sensitivity == 2, "is an identity number: its sensitivity is 2");
    place.must(!is_identity || field.sealed, "is an identity number: seal it");
    place.must(
        !field.sealed || field.sensitivity >= 1,
        "is sealed, so it is personal: its sensitivity is 1 or 2",
    );
    place.must(
        !field.sealed || !matches!(field.shape, Shape::Set(_)),
        "is a set: an element cannot be sealed",
    );
    // The server's own log never leaves it as a record.
    let is_personal = field.sensitivity >= 1 && place.kind.keeping != Keeping::Server;
    place.must(!(is_personal && has_free_text(&field.value) && !field.sealed), "is a personal text: seal it");
    place.must(
        !(is_personal && is_location(&field.value) && !field.sealed),
        "says where somebody lives: seal it",
    );
}

/// A name, a note: whatever somebody typed.
fn has_free_text(value: &ValueType) -> bool {
    match value {
        ValueType::Text => true,
        ValueType::Group(parts) => parts.iter().any(|part| part.value == ValueType::Text),
        _ => false,
    }
}

fn is_location(value: &ValueType) -> bool {
    matches!(value, ValueType::Group(parts) if parts.iter().any(|part| part.name == "latitude"))
}
