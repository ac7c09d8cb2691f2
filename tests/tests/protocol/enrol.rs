//! Enrolment of phones.

use lumbung_tests::people::DUWET;
use lumbung_tests::phone::{Phone, enrolment, key};
use lumbung_tests::{Server, on_both};
use serde_json::{Value, json};
use sync_core::ErrorCode;

on_both! {
    fn a_phone_is_enrolled_with_a_code(server: Server) {
        let admin = server.admin();
        let kader = server.add_person(&admin, "kader.satu", "kader", &[DUWET]);
        let code = server.invite(&admin, &kader);
        let answer: Value = server.post("/v1/enrol", None, &enrolment(&code, &key(1))).ok();
        assert_eq!(answer["person"], kader);
        assert_eq!(answer["role"], "kader");
        assert_eq!(answer["areas"], json!([DUWET]));
        assert_eq!(answer["actor"].as_str().unwrap().len(), 16);
        let session: Value = server.post("/v1/login", None, &json!({ "login": "admin", "password": "x" })).json();
        assert_eq!(session["code"], "bad_credentials");
        let devices: Value = server.get("/v1/devices", Some(&admin)).ok();
        assert_eq!(devices[0]["id"], answer["device"]);
        assert_eq!(devices[0]["revoked_at_s"], Value::Null);
    }

    fn a_lost_answer_costs_nothing(server: Server) {
        let admin = server.admin();
        let kader = server.add_person(&admin, "kader.satu", "kader", &[DUWET]);
        let code = server.invite(&admin, &kader);
        let first = Phone::enrol(&server, &code, 1);
        let again = Phone::enrol(&server, &code, 1);
        assert_eq!((again.enrolled.device, again.enrolled.actor), (first.enrolled.device, first.enrolled.actor));
        assert_eq!(server.get("/v1/devices", Some(&admin)).ok::<Vec<Value>>().len(), 1);
        // Another phone with the same code gets nothing.
        server.post("/v1/enrol", None, &enrolment(&code, &key(2))).refused(ErrorCode::CodeInvalid);
    }

    fn a_key_has_one_device(server: Server) {
        let admin = server.admin();
        let kader = server.add_person(&admin, "kader.satu", "kader", &[DUWET]);
        Phone::enrol(&server, &server.invite(&admin, &kader), 1);
        let second = server.invite(&admin, &kader);
        server.post("/v1/enrol", None, &enrolment(&second, &key(1))).refused(ErrorCode::ActorTaken);
        // The code was not used up by the refusal.
        Phone::enrol(&server, &second, 2);
    }

    fn what_is_no_code_or_no_key_is_refused(server: Server) {
        let admin = server.admin();
        let kader = server.add_person(&admin, "kader.satu", "kader", &[DUWET]);
        let reset = server.reset(&admin, &kader);
        server.post("/v1/enrol", None, &enrolment(&reset, &key(1))).refused(ErrorCode::CodeInvalid);
        server.post("/v1/enrol", None, &enrolment("", &key(1))).refused(ErrorCode::CodeInvalid);
        let code = server.invite(&admin, &kader);
        for public_key in ["", "abc", &"A".repeat(43), &"A".repeat(1000)] {
            let request = json!({ "code": code, "public_key": public_key, "app_version": "1" });
            server.post("/v1/enrol", None, &request).refused(ErrorCode::BadRequest);
        }
        server.post(&format!("/v1/people/{kader}/deactivate"), Some(&admin), &json!({})).done();
        server.post("/v1/enrol", None, &enrolment(&code, &key(1))).refused(ErrorCode::CodeInvalid);
    }

    fn a_device_gets_further_numbers(server: Server) {
        let admin = server.admin();
        let kader = server.add_person(&admin, "kader.satu", "kader", &[DUWET]);
        let phone = Phone::enrol(&server, &server.invite(&admin, &kader), 1);
        let token = phone.token(&server);
        let given: Value = server.post("/v1/actors", Some(&token), &json!({})).ok();
        assert_ne!(given["actor"], phone.enrolled.actor.to_string());
        let session: Value = phone.ask(&server).ok();
        let heads = session["heads"].as_array().unwrap();
        assert_eq!(heads.len(), 2);
        assert!(heads.iter().all(|head| head["seq"] == 0));
        // A person with a password is no device.
        server.post("/v1/actors", Some(&admin), &json!({})).refused(ErrorCode::Forbidden);
    }
}
