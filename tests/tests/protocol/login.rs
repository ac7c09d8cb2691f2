//! First admin, passwords, logins.

use lumbung_tests::people::{DUWET, PASSWORD};
use lumbung_tests::{Server, on_both};
use serde_json::{Value, json};
use sync_core::ErrorCode;

on_both! {
    fn the_first_admin_sets_her_password_and_signs_in(server: Server) {
        let session: Value = {
            server.set_password("admin", &server.first_code);
            server.post("/v1/login", None, &json!({ "login": "admin", "password": PASSWORD })).ok()
        };
        assert_eq!(session["role"], "district_admin");
        assert_eq!(session["areas"], json!(["35.07"]));
        assert_eq!(session["epoch"].as_str().unwrap().len(), 32);
        assert_eq!(session["server_key"].as_str().unwrap().len(), 43);
        assert_eq!(session["expires_in_s"], 900);
        assert_eq!(server.get("/v1/people", session["token"].as_str()).status, 200);
    }

    fn every_wrong_login_reads_the_same(server: Server) {
        let admin = server.admin();
        server.add_person(&admin, "tanpa.sandi", "kader", &[DUWET]);
        let (gone, _) = server.somebody(&admin, "sudah.pergi", "kader", &[DUWET]);
        server.post(&format!("/v1/people/{gone}/deactivate"), Some(&admin), &json!({})).done();
        let login = |login: &str, password: &str| {
            let reply = server.post("/v1/login", None, &json!({ "login": login, "password": password }));
            reply.refused(ErrorCode::BadCredentials);
            reply.body
        };
        let answers = [
            login("admin", "bukan-sandinya"),
            login("tidak.ada", PASSWORD),
            login("tanpa.sandi", PASSWORD),
            login("sudah.pergi", PASSWORD),
            login("admin' OR 1=1 --", PASSWORD),
        ];
        assert!(answers.iter().all(|answer| *answer == answers[0]));
    }

    fn a_code_sets_one_password_once(server: Server) {
        let set = |login: &str, code: &str, password: &str| {
            server.post("/v1/password", None, &json!({ "login": login, "code": code, "password": password }))
        };
        set("admin", "0000-0000-0000-0000", PASSWORD).refused(ErrorCode::CodeInvalid);
        set("orang.lain", &server.first_code, PASSWORD).refused(ErrorCode::CodeInvalid);
        set("admin", &server.first_code, "pendek").refused(ErrorCode::BadRequest);
        set("admin", &server.first_code, &"x".repeat(129)).refused(ErrorCode::BadRequest);
        set("admin", &server.first_code.to_lowercase().replace('-', " "), PASSWORD).done();
        // The answer was lost: the same again is answered again, another password is not set.
        set("admin", &server.first_code, PASSWORD).done();
        set("admin", &server.first_code, "sandi-yang-lain").refused(ErrorCode::CodeInvalid);
        server.login("admin");
    }

    fn a_reset_ends_the_old_password(server: Server) {
        let admin = server.admin();
        let (id, _) = server.somebody(&admin, "plkb.tumpang", "plkb", &[DUWET]);
        let code = server.reset(&admin, &id);
        server.login("plkb.tumpang");
        let new = json!({ "login": "plkb.tumpang", "code": code, "password": "sandi-yang-baru" });
        server.post("/v1/password", None, &new).done();
        let old = json!({ "login": "plkb.tumpang", "password": PASSWORD });
        server.post("/v1/login", None, &old).refused(ErrorCode::BadCredentials);
        let new = json!({ "login": "plkb.tumpang", "password": "sandi-yang-baru" });
        assert_eq!(server.post("/v1/login", None, &new).status, 200);
    }

    fn the_console_resets_the_last_admin(server: Server) {
        let output = server.command(&["admin", "reset", "admin"]);
        assert!(output.status.success());
        let text = String::from_utf8(output.stdout).unwrap();
        server.set_password("admin", text.lines().last().unwrap());
        server.login("admin");
        assert!(!server.command(&["admin", "reset", "tidak.ada"]).status.success());
    }
}
