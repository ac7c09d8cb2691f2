//! A cloned phone: both branches are kept, and neither hides the other.

mod world;

use proptest::prelude::*;
use schema::Schema;
use std::collections::{BTreeMap, BTreeSet};
use sync_core::natural_key::is_rightly_named;
use sync_core::relabel::{Locked, Relabelled, Relabelling, relabel};
use sync_core::{
    ActorId, Batch, Change, Context, Dot, Edit, Element, Mark, Place, Record, RecordId, TOMBSTONE, Tombstone,
    Value,
};
use world::phone::Clock;
use world::play::World;
use world::road::ROOMY;
use world::script::{Step, steps};
use world::values::KEY;
use world::{Dice, change, dot, edit};

const OLD: u64 = 10;

fn relabelled(before: &Mark, branch: &[Change]) -> Relabelled {
    let key = |_: &Change| Some(KEY);
    relabel(before, branch, Schema::builtin(), &key).expect("unlocked").expect("a branch")
}

/// Steps of one phone under its first number.
fn solo() -> impl Strategy<Value = Vec<Step>> {
    let own = |step: &Step| matches!(step, Step::Create { .. } | Step::Edit { .. } | Step::Delete { .. });
    proptest::collection::vec(steps().prop_filter("of one phone", own), 1..14)
}

/// A register of a record, wherever it is written from.
type Spot = (RecordId, Place);

/// The last write of a series to each register, with its value opened.
fn last(changes: &[Change], place_of: impl Fn(Place) -> Place) -> BTreeMap<Spot, (Dot, Value)> {
    let mut last = BTreeMap::new();
    for change in changes {
        for edit in &change.edits {
            let place = (edit.field, edit.element);
            let value = KEY.open(change.origin.dot, place, &edit.value).expect("the one key");
            last.insert((change.record, place_of(place)), (change.origin.dot, value));
        }
    }
    last
}

/// What a value says, whatever the names in it.
fn shape(value: &Value) -> String {
    match value {
        Value::Ref(_) => "a reference".to_owned(),
        Value::Group(parts) if Tombstone::of_value(value).is_none() => {
            parts.iter().map(shape).collect::<Vec<_>>().join("/")
        }
        Value::Group(_) => "deleted".to_owned(),
        other => format!("{other:?}"),
    }
}

proptest! {
    #[test]
    fn no_write_of_either_twin_is_lost(prefix in solo(), server in solo(), clone in solo(), seed in any::<u64>()) {
        let shared = World::played(&[Clock::Right], &prefix);
        let n = shared.changes.len();
        let branch = |steps: &[Step]| {
            let mut world = shared.clone();
            steps.iter().for_each(|step| world.play(step));
            world.changes[n..].to_vec()
        };
        let (theirs, mine) = (branch(&server), branch(&clone));
        prop_assume!(!mine.is_empty());
        let before = Mark::start(ActorId(OLD)).after(&shared.changes);
        let new = relabelled(&before, &mine);
        prop_assert_eq!(&new, &relabelled(&before, &mine), "asked twice");
        prop_assert_eq!(relabelled(&before, &mine[..1]).actor, new.actor, "what is saved later changes no number");
        let batch = Batch { actor: new.actor, before: Mark::start(new.actor), changes: new.changes.clone() };
        prop_assert_eq!(Batch::of_bytes(&batch.to_bytes(), &ROOMY), Ok(batch));
        for change in &new.changes {
            let kind = Schema::builtin().kind(change.kind).expect("a kind");
            prop_assert!(change.edits.is_empty() || is_rightly_named(kind, change));
        }

        let mut all = [&shared.changes[..], &theirs, &new.changes].concat();
        Dice(seed).shuffle(&mut all);
        let mut records: BTreeMap<RecordId, Record> = BTreeMap::new();
        for change in &all {
            records.entry(change.record).or_insert_with(|| Record::of_change(change)).apply(change);
        }
        // Each twin's writes are a chain. What both shared is past where either wrote; nothing else is.
        let same = |place| place;
        let mut expected: BTreeMap<Spot, BTreeMap<Dot, String>> = BTreeMap::new();
        for chain in [last(&theirs, same), last(&new.changes, same)] {
            for (spot, (dot, value)) in chain {
                expected.entry(spot).or_default().insert(dot, shape(&value));
            }
        }
        for (spot, (dot, value)) in last(&shared.changes, same) {
            expected.entry(spot).or_insert_with(|| BTreeMap::from([(dot, shape(&value))]));
        }
        let mut held: BTreeMap<Spot, BTreeMap<Dot, String>> = BTreeMap::new();
        for record in records.values() {
            for (place, register) in record.registers() {
                for write in register.siblings() {
                    let value = KEY.open(write.dot, *place, &write.value).expect("the one key");
                    held.entry((record.id, *place)).or_default().insert(write.dot, shape(&value));
                }
            }
        }
        prop_assert_eq!(held, expected);
    }

    #[test]
    fn a_branch_says_the_same_under_its_new_names(prefix in solo(), clone in solo()) {
        let mut world = World::played(&[Clock::Right], &prefix);
        let n = world.changes.len();
        clone.iter().for_each(|step| world.play(step));
        let mine = world.changes[n..].to_vec();
        prop_assume!(!mine.is_empty());
        let before = Mark::start(ActorId(OLD)).after(&world.changes[..n]);
        let new = relabelled(&before, &mine);
        for ((old, new), seq) in mine.iter().zip(&new.changes).zip(1..) {
            prop_assert_eq!(new.origin.dot, Dot::new(new.origin.dot.actor, seq));
            prop_assert_eq!(new.origin.stamp, old.origin.stamp);
            prop_assert_eq!((new.kind, new.edits.len()), (old.kind, old.edits.len()));
            let told = |change: &Change| -> BTreeSet<(u16, String)> {
                let told = |edit: &Edit| {
                    let place = (edit.field, edit.element);
                    (edit.field, shape(&KEY.open(change.origin.dot, place, &edit.value).expect("the one key")))
                };
                change.edits.iter().map(told).collect()
            };
            prop_assert_eq!(told(new), told(old));
        }
        // No name that the other twin may have given away is left.
        let is_old = |actor: u64, seq: u64| actor == OLD && seq > before.seq;
        for edit in new.changes.iter().flat_map(|change| &change.edits) {
            if let Element::Line { actor, seq, .. } = edit.element {
                prop_assert!(!is_old(actor, seq), "{:?}", edit);
            }
            prop_assert!(!edit.context.dots().iter().any(|dot| is_old(dot.actor.0, dot.seq)), "{:?}", edit);
        }
        let mut bytes = Vec::new();
        new.changes.iter().for_each(|change| change.put_canonical(&mut bytes));
        let ids: BTreeSet<RecordId> = mine.iter().filter(|change| change.creates()).map(|change| change.record).collect();
        for id in ids {
            prop_assert!(new.records.contains_key(&id));
            prop_assert!(!bytes.windows(16).any(|window| window == id.0.as_bytes()), "{}", id);
        }
    }
}

