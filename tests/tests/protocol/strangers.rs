//! Push and pull with tokens that do not hold.
//!
//! The rule this suite protects: *who cannot show who she is neither writes nor reads*, and is told by name what to do.

use crate::token::with_secrets_of;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lumbung_tests::people::DUWET;
use lumbung_tests::{Pen, Pulled, Server, fake, on_both};
use schema::Value;
use serde_json::{Value as Json, json};
use server::service::claims::Claims;
use sync_core::{Epoch, ErrorCode};

/// Tokens made from a good one that must not hold.
fn forged(server: &Server, pen: &Pen) -> Vec<(&'static str, String)> {
    let own = with_secrets_of(server, pen.phone.enrolled.server_time_s);
    let claims = Claims::from_token(&own, &pen.token).unwrap();
    let (stranger, _) = fake::world(2);
    let parts: Vec<&str> = pen.token.split('.').collect();
    let text = |part: &str| String::from_utf8(URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    let none = URL_SAFE_NO_PAD.encode(text(parts[0]).replace("HS256", "none"));
    let promoted = URL_SAFE_NO_PAD.encode(text(parts[1]).replace("kader", "district_admin"));
    assert_ne!(promoted, parts[1]);
    let made = |claims: Claims| claims.to_token(&own).unwrap();
    vec![
        ("expired", made(Claims { exp: pen.phone.enrolled.server_time_s - 1, ..claims.clone() })),
        ("of another epoch", made(Claims { epoch: Epoch(1), ..claims.clone() })),
        ("of another server", claims.to_token(&stranger).unwrap()),
        ("promoted", format!("{}.{promoted}.{}", parts[0], parts[2])),
        ("unsigned", format!("{none}.{}.", parts[1])),
        ("signed and said to be unsigned", format!("{none}.{}.{}", parts[1], parts[2])),
        ("cut", pen.token[..pen.token.len() - 1].into()),
        ("empty", String::new()),
    ]
}

on_both! {
    fn a_token_that_does_not_hold_neither_pushes_nor_pulls(server: Server) {
        let admin = server.admin();
        let mut pen = Pen::kader(&server, &admin, "kader.satu", 1);
        pen.create("household", &[("rt", Value::Text("001".into()))]);
        let body = pen.batch().to_bytes();
        let good = pen.token.clone();
        for (what, token) in forged(&server, &pen) {
            pen.token.clone_from(&token);
            let pushed = pen.send(&server, &body);
            assert_eq!(pushed.status, 401, "{what}");
            pushed.refused(ErrorCode::Unauthorized);
            for path in ["/v1/pull", "/v1/areas/3507162013/snapshot", "/v1/quarantine"] {
                server.get(path, Some(&token)).refused(ErrorCode::Unauthorized);
            }
        }
        pen.token = good;
        let typed = [("content-type", "application/vnd.lumbung.batch")];
        server.post_bytes("/v1/push", typed, &body).refused(ErrorCode::Unauthorized);
        server.get("/v1/pull", None).refused(ErrorCode::Unauthorized);
        assert!(Pulled::all(&server, &pen.token).records().is_empty());
        assert_eq!(pen.push(&server).held, []);
    }

    fn only_devices_write_whoever_asks(server: Server) {
        let admin = server.admin();
        let (_, person) = server.somebody(&admin, "kader.dua", "kader", &[DUWET]);
        let mut pen = Pen::kader(&server, &admin, "kader.satu", 1);
        pen.create("household", &[("rt", Value::Text("001".into()))]);
        let (body, good) = (pen.batch().to_bytes(), pen.token.clone());
        for token in [&admin, &person] {
            pen.token.clone_from(token);
            pen.send(&server, &body).refused(ErrorCode::Forbidden);
            // Who may not write is told so before anybody looks at what she sends.
            pen.send(&server, b"bukan").refused(ErrorCode::Forbidden);
        }
        pen.token = good;
        assert!(Pulled::all(&server, &admin).records().is_empty());
        pen.push(&server);
        assert_eq!(Pulled::all(&server, &person).records().len(), 1);
    }

    fn what_a_role_may_is_judged_now_and_not_when_the_token_was_made(server: Server) {
        let admin = server.admin();
        let person = server.add_person(&admin, "kader.satu", "kader", &[DUWET]);
        let phone = lumbung_tests::Phone::enrol(&server, &server.invite(&admin, &person), 1);
        let mut pen = Pen::new(&server, phone, DUWET);
        pen.create("household", &[]);
        pen.push(&server);
        assert_eq!(Pulled::all(&server, &pen.token).records().len(), 1);
        let path = format!("/v1/people/{person}/assignments/{DUWET}/end");
        server.post(&path, Some(&admin), &json!({})).done();
        let reply = server.get("/v1/pull", Some(&pen.token));
        assert_eq!(reply.status, 200);
        assert!(Pulled::all(&server, &pen.token).records().is_empty());
        let session: Json = pen.phone.ask(&server).ok();
        assert_eq!(session["areas"], json!([]));
    }
}
