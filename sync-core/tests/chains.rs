//! The chains that the field knows, each arriving in every order.

mod world;

use schema::{Kind, Schema};
use std::collections::{BTreeMap, BTreeSet};
use sync_core::view::Cause;
use sync_core::{Change, Context, Dot, Edit, Element, Record, RecordId, TOMBSTONE, Tombstone, Value};
use world::catalogue::{CHAINS, Chain};
use world::text::{place, value};
use world::values::Key;
use world::{change, dot, orders};

/// A write of the table.
struct Told {
    dot: Dot,
    past: BTreeSet<Dot>,
    edits: Vec<(String, String)>,
}

fn name_of(text: &str) -> Dot {
    let text = text.trim();
    dot(u64::from(text.as_bytes()[0]), text[1..].parse().expect("a number"))
}

fn told(writes: &[&str]) -> Vec<Told> {
    let mut all: Vec<Told> = Vec::new();
    for write in writes {
        let (head, edits) = write.split_once(':').expect("who: what");
        let (name, after) = head.split_once(" after ").unwrap_or((head, ""));
        let after: Vec<Dot> = after.split(',').filter(|text| !text.is_empty()).map(name_of).collect();
        let of = |seen: &Dot| all.iter().find(|told| told.dot == *seen).expect("told before");
        let past = after.iter().flat_map(|seen| of(seen).past.iter().copied().chain([*seen])).collect();
        let edit = |text: &str| {
            let (field, value) = text.trim().split_once('=').unwrap_or(("tombstone", text.trim()));
            (field.to_owned(), value.to_owned())
        };
        all.push(Told { dot: name_of(name), past, edits: edits.split(';').map(edit).collect() });
    }
    all
}

fn changes_of(chain: &Chain, kind: &Kind) -> Vec<Change> {
    let schema = Schema::builtin();
    let all = told(chain.writes);
    let record = RecordId::of_dot(all[0].dot);
    let mut wrote: BTreeMap<String, BTreeSet<Dot>> = BTreeMap::new();
    for told in &all {
        for (field, _) in &told.edits {
            wrote.entry(field.clone()).or_default().insert(told.dot);
        }
    }
    let change_of = |told: &Told| {
        let edit = |(name, text): &(String, String)| {
            let seen = told.past.intersection(&wrote[name]).copied();
            let context = Context::new(seen).without(told.dot.actor);
            if name == "tombstone" {
                let stone = Tombstone { seen: Context::new(told.past.iter().copied()), children: Vec::new() };
                let value = if text == "deleted" { stone.to_value() } else { Value::Bool(false) };
                return Edit { field: TOMBSTONE, element: Element::Whole, context, value };
            }
            let (_, field, element) = place(schema, &format!("{}.{name}", kind.name));
            Edit { field: field.number, element, context, value: value(schema, &field.value, text) }
        };
        let mut edits: Vec<Edit> = told.edits.iter().map(edit).collect();
        edits.sort_by_key(|edit| (edit.field, edit.element));
        change(told.dot, kind.number, record, edits)
    };
    all.iter().map(change_of).collect()
}

/// `field=value` for everything shown but the tombstone.
fn shown(record: &Record, chain: &Chain, kind: &Kind) -> Vec<((u16, Element), Value)> {
    let schema = Schema::builtin();
    let wanted: Vec<((u16, Element), Value)> = chain
        .shown
        .split("; ")
        .map(|text| {
            let (name, text) = text.split_once('=').expect("field=value");
            let (_, field, element) = place(schema, &format!("{}.{name}", kind.name));
            ((field.number, element), value(schema, &field.value, text))
        })
        .collect();
    let view = record.view(schema, &Key);
    let seen: Vec<_> = view
        .iter()
        .filter(|shown| shown.place.0 != TOMBSTONE)
        .map(|shown| (shown.place, shown.value.clone().into_owned()))
        .collect();
    assert_eq!(seen, wanted, "{}", chain.story);
    seen
}

#[test]
fn every_chain_ends_the_same_in_every_order() {
    let schema = Schema::builtin();
    for chain in CHAINS {
        let kind = schema.kind_named(chain.kind).expect("a kind");
        let changes = changes_of(chain, kind);
        let mut first: Option<Record> = None;
        for order in orders(&changes) {
            let mut record = Record::of_change(order[0]);
            for change in &order[1..] {
                record.apply(change);
            }
            shown(&record, chain, kind);
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
        let kind = schema.kind_named(chain.kind).expect("a kind");
        let changes = changes_of(chain, kind);
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
