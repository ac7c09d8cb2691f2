//! Random values for the property tests of this crate.

use crate::{ActorId, Batch, ChainHash, Change, Context, Dot, Edit, Mark, Origin, RecordId, Stamp};
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

/// Any edits, in order, each register once, by somebody who has seen actors below 6.
fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let seen = proptest::collection::btree_map(0..6u64, 1..50u64, 0..3);
    let context = seen
        .prop_map(|seen| Context::new(seen.into_iter().map(|(actor, seq)| Dot::new(ActorId(actor), seq))));
    let edit = (0..12u16, elements(), context, values()).prop_map(|(field, element, context, value)| Edit {
        field,
        element,
        context,
        value,
    });
    proptest::collection::vec(edit, 0..8).prop_map(|mut edits| {
        edits.sort_by_key(|edit| (edit.field, edit.element));
        edits.dedup_by_key(|edit| (edit.field, edit.element));
        edits
    })
}

/// Any change, not yet numbered.
fn changes() -> impl Strategy<Value = Change> {
    let kind = prop_oneof![Just(4u16), Just(9), Just(12), any::<u16>()];
    let area = prop_oneof![Just(3507162013u64), Just(3507), any::<u64>()];
    let times = (any::<u64>(), any::<i64>(), any::<u16>());
    (edits(), uuids(), kind, area, times).prop_map(|(edits, record, kind, area, times)| Change {
        origin: Origin {
            dot: Dot::new(ActorId(7), 1),
            stamp: Stamp(times.0),
            author: RecordId::of_dot(Dot::new(ActorId(1), 1)),
            device_time_s: times.1,
            area: AreaCode(area),
            form_version: times.2,
            distrusted: false,
        },
        record: RecordId(record),
        kind,
        edits,
    })
}

/// Any run of changes of one actor that the binary form can carry: known and unknown kinds, fields, values.
pub(crate) fn batches() -> impl Strategy<Value = Batch> {
    let run = proptest::collection::vec((changes(), any::<bool>()), 1..5);
    (0..90u64, any::<[u8; 32]>(), run).prop_map(|(after, chain, run)| {
        let actor = ActorId(7);
        let numbered = (after + 1..).zip(run).map(|(seq, (mut change, creates))| {
            change.origin.dot = Dot::new(actor, seq);
            if creates {
                change.record = RecordId::of_dot(change.origin.dot);
            }
            change
        });
        let changes = numbered.collect();
        Batch { actor, before: Mark { seq: after, chain: ChainHash(chain) }, changes }
    })
}
