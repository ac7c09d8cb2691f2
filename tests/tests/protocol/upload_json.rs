//! Uploads as JSON, for whoever writes another client.
//!
//! The rule this suite protects: *JSON says exactly what the binary form says, or it is refused by the number of the change*,
//! without a word of what people wrote.

use flate2::Compression;
use flate2::write::GzEncoder;
use lumbung_tests::pen::{field_of, number_of};
use lumbung_tests::{Pen, Pulled, Reply, Server, on_both};
use schema::{Element, Schema, Value};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::io::Write as _;
use sync_core::batch_json::BatchJson;
use sync_core::receipt::HeldName;
use sync_core::{Batch, Context, Edit, ErrorCode, Record, RecordId, Refusal, TOMBSTONE, Tombstone};

const JSON: &str = "application/json";
/// Stands for what people wrote: no answer and no log may quote it.
const SECRET: &str = "Bu Contoh Rahasia";

fn json_of(batch: &Batch) -> Json {
    serde_json::to_value(BatchJson::of(batch, Schema::builtin())).unwrap()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Saves one of everything: a house, an edit with a context, sets, groups, sealed values, a deletion, and a bad edit.
fn save_much(pen: &mut Pen) {
    let text = |text: &str| Value::Text(text.into());
    let sealed = Value::Sealed([7; 40].into());
    let house = pen.create("household", &[("head_name", sealed), ("rt", text("001")), ("rw", text("00012"))]);
    let made = pen.next_dot();
    let weight = Value::Group([Value::Int(3100), Value::Code(1)].into());
    pen.create(
        "member",
        &[
            ("household_id", Value::Ref(house.0)),
            ("birth_weight", weight),
            ("birth_month", Value::Month(600)),
        ],
    );
    let aid = Edit {
        field: field_of("household", "social_assistance"),
        element: Element::Code(1),
        context: Context::default(),
        value: Value::Bool(true),
    };
    pen.save(number_of("household"), house, vec![aid]);
    pen.edit("household", house, "registered_on", Value::Date(20_000), &[]);
    let other = pen.create("household", &[("rt", text("009"))]);
    let stone = Tombstone { seen: Context::new([made, pen.next_dot()]), children: vec![house] };
    let gone = Edit {
        field: TOMBSTONE,
        element: Element::Whole,
        context: Context::default(),
        value: stone.to_value(),
    };
    let _ = pen.save(number_of("household"), other, vec![gone]);
}

/// What became of an upload: its receipt, without the moment and the signature over it.
fn receipt_of(reply: &Reply) -> Json {
    let mut receipt: Json = reply.ok();
    let receipt_fields = receipt.as_object_mut().unwrap();
    receipt_fields.remove("at_s");
    receipt_fields.remove("signature");
    receipt
}

/// Puts a value at a pointer, there or not.
fn put(json: &mut Json, at: &str, value: Json) {
    let (parent, key) = at.rsplit_once('/').unwrap();
    let parent = json.pointer_mut(parent).unwrap();
    match key.parse::<usize>() {
        Ok(place) => parent[place] = value,
        Err(_) => parent[key] = value,
    }
}

/// The records that a batch makes on its own, without what is held of it.
fn expected(batch: &Batch, held: &[HeldName]) -> BTreeMap<RecordId, Record> {
    let mut records = BTreeMap::new();
    for change in &batch.changes {
        let mut good = change.clone();
        let is_held = |edit: &Edit| {
            held.iter().any(|held| {
                held.seq == change.origin.dot.seq && held.place() == Some((edit.field, edit.element))
            })
        };
        good.edits.retain(|edit| !is_held(edit));
        let record = records.entry(good.record).or_insert_with(|| Record::of_change(&good));
        record.apply(&good);
    }
    records
}

on_both! {
    fn the_same_changes_give_the_same_records_chain_and_receipt(server: Server) {
        let admin = server.admin();
        for form in 1..=3 {
            let mut pen = Pen::kader(&server, &admin, &format!("kader.{form}"), form);
            save_much(&mut pen);
            let batch = pen.batch();
            let json = json_of(&batch).to_string();
            let send = |form| match form {
                1 => pen.send(&server, &batch.to_bytes()),
                2 => pen.send_as(&server, JSON, json.as_bytes()),
                _ => pen.send_gzip(&server, &gzip(json.as_bytes())),
            };
            let reply = send(form);
            let held = pen.receipted(&reply, batch.after()).held;
            let named: Vec<_> = held.iter().map(|held| (held.seq, held.reason)).collect();
            assert_eq!(named, [(1, Refusal::OutOfRange)]);
            // In any of the three forms it is the same upload: not new, and no fork.
            for form in 1..=3 {
                assert_eq!(receipt_of(&send(form)), receipt_of(&reply));
            }
            let records = Pulled::all(&server, &admin).proven();
            for (id, record) in expected(&batch, &held) {
                assert_eq!(records[&id], record, "form {form}");
            }
        }
    }

    fn a_gzip_of_several_members_is_read_whole(server: Server) {
        let mut pen = Pen::kader(&server, &server.admin(), "kader.satu", 1);
        save_much(&mut pen);
        let (batch, json) = (pen.batch(), json_of(&pen.batch()).to_string());
        let (start, end) = json.as_bytes().split_at(json.len() / 2);
        let mut bytes = gzip(start);
        bytes.extend(gzip(end));
        pen.receipted(&pen.send_gzip(&server, &bytes), batch.after());
    }

    fn a_damaged_gzip_stores_nothing_or_exactly_what_was_said(server: Server) {
        let mut pen = Pen::kader(&server, &server.admin(), "kader.satu", 1);
        save_much(&mut pen);
        let batch = pen.batch();
        let bytes = gzip(json_of(&batch).to_string().as_bytes());
        for at in (0..bytes.len()).step_by(9) {
            pen.send_gzip(&server, &bytes[..at]).refused(ErrorCode::BadBody);
        }
        pen.send_gzip(&server, &bytes[..bytes.len() - 1]).refused(ErrorCode::BadBody);
        let mut longer = bytes.clone();
        longer.extend(b"lain");
        pen.send_gzip(&server, &longer).refused(ErrorCode::BadBody);
        pen.send_gzip(&server, json_of(&batch).to_string().as_bytes()).refused(ErrorCode::BadBody);
        // The ten bytes of the head say when and where it was made, which nobody reads.
        for at in (10..bytes.len()).step_by(5).chain(0..3) {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            pen.send_gzip(&server, &flipped).refused(ErrorCode::BadBody);
        }
        assert_eq!(pen.phone.ask(&server).ok::<Json>()["heads"][0]["seq"], 0);
        pen.receipted(&pen.send_gzip(&server, &bytes), batch.after());
    }

    fn what_cannot_be_read_is_named_by_its_number_and_never_quoted(server: Server) {
        let mut pen = Pen::kader(&server, &server.admin(), "kader.satu", 1);
        save_much(&mut pen);
        let good = json_of(&pen.batch());
        let wrong = [
            ("/changes/3/edits/0/value", json!(SECRET)),
            ("/changes/3/edits/0/value", json!({ (SECRET): 1 })),
            ("/changes/3/edits/0/value", json!({ "text": SECRET, "int": 1 })),
            ("/changes/3/edits/0/value", json!([SECRET])),
            ("/changes/3/edits/0/field", json!(SECRET)),
            ("/changes/3/edits/0/field", json!(65_536)),
            ("/changes/3/edits/0/element", json!(SECRET)),
            ("/changes/3/edits/0/seen", json!([SECRET])),
            ("/changes/3/edits/0/seen", json!([format!("{}:1", pen.actor())])),
            ("/changes/3/edits/0", json!({ "field": "rt", "value": "001", (SECRET): 1 })),
            ("/changes/3/edits/0", json!(SECRET)),
            ("/changes/3/edits", json!(SECRET)),
            ("/changes/3/kind", json!(SECRET)),
            ("/changes/3/record", json!(SECRET)),
            ("/changes/3/area", json!(SECRET)),
            ("/changes/3/author", json!(SECRET)),
            ("/changes/3/device_time", json!(SECRET)),
            ("/changes/3/stamp", json!(SECRET)),
            ("/changes/3/stamp", json!(-1)),
            ("/changes/3/form_version", json!(65_536)),
            ("/changes/3/seq", json!(5)),
            ("/changes/3", json!({ (SECRET): SECRET })),
        ];
        for (at, value) in wrong {
            let mut bad = good.clone();
            put(&mut bad, at, value.clone());
            let reply = pen.send_as(&server, JSON, bad.to_string().as_bytes());
            assert_eq!(reply.status, 400, "{at} {value}: {}", reply.text());
            reply.refused_at(ErrorCode::BadBody, 4);
            assert!(!reply.text().contains(SECRET), "{at}");
        }
        let twice = good["changes"][3]["edits"][0].clone();
        let mut bad = good.clone();
        bad["changes"][3]["edits"].as_array_mut().unwrap().push(twice);
        pen.send_as(&server, JSON, bad.to_string().as_bytes()).refused_at(ErrorCode::BadBody, 4);
        // Of two values under one key no reader can say which was meant.
        let text = good.to_string();
        for (once, again) in [
            (r#""form_version":1"#, r#""form_version":1,"form_version":1"#),
            (r#""value":"001""#, r#""value":"001","value":"002""#),
        ] {
            let twice = text.replacen(once, again, 1);
            assert_ne!(twice, text);
            pen.send_as(&server, JSON, twice.as_bytes()).refused_at(ErrorCode::BadBody, 1);
        }
        assert!(!server.log().iter().any(|line| line.contains("Rahasia")));
        pen.push(&server);
    }

    fn what_is_no_batch_of_this_version_is_refused_by_name(server: Server) {
        let mut pen = Pen::kader(&server, &server.admin(), "kader.satu", 1);
        save_much(&mut pen);
        let (batch, json) = (pen.batch(), json_of(&pen.batch()));
        let with = |key: &str, value: Json| {
            let mut other = json.clone();
            other[key] = value;
            pen.send_as(&server, JSON, other.to_string().as_bytes())
        };
        for version in [0, 2, 255, 256, 70_000] {
            with("version", json!(version)).refused(ErrorCode::UnknownVersion);
        }
        // The next version will have keys that this one does not know.
        let mut next = json.clone();
        next["version"] = json!(2);
        next["parts"] = json!([]);
        pen.send_as(&server, JSON, next.to_string().as_bytes()).refused(ErrorCode::UnknownVersion);
        let mut binary = batch.to_bytes();
        binary[2] = 2;
        pen.send(&server, &binary).refused(ErrorCode::UnknownVersion);
        with("parts", json!([])).refused(ErrorCode::BadBody);
        with("chain", json!("0".repeat(64))).refused(ErrorCode::BadBody);
        with("after_chain", json!("0".repeat(64))).refused(ErrorCode::BadBody);
        with("changes", json!([])).refused(ErrorCode::BadBody);
        with("after_seq", json!(u64::MAX)).refused(ErrorCode::BadBody);
        for text in ["", "null", "[]", "{}", "{", &"[".repeat(100_000)] {
            pen.send_as(&server, JSON, text.as_bytes()).refused(ErrorCode::BadBody);
        }
        for kind in ["", "text/plain", "application/vnd.lumbung.page", "application/jsonx"] {
            pen.send_as(&server, kind, &batch.to_bytes()).refused(ErrorCode::UnsupportedMedia);
        }
        pen.send_as(&server, "application/vnd.lumbung.batch", json.to_string().as_bytes()).refused(ErrorCode::BadBody);
        let typed = "Application/JSON; charset=utf-8";
        pen.receipted(&pen.send_as(&server, typed, json.to_string().as_bytes()), batch.after());
    }
}
