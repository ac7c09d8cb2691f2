//! The same NIK in two records.
//!
//! The rule this suite protects: *a double is found by a number that nobody but the server can compare, and nobody is
//! told more than that there is one elsewhere.*

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lumbung_tests::pen::{edit, field_of, number_of};
use lumbung_tests::people::{DUWET, TUMPANG};
use lumbung_tests::{Pen, Server, on_both};
use serde_json::{Value as Json, json};
use sync_core::record::birth;
use sync_core::{Dot, Element, ErrorCode, RecordId, SealKey, Value};

const KEY: SealKey = SealKey([9; 32]);
/// Invented: no district has the code 00.
const NIK: &str = "3500010101000001";

fn sealed(dot: Dot, nik: &str) -> Value {
    KEY.seal(dot, (field_of("member", "nik"), Element::Whole), &Value::Text(nik.into()))
}

/// Registers somebody with a NIK, her key first unless it is late.
fn register(server: &Server, pen: &mut Pen, nik: &str, is_late: bool) -> RecordId {
    let dot = pen.next_dot();
    let member = RecordId::of_dot(dot);
    let key = json!({ "owner": member, "area": pen.area, "key": URL_SAFE_NO_PAD.encode(KEY.0) });
    let send_key = |pen: &Pen| {
        server.post("/v1/keys", Some(&pen.token), &json!({ "actor": pen.actor(), "keys": [key] })).done();
    };
    if !is_late {
        send_key(pen);
    }
    let nik = edit("member", "nik", sealed(dot, nik), &[]);
    pen.save(number_of("member"), member, vec![birth(), nik]);
    pen.push(server);
    if is_late {
        send_key(pen);
    }
    member
}

on_both! {
    fn the_same_number_twice_is_found_and_never_told(server: Server) {
        let admin = server.admin();
        let (_, plkb) = server.somebody(&admin, "plkb.duwet", "plkb", &[DUWET]);
        let mut first = Pen::kader(&server, &admin, "kader.satu", 1);
        let mut second = Pen::of(&server, &admin, "kader.dua", "kader", &[TUMPANG], 2);
        let own = register(&server, &mut first, NIK, false);
        register(&server, &mut first, "3500010101000002", false);
        let matches = |token: &str| server.get("/v1/matches", Some(token)).ok::<Json>()["matches"].clone();
        assert_eq!(matches(&admin), json!([]));
        // Spaces are no difference, and a key that comes late is not too late.
        let other = register(&server, &mut second, "3500 0101 0100 0001", true);
        let found = |records: Json, elsewhere: u32| {
            json!([{ "kind": "member", "field": "nik", "records": records, "elsewhere": elsewhere }])
        };
        assert_eq!(matches(&plkb), found(json!([{ "record": own, "area": DUWET }]), 1));
        let mut both = [json!({ "record": own, "area": DUWET }), json!({ "record": other, "area": TUMPANG })];
        both.sort_by_key(|found| found["record"].to_string());
        assert_eq!(matches(&admin), found(json!(both), 0));
        assert!(!server.log().join("").contains(NIK));
        server.get("/v1/matches", Some(&first.token)).refused(ErrorCode::Forbidden);
        // Corrected, it is nobody's double any more.
        let corrected = second.next_dot();
        let nik = edit("member", "nik", sealed(corrected, "3500010101000003"), &[]);
        second.save(number_of("member"), other, vec![nik]);
        second.push(&server);
        assert_eq!(matches(&admin), json!([]));
        let rebuilt = server.command(&["admin", "rebuild", "35.07"]);
        assert!(rebuilt.status.success());
        assert_eq!(matches(&admin), json!([]));
    }

    fn keys_are_taken_only_from_the_device_that_writes(server: Server) {
        let admin = server.admin();
        let own = Pen::kader(&server, &admin, "kader.satu", 1);
        let other = Pen::kader(&server, &admin, "kader.dua", 2);
        let key = json!({ "owner": RecordId::of_dot(own.next_dot()), "area": DUWET, "key": URL_SAFE_NO_PAD.encode(KEY.0) });
        let foreign = json!({ "actor": other.actor(), "keys": [key] });
        server.post("/v1/keys", Some(&own.token), &foreign).refused(ErrorCode::ActorTaken);
    }
}
