//! A small world of phones for tests: who writes what, who has seen what, and what must be true of it.
//!
//! The rule this module protects: *only legal histories are played.* Every edit says what its writer's phone held at
//! that moment, as a real phone does; only the roads between phones are arbitrary.

#![allow(dead_code, reason = "each test binary uses its part of the world")]

pub mod oracle;
pub mod phone;
pub mod play;
pub mod road;
pub mod script;
pub mod values;
pub mod village;

use sync_core::{ActorId, AreaCode, Change, Context, Dot, Edit, Element, Origin, RecordId, Stamp, Value};

/// A village.
pub const DUWET: AreaCode = AreaCode(3507162013);
/// Its neighbour on the list.
pub const WRINGINSONGO: AreaCode = AreaCode(3507162014);
/// Morning of 2 November 2026 in the village, in seconds since 1970.
pub const NOW_S: i64 = 1_793_577_600;

/// A dot.
pub fn dot(actor: u64, seq: u64) -> Dot {
    Dot::new(ActorId(actor), seq)
}

/// A change of kind `kind`, an hour after [`NOW_S`] for each sequence number.
pub fn change(by: Dot, kind: u16, record: RecordId, edits: Vec<Edit>) -> Change {
    let at_s = NOW_S + 3600 * by.seq as i64;
    let origin = Origin {
        dot: by,
        stamp: Stamp::of_second(at_s),
        author: RecordId::of_dot(dot(900, by.actor.0)),
        device_time_s: at_s,
        area: DUWET,
        form_version: 1,
        distrusted: false,
    };
    Change { origin, record, kind, edits }
}

/// An edit of a field with one register, by somebody who has seen these dots there.
pub fn edit(field: u16, value: Value, seen: &[Dot]) -> Edit {
    let context = Context::new(seen.iter().copied());
    Edit { field, element: Element::Whole, context, value }
}

/// Numbers that look like chance and are always the same.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `bound` (SplitMix64).
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound.max(1) as u64) as usize
    }

    /// Puts things in another order.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for at in (1..things.len()).rev() {
            things.swap(at, self.below(at + 1));
        }
    }
}

/// Every order of some things.
pub fn orders<T>(things: &[T]) -> Vec<Vec<&T>> {
    fn grow<'a, T>(chosen: &mut Vec<&'a T>, left: &mut Vec<&'a T>, all: &mut Vec<Vec<&'a T>>) {
        if left.is_empty() {
            all.push(chosen.clone());
        }
        for at in 0..left.len() {
            let thing = left.remove(at);
            chosen.push(thing);
            grow(chosen, left, all);
            chosen.pop();
            left.insert(at, thing);
        }
    }
    let mut all = Vec::new();
    grow(&mut Vec::new(), &mut things.iter().collect(), &mut all);
    all
}
