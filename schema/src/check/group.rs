//! Groups: tuples that only mean something together.

use super::Place;
use super::field::ranges;
use super::names::{NAME_TAKEN, NO_LABEL, NO_NAME, is_filled, is_snake_case};
use crate::model::{Shape, ValueType};
use std::collections::BTreeSet;

pub(super) fn faults(place: &mut Place) {
    let field = place.field;
    let ValueType::Group(parts) = &field.value else { return };
    place.must(
        parts.len() >= 2,
        "is a group of fewer than two parts: add its parts below it, or make it a plain field",
    );
    place.must(parts.iter().any(|part| part.required), "is a group that could be all empty: make a part R");
    place.must(field.hard.is_none() && field.soft.is_none(), "is a group: give the ranges to its parts");
    place.must(!matches!(field.shape, Shape::Set(_)), "is a group in a set: a set says only \"is in\"");
    let mut names = BTreeSet::new();
    for part in parts {
        let name = format!("{}.{}", field.name, part.name);
        if !is_snake_case(&part.name) {
            place.fault_of(&name, NO_NAME);
        }
        if !names.insert(&part.name) {
            place.fault_of(&name, NAME_TAKEN);
        }
        if !is_filled(&part.label) {
            place.fault_of(&name, NO_LABEL);
        }
        if matches!(part.value, ValueType::Group(_)) {
            place.fault_of(&name, "is a group in a group: take it out");
        }
        let bounded = part.hard.is_some_and(|range| range.max.is_some());
        if part.value == ValueType::Text && !bounded {
            place.fault_of(&name, "is a text without end: give it a highest length");
        }
        ranges(place, &name, part.hard.as_ref(), part.soft.as_ref());
    }
}
