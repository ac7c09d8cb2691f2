//! Lost phones, and people who left.

use lumbung_tests::people::DUWET;
use lumbung_tests::phone::Phone;
use lumbung_tests::{Server, on_both};
use serde_json::{Value, json};
use sync_core::ErrorCode;

on_both! {
    fn a_revoked_device_keeps_one_door(server: Server) {
        let admin = server.admin();
        let kader = server.add_person(&admin, "kader.satu", "kader", &[DUWET]);
        let phone = Phone::enrol(&server, &server.invite(&admin, &kader), 1);
        let token = phone.token(&server);
        server.revoke(&admin, phone.enrolled.device);
        server.revoke(&admin, phone.enrolled.device);
        // The token it has no longer holds, and it is told why.
        server.post("/v1/actors", Some(&token), &json!({})).refused(ErrorCode::DeviceRevoked);
        // It still gets one, that opens nothing but the last door.
        let session: Value = phone.ask(&server).ok();
        assert_eq!(session["revoked"], true);
        server.post("/v1/actors", session["token"].as_str(), &json!({})).refused(ErrorCode::DeviceRevoked);
        // The same person goes on with a new phone.
        let next = Phone::enrol(&server, &server.invite(&admin, &kader), 2);
        assert_eq!(next.enrolled.person, phone.enrolled.person);
        assert_ne!(next.enrolled.actor, phone.enrolled.actor);
        next.token(&server);
        let devices: Vec<Value> = server.get("/v1/devices", Some(&admin)).ok();
        assert_eq!(devices.iter().filter(|device| device["revoked_at_s"].is_null()).count(), 1);
    }

    fn who_left_may_only_bring_in_what_she_has(server: Server) {
        let admin = server.admin();
        let (kader, own) = server.somebody(&admin, "kader.satu", "kader", &[DUWET]);
        let phone = Phone::enrol(&server, &server.invite(&admin, &kader), 1);
        let token = phone.token(&server);
        server.post(&format!("/v1/people/{kader}/deactivate"), Some(&admin), &json!({})).done();
        server.get("/v1/devices", Some(&own)).refused(ErrorCode::Unauthorized);
        server.post("/v1/actors", Some(&token), &json!({})).refused(ErrorCode::DeviceRevoked);
        let session: Value = phone.ask(&server).ok();
        assert_eq!(session["revoked"], true);
        let path = format!("/v1/people/{kader}/invite");
        server.post(&path, Some(&admin), &json!({})).refused(ErrorCode::NotFound);
    }

    fn the_console_revokes_too(server: Server) {
        let admin = server.admin();
        let kader = server.add_person(&admin, "kader.satu", "kader", &[DUWET]);
        let phone = Phone::enrol(&server, &server.invite(&admin, &kader), 1);
        let listed = server.command(&["admin", "devices", "35.07"]);
        assert!(String::from_utf8(listed.stdout).unwrap().contains(&phone.enrolled.device.to_string()));
        assert!(server.command(&["admin", "revoke", &phone.enrolled.device.to_string()]).status.success());
        assert_eq!(phone.ask(&server).ok::<Value>()["revoked"], true);
        let verified = server.command(&["admin", "access-log", "35.07"]);
        assert!(verified.status.success(), "{verified:?}");
    }
}
