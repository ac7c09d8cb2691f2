//! Names inside values: references, elements, tombstones, and the numbers of installations.

use super::Relabelling;
use crate::change::{Context, Edit};
use crate::{ActorId, Dot, RecordId, TOMBSTONE, Tombstone};
use schema::{Element, ElementType, Field, Kind, Shape, Value, ValueType};

impl Relabelling<'_> {
    /// An element in new words.
    pub(super) fn element(&self, element: &Element) -> Element {
        match *element {
            Element::Ref(id) => Element::Ref(self.record(RecordId(id)).0),
            Element::Line { actor, seq, nth } => {
                let dot = self.dot(Dot::new(ActorId(actor), seq));
                Element::Line { actor: dot.actor.0, seq: dot.seq, nth }
            }
            other => other,
        }
    }

    /// A value in new words.
    pub(super) fn value(&self, number: u16, field: Option<&Field>, value: &Value) -> Value {
        match value {
            Value::Group(_) if number == TOMBSTONE => match Tombstone::of_value(value) {
                Some(stone) => self.tombstone(&stone).to_value(),
                None => value.clone(),
            },
            Value::Group(parts) if is_dot(field) => match parts[..] {
                [Value::Int(actor), Value::Int(seq)] => {
                    let dot = self.dot(Dot::new(ActorId(actor as u64), seq as u64));
                    Value::Group(Box::new([Value::Int(dot.actor.0 as i64), Value::Int(dot.seq as i64)]))
                }
                _ => value.clone(),
            },
            other => self.references(other),
        }
    }

    fn references(&self, value: &Value) -> Value {
        match value {
            Value::Ref(id) => Value::Ref(self.record(RecordId(*id)).0),
            Value::Group(parts) => Value::Group(parts.iter().map(|part| self.references(part)).collect()),
            other => other.clone(),
        }
    }

    fn tombstone(&self, stone: &Tombstone) -> Tombstone {
        let seen = stone.seen.dots().iter().flat_map(|dot| self.seen(*dot)).filter(|dot| dot.seq > 0);
        let children = stone.children.iter().map(|child| self.record(*child)).collect();
        Tombstone { seen: Context::new(seen), children }
    }

    /// The edits in order again. A cut (highest sequence by installation) that covers the branch covers what the twins
    /// share and the branch under its new number.
    pub(super) fn with_cut(&self, kind: Option<&Kind>, edits: Vec<Edit>) -> Vec<Edit> {
        let mut all = Vec::with_capacity(edits.len());
        for edit in edits {
            let dot = match (&edit.element, &edit.value) {
                (Element::Int(actor), Value::Int(seq)) if is_cut(kind, edit.field) => {
                    Dot::new(ActorId(*actor as u64), *seq as u64)
                }
                _ => {
                    all.push(edit);
                    continue;
                }
            };
            all.extend(self.seen(dot).filter(|dot| dot.seq > 0).map(|dot| Edit {
                element: Element::Int(dot.actor.0 as i64),
                value: Value::Int(dot.seq as i64),
                ..edit.clone()
            }));
        }
        all.sort_by_key(|edit| (edit.field, edit.element));
        all
    }
}

/// Does the group name a change: parts `actor` and `sequence`?
fn is_dot(field: Option<&Field>) -> bool {
    match field.map(|field| &field.value) {
        Some(ValueType::Group(parts)) => parts.iter().map(|part| &*part.name).eq(["actor", "sequence"]),
        _ => false,
    }
}

/// Is it a map `cut` from installations to sequence numbers?
fn is_cut(kind: Option<&Kind>, number: u16) -> bool {
    let field = kind.and_then(|kind| kind.field(number));
    field.is_some_and(|field| field.name == "cut" && field.shape == Shape::Map(ElementType::Int))
}