/// Household A:6, its edit A:7, a member of it A:8, both edited and named by the second number; then all is deleted.
fn family() -> (Mark, Vec<Change>, Change) {
    let schema = Schema::builtin();
    let kind = |name: &str| schema.kind_named(name).expect("a kind");
    let field = |kind: &str, name: &str| {
        schema.kind_named(kind).and_then(|kind| kind.field_named(name)).expect("a field").number
    };
    let household = RecordId::of_dot(dot(OLD, 6));
    let number = kind("household").number;
    let (rt, head) = (field("household", "rt"), field("household", "head_name"));
    let text = |text: &str| Value::Text(text.into());
    let born = edit(TOMBSTONE, Value::Bool(false), &[]);
    let sealed = KEY.seal(dot(OLD, 6), (head, Element::Whole), &text("Budi"));
    let made = change(
        dot(OLD, 6),
        number,
        household,
        vec![born.clone(), edit(head, sealed, &[]), edit(rt, text("001"), &[])],
    );
    let edited = change(dot(OLD, 7), number, household, vec![edit(rt, text("002"), &[dot(11, 1)])]);
    let lives_in = edit(field("member", "household_id"), Value::Ref(household.0), &[]);
    let member =
        change(dot(OLD, 8), kind("member").number, RecordId::of_dot(dot(OLD, 8)), vec![born, lives_in]);
    let stone = Tombstone {
        seen: Context::new([dot(OLD, 8), dot(11, 1)]),
        children: vec![RecordId::of_dot(dot(OLD, 8))],
    };
    let deleted = change(dot(OLD, 9), number, household, vec![edit(TOMBSTONE, stone.to_value(), &[])]);
    let older = RecordId::of_dot(dot(3, 3));
    let touched = change(dot(OLD, 10), number, older, vec![edit(rt, text("009"), &[dot(3, 3)])]);
    let second = change(dot(11, 1), number, household, vec![edit(rt, text("003"), &[dot(OLD, 6)])]);
    let before = Mark { seq: 5, ..Mark::start(ActorId(OLD)) };
    (before, vec![made, edited, member, deleted, touched], second)
}

