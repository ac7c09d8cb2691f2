//! Invented villages are written as real phones write.

use fieldwork::{Phones, Writer, keys_of_seed};
use schema::{Role, Schema, judge};
use std::collections::BTreeSet;
use sync_core::natural_key::is_rightly_named;

fn played(schema: &Schema) -> Phones {
    let population = fixtures::Population::new(7).families_per_village(120);
    let day = fixtures::calendar::day(2026, 11, 2).expect("a date");
    let village = population.village(3507162013, day).expect("on the list");
    let mut phones = Phones::new(7, &village);
    let writer = Writer { schema, key_of: &keys_of_seed(7) };
    phones.register(&writer, &village).expect("registered");
    for week in 0..8 {
        phones.week(&writer, &village.week(day + 7 * week)).expect("a week");
    }
    phones
}

#[test]
fn every_edit_is_one_that_a_server_takes() {
    let schema = Schema::builtin();
    let mut kinds = BTreeSet::new();
    for phone in played(schema).all() {
        for change in &phone.series {
            let kind = schema.kind(change.kind).expect("known");
            kinds.insert(&*kind.name);
            assert!(change.is_well_formed() && is_rightly_named(kind, change), "{change:?}");
            assert_eq!(judge::place(kind, change.origin.area), Ok(()), "{}", kind.name);
            for edit in &change.edits {
                let verdict = [Role::Kader, Role::Plkb, Role::DistrictAdmin]
                    .map(|role| judge::judge(kind, edit.field, &edit.element, &edit.value, role, 1, schema));
                assert!(verdict.contains(&Ok(())), "{}.{}: {verdict:?}", kind.name, edit.field);
            }
        }
    }
    assert!(kinds.len() >= 12, "{kinds:?}");
}

#[test]
fn one_seed_is_one_history() {
    let schema = Schema::builtin();
    let told = |phones: &Phones| phones.all().map(|phone| phone.series.clone()).collect::<Vec<_>>();
    assert_eq!(told(&played(schema)), told(&played(schema)));
}

#[test]
fn a_phone_counts_up_and_its_stamps_rise() {
    let schema = Schema::builtin();
    for phone in played(schema).all() {
        assert!(phone.series.is_sorted_by(|a, b| a.origin.stamp < b.origin.stamp));
        assert!(phone.series.iter().zip(1..).all(|(change, seq)| change.origin.dot.seq == seq));
    }
}
