//! What a phone had pulled before the data went back.
//!
//! The rule this suite protects: *what one phone still holds of another's lost work is kept and shown*, never merged
//! under a name that nobody can prove, and forgotten once its author brings it herself.

use crate::backup::restored;
use lumbung_tests::people::{DUWET, TUMPANG};
use lumbung_tests::{Pen, Pulled, Reply, Server, on_both};
use serde_json::{Value as Json, json};
use sync_core::{Epoch, ErrorCode, Page, Record, Value};

fn page(epoch: Epoch, records: Vec<Record>) -> Vec<u8> {
    Page::of_records(epoch, records).into_bytes()
}

fn offer(server: &Server, pen: &Pen, body: &[u8]) -> Reply {
    let token = format!("Bearer {}", pen.token);
    let headers = [("authorization", token.as_str()), ("content-type", "application/vnd.lumbung.page")];
    server.post_bytes("/v1/salvage", headers, body)
}

on_both! {
    fn what_another_phone_had_pulled_is_kept_and_shown(server: Server) {
        let admin = server.admin();
        let mut lost = Pen::kader(&server, &admin, "kader.satu", 1);
        let mut other = Pen::kader(&server, &admin, "kader.dua", 2);
        let house = lost.create("household", &[("rt", Value::Text("001".into()))]);
        lost.push(&server);
        let backed_up = Pulled::all(&server, &other.token);
        let after = restored(&server, server.database.kind);
        // After the backup: an edit, and a family that the server will not know.
        lost.edit("household", house, "rw", Value::Text("002".into()), &[]);
        let unknown = lost.create("household", &[]);
        let again = lost.batch();
        lost.push(&server);
        let records: Vec<Record> = Pulled::all(&server, &other.token).records().into_values().collect();
        other.token = other.phone.token(&after);
        let body = page(other.phone.enrolled.epoch, records);
        for _ in 0..2 {
            assert_eq!(offer(&after, &other, &body).ok::<Json>(), json!({ "kept": 2 }));
        }
        // Nothing is merged under its old name.
        assert_eq!(Pulled::all(&after, &other.token).records(), backed_up.records());
        let admin = after.login("admin");
        let listed = |token: &str| after.get("/v1/salvage", Some(token)).ok::<Json>()["salvaged"].clone();
        let all = listed(&admin);
        assert_eq!(all.as_array().map(Vec::len), Some(2), "{all}");
        assert_eq!((&all[0]["record"], &all[1]["record"]), (&json!(house), &json!(unknown)));
        assert_eq!(all[0]["values"], json!([{ "field": "rw", "value": "002" }]));
        assert_eq!(all[0]["device"], other.phone.enrolled.device.to_string());
        let (_, plkb) = after.somebody(&admin, "plkb.lain", "plkb", &[TUMPANG]);
        assert_eq!(listed(&plkb), json!([]));
        let (_, plkb) = after.somebody(&admin, "plkb.duwet", "plkb", &[DUWET]);
        assert_eq!(listed(&plkb), all);
        after.get("/v1/salvage", Some(&other.token)).refused(ErrorCode::Forbidden);
        // Whose phone was not lost after all brings it herself.
        lost.token = lost.phone.token(&after);
        assert_eq!(lost.send(&after, &again.to_bytes()).status, 200);
        assert_eq!(listed(&admin), json!([]));
        assert_eq!(Pulled::all(&after, &other.token).records().len(), 2);
    }

    fn an_offer_is_read_with_care(server: Server) {
        let admin = server.admin();
        let mut here = Pen::kader(&server, &admin, "kader.satu", 1);
        let mut there = Pen::of(&server, &admin, "kader.dua", "kader", &[TUMPANG], 2);
        there.create("household", &[]);
        there.push(&server);
        here.create("household", &[]);
        here.push(&server);
        let foreign: Vec<Record> = Pulled::all(&server, &there.token).records().into_values().collect();
        let own: Vec<Record> = Pulled::all(&server, &here.token).records().into_values().collect();
        let epoch = here.phone.enrolled.epoch;
        offer(&server, &here, &page(epoch, foreign)).refused(ErrorCode::Forbidden);
        let body = page(epoch, own);
        for at in 0..body.len() {
            offer(&server, &here, &body[..at]).refused(ErrorCode::BadBody);
        }
        // What the server has is not kept twice.
        assert_eq!(offer(&server, &here, &body).ok::<Json>(), json!({ "kept": 0 }));
    }
}