#[test]
fn names_contexts_references_and_seals_move_together() {
    let (before, branch, _) = family();
    let new = relabelled(&before, &branch);
    let by = |seq| Dot::new(new.actor, seq);
    let [made, edited, member, deleted, touched] = &new.changes[..] else { panic!("five changes") };
    let household = RecordId::of_dot(by(1));
    assert_eq!((made.record, edited.record, deleted.record), (household, household, household));
    let place = (made.edits[1].field, Element::Whole);
    assert_eq!(KEY.open(by(1), place, &made.edits[1].value), Some(Value::Text("Budi".into())));
    assert_eq!(
        edited.edits[0].context.dots(),
        [dot(11, 1)],
        "what the branch made, the old number never wrote"
    );
    assert_eq!(member.edits[1].value, Value::Ref(household.0));
    let stone = Tombstone::of_value(&deleted.edits[0].value).expect("a tombstone");
    assert_eq!(stone.seen, Context::new([by(3), dot(OLD, 5), dot(11, 1)]));
    assert_eq!(stone.children, [RecordId::of_dot(by(3))]);
    assert_eq!(touched.record, RecordId::of_dot(dot(3, 3)), "what others made keeps its name");
    assert_eq!(touched.edits[0].context.dots(), [dot(3, 3), dot(OLD, 5)], "what the twins share was seen");
    let table = [
        (RecordId::of_dot(dot(OLD, 6)), household),
        (RecordId::of_dot(dot(OLD, 8)), RecordId::of_dot(by(3))),
    ];
    assert_eq!(new.records, BTreeMap::from(table));
}

#[test]
fn the_second_number_learns_the_new_names_and_keeps_its_own() {
    let (before, branch, second) = family();
    let mut relabelling = Relabelling::new(&before, &branch, Schema::builtin()).expect("a branch");
    let key = |_: &Change| Some(KEY);
    let changed = relabelling.change(&second, &key).expect("nothing sealed");
    let by = |seq| Dot::new(relabelling.actor(), seq);
    assert_eq!((changed.origin.dot, changed.record), (second.origin.dot, RecordId::of_dot(by(1))));
    assert_eq!(changed.edits[0].context, Context::new([by(1), dot(OLD, 5)]));
    let old = RecordId::of_dot(dot(77, 1));
    relabelling.rename(old, RecordId::of_dot(dot(78, 1)));
    assert_eq!(relabelling.record(old), RecordId::of_dot(dot(78, 1)));
}

#[test]
fn a_natural_key_with_a_new_name_in_it_is_a_new_key() {
    let schema = Schema::builtin();
    let kind = schema.kind_named("risk_screening").expect("a kind");
    let number = |name: &str| kind.field_named(name).expect("a field").number;
    let (before, mut branch, _) = family();
    let household = Value::Ref(branch[0].record.0);
    let edits =
        vec![edit(number("household_id"), household, &[]), edit(number("round"), Value::Month(678), &[])];
    let value_of = |field: u16| edits.iter().find(|edit| edit.field == field).map(|edit| &edit.value);
    let id = sync_core::natural_key::natural_id(kind, world::DUWET, value_of).expect("a key");
    branch.push(change(dot(OLD, 11), kind.number, id, edits.clone()));
    branch.push(change(dot(OLD, 12), kind.number, id, vec![edit(number("toilet"), Value::Code(1), &[])]));
    let new = relabelled(&before, &branch);
    assert!(is_rightly_named(kind, &new.changes[5]));
    assert_ne!(new.changes[5].record, id);
    assert_eq!(new.changes[6].record, new.changes[5].record);
    assert_eq!(new.records[&id], new.changes[5].record);
}

#[test]
fn a_cut_over_the_branch_covers_both_parts_of_it() {
    let kind = Schema::builtin().kind_named("weekly_signoff").expect("a kind");
    let cut = kind.field_named("cut").expect("a field").number;
    let line =
        |actor: u64, seq| Edit { element: Element::Int(actor as i64), ..edit(cut, Value::Int(seq), &[]) };
    let by = dot(OLD, 6);
    let signed = change(by, kind.number, RecordId::of_dot(by), vec![line(OLD, 6), line(20, 4)]);
    let before = Mark { seq: 5, ..Mark::start(ActorId(OLD)) };
    let new = relabelled(&before, std::slice::from_ref(&signed));
    let mut wanted = vec![line(OLD, 5), line(20, 4), line(new.actor.0, 1)];
    wanted.sort_by_key(|edit| edit.element);
    assert_eq!(new.changes[0].edits, wanted);
}

#[test]
fn a_locked_device_relabels_nothing() {
    let (before, branch, _) = family();
    let refused = relabel(&before, &branch, Schema::builtin(), &|_| None);
    assert_eq!(refused, Err(Locked(dot(OLD, 6))));
    assert_eq!(relabel(&before, &[], Schema::builtin(), &|_| None), Ok(None));
}
