//! A request that arrives and an answer that does not.
//!
//! The rule this suite protects: *sending again is free*: a phone that heard nothing sends the same, gets the receipt it
//! missed, and nothing is there twice.

use lumbung_tests::proxy::{Proxy, Wire};
use lumbung_tests::{Client, Pen, Phone, Pulled, Server, on_both};
use schema::Value;
use serde_json::{Value as Json, json};
use sync_core::{ActorId, Mark, Refusal};

const BATCH: &str = "application/vnd.lumbung.batch";

/// The server by a wire that can lose its answers.
fn by_wire(server: &Server) -> (Client, Proxy) {
    let proxy = Proxy::to(server.base().strip_prefix("http://").unwrap());
    (Client::new(&format!("http://127.0.0.1:{}", proxy.port)), proxy)
}

/// How far the server holds the series of a pen. The wire closes when the answer comes, so by then the upload is in.
fn head(server: &Server, phone: &Phone, actor: ActorId) -> u64 {
    let session: Json = phone.ask(server).ok();
    let heads = session["heads"].as_array().unwrap().iter();
    let own: Vec<&Json> = heads.filter(|head| head["actor"] == actor.to_string()).collect();
    own[0]["seq"].as_u64().unwrap()
}

on_both! {
    fn a_receipt_that_was_lost_is_given_again(server: Server) {
        let admin = server.admin();
        let mut pen = Pen::kader(&server, &admin, "kader.satu", 1);
        let (client, proxy) = by_wire(&server);
        for round in 1..=3_u64 {
            for rt in ["001", "00012"] {
                pen.create("household", &[("rt", Value::Text(rt.into()))]);
            }
            let batch = pen.batch();
            proxy.set(Wire::Deaf);
            for _ in 0..2 {
                assert!(pen.try_send(&client, BATCH, &batch.to_bytes()).is_err(), "the answer was lost");
            }
            assert_eq!(head(&server, &pen.phone, pen.actor()), 2 * round);
            proxy.set(Wire::Whole);
            let receipt = pen.receipted(&pen.try_send(&client, BATCH, &batch.to_bytes()).unwrap(), batch.after());
            let held: Vec<_> = receipt.held.iter().map(|held| (held.seq, held.reason)).collect();
            assert_eq!(held, [(2 * round, Refusal::OutOfRange)]);
            pen.settle();
            assert_eq!(Pulled::all(&server, &pen.token).proven().len() as u64, 2 * round);
        }
        let listed: Json = server.get("/v1/quarantine", Some(&admin)).ok();
        assert_eq!(listed["held"].as_array().unwrap().len(), 3);
    }

    fn what_was_saved_since_goes_with_what_was_not_answered(server: Server) {
        let mut pen = Pen::kader(&server, &server.admin(), "kader.satu", 1);
        let (client, proxy) = by_wire(&server);
        proxy.set(Wire::Deaf);
        pen.create("household", &[("rt", Value::Text("00012".into()))]);
        assert!(pen.try_send(&client, BATCH, &pen.batch().to_bytes()).is_err());
        assert_eq!(head(&server, &pen.phone, pen.actor()), 1);
        pen.create("household", &[]);
        // What was held of the part that is known already is named again.
        assert_eq!(pen.push(&server).held.len(), 1);
        assert_eq!(Pulled::all(&server, &pen.token).proven().len(), 2);
    }

    fn a_branch_number_that_was_not_heard_is_the_same_when_asked_again(server: Server) {
        let pen = Pen::kader(&server, &server.admin(), "kader.satu", 1);
        let (client, proxy) = by_wire(&server);
        let branch = Mark::start(ActorId(1)).chain;
        let wish = json!({ "fork": { "actor": pen.actor(), "after_seq": 0, "branch": branch } });
        let token = lumbung_tests::client::bearer(&pen.token);
        let headers = [("authorization", token.as_str()), ("content-type", "application/json")];
        proxy.set(Wire::Deaf);
        for _ in 0..2 {
            assert!(client.try_post_bytes("/v1/actors", headers, wish.to_string().as_bytes()).is_err());
        }
        let first: Json = server.post("/v1/actors", Some(&pen.token), &wish).ok();
        assert_eq!(first, server.post("/v1/actors", Some(&pen.token), &wish).ok::<Json>());
        let session: Json = pen.phone.ask(&server).ok();
        assert_eq!(session["heads"].as_array().unwrap().len(), 2);
    }
}
