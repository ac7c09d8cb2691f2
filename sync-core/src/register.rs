//! One register: what concurrent people wrote to one field or one element of it.
//!
//! The rule this module protects: *causality decides, and no clock can destroy a value.* The decision is that of
//! `crdts::MVReg`: a write goes away only when another one had seen it. Most registers are written once, so the
//! `MVReg` is made when a second write arrives, and only then.

use crate::change::Context;
use crate::{ActorId, Dot};
use crdts::{CmRDT, MVReg, VClock};
use schema::Value;
use std::mem;

/// A value that nobody who wrote later had seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write {
    /// Name of the change that wrote it.
    pub dot: Dot,
    /// What it replaced: the dots its author had seen here.
    pub context: Context,
    /// The value.
    pub value: Value,
}

impl Write {
    fn clock(&self) -> VClock<ActorId> {
        let seen = self.context.dots().iter().chain([&self.dot]);
        seen.map(|dot| crdts::Dot::new(dot.actor, dot.seq)).collect()
    }
}

/// The surviving writes of one register, ascending by dot; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Register {
    /// One value.
    One(Write),
    /// Two or more, none of whose authors had seen the others.
    Several(Vec<Write>),
}

impl Register {
    /// The surviving writes, ascending by dot.
    pub fn siblings(&self) -> &[Write] {
        match self {
            Register::One(write) => std::slice::from_ref(write),
            Register::Several(writes) => writes,
        }
    }

    /// Takes a write in. Indifferent to order and to repetition. Did anything change?
    pub fn put(&mut self, write: Write) -> bool {
        let dot = write.dot;
        if self.siblings().iter().any(|sibling| sibling.dot == dot) {
            return false;
        }
        let mut writes = mem::replace(self, Register::Several(Vec::new())).into_writes();
        writes.push(write);
        *self = Register::of(writes);
        self.siblings().iter().any(|sibling| sibling.dot == dot)
    }

    fn into_writes(self) -> Vec<Write> {
        match self {
            Register::One(one) => vec![one],
            Register::Several(writes) => writes,
        }
    }

    /// The register that holds what survives of these writes.
    ///
    /// Two writes that claim to have seen each other have the same clock, of which `MVReg` keeps the one that came
    /// last. No true history has such writes, but a false client can send them: both are kept then, whatever the order.
    fn of(mut writes: Vec<Write>) -> Register {
        let clocks: Vec<VClock<ActorId>> = writes.iter().map(Write::clock).collect();
        let mut register: MVReg<usize, ActorId> = MVReg::new();
        for (place, clock) in clocks.iter().enumerate() {
            register.apply(crdts::mvreg::Op::Put { clock: clock.clone(), val: place });
        }
        let survivors = register.read().val;
        let survives = |clock: &VClock<ActorId>| survivors.iter().any(|place| clocks[*place] == *clock);
        let mut clock = clocks.iter();
        writes.retain(|_| clock.next().is_some_and(survives));
        writes.sort_unstable_by_key(|write| write.dot);
        match writes.pop() {
            Some(one) if writes.is_empty() => Register::One(one),
            Some(last) => {
                writes.push(last);
                Register::Several(writes)
            }
            None => Register::Several(writes),
        }
    }

    /// The register of writes that were read from stored bytes, ascending by dot; `None` when there is none, or when
    /// one of them replaced another.
    pub(crate) fn of_survivors(mut writes: Vec<Write>) -> Option<Register> {
        match writes.len() {
            0 => None,
            1 => writes.pop().map(Register::One),
            count => Some(Register::of(writes)).filter(|register| register.siblings().len() == count),
        }
    }

    /// Takes out what `dot` wrote (it is in quarantine). `None` when nothing is left.
    #[must_use]
    pub fn without(self, dot: Dot) -> Option<Register> {
        let mut writes = self.into_writes();
        writes.retain(|write| write.dot != dot);
        if writes.is_empty() { None } else { Some(Register::of(writes)) }
    }

