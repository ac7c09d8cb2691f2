//! What concurrent values become, as a table: `fixtures/policies/siblings.csv` has a line for each thing a policy
//! promises, and the lines are the documentation.

mod world;

use fieldwork::text::{place, value_of};
use schema::{Field, Kind, Schema};
use std::collections::BTreeSet;
use sync_core::policy::{Ground, Sibling, Verdict, resolve};
use sync_core::{Change, Context, Dot, Edit, Element, Origin, Record, RecordId, Stamp, Value};
use world::values::{KEY, Key};
use world::{NOW_S, change, dot, orders};

/// One line of the table.
#[derive(serde::Deserialize)]
struct Line {
    policy: String,
    field: String,
    siblings: String,
    signed: String,
    shown: String,
    review: String,
    why: String,
}

/// One `value by A at 08:00`.
struct Written {
    value: Value,
    dot: Dot,
    stamp: Stamp,
    distrusted: bool,
}

fn lines() -> Vec<Line> {
    let table = include_str!("../../fixtures/policies/siblings.csv");
    csv::Reader::from_reader(table.as_bytes()).deserialize().collect::<Result<_, _>>().expect("a table")
}

fn written(field: &Field, text: &str) -> Written {
    let (text, at) = text.trim().rsplit_once(" at ").expect("a time");
    let (text, by) = text.rsplit_once(" by ").expect("a phone");
    let at_s = match at.split_once(':') {
        Some((hour, minute)) => {
            NOW_S + 60 * (60 * hour.parse::<i64>().expect("hour") + minute.parse::<i64>().expect("minute"))
        }
        None if at == "1970" => 3600,
        None => 4_070_908_800,
    };
    let stamp = Stamp::of_second(at_s);
    Written {
        value: value_of(&field.value, text),
        dot: dot(u64::from(by.as_bytes()[0]), 1),
        stamp,
        distrusted: stamp.is_beyond(NOW_S),
    }
}

/// The change that wrote a sibling, sealed when its field is.
fn change_of(kind: &Kind, field: &Field, element: Element, record: RecordId, written: &Written) -> Change {
    let place = (field.number, element);
    let value = match &written.value {
        value if field.sealed && !value.is_null() => KEY.seal(written.dot, place, value),
        value => value.clone(),
    };
    let edit = Edit { field: field.number, element, context: Context::default(), value };
    let change = change(written.dot, kind.number, record, vec![edit]);
    let origin = Origin { stamp: written.stamp, distrusted: written.distrusted, ..change.origin };
    Change { origin, ..change }
}

fn sibling(written: &Written) -> Sibling<'_> {
    let Written { value, dot, stamp, distrusted } = written;
    Sibling { value, dot: *dot, stamp: *stamp, distrusted: *distrusted }
}

#[test]
fn every_line_of_the_table_holds_in_every_order() {
    let schema = Schema::builtin();
    for line in lines() {
        let (_, field, _) = place(&line.field);
        let all: Vec<Written> = line.siblings.split('|').map(|text| written(field, text)).collect();
        let signed = (!line.signed.is_empty()).then(|| value_of(&field.value, &line.signed));
        let ground = Ground { policy: &field.policy, value: &field.value, schema };
        for order in orders(&all) {
            let siblings: Vec<Sibling> = order.iter().map(|written| sibling(written)).collect();
            let Verdict { shown, review } = resolve(&ground, &siblings, signed.as_ref());
            let shown = siblings[shown].value;
            let wanted = match &*line.shown {
                "absent" => Value::Bool(false),
                text => value_of(&field.value, text),
            };
            assert_eq!(*shown, wanted, "{}: {} ({})", line.field, line.why, line.siblings);
            assert_eq!(review, line.review == "yes", "{}: {} ({})", line.field, line.why, line.siblings);
        }
    }
}

#[test]
fn a_record_shows_what_the_table_says() {
    let schema = Schema::builtin();
    for line in lines().iter().filter(|line| line.signed.is_empty()) {
        let (kind, field, element) = place(&line.field);
        let all: Vec<Written> = line.siblings.split('|').map(|text| written(field, text)).collect();
        let id = RecordId::of_dot(dot(1, 1));
        let changes: Vec<Change> =
            all.iter().map(|written| change_of(kind, field, element, id, written)).collect();
        for order in orders(&changes) {
            let mut record = Record::of_change(order[0]);
            for change in &order[1..] {
                record.apply(change);
            }
            let view = record.view(schema, &Key);
            let shown = view.iter().find(|shown| shown.place == (field.number, element));
            let wanted = (line.shown != "absent").then(|| value_of(&field.value, &line.shown));
            assert_eq!(shown.map(|shown| &*shown.value), wanted.as_ref(), "{}: {}", line.field, line.why);
            let cases = record.cases(schema, &Key);
            assert_eq!(cases.len(), usize::from(line.review == "yes"), "{}: {}", line.field, line.why);
            if let Some(case) = cases.first() {
                assert_eq!(case.place, (field.number, element));
                assert!(case.dots.is_sorted() && case.dots.len() == all.len());
            }
        }
    }
}

#[test]
fn the_table_has_a_line_for_every_policy_of_the_schema() {
    let told: BTreeSet<String> = lines().iter().map(|line| word(&line.policy)).collect();
    let fields = Schema::builtin().kinds.iter().flat_map(|kind| &kind.fields);
    let used: BTreeSet<String> = fields.map(|field| word(&format!("{:?}", field.policy))).collect();
    assert!(used.is_subset(&told), "{:?}", used.difference(&told).collect::<Vec<_>>());
}

#[test]
fn each_line_names_the_policy_of_its_field() {
    for line in lines() {
        let policy = format!("{:?}", place(&line.field).1.policy);
        assert_eq!(word(&policy), word(&line.policy), "{}", line.field);
    }
}

/// `PRIORITY(yes>no)` and `Priority([1, 2])` are the same word: `priority`.
fn word(policy: &str) -> String {
    let word: String = policy.chars().take_while(|c| c.is_alphabetic() || *c == '_').collect();
    let word = word.replace('_', "").to_lowercase();
    if word == "prioritytrue" { "priority".to_owned() } else { word }
}

#[test]
fn a_code_that_excludes_others_shows_only_when_it_is_alone() {
    let schema = Schema::builtin();
    let (kind, field, none) = place("visit.child_illness_2w[none]");
    let (_, _, fever) = place("visit.child_illness_2w[fever]");
    let id = RecordId::of_dot(dot(1, 1));
    let tick = |by: Dot, element, is_in| {
        let edit =
            Edit { field: field.number, element, context: Context::default(), value: Value::Bool(is_in) };
        change(by, kind.number, id, vec![edit])
    };
    let shown = |changes: &[Change]| {
        let mut record = Record::of_change(&changes[0]);
        for change in &changes[1..] {
            record.apply(change);
        }
        record.view(schema, &Key).iter().map(|shown| shown.place.1).collect::<Vec<_>>()
    };
    let (alone, other) = (tick(dot(1, 1), none, true), tick(dot(2, 1), fever, true));
    assert_eq!(shown(std::slice::from_ref(&alone)), [none]);
    assert_eq!(shown(&[alone.clone(), other.clone()]), [fever]);
    assert_eq!(shown(&[other, alone.clone()]), [fever]);
    assert_eq!(shown(&[alone, tick(dot(2, 1), fever, false)]), [none]);
}
