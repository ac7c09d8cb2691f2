//! Nothing personal leaves by the back door.

use lumbung_tests::people::{DUWET, PASSWORD};
use lumbung_tests::phone::Phone;
use lumbung_tests::{Server, on_both};
use serde_json::{Value, json};

/// The server's own addresses are said once, at its start.
fn is_of_the_start(line: &str) -> bool {
    ["\"starting\"", "\"listening\"", "actix_server"].iter().any(|text| line.contains(text))
}

on_both! {
    fn the_log_and_the_counters_name_nobody(server: Server) {
        let admin = server.admin();
        let new = json!({ "login": "siti.rahayu", "label": "Bu Siti", "role": "kader", "areas": [DUWET] });
        let kader: Value = server.post("/v1/people", Some(&admin), &new).ok();
        let id = kader["id"].as_str().unwrap();
        let code = server.invite(&admin, id);
        let phone = Phone::enrol(&server, &code, 1);
        let token = phone.token(&server);
        // Refusals whose reason is near what somebody typed.
        server.post("/v1/people", Some(&admin), &new);
        server.post("/v1/login", None, &json!({ "login": "siti.rahayu", "password": "sandi-salah-sekali" }));
        server.post("/v1/login", None, &json!({ "login": "siti.rahayu", "password": 7 }));
        server.get("/v1/people?after=siti.rahayu", Some(&admin));
        server.get("/v1/siti.rahayu", Some(&admin));
        server.post("/v1/people/siti.rahayu/invite", Some(&admin), &json!({}));
        let log = server.log().join("\n");
        let reply = server.get("/metrics", None);
        let counters = reply.text();
        assert!(log.contains("\"route\":\"/v1/people/{id}/invite\""), "{log}");
        let secrets = [PASSWORD, "sandi-salah", "siti", "Siti", id, &code, &token, &admin, "127.0.0.1:", DUWET];
        for secret in secrets {
            let lines = log.lines().filter(|line| line.contains(secret) && !is_of_the_start(line));
            let lines: Vec<&str> = lines.collect();
            assert!(lines.is_empty(), "{secret} in {lines:?}");
            assert!(!counters.contains(secret), "{secret}");
        }
    }

    fn secrets_open_to_others_are_not_used(server: Server) {
        use std::fs::{Permissions, set_permissions};
        use std::os::unix::fs::PermissionsExt;
        set_permissions(server.secrets(), Permissions::from_mode(0o644)).unwrap();
        let refused = server.command(&["admin", "devices", "35.07"]);
        assert!(!refused.status.success());
        assert!(String::from_utf8(refused.stderr).unwrap().contains("chmod 600"));
    }
}
