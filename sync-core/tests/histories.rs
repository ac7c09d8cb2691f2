//! Any legal history ends in the same records, whatever the order, the roads and the repetitions.

mod world;

use proptest::prelude::*;
use schema::Schema;
use std::collections::{BTreeMap, BTreeSet};
use sync_core::{AreaCode, Case, Change, Digest, Record, RecordId, Shown};
use world::play::World;
use world::road::travelled;
use world::script::{Way, scripts};
use world::values::Key;
use world::{Dice, phone::marked};

/// Everything that can be told of a record: equal on every phone that heard the same.
#[derive(Debug, PartialEq)]
struct Portrait<'a> {
    record: &'a Record,
    bytes: Vec<u8>,
    digest: Digest,
    view: Vec<Shown<'a>>,
    cases: Vec<Case>,
}

fn portraits(records: &BTreeMap<RecordId, Record>) -> Vec<Portrait<'_>> {
    let schema = Schema::builtin();
    let portrait = |record| {
        let mut bytes = Vec::new();
        Record::put_state(record, &mut bytes);
        Portrait {
            record,
            bytes,
            digest: Digest::of(record),
            view: record.view(schema, &Key),
            cases: record.cases(schema, &Key),
        }
    };
    records.values().map(portrait).collect()
}

/// Where the change that made a record says it lives, or else the smallest of all.
fn homes(changes: &[Change]) -> BTreeMap<RecordId, AreaCode> {
    let mut homes = BTreeMap::new();
    for change in changes {
        let rank = (!change.creates(), change.origin.dot, change.origin.area);
        let home = homes.entry(change.record).or_insert(rank);
        *home = rank.min(*home);
    }
    homes.into_iter().map(|(record, rank)| (record, rank.2)).collect()
}

/// Every phone hears of everything, each in its own order and on its own roads.
fn tell_everybody(world: &mut World, dice: &mut Dice) {
    let all: Vec<Change> = world.changes.iter().map(|change| marked(change, world.now_s)).collect();
    for phone in 0..world.phones.len() {
        let mut heard = all.clone();
        heard.extend_from_slice(&all[..all.len() / 4]);
        dice.shuffle(&mut heard);
        for change in &heard {
            if dice.below(8) == 0 {
                let other = dice.below(world.phones.len());
                let way = [Way::States, Way::Stored, Way::Bundled][dice.below(3)];
                let states: Vec<Record> = world.phones[other].records.values().cloned().collect();
                for state in travelled(&states, way) {
                    world.truth.tell_record(&mut world.phones[phone].told, &state);
                    world.phones[phone].merge(&state);
                }
            }
            world.receive(phone, change);
        }
    }
}

proptest! {
    #[test]
    fn everybody_who_heard_the_same_holds_the_same((clocks, steps) in scripts(), seed in any::<u64>()) {
        let mut world = World::played(&clocks, &steps);
        tell_everybody(&mut world, &mut Dice(seed));
        let homes = homes(&world.changes);
        let first = portraits(&world.phones[0].records);
        for phone in &world.phones {
            prop_assert_eq!(&portraits(&phone.records), &first);
            for record in phone.records.values() {
                world.truth.check(&phone.told, record);
                prop_assert_eq!(record.home.area, homes[&record.id]);
            }
        }
        let ids: BTreeSet<RecordId> = world.changes.iter().map(|change| change.record).collect();
        prop_assert_eq!(first.len(), ids.len());
    }

    #[test]
    fn merging_states_is_associative_commutative_and_idempotent((clocks, steps) in scripts()) {
        let world = World::played(&clocks, &steps);
        let held: Vec<&Record> = world.phones.iter().flat_map(|phone| phone.records.values()).collect();
        for a in &held {
            for b in held.iter().filter(|b| b.id == a.id) {
                let merged = |one: &Record, other: &Record| {
                    let mut one = one.clone();
                    one.merge(other);
                    one
                };
                let both = merged(a, b);
                prop_assert_eq!(&both, &merged(b, a));
                prop_assert_eq!(&both, &merged(&both, b));
                for c in held.iter().filter(|c| c.id == a.id) {
                    prop_assert_eq!(merged(&both, c), merged(a, &merged(b, c)));
                }
            }
        }
    }

    #[test]
    fn applying_says_whether_anything_changed((clocks, steps) in scripts(), seed in any::<u64>()) {
        let world = World::played(&clocks, &steps);
        let mut changes = world.changes;
        Dice(seed).shuffle(&mut changes);
        let mut records: BTreeMap<RecordId, Record> = BTreeMap::new();
        for change in &changes {
            let Some(record) = records.get_mut(&change.record) else {
                records.insert(change.record, Record::of_change(change));
                continue;
            };
            let before = record.clone();
            prop_assert_eq!(record.apply(change), *record != before);
            prop_assert!(!record.apply(change), "twice is once");
        }
    }
}
