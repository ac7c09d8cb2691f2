//! Who works where.

use lumbung_tests::people::{DUWET, ELSEWHERE, TUMPANG};
use lumbung_tests::phone::Phone;
use lumbung_tests::{Server, on_both};
use serde_json::{Value, json};
use sync_core::ErrorCode;

on_both! {
    fn scope_follows_assignments_at_once(server: Server) {
        let admin = server.admin();
        let kader = server.add_person(&admin, "kader.satu", "kader", &[DUWET]);
        let phone = Phone::enrol(&server, &server.invite(&admin, &kader), 1);
        let give = |area: &str| {
            let path = format!("/v1/people/{kader}/assignments");
            server.post(&path, Some(&admin), &json!({ "area": area }))
        };
        let end = |area: &str| {
            let path = format!("/v1/people/{kader}/assignments/{area}/end");
            server.post(&path, Some(&admin), &json!({}))
        };
        give(TUMPANG).done();
        give(TUMPANG).done();
        assert_eq!(phone.ask(&server).ok::<Value>()["areas"].as_array().unwrap().len(), 2);
        end(DUWET).done();
        end(DUWET).done();
        assert_eq!(phone.ask(&server).ok::<Value>()["areas"], json!([TUMPANG]));
        give("35.08.01.2001").refused(ErrorCode::Forbidden);
        give("35").refused(ErrorCode::BadRequest);
        end("bukan").refused(ErrorCode::BadRequest);
    }

    fn a_plkb_moves_kader_only_inside_her_own(server: Server) {
        let admin = server.admin();
        let (_, plkb) = server.somebody(&admin, "plkb.tumpang", "plkb", &[DUWET, TUMPANG]);
        let kader = server.add_person(&plkb, "kader.satu", "kader", &[DUWET]);
        let path = format!("/v1/people/{kader}/assignments");
        server.post(&path, Some(&plkb), &json!({ "area": TUMPANG })).done();
        server.post(&path, Some(&plkb), &json!({ "area": ELSEWHERE })).refused(ErrorCode::Forbidden);
        // Once the admin sends her elsewhere too, she is no longer the PLKB's alone.
        server.post(&path, Some(&admin), &json!({ "area": ELSEWHERE })).done();
        server.post(&path, Some(&plkb), &json!({ "area": TUMPANG })).refused(ErrorCode::NotFound);
    }

    fn without_an_assignment_an_admin_may_nothing(server: Server) {
        let admin = server.admin();
        let people: Vec<Value> = server.get("/v1/people", Some(&admin)).ok();
        let id = people[0]["id"].as_str().unwrap();
        let path = format!("/v1/people/{id}/assignments/35.07/end");
        server.post(&path, Some(&admin), &json!({})).done();
        assert!(server.get("/v1/people", Some(&admin)).ok::<Vec<Value>>().is_empty());
        let path = format!("/v1/people/{id}/assignments");
        server.post(&path, Some(&admin), &json!({ "area": "35.07" })).refused(ErrorCode::NotFound);
    }
}
