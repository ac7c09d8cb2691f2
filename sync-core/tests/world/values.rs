//! Values that fit a field, from a small number: few of each, so that people often write the same.

use super::DUWET;
use schema::{ElementType, Field, Schema, Shape, ValueType};
use sync_core::view::Opener;
use sync_core::{ActorId, AreaCode, Dot, Element, Place, Record, RecordId, SealKey, Value};

/// The one key of this world.
pub const KEY: SealKey = SealKey([5; 32]);

const NAMES: [&str; 5] = ["Siti Aminah", "Siti Aminnah", "Sitti Aminah", "Budi", ""];

/// Opens everything that was sealed in this world.
pub struct Key;

impl Opener for Key {
    fn open(&self, _: RecordId, dot: Dot, place: Place, value: &Value) -> Option<Value> {
        KEY.open(dot, place, value)
    }
}

/// Some record.
pub fn some_record(pick: u8) -> RecordId {
    RecordId::of_dot(Dot::new(ActorId(800), 1 + u64::from(pick % 3)))
}

/// A value for a field, not sealed; null at times, where the field may be emptied.
pub fn plain_value(schema: &Schema, field: &Field, pick: u8) -> Value {
    let may_be_null = !matches!(field.shape, Shape::Set(_)) && field.policy != schema::Policy::Immutable;
    if may_be_null && pick % 16 == 15 {
        return Value::Null;
    }
    typed(schema, &field.value, pick)
}

/// The same, sealed when the field is.
pub fn value(schema: &Schema, field: &Field, pick: u8, dot: Dot, element: Element) -> Value {
    match plain_value(schema, field, pick) {
        plain if field.sealed && !plain.is_null() => KEY.seal(dot, (field.number, element), &plain),
        plain => plain,
    }
}

fn typed(schema: &Schema, wanted: &ValueType, pick: u8) -> Value {
    let small = i64::from(pick % 5);
    match wanted {
        ValueType::Bool => Value::Bool(pick.is_multiple_of(2)),
        ValueType::Int => Value::Int(100 + small),
        ValueType::Decimal { .. } => Value::Decimal(800 + 9 * small),
        ValueType::Text => Value::Text(NAMES[usize::from(pick) % NAMES.len()].into()),
        ValueType::Date => Value::Date(20_700 + small as i32),
        ValueType::Month => Value::Month(680 + small as i32),
        ValueType::DateTime => Value::DateTime { at_s: super::NOW_S + small, offset_min: 420 },
        ValueType::Code(list) => Value::Code(code(schema, list, pick)),
        ValueType::Ref(_) => Value::Ref(some_record(pick).0),
        ValueType::Area(_) => Value::Area(DUWET),
        ValueType::Blob => Value::Blob(Box::new([pick % 3; 32])),
        ValueType::Group(parts) => {
            let part = |(nth, part): (u8, &schema::Part)| {
                let other = pick.wrapping_add(nth.wrapping_mul(pick / 8));
                typed(schema, &part.value, if nth == 0 { pick } else { other })
            };
            Value::Group((0..).zip(parts).map(part).collect())
        }
    }
}

fn code(schema: &Schema, list: &schema::ListName, pick: u8) -> u16 {
    let codes = schema.list(list).map(|list| &list.codes[..]).unwrap_or_default();
    codes.get(usize::from(pick) % codes.len().clamp(1, 4)).map_or(1, |code| code.number)
}

/// An element of a field: one that the record has, or another.
pub fn element(schema: &Schema, field: &Field, pick: u8, dot: Dot, record: Option<&Record>) -> Element {
    let there = record.map(|record| record.field(field.number)).unwrap_or_default();
    if !there.is_empty() && pick.is_multiple_of(2) {
        return there[usize::from(pick / 2) % there.len()].0.1;
    }
    match &field.shape {
        Shape::One => Element::Whole,
        Shape::List => Element::Line { actor: dot.actor.0, seq: dot.seq, nth: u16::from(pick % 2) },
        Shape::Set(key) | Shape::Map(key) => match key {
            ElementType::Code(list) => Element::Code(code(schema, list, pick)),
            ElementType::Ref(_) => Element::Ref(some_record(pick).0),
            ElementType::Area(_) => Element::Area(AreaCode(DUWET.0 + u64::from(pick % 3))),
            ElementType::Int => Element::Int(i64::from(pick % 3)),
        },
    }
}
