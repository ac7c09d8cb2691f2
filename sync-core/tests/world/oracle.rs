//! What must be true, told without any clock or register: a set of writes, and for each the writes its author had seen.
//!
//! The rule this module protects: *the model shares no code and no idea with what it judges.* It knows nothing of
//! contexts; it follows who was told what.

use std::collections::{BTreeMap, BTreeSet};
use sync_core::{Dot, Place, Record, RecordId, Value};

/// A register anywhere.
pub type Spot = (RecordId, Place);

/// Everything that was ever written.
#[derive(Default, Clone)]
pub struct Truth {
    /// By register and dot: the value, and all writes that came before it in its author's eyes.
    writes: BTreeMap<(Spot, Dot), (Value, BTreeSet<Dot>)>,
}

/// What one phone was told: for each register the writes that reached it, and what those had seen.
#[derive(Default, Clone)]
pub struct Told(BTreeMap<Spot, BTreeSet<Dot>>);

impl Truth {
    /// Somebody who was told `told` writes.
    pub fn write(&mut self, spot: Spot, dot: Dot, value: Value, told: &Told) {
        self.writes.insert((spot, dot), (value, told.0.get(&spot).cloned().unwrap_or_default()));
    }

    /// A write reaches a phone, and with it what it had seen: who reads the new value knows the old one is past.
    pub fn tell(&self, told: &mut Told, spot: Spot, dot: Dot) {
        let past = &self.writes[&(spot, dot)].1;
        let known = told.0.entry(spot).or_default();
        known.insert(dot);
        known.extend(past);
    }

    /// A record's merged state reaches a phone.
    pub fn tell_record(&self, told: &mut Told, record: &Record) {
        for (place, register) in record.registers() {
            for write in register.siblings() {
                self.tell(told, (record.id, *place), write.dot);
            }
        }
    }

    /// What a phone that was told `told` must hold of a record: every write that no other write had seen.
    pub fn surviving(&self, told: &Told, record: RecordId) -> BTreeMap<Place, BTreeMap<Dot, Value>> {
        let of_record = told.0.iter().filter(|((id, _), _)| *id == record);
        of_record
            .map(|(spot, known)| {
                let past: BTreeSet<Dot> =
                    known.iter().flat_map(|dot| self.writes[&(*spot, *dot)].1.clone()).collect();
                let alive = known.difference(&past);
                (spot.1, alive.map(|dot| (*dot, self.writes[&(*spot, *dot)].0.clone())).collect())
            })
            .collect()
    }

    /// Holds a record what it must?
    pub fn check(&self, told: &Told, record: &Record) {
        let sibling = |write: &sync_core::Write| (write.dot, write.value.clone());
        let held: BTreeMap<Place, BTreeMap<Dot, Value>> = record
            .registers()
            .iter()
            .map(|(place, register)| (*place, register.siblings().iter().map(sibling).collect()))
            .collect();
        assert_eq!(held, self.surviving(told, record.id), "record {}", record.id);
        let dots: BTreeSet<Dot> = held.values().flat_map(BTreeMap::keys).copied().collect();
        let origins: Vec<Dot> = record.origins().iter().map(|origin| origin.dot).collect();
        assert_eq!(origins, dots.into_iter().collect::<Vec<_>>(), "who wrote what survives");
    }
}

impl Told {
    /// Was this write told, itself or as something past?
    pub fn knows(&self, spot: Spot, dot: Dot) -> bool {
        self.0.get(&spot).is_some_and(|known| known.contains(&dot))
    }
}
