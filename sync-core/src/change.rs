//! What one person saved at once.
//!
//! The rule this module protects: *what a dot wrote is immutable for ever.* Receipt, quarantine, believed time and
//! repairs live beside a change, keyed by its dot; nobody rewrites it.

use crate::codec::{put_element, put_i64, put_u64, put_value};
use crate::{ActorId, Dot, RecordId, Stamp};
use schema::{AreaCode, Element, Value};

/// What the person had seen in a field of other installations, newest sequence by actor, ascending by actor.
///
/// The own installation is never in it: its writes to a field are a chain, each has seen the one before. Nearly
/// always empty, and then without memory of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Context(Vec<Dot>);

impl Context {
    /// A context of these dots; of several dots of one actor the newest counts.
    pub fn new(dots: impl IntoIterator<Item = Dot>) -> Context {
        let mut dots: Vec<Dot> = dots.into_iter().collect();
        dots.sort_unstable_by_key(|dot| (dot.actor, std::cmp::Reverse(dot.seq)));
        dots.dedup_by_key(|dot| dot.actor);
        Context(dots)
    }

    /// A context of dots that ascend by actor, each actor once; `None` when they do not.
    pub fn of_ascending(dots: Vec<Dot>) -> Option<Context> {
        dots.is_sorted_by(|a, b| a.actor < b.actor).then_some(Context(dots))
    }

    /// Nothing was seen.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The newest dot seen of each actor.
    pub fn dots(&self) -> &[Dot] {
        &self.0
    }

    /// Had the person seen what `dot` wrote?
    pub fn covers(&self, dot: Dot) -> bool {
        self.0.iter().any(|seen| seen.actor == dot.actor && seen.seq >= dot.seq)
    }

    /// The same without an actor, whose own writes are implied.
    #[must_use]
    pub fn without(mut self, actor: ActorId) -> Context {
        self.0.retain(|dot| dot.actor != actor);
        self
    }
}

/// One value written to one register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Number of the field; 0 is the tombstone of every kind.
    pub field: u16,
    /// The whole field, or an element of a set, map or list.
    pub element: Element,
    /// What the person had seen in this register.
    pub context: Context,
    /// What it is now.
    pub value: Value,
}

/// Who wrote something, when and where: everything about a change but what it changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    /// Name of the change.
    pub dot: Dot,
    /// Hybrid logical time.
    pub stamp: Stamp,
    /// Record id of the worker who saved it.
    pub author: RecordId,
    /// The device's clock in seconds since 1970: evidence, never order.
    pub device_time_s: i64,
    /// The area in which the work was done.
    pub area: AreaCode,
    /// Version of the form.
    pub form_version: u16,
    /// Server's mark: the stamp lay beyond the skew bound when it arrived, so it sorts lowest. Not part of the
    /// change, of its bytes or of its chain hash.
    pub distrusted: bool,
}

/// What one person saved at once: edits of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Who, when, where.
    pub origin: Origin,
    /// The record.
    pub record: RecordId,
    /// Number of its kind.
    pub kind: u16,
    /// Ascending by field and element, each at most once.
    pub edits: Vec<Edit>,
}

impl Change {
    /// Appends the canonical bytes, over which the series is hashed. The dot is not in them: the hash of the series
    /// starts with the actor, and the sequence is the position.
    pub fn put_canonical(&self, out: &mut Vec<u8>) {
        let origin = &self.origin;
        put_u64(out, u64::from(self.kind));
        out.extend_from_slice(self.record.0.as_bytes());
        put_u64(out, origin.area.0);
        out.extend_from_slice(origin.author.0.as_bytes());
        put_u64(out, origin.stamp.0);
        put_i64(out, origin.device_time_s);
        put_u64(out, u64::from(origin.form_version));
        put_u64(out, self.edits.len() as u64);
        for edit in &self.edits {
            put_u64(out, u64::from(edit.field));
            put_element(out, &edit.element);
            put_u64(out, edit.context.dots().len() as u64);
            for dot in edit.context.dots() {
                out.extend_from_slice(&dot.actor.0.to_be_bytes());
                put_u64(out, dot.seq);
            }
            put_value(out, &edit.value);
        }
    }

    /// Is this the change that made its record?
    pub fn creates(&self) -> bool {
        self.record.dot() == Some(self.origin.dot)
    }

    /// Are the edits in order, each register once, and no context about the own installation?
    pub fn is_well_formed(&self) -> bool {
        let ordered = self.edits.is_sorted_by(|a, b| (a.field, a.element) < (b.field, b.element));
        ordered
            && self
                .edits
                .iter()
                .all(|edit| edit.context.0.iter().all(|dot| dot.actor != self.origin.dot.actor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_context_keeps_the_newest_of_each_actor_in_order() {
        let dot = |actor, seq| Dot::new(ActorId(actor), seq);
        let context = Context::new([dot(2, 5), dot(1, 3), dot(2, 9)]);
        assert_eq!(context.dots(), [dot(1, 3), dot(2, 9)]);
        assert!(context.covers(dot(2, 9)) && context.covers(dot(2, 1)) && !context.covers(dot(2, 10)));
        assert_eq!(context.without(ActorId(2)).dots(), [dot(1, 3)]);
    }
}
