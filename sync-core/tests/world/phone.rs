//! A phone with two installations' worth of numbers: the second is for what was typed without having seen the newest.

use super::oracle::Told;
use super::{DUWET, NOW_S, WRINGINSONGO, dot};
use std::collections::BTreeMap;
use sync_core::{Change, HybridClock, Origin, Record, RecordId};

/// What its clock shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The time, give or take an hour.
    Right,
    /// The battery was out.
    Year1970,
    /// Somebody set it to try.
    Year2099,
}

impl Clock {
    /// Seconds since 1970 as it sees `now_s`.
    pub fn shows(self, now_s: i64) -> i64 {
        match self {
            Clock::Right => now_s,
            Clock::Year1970 => now_s - NOW_S,
            Clock::Year2099 => now_s - NOW_S + 4_070_908_800,
        }
    }
}

/// One phone.
#[derive(Clone)]
pub struct Phone {
    /// Its two numbers.
    pub actors: [u64; 2],
    /// How many changes each has made.
    pub saved: [u64; 2],
    clock: Clock,
    stamps: HybridClock,
    /// What it holds.
    pub records: BTreeMap<RecordId, Record>,
    /// Changes that it has as such, own and received, by their place in the world's list.
    pub log: Vec<usize>,
    /// What it was told, as the oracle sees it.
    pub told: Told,
    /// Earlier looks at a record: a form that stayed open.
    pub looks: Vec<(Record, Told)>,
}

impl Phone {
    /// The `nth` phone.
    pub fn new(nth: usize, clock: Clock) -> Phone {
        let first = 10 + 2 * nth as u64;
        Phone {
            // The second number of a phone is not always the larger one.
            actors: if nth.is_multiple_of(2) { [first, first + 1] } else { [first + 1, first] },
            saved: [0, 0],
            clock,
            stamps: HybridClock::default(),
            records: BTreeMap::new(),
            log: Vec::new(),
            told: Told::default(),
            looks: Vec::new(),
        }
    }

    /// Who, when and where of the next change under one of its numbers.
    pub fn origin(&mut self, number: usize, now_s: i64) -> Origin {
        let at_s = self.clock.shows(now_s);
        self.saved[number] += 1;
        Origin {
            dot: dot(self.actors[number], self.saved[number]),
            stamp: self.stamps.tick(at_s),
            author: RecordId::of_dot(dot(900, self.actors[0])),
            device_time_s: at_s,
            area: if (self.actors[0] / 2).is_multiple_of(2) { DUWET } else { WRINGINSONGO },
            form_version: 1,
            distrusted: false,
        }
    }

    /// Takes a change in.
    pub fn apply(&mut self, change: &Change, now_s: i64) {
        self.stamps.observe(change.origin.stamp, self.clock.shows(now_s));
        match self.records.get_mut(&change.record) {
            Some(record) => {
                record.apply(change);
            }
            None => {
                self.records.insert(change.record, Record::of_change(change));
            }
        }
    }

    /// Takes a merged state in.
    pub fn merge(&mut self, state: &Record) {
        match self.records.get_mut(&state.id) {
            Some(record) => {
                record.merge(state);
            }
            None => {
                self.records.insert(state.id, state.clone());
            }
        }
    }
}

/// As a server marks a stamp when it arrives.
pub fn marked(change: &Change, now_s: i64) -> Change {
    let distrusted = change.origin.distrusted || change.origin.stamp.is_beyond(now_s);
    Change { origin: Origin { distrusted, ..change.origin }, ..change.clone() }
}
