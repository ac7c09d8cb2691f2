//! A batch as JSON: the same as the binary form, or refused with the number of the change and the name of the field.

mod world;

use schema::Schema;
use serde_json::{Value as Json, json};
use sync_core::batch_json::{BadJson, BatchJson, read};
use sync_core::{ActorId, BadBatch, Batch, Bounds, Dot, Element, RecordId, Tombstone, Value};
use world::road::ROOMY;
use world::{dot, village};

fn read_json(json: &Json) -> Result<Batch, BadJson> {
    read(json.to_string().as_bytes(), Schema::builtin(), &ROOMY)
}

/// As short as a client can write it.
fn short() -> Json {
    json!({
        "actor": "00000000000000aa",
        "after_seq": 0,
        "changes": [{
            "kind": "visit",
            "area": "35.07.16.2013",
            "author": "a0000000-0000-8000-8000-000000000001",
            "device_time": "2026-11-02T08:00:00+07:00",
            "stamp": 1_880_705_093_632_000_u64,
            "form_version": 1,
            "edits": [
                {"field": "kie_topics", "element": "asi", "value": true},
                {"field": "tombstone", "value": false},
                {"field": "child_weight", "value": {"kg": "8.05", "measured_by": "cadre"},
                 "seen": ["00000000000000bb:9", "0000000000000001:2"]},
            ],
        }],
    })
}

/// The short batch with something else under a key of its change or of its last edit.
fn with(place: &str, value: Json) -> Json {
    let mut batch = short();
    *batch.pointer_mut(place).expect("a place") = value;
    batch
}

#[test]
fn a_whole_series_reads_back_from_json() {
    let schema = Schema::builtin();
    for changes in village::series() {
        let actor = changes[0].origin.dot.actor;
        let batch = Batch { actor, before: sync_core::Mark::start(actor), changes };
        let json = serde_json::to_vec(&BatchJson::of(&batch, schema)).expect("JSON");
        assert_eq!(read(&json, schema, &ROOMY), Ok(batch));
    }
}

#[test]
fn what_may_be_left_out_follows() {
    let batch = read_json(&short()).expect("a batch");
    let change = &batch.changes[0];
    assert_eq!(batch.before, sync_core::Mark::start(ActorId(0xaa)));
    assert_eq!(change.record, RecordId::of_dot(dot(0xaa, 1)));
    assert_eq!(change.origin.device_time_s, 1_793_581_200);
    let fields: Vec<u16> = change.edits.iter().map(|edit| edit.field).collect();
    assert_eq!(fields, [0, 13, 91], "in order");
    assert_eq!(change.edits[2].context.dots(), [dot(1, 2), dot(0xbb, 9)]);
    let expected: [Dot; 0] = [];
    assert_eq!(change.edits[0].context.dots(), expected);
}

#[test]
fn the_chain_is_checked_when_it_is_there() {
    let batch = read_json(&short()).expect("a batch");
    let mut json = short();
    json["chain"] = json!(batch.after().chain);
    assert_eq!(read_json(&json), Ok(batch.clone()));
    json["chain"] = json!(batch.before.chain);
    assert_eq!(read_json(&json), Err(BadBatch::Chain.into()));
    json["after_seq"] = json!(1);
    assert_eq!(
        read_json(&json),
        Err(BadJson::Batch("`after_chain` is missing: write the chain of the last receipt".into()))
    );
}

#[test]
fn errors_name_the_change_and_the_field() {
    let cases = [
        (
            with("/changes/0/edits/2/value", json!({"kg": "8.055", "measured_by": "cadre"})),
            "change 1, field `child_weight`: an object does not fit: write an object of kg, measured_by (null when \
             empty), each as its part wants it",
        ),
        (
            with("/changes/0/edits/0/element", json!("milk")),
            "change 1, field `kie_topics`: `milk` is no key: write the name of a code of kie_topic",
        ),
        (
            with("/changes/0/edits/2/field", json!("weight")),
            "change 1, field `weight`: the kind has no such field: write its number if it is new",
        ),
        (
            with("/changes/0/edits/2/seen", json!(["00000000000000aa:1"])),
            "change 1, field `child_weight`: `seen` names the own actor, whose writes are always seen: leave it out",
        ),
        (
            with("/changes/0/edits/2/seen", json!(["00000000000000bb:1", "00000000000000bb:2"])),
            "change 1, field `child_weight`: `seen` names an actor twice: write its newest dot",
        ),
        (
            with("/changes/0/edits/2/seen", json!(["bb:1"])),
            "change 1, field `child_weight`: `seen[0]`: write a dot such as 0123456789abcdef:17",
        ),
        (with("/changes/0/form_version", json!("one")), "change 1: `form_version`: write u16"),
        (with("/changes/0/kind", json!(70_000)), "change 1: `kind`: not a name, nor a number up to 65535"),
        (
            with("/changes/0/stamp", json!(-1)),
            "change 1: `stamp`: not a whole number within its range, nor a text",
        ),
        (with("/after_seq", json!(-1)), "the batch: `after_seq`: write u64 at line 1 column 42"),
        (
            with("/changes/0/kind", json!("visits")),
            "change 1: `kind`: the schema has no such kind: write its number if it is new",
        ),
        (with("/changes/0/stamp", json!("soon")), "change 1: `stamp` is no whole number"),
        (with("/changes/0/area", json!("Duwet")), "change 1: `area` is no code"),
        (
            with("/changes/0/device_time", json!("2026-11-02")),
            "change 1: `device_time` is no moment in whole seconds",
        ),
        (
            with("/changes/0/edits/0", json!({"field": "tombstone", "value": true})),
            "change 1: it writes to one register twice",
        ),
    ];
    for (json, wanted) in cases {
        assert_eq!(read_json(&json).expect_err("refused").to_string(), wanted);
    }
}

