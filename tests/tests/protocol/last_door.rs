//! Work that comes after its author lost the right to bring it.
//!
//! The rule this suite protects: *authority is judged by when the work was done, and no work is turned away*
//! (counterexample 12): a revoked phone still brings in what it has, and somebody answers for it.

use lumbung_tests::client::bearer;
use lumbung_tests::people::{DUWET, TUMPANG};
use lumbung_tests::{Pen, Phone, Pulled, Server, on_both};
use schema::Value;
use serde_json::{Value as Json, json};
use std::time::Duration;
use sync_core::{ErrorCode, RecordId, Refusal};

fn house(pen: &mut Pen) -> RecordId {
    pen.create("household", &[("rt", Value::Text("001".into()))])
}

#[track_caller]
fn act(server: &Server, admin: &str, path: &str, body: Json) {
    server.post(path, Some(admin), &body).done();
}

/// A kader of these areas, and her phone.
fn kader(server: &Server, admin: &str, areas: &[&str]) -> (String, Pen) {
    let person = server.add_person(admin, "kader.satu", "kader", areas);
    let phone = Phone::enrol(server, &server.invite(admin, &person), 1);
    (person, Pen::new(server, phone, areas[0]))
}

/// Returns once the server's clock shows a later second.
fn next_second(server: &Server, pen: &Pen) {
    let now = || pen.phone.ask(server).ok::<Json>()["server_time_s"].as_i64().unwrap();
    let began = now();
    while now() == began {
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// What is held of the whole district: dots and reasons.
fn held(server: &Server, admin: &str) -> Vec<(String, String)> {
    let page: Json = server.get("/v1/quarantine", Some(admin)).ok();
    let text = |json: &Json| json.as_str().unwrap().to_string();
    page["held"].as_array().unwrap().iter().map(|row| (text(&row["dot"]), text(&row["reason"]))).collect()
}

on_both! {
    fn what_a_revoked_phone_has_is_kept_receipted_and_listed(server: Server) {
        let admin = server.admin();
        let (_, mut pen) = kader(&server, &admin, &[DUWET]);
        let before = house(&mut pen);
        pen.push(&server);
        let dots: Vec<_> = (0..3).map(|_| { let dot = pen.next_dot(); house(&mut pen); dot }).collect();
        server.revoke(&admin, pen.phone.enrolled.device);
        // The token from before tells it so at every door; a new one opens the last.
        server.get("/v1/pull", Some(&pen.token)).refused(ErrorCode::DeviceRevoked);
        pen.send(&server, &pen.batch().to_bytes()).refused(ErrorCode::DeviceRevoked);
        pen.token = pen.phone.token(&server);
        let receipt = pen.push(&server);
        let reasons: Vec<_> = receipt.held.iter().map(|held| (held.seq, held.field, held.reason)).collect();
        assert_eq!(reasons, [2, 3, 4].map(|seq| (seq, None, Refusal::RevokedDevice)));
        // What it saves even later is taken too.
        let late = pen.edit("household", before, "rw", Value::Text("001".into()), &[]);
        assert_eq!(pen.push(&server).held.len(), 1);
        for path in ["/v1/pull", "/v1/quarantine", "/v1/areas/3507162013/snapshot"] {
            server.get(path, Some(&pen.token)).refused(ErrorCode::DeviceRevoked);
        }
        let named = |dot: sync_core::Dot| (dot.to_string(), "revoked_device".to_string());
        let all: Vec<_> = dots.into_iter().chain([late]).map(named).collect();
        assert_eq!(held(&server, &admin), all);
        let records = Pulled::all(&server, &admin).proven();
        assert_eq!(records.keys().collect::<Vec<_>>(), [&before]);
        assert!(records[&before].field(lumbung_tests::pen::field_of("household", "rw")).is_empty());
    }

    fn what_a_deactivated_person_has_is_kept_as_well(server: Server) {
        let admin = server.admin();
        let (person, mut pen) = kader(&server, &admin, &[DUWET]);
        house(&mut pen);
        act(&server, &admin, &format!("/v1/people/{person}/deactivate"), json!({}));
        pen.token = pen.phone.token(&server);
        assert_eq!(pen.push(&server).held[0].reason, Refusal::RevokedDevice);
        assert_eq!(held(&server, &admin).len(), 1);
        assert!(Pulled::all(&server, &admin).records().is_empty());
    }

    fn counterexample_12_authority_is_judged_by_when_the_work_was_done(server: Server) {
        let admin = server.admin();
        let (person, mut pen) = kader(&server, &admin, &[DUWET, TUMPANG]);
        let end = |area: &str| {
            act(&server, &admin, &format!("/v1/people/{person}/assignments/{area}/end"), json!({}));
        };
        // Saved while she worked in both, brought when she works in one: the server heard of her before that ended.
        let in_time = house(&mut pen);
        pen.area = TUMPANG.parse().unwrap();
        house(&mut pen);
        next_second(&server, &pen);
        end(DUWET);
        next_second(&server, &pen);
        pen.token = pen.phone.token(&server);
        assert_eq!(pen.push(&server).held, []);
        assert_eq!(Pulled::all(&server, &admin).proven().len(), 2);
        // From here on nothing she brings can have been done in the first, whatever her phone says.
        pen.area = DUWET.parse().unwrap();
        pen.at_s -= 86_400;
        let late = pen.next_dot();
        house(&mut pen);
        pen.edit("household", in_time, "rw", Value::Text("001".into()), &[]);
        // Neither does it help to name the area where she still works.
        pen.area = TUMPANG.parse().unwrap();
        let foreign = pen.edit("household", in_time, "hamlet", Value::Text("Krajan".into()), &[]);
        house(&mut pen);
        next_second(&server, &pen);
        let held_now = pen.push(&server).held;
        let reasons: Vec<_> = held_now.iter().map(|held| (held.seq, held.reason)).collect();
        let expected = [
            (late.seq, Refusal::OutOfScope),
            (late.seq + 1, Refusal::OutOfScope),
            (foreign.seq, Refusal::ForeignArea),
        ];
        assert_eq!(reasons, expected);
        // Somebody answers for it, and a new assignment lets her go on.
        assert_eq!(held(&server, &admin).len(), 3);
        act(&server, &admin, &format!("/v1/people/{person}/assignments"), json!({ "area": DUWET }));
        pen.area = DUWET.parse().unwrap();
        house(&mut pen);
        assert_eq!(pen.push(&server).held, []);
    }

    fn a_stolen_token_of_a_revoked_phone_brings_nothing_under_anothers_number(server: Server) {
        let admin = server.admin();
        let (_, mut pen) = kader(&server, &admin, &[DUWET]);
        let mut other = Pen::kader(&server, &admin, "kader.dua", 2);
        house(&mut other);
        server.revoke(&admin, pen.phone.enrolled.device);
        pen.token = pen.phone.token(&server);
        let token = bearer(&pen.token);
        let headers = [("authorization", token.as_str()), ("content-type", "application/vnd.lumbung.batch")];
        let reply = server.post_bytes("/v1/push", headers, &other.batch().to_bytes());
        reply.refused(ErrorCode::ActorTaken);
        assert_eq!(other.push(&server).held, []);
        assert!(held(&server, &admin).is_empty());
    }
}
