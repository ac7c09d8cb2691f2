//! What machines read: health, counters, the description of the API.

use lumbung_tests::client::Client;
use lumbung_tests::people::{DUWET, PASSWORD};
use lumbung_tests::phone::{Phone, enrolment};
use lumbung_tests::{Database, Kind, Server, on_both};
use serde_json::{Value, json};
use server::routes::ROUTES;
use std::collections::BTreeSet;
use std::fs;
use sync_core::ErrorCode;

on_both! {
    fn it_says_that_it_lives_and_can_work(server: Server) {
        assert_eq!(server.get("/health", None).ok::<Value>()["status"], "ok");
        assert_eq!(server.get("/ready", None).ok::<Value>()["status"], "ok");
    }

    fn it_counts_by_route_and_code(server: Server) {
        server.get("/v1/challenge", None);
        server.get("/v1/people", None).refused(ErrorCode::Unauthorized);
        server.get("/v1/people/../x", None);
        let reply = server.get("/metrics", None);
        let text = reply.text();
        let counted = "lumbung_requests_total{method=\"GET\",route=\"/v1/challenge\",status=\"200\"} 1";
        assert!(text.contains(counted), "{text}");
        assert!(text.contains("lumbung_refusals_total{code=\"unauthorized\"} 1"), "{text}");
        assert!(text.contains("lumbung_request_seconds_bucket"), "{text}");
        assert!(text.contains("lumbung_database_connections"), "{text}");
    }

    fn every_route_is_described_and_every_described_route_is_there(server: Server) {
        let api: Value = server.get("/openapi.json", None).ok();
        let mut described = BTreeSet::new();
        for (path, methods) in api["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                described.insert((method.clone(), path.clone()));
                assert!(operation["summary"].as_str().is_some_and(|text| !text.is_empty()), "{method} {path}");
                assert!(operation["responses"].is_object(), "{method} {path}");
                let filled = path
                    .replace("{id}", "00000000-0000-4000-8000-000000000000")
                    .replace("{area}", "35.07.16.2013")
                    .replace("{table}", "visit.csv");
                let reply = match method.as_str() {
                    "get" => server.get(&filled, None),
                    "post" => server.post(&filled, None, &json!({})),
                    other => panic!("{other} {path}"),
                };
                assert_ne!(reply.status, 404, "{method} {path}");
            }
        }
        let routes = ROUTES.iter().map(|(method, path)| (method.to_string(), path.to_string()));
        assert_eq!(described, routes.collect());
    }

    fn answers_are_as_described(server: Server) {
        let api: Value = server.get("/openapi.json", None).ok();
        let admin = server.admin();
        let kader = server.add_person(&admin, "kader.satu", "kader", &[DUWET]);
        let code = server.invite(&admin, &kader);
        let phone = Phone::enrol(&server, &code, 1);
        let token = phone.token(&server);
        let login = json!({ "login": "admin", "password": PASSWORD });
        let enrol = enrolment(&code, &phone.key);
        let proof = serde_json::to_value(phone.request(&server)).unwrap();
        let gets = ["/health", "/ready", "/v1/limits", "/v1/errors", "/v1/challenge", "/v1/people", "/v1/devices"];
        let gets = gets.map(|path| (path, server.get(path, Some(&admin))));
        let posts = [
            ("/v1/login", server.post("/v1/login", None, &login)),
            ("/v1/enrol", server.post("/v1/enrol", None, &enrol)),
            ("/v1/token", server.post("/v1/token", None, &proof)),
            ("/v1/actors", server.post("/v1/actors", Some(&token), &json!({}))),
        ];
        for (method, answers) in [("get", &gets[..]), ("post", &posts[..])] {
            for (path, reply) in answers {
                let pointer = format!("/paths/{}/{method}/responses/200/content", path.replace('/', "~1"));
                let schema = &api.pointer(&pointer).unwrap()["application/json"]["schema"];
                fits(&api, schema, &reply.ok(), path);
            }
        }
        fits(&api, &json!({ "$ref": "#/components/schemas/LoginRequest" }), &login, "login");
        fits(&api, &json!({ "$ref": "#/components/schemas/EnrolRequest" }), &enrol, "enrol");
        fits(&api, &json!({ "$ref": "#/components/schemas/TokenRequest" }), &proof, "token");
    }

    fn every_name_the_description_uses_is_in_it(server: Server) {
        let reply = server.get("/openapi.json", None);
        let text = reply.text();
        let api = reply.json();
        for reference in text.split("\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(api.pointer(reference).is_some(), "{reference}");
        }
        let codes: BTreeSet<&str> = api["components"]["schemas"]["ErrorBody"]["properties"]["code"]["enum"]
            .as_array()
            .unwrap()
            .iter()
            .map(|code| code.as_str().unwrap())
            .collect();
        assert_eq!(codes, ErrorCode::ALL.iter().map(|code| code.name()).collect());
    }
}

/// Has `value` every field the schema requires, and none that it does not know?
fn fits(api: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(reference) = schema["$ref"].as_str() {
        return fits(api, api.pointer(&reference[1..]).unwrap(), value, at);
    }
    match (schema["type"].as_str(), value) {
        (Some("array"), Value::Array(items)) => {
            items.iter().for_each(|item| fits(api, &schema["items"], item, at));
        }
        (Some("object"), Value::Object(fields)) => {
            let known = &schema["properties"];
            for (name, value) in fields {
                assert!(known.get(name).is_some(), "{at}: {name} is not described");
                fits(api, &known[name], value, &format!("{at}.{name}"));
            }
            for name in schema["required"].as_array().unwrap() {
                assert!(fields.contains_key(name.as_str().unwrap()), "{at}: {name} is missing");
            }
        }
        (Some("string"), Value::String(_)) | (Some("boolean"), Value::Bool(_)) | (None, _) => {}
        (Some("integer"), Value::Number(number)) if number.is_i64() || number.is_u64() => {}
        (Some(expected), _) => panic!("{at}: {value} is no {expected}"),
    }
}

#[test]
fn a_small_machine_is_enough() {
    let server = Server::fresh(Kind::Sqlite);
    let admin = server.admin();
    for _ in 0..200 {
        assert_eq!(server.get("/v1/people", Some(&admin)).status, 200);
    }
    // Of its own, without the pages of the binary, which in a debug build are many.
    let status = fs::read_to_string(format!("/proc/{}/status", server.pid())).unwrap();
    let rss = status.lines().find(|line| line.starts_with("RssAnon:")).unwrap();
    let rss_kib: u64 = rss.split_whitespace().nth(1).unwrap().parse().unwrap();
    assert!(rss_kib < 32 * 1024, "{rss}");
}

#[test]
fn it_speaks_tls_by_itself() {
    let made = rcgen::generate_simple_self_signed(["localhost".to_string()]).unwrap();
    let database = Database::fresh(Kind::Sqlite);
    let (cert, key) = (database.folder().join("cert.pem"), database.folder().join("key.pem"));
    fs::write(&cert, made.cert.pem()).unwrap();
    fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let options = ["--tls-cert", cert.to_str().unwrap(), "--tls-key", key.to_str().unwrap()];
    let server = Server::with(database, &options);
    let port = server.base().rsplit(':').next().unwrap().to_string();
    let trusted = Client::trusting(&format!("https://localhost:{port}"), made.cert.der());
    assert_eq!(trusted.get("/health", None).ok::<Value>()["status"], "ok");
}
