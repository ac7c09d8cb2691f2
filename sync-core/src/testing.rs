//! Random values for the property tests of this crate.

use crate::{ActorId, Dot};
use proptest::prelude::*;
use schema::{AreaCode, Element, Value};
use uuid::Uuid;

/// Any UUID, dot-made ids among them.
pub(crate) fn uuids() -> impl Strategy<Value = Uuid> {
    prop_oneof![
        any::<u128>().prop_map(Uuid::from_u128),
        (0..4u64, 1..2000u64)
            .prop_map(|(actor, seq)| crate::RecordId::of_dot(Dot::new(ActorId(actor), seq)).0),
    ]
}

fn plain_values() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        (-5000..5000i64).prop_map(Value::Decimal),
        ".{0,12}".prop_map(|text| Value::Text(text.into())),
        any::<i32>().prop_map(Value::Date),
        any::<i32>().prop_map(Value::Month),
        (any::<i64>(), any::<i16>()).prop_map(|(at_s, offset_min)| Value::DateTime { at_s, offset_min }),
        any::<u16>().prop_map(Value::Code),
        uuids().prop_map(Value::Ref),
        (1000..10_000_000_000u64).prop_map(|code| Value::Area(AreaCode(code))),
        any::<[u8; 32]>().prop_map(|hash| Value::Blob(Box::new(hash))),
        proptest::collection::vec(any::<u8>(), 0..40).prop_map(|bytes| Value::Sealed(bytes.into())),
    ]
}

/// Any value, groups one level deep.
pub(crate) fn values() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => plain_values(),
        1 => proptest::collection::vec(plain_values(), 0..5).prop_map(|parts| Value::Group(parts.into())),
    ]
}

/// Any element.
pub(crate) fn elements() -> impl Strategy<Value = Element> {
    prop_oneof![
        3 => Just(Element::Whole),
        1 => any::<u16>().prop_map(Element::Code),
        1 => uuids().prop_map(Element::Ref),
        1 => (1000..10_000_000_000u64).prop_map(|code| Element::Area(AreaCode(code))),
        1 => any::<i64>().prop_map(Element::Int),
        1 => (0..4u64, any::<u64>(), any::<u16>()).prop_map(|(actor, seq, nth)| Element::Line { actor, seq, nth }),
    ]
}
