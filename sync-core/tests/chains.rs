//! The chains that the field knows, each arriving in every order.

mod world;

use fieldwork::catalogue::{CHAINS, Chain, Name};
use schema::Schema;
use sync_core::view::Cause;
use sync_core::{Change, Element, Record, RecordId, TOMBSTONE, Value};
use world::values::Key;
use world::{change, dot, orders};

/// The changes of a chain: each letter is an actor, each number an hour.
fn changes_of(chain: &Chain) -> Vec<Change> {
    let origin = |name: Name| {
        change(dot(u64::from(name.phone), name.nth), 0, RecordId::of_dot(dot(1, 1)), vec![]).origin
    };
    chain.changes(origin)
}

/// What is shown of a record, but for the tombstone.
fn shown(record: &Record) -> Vec<((u16, Element), Value)> {
    let view = record.view(Schema::builtin(), &Key);
    let fields = view.iter().filter(|shown| shown.place.0 != TOMBSTONE);
    fields.map(|shown| (shown.place, shown.value.clone().into_owned())).collect()
}

#[test]
fn every_chain_ends_the_same_in_every_order() {
    let schema = Schema::builtin();
    for chain in CHAINS {
        let kind = chain.kind();
        let changes = changes_of(chain);
        let mut first: Option<Record> = None;
        for order in orders(&changes) {
            let mut record = Record::of_change(order[0]);
            for change in &order[1..] {
                record.apply(change);
            }
            assert_eq!(shown(&record), chain.shown(), "{}", chain.story);
            assert_eq!(record.life(), chain.life, "{}", chain.story);
            let cases: Vec<String> = record
                .cases(schema, &Key)
                .iter()
                .map(|case| match case.cause {
                    Cause::DeletedUnseen => "tombstone".to_owned(),
                    Cause::Field => kind.field(case.place.0).expect("a field").name.clone(),
                })
                .collect();
            assert_eq!(cases, chain.cases, "{}", chain.story);
            assert_eq!(&record, first.get_or_insert_with(|| record.clone()), "{}", chain.story);
        }
    }
}

#[test]
fn a_late_third_edit_opens_another_case_than_the_one_that_was_decided() {
    let schema = Schema::builtin();
    let ids = |story: &str| {
        let chain = CHAINS.iter().find(|chain| chain.story.starts_with(story)).expect("a chain");
        let changes = changes_of(chain);
        let mut record = Record::of_change(&changes[0]);
        let after = |change: &Change| {
            record.apply(change);
            record.cases(schema, &Key).first().map(|case| case.id)
        };
        changes[1..].iter().map(after).collect::<Vec<_>>()
    };
    let ids = ids("two edits, a decision, and a third edit");
    assert!(ids[0].is_none() && ids[1].is_some(), "the second edit opens a case");
    assert!(ids[2].is_none(), "the decision closes it");
    assert!(ids[3].is_some() && ids[3] != ids[1], "the third edit opens another");
}
