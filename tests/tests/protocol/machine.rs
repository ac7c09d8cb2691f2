//! What machines read: health, counters, the description of the API.

use lumbung_tests::{Server, on_both};
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
        let text = server.get("/metrics", None).body;
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
                    .replace("{area}", "35.07.16.2013");
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

    fn every_name_the_description_uses_is_in_it(server: Server) {
        let text = server.get("/openapi.json", None).body;
        let api: Value = serde_json::from_str(&text).unwrap();
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

#[test]
fn a_small_machine_is_enough() {
    use lumbung_tests::Kind;
    let server = Server::fresh(Kind::Sqlite);
    let admin = server.admin();
    for _ in 0..200 {
        assert_eq!(server.get("/v1/people", Some(&admin)).status, 200);
    }
    let status = fs::read_to_string(format!("/proc/{}/status", server.pid())).unwrap();
    let rss = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    let rss_kib: u64 = rss.split_whitespace().nth(1).unwrap().parse().unwrap();
    assert!(rss_kib < 40 * 1024, "{rss}");
}
