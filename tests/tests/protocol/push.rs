//! What a phone sends, and what it is told.
//!
//! The rule this suite protects: *a receipt says exactly what is held*: twice, in parallel or damaged, it never says more.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::VerifyingKey;
use lumbung_tests::client::bearer;
use lumbung_tests::people::DUWET;
use lumbung_tests::phone::Phone;
use lumbung_tests::{Reply, Server, on_both};
use schema::{Element, Value};
use sync_core::{
    Batch, Change, Context, Dot, Edit, ErrorBody, ErrorCode, Mark, Origin, Receipt, RecordId, Stamp,
};

/// A phone with a token, and its person's village.
struct Sender {
    phone: Phone,
    token: String,
}

impl Sender {
    fn on(server: &Server) -> Sender {
        let admin = server.admin();
        let kader = server.add_person(&admin, "kader.satu", "kader", &[DUWET]);
        let phone = Phone::enrol(server, &server.invite(&admin, &kader), 1);
        let token = phone.token(server);
        Sender { phone, token }
    }

    /// `count` new records after a mark; `salt` makes other content under the same numbers.
    fn batch(&self, before: Mark, count: u64, salt: i64) -> Batch {
        let enrolled = &self.phone.enrolled;
        let change = |seq| {
            let dot = Dot::new(enrolled.actor, seq);
            let at_s = enrolled.server_time_s + salt;
            let origin = Origin {
                dot,
                stamp: Stamp::of_second(at_s),
                author: enrolled.worker.unwrap_or(RecordId::of_dot(dot)),
                device_time_s: at_s,
                area: DUWET.parse().unwrap(),
                form_version: 1,
                distrusted: false,
            };
            let alive = Edit {
                field: 0,
                element: Element::Whole,
                context: Context::default(),
                value: Value::Bool(false),
            };
            let kind = schema::Schema::builtin().kind_named("household").unwrap().number;
            Change { origin, record: RecordId::of_dot(dot), kind, edits: vec![alive] }
        };
        Batch {
            actor: enrolled.actor,
            before,
            changes: (before.seq + 1..=before.seq + count).map(change).collect(),
        }
    }

    fn start(&self) -> Mark {
        Mark::start(self.phone.enrolled.actor)
    }

    fn send(&self, server: &Server, body: &[u8]) -> Reply {
        let time = self.phone.enrolled.server_time_s.to_string();
        let headers = [
            ("authorization", bearer(&self.token)),
            ("content-type", "application/vnd.lumbung.batch".into()),
            ("lumbung-device-time", time),
        ];
        server.post_bytes("/v1/push", headers.iter().map(|(name, value)| (*name, value.as_str())), body)
    }

    /// Sends a batch and checks its receipt: the server's signature, and the mark.
    #[track_caller]
    fn receipted(&self, server: &Server, batch: &Batch, mark: Mark) -> Receipt {
        let receipt: Receipt = self.send(server, &batch.to_bytes()).ok();
        let key = URL_SAFE_NO_PAD.decode(&self.phone.enrolled.server_key).unwrap();
        assert!(receipt.is_signed_by(&VerifyingKey::from_bytes(&key.try_into().unwrap()).unwrap()));
        assert_eq!((receipt.actor, receipt.epoch), (batch.actor, self.phone.enrolled.epoch));
        assert_eq!(receipt.mark(), mark);
        assert_eq!(receipt.held, []);
        receipt
    }
}

#[track_caller]
fn refused_at(reply: &Reply, code: ErrorCode, expected_seq: u64) {
    reply.refused(code);
    assert_eq!(serde_json::from_str::<ErrorBody>(&reply.body).unwrap().expected_seq, Some(expected_seq));
}

on_both! {
    fn a_batch_twice_is_held_once(server: Server) {
        let sender = Sender::on(&server);
        let first = sender.batch(sender.start(), 9, 0);
        sender.receipted(&server, &first, first.after());
        sender.receipted(&server, &first, first.after());
        // Cut anew, so that its first part is held already.
        let longer = sender.batch(sender.start(), 12, 0);
        sender.receipted(&server, &longer, longer.after());
    }

    fn parallel_retries_get_one_answer(server: Server) {
        let sender = Sender::on(&server);
        let batch = sender.batch(sender.start(), 40, 0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| sender.receipted(&server, &batch, batch.after()));
            }
        });
        let next = sender.batch(batch.after(), 1, 0);
        sender.receipted(&server, &next, next.after());
    }

    fn gaps_and_forks_are_named(server: Server) {
        let sender = Sender::on(&server);
        let first = sender.batch(sender.start(), 3, 0);
        sender.receipted(&server, &first, first.after());
        let skipped = sender.batch(first.after(), 2, 0);
        let beyond = sender.batch(skipped.after(), 1, 0);
        refused_at(&sender.send(&server, &beyond.to_bytes()), ErrorCode::SeqGap, 4);
        let other = sender.batch(sender.start(), 3, 60);
        sender.send(&server, &other.to_bytes()).refused(ErrorCode::Fork);
        sender.receipted(&server, &skipped, skipped.after());
    }

    fn damaged_bodies_store_nothing(server: Server) {
        let sender = Sender::on(&server);
        let batch = sender.batch(sender.start(), 5, 0);
        let bytes = batch.to_bytes();
        for at in (3..bytes.len()).step_by(7) {
            sender.send(&server, &bytes[..at]).refused(ErrorCode::BadBody);
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            sender.send(&server, &flipped).refused(ErrorCode::BadBody);
        }
        let beyond = sender.batch(batch.after(), 1, 0);
        refused_at(&sender.send(&server, &beyond.to_bytes()), ErrorCode::SeqGap, 1);
        sender.receipted(&server, &batch, batch.after());
    }
}
