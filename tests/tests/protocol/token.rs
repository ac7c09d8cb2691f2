//! Tokens: who gets one, and which do not hold.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lumbung_tests::people::DUWET;
use lumbung_tests::phone::{Phone, key};
use lumbung_tests::{Server, fake, on_both};
use serde_json::{Value, json};
use server::service::claims::Claims;
use server::service::{Clock, Secrets, World};
use std::sync::Arc;
use sync_core::{Epoch, ErrorCode, Head, Mark};

fn enrolled(server: &Server) -> Phone {
    let admin = server.admin();
    let kader = server.add_person(&admin, "kader.satu", "kader", &[DUWET]);
    Phone::enrol(server, &server.invite(&admin, &kader), 1)
}

/// A world with the server's own secrets, at another time.
pub fn with_secrets_of(server: &Server, now_s: i64) -> World {
    let (world, clock) = fake::world(1);
    clock.advance_s(now_s - clock.now_s());
    let secrets: Secrets = serde_json::from_str(&std::fs::read_to_string(server.secrets()).unwrap()).unwrap();
    World { secrets: Arc::new(secrets), ..world }
}

on_both! {
    fn a_proof_gets_a_token(server: Server) {
        let phone = enrolled(&server);
        let session: Value = phone.ask(&server).ok();
        assert_eq!(session["revoked"], false);
        assert_eq!(session["epoch"], phone.enrolled.epoch.to_string());
        assert_eq!(session["server_key"], phone.enrolled.server_key);
        assert_eq!(session["heads"][0]["actor"], phone.enrolled.actor.to_string());
        assert_eq!(session["expires_in_s"], 3600);
    }

    fn a_proof_that_does_not_hold_gets_nothing(server: Server) {
        let phone = enrolled(&server);
        let refused = |request: &sync_core::TokenRequest| {
            server.post("/v1/token", None, request).refused(ErrorCode::BadCredentials);
        };
        let good = phone.request(&server);
        refused(&good.clone().signed(&key(9)));
        let mut altered = good.clone();
        altered.unsent += 1;
        refused(&altered);
        let mut unknown = good.clone();
        unknown.device = uuid::Uuid::from_u128(5);
        refused(&unknown.signed(&phone.key));
        for challenge in ["", "AAAA", &"A".repeat(64), &"A".repeat(4000)] {
            let mut stale = good.clone();
            stale.challenge = challenge.into();
            refused(&stale.signed(&phone.key));
        }
        let old = with_secrets_of(&server, phone.enrolled.server_time_s - 400);
        let mut stale = good.clone();
        stale.challenge = server::service::token::challenge(&old).challenge;
        refused(&stale.signed(&phone.key));
    }

    fn a_number_of_another_device_is_called_by_its_name(server: Server) {
        let phone = enrolled(&server);
        let admin = server.login("admin");
        let other = server.add_person(&admin, "kader.dua", "kader", &[DUWET]);
        let other = Phone::enrol(&server, &server.invite(&admin, &other), 2);
        for actor in [other.enrolled.actor, sync_core::ActorId(7)] {
            let mut request = phone.request(&server);
            request.heads = vec![Head::new(actor, Mark::start(actor))];
            server.post("/v1/token", None, &request.signed(&phone.key)).refused(ErrorCode::ActorTaken);
        }
    }

    fn a_token_that_does_not_hold_opens_nothing(server: Server) {
        let phone = enrolled(&server);
        let token = phone.token(&server);
        let refused = |token: &str| {
            server.post("/v1/actors", Some(token), &json!({})).refused(ErrorCode::Unauthorized);
        };
        let now_s = phone.enrolled.server_time_s;
        let own = with_secrets_of(&server, now_s);
        let claims = Claims::from_token(&own, &token).unwrap();
        assert_eq!(server.post("/v1/actors", Some(&claims.to_token(&own).unwrap()), &json!({})).status, 200);

        let expired = Claims { exp: now_s - 1, ..claims.clone() };
        refused(&expired.to_token(&own).unwrap());
        let other_epoch = Claims { epoch: Epoch(1), ..claims.clone() };
        refused(&other_epoch.to_token(&own).unwrap());
        let (stranger, _) = fake::world(2);
        refused(&claims.to_token(&stranger).unwrap());

        let parts: Vec<&str> = token.split('.').collect();
        let payload = URL_SAFE_NO_PAD.decode(parts[1]).unwrap();
        let altered = String::from_utf8(payload).unwrap().replace("kader", "district_admin");
        refused(&format!("{}.{}.{}", parts[0], URL_SAFE_NO_PAD.encode(altered), parts[2]));
        let header = URL_SAFE_NO_PAD.decode(parts[0]).unwrap();
        let none = String::from_utf8(header).unwrap().replace("HS256", "none");
        refused(&format!("{}.{}.", URL_SAFE_NO_PAD.encode(&none), parts[1]));
        refused(&format!("{}.{}.{}", URL_SAFE_NO_PAD.encode(none), parts[1], parts[2]));
        for nonsense in ["", "x", "a.b.c", &"A".repeat(5000)] {
            refused(nonsense);
        }
        server.get("/v1/people", None).refused(ErrorCode::Unauthorized);
    }

    fn a_renewed_secret_ends_no_token(server: Server) {
        let mut server = server;
        let phone = enrolled(&server);
        let token = phone.token(&server);
        for purpose in ["tokens", "challenges", "receipts", "sealing"] {
            assert!(server.command(&["admin", "renew-secret", purpose]).status.success());
        }
        assert!(!server.command(&["admin", "renew-secret", "matching"]).status.success());
        server.crash_and_restart();
        assert_eq!(server.post("/v1/actors", Some(&token), &json!({})).status, 200);
        let session: Value = phone.ask(&server).ok();
        assert_ne!(session["server_key"], phone.enrolled.server_key);
        assert_ne!(session["token"].as_str().unwrap().split('.').next(), token.split('.').next());
    }
}
