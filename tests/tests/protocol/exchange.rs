//! A whole sync in one question: what is refused, and what a refused part leaves alone.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use lumbung_tests::{Pen, Pulled, Reply, Server, on_both};
use schema::Value;
use serde_json::{Value as Json, json};
use sync_core::{ErrorCode, Receipt, TokenRequest};

/// A signed request that says what time it is on the server, so many seconds off.
fn timely(server: &Server, pen: &Pen, off_s: i64) -> TokenRequest {
    let now_s = pen.phone.enrolled.server_time_s + off_s;
    let request = TokenRequest { challenge: format!("at:{now_s}"), ..pen.phone.request(server) };
    request.signed(&pen.phone.key)
}

fn ask(server: &Server, token: &TokenRequest, push: &[Vec<u8>], cursor: &str) -> Reply {
    let push: Vec<String> = push.iter().map(|batch| STANDARD_NO_PAD.encode(batch)).collect();
    server.post(
        "/v1/exchange",
        None,
        &json!({ "token": token, "keys": null, "push": push, "cursor": cursor }),
    )
}

fn family(pen: &mut Pen) -> Vec<u8> {
    pen.create("household", &[("rt", Value::Text("001".into()))]);
    pen.batch().to_bytes()
}

on_both! {
    fn each_part_is_answered_as_by_itself(server: Server) {
        let admin = server.admin();
        let mut pen = Pen::kader(&server, &admin, "kader.satu", 1);
        let batch = family(&mut pen);
        let cursor = Pulled::all(&server, &pen.token).cursor;
        let told: Json = ask(&server, &timely(&server, &pen, 0), &[batch.clone(), b"no batch".to_vec()], &cursor).ok();
        let receipt: Receipt = serde_json::from_value(told["push"][0]["receipt"].clone()).unwrap();
        assert_eq!((receipt.seq, &told["push"][1]["refused"], &told["keys"]), (1, &json!("bad_body"), &Json::Null));
        let page = STANDARD_NO_PAD.decode(told["page"]["page"].as_str().unwrap()).unwrap();
        assert_eq!(sync_core::Page::of_bytes(&page, &lumbung_tests::pulled::BOUNDS).unwrap().records.len(), 1);
        assert!(told["token"]["token"].is_string());
        // A cursor that is none, and all of it again.
        let told: Json = ask(&server, &timely(&server, &pen, 0), &[batch], "nonsense").ok();
        assert_eq!(told["push"][0]["receipt"]["seq"], 1);
        assert!(told["page"]["refused"].is_string(), "{told}");
        assert_eq!(Pulled::all(&server, &admin).records().len(), 1);
    }

    fn only_the_device_itself_and_only_now(server: Server) {
        let admin = server.admin();
        let mut pen = Pen::kader(&server, &admin, "kader.satu", 1);
        let other = Pen::kader(&server, &admin, "kader.dua", 2);
        let batch = [family(&mut pen)];
        for off_s in [-3600, 3600, i64::MIN / 2] {
            ask(&server, &timely(&server, &pen, off_s), &batch, "").refused(ErrorCode::BadCredentials);
        }
        let mut forged = timely(&server, &pen, 0);
        forged.unsent += 1;
        ask(&server, &forged, &batch, "").refused(ErrorCode::BadCredentials);
        let stolen = timely(&server, &pen, 0).signed(&other.phone.key);
        ask(&server, &stolen, &batch, "").refused(ErrorCode::BadCredentials);
        // A challenge is for the other door, and a time is no challenge there.
        ask(&server, &pen.phone.request(&server).signed(&pen.phone.key), &batch, "").refused(ErrorCode::BadCredentials);
        server.post("/v1/token", None, &timely(&server, &pen, 0)).refused(ErrorCode::BadCredentials);
        server.post_bytes("/v1/exchange", [], b"{").refused(ErrorCode::BadRequest);
        // Somebody else's series does not come in under this name.
        let told: Json = ask(&server, &timely(&server, &other, 0), &batch, "").ok();
        assert_eq!(told["push"][0]["refused"], "actor_taken");
        assert_eq!(Pulled::all(&server, &admin).records().len(), 0);
    }
}
