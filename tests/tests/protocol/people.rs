//! Who may keep whom.

use lumbung_tests::people::{DUWET, ELSEWHERE, TUMPANG};
use lumbung_tests::phone::Phone;
use lumbung_tests::{Server, on_both};
use serde_json::{Value, json};
use sync_core::ErrorCode;

on_both! {
    fn a_plkb_keeps_the_kader_of_her_own_villages(server: Server) {
        let admin = server.admin();
        let (_, plkb) = server.somebody(&admin, "plkb.tumpang", "plkb", &[DUWET, TUMPANG]);
        let inside = server.add_person(&plkb, "kader.dalam", "kader", &[DUWET]);
        server.invite(&plkb, &inside);
        let outside = server.add_person(&admin, "kader.luar", "kader", &[ELSEWHERE]);
        let both = server.add_person(&admin, "bidan.dua", "midwife", &[DUWET, ELSEWHERE]);
        let peer = server.add_person(&admin, "plkb.lain", "plkb", &[DUWET]);
        for id in [&outside, &both, &peer, "00000000-0000-4000-8000-000000000000"] {
            for act in ["invite", "reset", "deactivate"] {
                let path = format!("/v1/people/{id}/{act}");
                server.post(&path, Some(&plkb), &json!({})).refused(ErrorCode::NotFound);
            }
        }
        let new = |role: &str, areas: &[&str]| {
            let new = json!({ "login": "baru.saja", "label": "", "role": role, "areas": areas });
            server.post("/v1/people", Some(&plkb), &new)
        };
        new("kader", &[ELSEWHERE]).refused(ErrorCode::Forbidden);
        new("kader", &[]).refused(ErrorCode::Forbidden);
        new("plkb", &[DUWET]).refused(ErrorCode::Forbidden);
        new("district_admin", &["35.07"]).refused(ErrorCode::Forbidden);
        let listed: Vec<Value> = server.get("/v1/people", Some(&plkb)).ok();
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0]["id"], inside);
    }

    fn devices_are_seen_by_those_who_keep_their_people(server: Server) {
        let admin = server.admin();
        let (_, plkb) = server.somebody(&admin, "plkb.tumpang", "plkb", &[DUWET]);
        let inside = server.add_person(&admin, "kader.dalam", "kader", &[DUWET]);
        let outside = server.add_person(&admin, "kader.luar", "kader", &[ELSEWHERE]);
        let inside = Phone::enrol(&server, &server.invite(&admin, &inside), 1);
        let outside = Phone::enrol(&server, &server.invite(&admin, &outside), 2);
        let listed: Vec<Value> = server.get("/v1/devices", Some(&plkb)).ok();
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0]["id"], inside.enrolled.device.to_string());
        let path = format!("/v1/devices/{}/revoke", outside.enrolled.device);
        server.post(&path, Some(&plkb), &json!({})).refused(ErrorCode::NotFound);
        assert_eq!(server.get("/v1/devices", Some(&admin)).ok::<Vec<Value>>().len(), 2);
    }

    fn kader_keep_nobody(server: Server) {
        let admin = server.admin();
        let (id, kader) = server.somebody(&admin, "kader.satu", "kader", &[DUWET]);
        let phone = Phone::enrol(&server, &server.invite(&admin, &id), 1);
        for token in [kader, phone.token(&server)] {
            server.get("/v1/people", Some(&token)).refused(ErrorCode::Forbidden);
            server.get("/v1/devices", Some(&token)).refused(ErrorCode::Forbidden);
            server.post(&format!("/v1/people/{id}/invite"), Some(&token), &json!({})).refused(ErrorCode::Forbidden);
        }
    }

    fn a_login_is_unique_and_plain(server: Server) {
        let admin = server.admin();
        server.add_person(&admin, "kader.satu", "kader", &[DUWET]);
        let new = |login: &str, areas: &[&str]| {
            let new = json!({ "login": login, "label": "", "role": "kader", "areas": areas });
            server.post("/v1/people", Some(&admin), &new)
        };
        new("kader.satu", &[DUWET]).refused(ErrorCode::Conflict);
        for login in ["ab", "Kader", "kader satu", "käder", &"k".repeat(65)] {
            new(login, &[DUWET]).refused(ErrorCode::BadRequest);
        }
        new("kader.dua", &["35.08"]).refused(ErrorCode::Forbidden);
        new("kader.dua", &["bukan"]).refused(ErrorCode::BadRequest);
        new("kader.dua", &[DUWET, DUWET]).ok::<Value>();
    }

    fn a_list_goes_on_after_the_last_one(server: Server) {
        let admin = server.admin();
        for i in 0..5 {
            server.add_person(&admin, &format!("kader.{i}"), "kader", &[DUWET]);
        }
        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let page: Vec<Value> = server.get(&format!("/v1/people?limit=2{after}"), Some(&admin)).ok();
            let Some(last) = page.last() else { break };
            after = format!("&after={}", last["id"].as_str().unwrap());
            seen.extend(page.iter().map(|person| person["login"].as_str().unwrap().to_string()));
        }
        seen.sort();
        assert_eq!(seen, ["admin", "kader.0", "kader.1", "kader.2", "kader.3", "kader.4"]);
        server.get("/v1/people?limit=x", Some(&admin)).refused(ErrorCode::BadRequest);
    }
}
