//! Merge policies fit types and shapes, so that no resolver ever meets a value it cannot compare.

use super::Place;
use crate::model::{Policy, Schema, Shape, ValueType};
use std::collections::BTreeSet;

pub(super) fn faults(place: &mut Place) {
    let field = place.field;
    let is_set = matches!(field.shape, Shape::Set(_));
    let any_shape = matches!(field.policy, Policy::Immutable | Policy::Derived | Policy::Server);
    place.must(
        !is_set || any_shape || field.policy == Policy::SetUnion,
        "is a set: its policy is SET_UNION, IMMUTABLE, SERVER or DERIVED",
    );
    let says = match &field.policy {
        Policy::SetUnion if !is_set => "is no set: SET_UNION is for sets",
        Policy::Append if field.shape != Shape::List => "is no list: APPEND keeps one line per change",
        Policy::Max if !is_ordered(&field.value) => "has no larger value: MAX is for numbers and dates",
        Policy::Earliest if !is_dated(&field.value) => {
            "has no earliest value: EARLIEST is for dates and months"
        }
        Policy::PriorityTrue if field.value != ValueType::Bool => {
            "is no yes or no: PRIORITY(true) is for bool"
        }
        Policy::Priority(order) if !is_total(order, &field.value, place.schema) => {
            "has a priority that leaves codes out or names one twice: order the whole list"
        }
        Policy::ReviewTol { units } if *units <= 0 => "has no tolerance: REVIEW_TOL takes a number above 0",
        Policy::ReviewTol { .. } if !is_number(leading(&field.value)) => {
            "is no number, nor a group led by one: REVIEW_TOL compares numbers"
        }
        Policy::ReviewSim { .. } if field.value != ValueType::Text => "is no text: REVIEW_SIM compares texts",
        Policy::ReviewSim { per_mille } if !(1..=1000).contains(per_mille) => {
            "has a similarity that cannot be: REVIEW_SIM takes 0.001 to 1"
        }
        Policy::Max | Policy::Earliest | Policy::ReviewTol { .. } if field.sealed => {
            "is sealed: a policy that compares sizes cannot see it"
        }
        _ => return,
    };
    place.fault(says);
}

fn leading(value: &ValueType) -> &ValueType {
    match value {
        ValueType::Group(parts) => parts.first().map_or(value, |part| &part.value),
        value => value,
    }
}

fn is_number(value: &ValueType) -> bool {
    matches!(value, ValueType::Int | ValueType::Decimal { .. })
}

fn is_dated(value: &ValueType) -> bool {
    matches!(value, ValueType::Date | ValueType::Month | ValueType::DateTime)
}

fn is_ordered(value: &ValueType) -> bool {
    is_number(value) || is_dated(value)
}

fn is_total(order: &[u16], value: &ValueType, schema: &Schema) -> bool {
    let ValueType::Code(list) = value else { return false };
    let Some(list) = schema.list(list) else { return true }; // said elsewhere: there is no such list
    let all: BTreeSet<_> = list.codes.iter().map(|code| code.number).collect();
    order.len() == all.len() && order.iter().copied().collect::<BTreeSet<_>>() == all
}