#[test]
fn no_complaint_says_what_was_sent() {
    let name = json!("Nama Karangan");
    for place in [
        "/actor",
        "/after_seq",
        "/changes/0/kind",
        "/changes/0/area",
        "/changes/0/author",
        "/changes/0/device_time",
        "/changes/0/stamp",
        "/changes/0/form_version",
        "/changes/0/edits",
        "/changes/0/edits/2/field",
        "/changes/0/edits/2/seen",
        "/changes/0/edits/2/value",
    ] {
        let error = read_json(&with(place, name.clone())).expect_err("refused").to_string();
        assert!(!error.contains("Karangan"), "{place}: {error}");
    }
}

#[test]
fn a_typing_error_in_a_key_is_no_lost_value() {
    for place in ["", "/changes/0", "/changes/0/edits/2"] {
        let mut json = short();
        json.pointer_mut(place)
            .and_then(Json::as_object_mut)
            .expect("an object")
            .insert("valeu".into(), json!(1));
        let error = read_json(&json).expect_err("refused").to_string();
        assert!(error.contains("unknown field `valeu`"), "{error}");
    }
    let mut json = short();
    json["changes"][0]["seq"] = json!(2);
    assert_eq!(read_json(&json).expect_err("refused").to_string(), "change 1: `seq` says 2");
    json = short();
    json["version"] = json!(2);
    assert_eq!(read_json(&json), Err(BadBatch::Version(2).into()));
}

#[test]
fn what_the_schema_does_not_know_is_kept_by_number() {
    let mut json = short();
    json["changes"][0]["edits"][0] = json!({"field": 900, "element": "code:3", "value": {"int": 5}});
    let batch = read_json(&json).expect("a batch");
    let edit = &batch.changes[0].edits[2];
    assert_eq!((edit.field, edit.element, &edit.value), (900, Element::Code(3), &Value::Int(5)));
    json["changes"][0]["kind"] = json!(900);
    json["changes"][0]["edits"] = json!([{"field": 7, "value": {"sealed": "AAEC"}}]);
    let batch = read_json(&json).expect("a batch");
    assert_eq!(batch.changes[0].edits[0].value, Value::Sealed(Box::new([0, 1, 2])));
}

#[test]
fn a_deletion_says_what_was_seen() {
    let child = RecordId::of_dot(dot(5, 6));
    let seen = json!({"seen": ["00000000000000aa:1", "00000000000000bb:9"], "children": [child]});
    let batch = read_json(&with("/changes/0/edits/1/value", seen.clone())).expect("a batch");
    let stone = Tombstone::of_value(&batch.changes[0].edits[0].value).expect("a tombstone");
    assert!(stone.seen.covers(dot(0xbb, 9)) && stone.children == [child]);
    let again = serde_json::to_value(BatchJson::of(&batch, Schema::builtin())).expect("JSON");
    assert_eq!(again["changes"][0]["edits"][0]["value"], seen);
}

#[test]
fn bounds_are_those_of_the_binary_form() {
    let json = short().to_string();
    let tight = Bounds { changes_max: 0, ..ROOMY };
    let refused = read(json.as_bytes(), Schema::builtin(), &tight);
    assert_eq!(refused, Err(BadBatch::TooLarge(sync_core::Damaged("more changes than allowed")).into()));
    let deep = json!({"group": [{"group": [{"group": [{"group": [{"group": []}]}]}]}]});
    let refused = read_json(&with("/changes/0/edits/2", json!({"field": 900, "value": deep})));
    assert_eq!(refused, Err(BadBatch::Damaged(sync_core::Damaged("groups nested too deep")).into()));
}