    /// What somebody has seen who sees this register.
    pub fn seen(&self) -> Context {
        let writes = self.siblings().iter();
        Context::new(writes.flat_map(|write| write.context.dots().iter().copied().chain([write.dot])))
    }

    /// The context of somebody who sees this register and writes next as `actor`.
    pub fn context_for(&self, actor: ActorId) -> Context {
        self.seen().without(actor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(actor: u64, seq: u64, seen: &[(u64, u64)]) -> Write {
        let dot = |(actor, seq): (u64, u64)| Dot::new(ActorId(actor), seq);
        let context = Context::new(seen.iter().copied().map(dot));
        Write { dot: dot((actor, seq)), context, value: Value::Int((actor * 100 + seq) as i64) }
    }

    fn values(register: &Register) -> Vec<i64> {
        let number = |write: &Write| if let Value::Int(n) = write.value { n } else { 0 };
        register.siblings().iter().map(number).collect()
    }

    /// Every order of the writes ends in the same register.
    fn in_every_order(writes: &[Write]) -> Register {
        fn orders(writes: &[Write]) -> Vec<Vec<Write>> {
            match writes {
                [] => vec![Vec::new()],
                _ => (0..writes.len())
                    .flat_map(|first| {
                        let mut rest = writes.to_vec();
                        let head = rest.remove(first);
                        orders(&rest).into_iter().map(move |mut tail| {
                            tail.insert(0, head.clone());
                            tail
                        })
                    })
                    .collect(),
            }
        }
        let mut ends = orders(writes).into_iter().map(|order| {
            let mut order = order.into_iter();
            let mut register = Register::One(order.next().expect("a write"));
            for write in order {
                register.put(write.clone());
                assert!(!register.put(write), "twice is once");
            }
            register
        });
        let first = ends.next().expect("an order");
        assert!(ends.all(|end| end == first));
        first
    }

    #[test]
    fn a_write_replaces_what_its_author_had_seen_and_nothing_else() {
        assert_eq!(values(&in_every_order(&[write(1, 1, &[]), write(2, 1, &[(1, 1)])])), [201]);
        assert_eq!(values(&in_every_order(&[write(1, 1, &[]), write(2, 1, &[])])), [101, 201]);
        assert_eq!(
            values(&in_every_order(&[write(1, 1, &[]), write(2, 1, &[(1, 1)]), write(3, 1, &[(1, 1)])])),
            [201, 301]
        );
        assert_eq!(
            values(&in_every_order(&[
                write(1, 1, &[]),
                write(2, 1, &[(1, 1)]),
                write(3, 1, &[(1, 1)]),
                write(1, 2, &[(2, 1), (3, 1)])
            ])),
            [102]
        );
    }

    #[test]
    fn writes_that_claim_to_have_seen_each_other_are_both_kept() {
        let liars = [write(1, 1, &[(2, 1)]), write(2, 1, &[(1, 1)])];
        assert_eq!(values(&in_every_order(&liars)), [101, 201]);
        let [one, two] = liars;
        assert_eq!(values(&in_every_order(&[one, two, write(3, 1, &[(1, 1), (2, 1)])])), [301]);
    }

    #[test]
    fn own_writes_are_a_chain() {
        assert_eq!(values(&in_every_order(&[write(1, 1, &[]), write(1, 5, &[]), write(1, 9, &[])])), [109]);
    }

    #[test]
    fn the_next_writer_has_seen_all_siblings() {
        let register = in_every_order(&[write(1, 1, &[]), write(2, 7, &[]), write(3, 2, &[(4, 4)])]);
        let seen = |actor| register.context_for(ActorId(actor)).dots().to_vec();
        let dot = |actor, seq| Dot::new(ActorId(actor), seq);
        assert_eq!(seen(9), [dot(1, 1), dot(2, 7), dot(3, 2), dot(4, 4)]);
        assert_eq!(seen(2), [dot(1, 1), dot(3, 2), dot(4, 4)]);
    }
}
