//! Deletion as a field.
//!
//! The rule this module protects: *who deletes says what was seen, so that nothing unseen goes with it*
//! (counterexample 3). A record counts as deleted only while everything in it had been seen; an edit or a child that
//! the deleter had not seen is shown to a person.

use crate::change::Context;
use crate::{ActorId, Dot, RecordId};
use schema::Value;

/// Number of the tombstone in every kind. Every create writes `false` to it.
pub const TOMBSTONE: u16 = 0;

/// What a deletion had seen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tombstone {
    /// The clock of the whole record, the deleter's own dots included.
    pub seen: Context,
    /// Live children (members of a household, visits of a member) that the person saw.
    pub children: Vec<RecordId>,
}

impl Tombstone {
    /// The value of the field: a group of `true`, the clock as pairs of numbers, and the children.
    ///
    /// An actor is a 64-bit number; a value holds it as the signed number of the same bits.
    pub fn to_value(&self) -> Value {
        let pair = |dot: &Dot| [Value::Int(dot.actor.0 as i64), Value::Int(dot.seq as i64)];
        let seen = self.seen.dots().iter().flat_map(pair).collect();
        let children = self.children.iter().map(|child| Value::Ref(child.0)).collect();
        Value::Group(Box::new([Value::Bool(true), Value::Group(seen), Value::Group(children)]))
    }

    /// Reads a value; `None` when it says that the record is alive, or nothing that can be understood.
    pub fn of_value(value: &Value) -> Option<Tombstone> {
        let Value::Group(parts) = value else { return None };
        let [Value::Bool(true), Value::Group(seen), Value::Group(children)] = &parts[..] else { return None };
        let dot = |pair: &[Value]| match pair {
            [Value::Int(actor), Value::Int(seq)] => Some(Dot::new(ActorId(*actor as u64), *seq as u64)),
            _ => None,
        };
        let child = |child: &Value| if let Value::Ref(id) = child { Some(RecordId(*id)) } else { None };
        Some(Tombstone {
            seen: Context::new(seen.chunks(2).map(dot).collect::<Option<Vec<_>>>()?),
            children: children.iter().map(child).collect::<Option<_>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tombstone_reads_back() {
        let tombstone = Tombstone {
            seen: Context::new([Dot::new(ActorId(u64::MAX), 3), Dot::new(ActorId(1), 9)]),
            children: vec![RecordId::of_dot(Dot::new(ActorId(4), 2))],
        };
        assert_eq!(Tombstone::of_value(&tombstone.to_value()), Some(tombstone));
        assert_eq!(Tombstone::of_value(&Value::Bool(false)), None);
        assert_eq!(Tombstone::of_value(&Value::Null), None);
    }
}
