//! Records that are one and the same.
//!
//! The rule this module protects: *nothing is deleted by merging, and another verdict undoes it.* An edge says of two
//! records whether they are the same; edges cannot form a cycle that means anything, because no end is the "right" one. Of
//! all that are joined, however far, the smallest that is here stands for them: what belongs to any of them belongs to it,
//! and the others are shown nowhere. An end that is not here, in a village of others, joins and is not shown.

use crate::book::Book;
use crate::fact::{Couple, Member, Same};
use crate::numbers::code;
use sync_core::RecordId;

impl Same {
    /// The two ends, where they are said to be the same.
    pub(crate) fn ends(&self) -> Option<[RecordId; 2]> {
        let is_same = self.verdict == code::same_verdict::SAME;
        self.smaller.zip(self.larger).filter(|_| is_same).map(|(smaller, larger)| [smaller, larger])
    }
}

impl Book {
    /// The record that stands for this one: itself, when it has no double.
    pub fn survivor(&self, id: RecordId) -> RecordId {
        if !self.doubles.contains_key(&id) {
            return id;
        }
        self.joined(id).into_iter().filter(|id| self.entry(*id).is_some()).min().unwrap_or(id)
    }

    /// The family in which somebody is shown.
    pub(crate) fn home(&self, member: &Member) -> Option<RecordId> {
        member.household.map(|household| self.survivor(household))
    }

    /// The mother of somebody.
    pub(crate) fn mother(&self, member: &Member) -> Option<RecordId> {
        member.mother.map(|mother| self.survivor(mother))
    }

    /// The bride of a couple.
    pub(crate) fn bride(&self, couple: &Couple) -> Option<RecordId> {
        couple.bride.map(|bride| self.survivor(bride))
    }

    /// A record and all its doubles, near and far.
    pub(crate) fn joined(&self, id: RecordId) -> Vec<RecordId> {
        let mut joined = vec![id];
        let mut seen = 0;
        while let Some(one) = joined.get(seen).copied() {
            seen += 1;
            for next in self.doubles.get(&one).into_iter().flatten() {
                if !joined.contains(next) {
                    joined.push(*next);
                }
            }
        }
        joined
    }

    pub(crate) fn join(&mut self, [one, other]: [RecordId; 2]) {
        self.doubles.entry(one).or_default().push(other);
        self.doubles.entry(other).or_default().push(one);
    }

    /// Takes one edge away: two villages may each have said the same.
    pub(crate) fn part(&mut self, [one, other]: [RecordId; 2]) {
        for (here, there) in [(one, other), (other, one)] {
            let Some(doubles) = self.doubles.get_mut(&here) else { continue };
            if let Some(at) = doubles.iter().position(|id| *id == there) {
                doubles.swap_remove(at);
            }
            if doubles.is_empty() {
                self.doubles.remove(&here);
            }
        }
    }
}
