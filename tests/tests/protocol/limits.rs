//! Limits and refusals.

use lumbung_tests::people::PASSWORD;
use lumbung_tests::{Database, Kind, Server, on_both};
use serde_json::{Value, json};
use sync_core::ErrorCode;

on_both! {
    fn a_body_may_be_as_large_as_the_limits_say(server: Server) {
        let limits: Value = server.get("/v1/limits", None).ok();
        let most = limits["request_bytes_max"].as_u64().unwrap() as usize;
        let json = [("content-type", "application/json")];
        let mut body = json!({ "login": "admin", "password": PASSWORD }).to_string();
        body.push_str(&" ".repeat(most - body.len()));
        server.post_bytes("/v1/login", json, body.as_bytes()).refused(ErrorCode::BadCredentials);
        body.push(' ');
        server.post_bytes("/v1/login", json, body.as_bytes()).refused(ErrorCode::TooLarge);
    }

    fn refusals_say_what_to_do_in_the_readers_language(server: Server) {
        let reply = server.get("/v1/people", None);
        reply.refused(ErrorCode::Unauthorized);
        assert_eq!(reply.header("content-language"), Some("id"));
        let english = server.get_with("/v1/people", [("accept-language", "en-GB,id;q=0.5")]);
        assert_eq!(english.header("content-language"), Some("en"));
        assert_eq!(english.json()["message"], ErrorCode::Unauthorized.message_en());
        let table: Vec<Value> = server.get("/v1/errors", None).ok();
        assert_eq!(table.len(), ErrorCode::ALL.len());
        assert!(table.iter().any(|line| line["code"] == "unauthorized" && line["status"] == 401));
    }

    fn what_cannot_be_read_is_refused_by_name(server: Server) {
        let json = [("content-type", "application/json")];
        let post = |headers: &[(&'static str, &'static str)], body: &[u8]| {
            server.post_bytes("/v1/login", headers.iter().copied(), body)
        };
        post(&json, b"{").refused(ErrorCode::BadBody);
        post(&json, b"{\"login\":\"admin\"}").refused(ErrorCode::BadRequest);
        post(&json, b"[1, 2]").refused(ErrorCode::BadRequest);
        post(&json, &[0xff, 0xfe]).refused(ErrorCode::BadBody);
        post(&[("content-type", "text/plain")], b"{}").refused(ErrorCode::UnsupportedMedia);
        server.get("/v1/tidak-ada", None).refused(ErrorCode::NotFound);
        server.get("/v1/login", None).refused(ErrorCode::NotFound);
        let admin = server.admin();
        server.post("/v1/people/bukan-id/invite", Some(&admin), &json!({})).refused(ErrorCode::BadRequest);
    }
}

#[test]
fn guesses_at_one_login_are_slowed_down() {
    let server = Server::with(Database::fresh(Kind::Sqlite), &[]);
    let guess = |login: &str| {
        server.post("/v1/login", None, &json!({ "login": login, "password": "bukan-sandinya" }))
    };
    for _ in 0..5 {
        guess("admin").refused(ErrorCode::BadCredentials);
    }
    let reply = guess("admin");
    reply.refused(ErrorCode::RateLimited);
    let wait_s: u32 = reply.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=30).contains(&wait_s));
    // Others at the same address are not.
    guess("orang.lain").refused(ErrorCode::BadCredentials);
}

#[test]
fn a_caller_has_a_rate_of_her_own() {
    let rate = ["--request-burst", "20", "--requests-per-minute", "1"];
    let server = Server::with(Database::fresh(Kind::Sqlite), &rate);
    let admin = server.admin();
    // Two requests at this address had no token yet.
    for _ in 0..18 {
        assert_eq!(server.get("/v1/challenge", None).status, 200);
    }
    server.get("/v1/challenge", None).refused(ErrorCode::RateLimited);
    // Whoever has a token is counted by name.
    for _ in 0..20 {
        assert_eq!(server.get("/v1/people", Some(&admin)).status, 200);
    }
    server.get("/v1/people", Some(&admin)).refused(ErrorCode::RateLimited);
    // Watchers are never turned away.
    assert_eq!(server.get("/health", None).status, 200);
    assert_eq!(server.get("/metrics", None).status, 200);
}

#[test]
fn behind_a_proxy_the_proxy_says_who_asks() {
    let rate = ["--request-burst", "1", "--requests-per-minute", "1", "--behind-proxy"];
    let server = Server::with(Database::fresh(Kind::Sqlite), &rate);
    let ask = |forwarded: &str| server.get_with("/v1/challenge", [("x-forwarded-for", forwarded)]);
    assert_eq!(ask("10.0.0.1").status, 200);
    assert_eq!(ask("10.0.0.2").status, 200);
    // Only the last address is the proxy's word.
    ask("10.0.0.9, 10.0.0.1").refused(ErrorCode::RateLimited);
}
