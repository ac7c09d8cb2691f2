//! What a phone sends, and what it is told.
//!
//! The rule this suite protects: *a receipt says exactly what is held*: twice, in parallel or damaged, it never says more.

use lumbung_tests::pen::{field_of, number_of};
use lumbung_tests::{Pen, Pulled, Server, on_both};
use sync_core::{Context, Dot, Edit, Element, ErrorCode, Life, Refusal, TOMBSTONE, Tombstone, Value};

fn pen(server: &Server) -> Pen {
    Pen::kader(server, &server.admin(), "kader.satu", 1)
}

/// Saves households of which nothing is known.
fn save(pen: &mut Pen, count: usize) {
    for _ in 0..count {
        pen.create("household", &[]);
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

on_both! {
    fn a_batch_twice_is_held_once(server: Server) {
        let mut pen = pen(&server);
        save(&mut pen, 9);
        let first = pen.batch();
        for _ in 0..2 {
            assert_eq!(pen.receipted(&pen.send(&server, &first.to_bytes()), first.after()).held, []);
        }
        // Cut anew, so that its first part is held already.
        save(&mut pen, 3);
        assert_eq!(pen.batch().changes.len(), 12);
        pen.push(&server);
    }

    fn parallel_retries_get_one_answer(server: Server) {
        let mut pen = pen(&server);
        save(&mut pen, 40);
        let batch = pen.batch();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| pen.receipted(&pen.send(&server, &batch.to_bytes()), batch.after()));
            }
        });
        pen.push(&server);
        save(&mut pen, 1);
        pen.push(&server);
    }

    fn gaps_and_forks_are_named(server: Server) {
        let mut pen = pen(&server);
        save(&mut pen, 3);
        let first = pen.batch();
        pen.push(&server);
        save(&mut pen, 3);
        let mut beyond = pen.batch();
        beyond.before = beyond.before.after(&beyond.changes[..2]);
        beyond.changes.drain(..2);
        pen.send(&server, &beyond.to_bytes()).refused_at(ErrorCode::SeqGap, 4);
        let mut other = first;
        other.changes[0].origin.device_time_s += 60;
        pen.send(&server, &other.to_bytes()).refused(ErrorCode::Fork);
        pen.push(&server);
    }

    fn damaged_bodies_store_nothing(server: Server) {
        let mut pen = pen(&server);
        save(&mut pen, 6);
        let bytes = pen.batch().to_bytes();
        for at in (3..bytes.len()).step_by(7) {
            pen.send(&server, &bytes[..at]).refused(ErrorCode::BadBody);
            let mut flipped = bytes.clone();
            flipped[at] ^= 1;
            pen.send(&server, &flipped).refused(ErrorCode::BadBody);
        }
        let mut beyond = pen.batch();
        beyond.before = beyond.before.after(&beyond.changes[..5]);
        beyond.changes.drain(..5);
        pen.send(&server, &beyond.to_bytes()).refused_at(ErrorCode::SeqGap, 1);
        pen.push(&server);
    }

    fn what_nobody_sent_cannot_be_hidden_by_a_claim_to_have_seen_it(server: Server) {
        let admin = server.admin();
        let mut honest = Pen::kader(&server, &admin, "kader.satu", 1);
        let mut liar = Pen::kader(&server, &admin, "kader.dua", 2);
        let house = honest.create("household", &[("rt", text("001"))]);
        let made = Dot::new(honest.actor(), 1);
        honest.push(&server);
        // What it has seen counts; what it cannot have seen does not, be it of a phone that exists or of one that does not.
        let ahead = Dot::new(honest.actor(), 9);
        liar.edit("household", house, "rt", text("002"), &[made]);
        liar.edit("household", house, "rw", text("002"), &[ahead]);
        liar.edit("household", house, "hamlet", text("Krajan"), &[Dot::new(sync_core::ActorId(7), 1)]);
        let stone = Tombstone { seen: Context::new([ahead, Dot::new(liar.actor(), 3)]), children: vec![] };
        let gone = Edit {
            field: TOMBSTONE,
            element: Element::Whole,
            context: Context::new([made]),
            value: stone.to_value(),
        };
        liar.save(number_of("household"), house, vec![gone]);
        let held: Vec<_> = liar.push(&server).held.into_iter().map(|held| (held.seq, held.reason)).collect();
        assert_eq!(held, [2, 3, 4].map(|seq| (seq, Refusal::UnsentSeen)));
        honest.edit("household", house, "rw", text("003"), &[]);
        honest.push(&server);
        let record = &Pulled::all(&server, &honest.token).records()[&house];
        let values = |field| {
            let register = record.register(field_of("household", field), Element::Whole);
            register.map(|register| register.siblings().iter().map(|write| write.value.clone()).collect())
        };
        assert_eq!(values("rt"), Some(vec![text("002")]));
        assert_eq!(values("rw"), Some(vec![text("003")]));
        assert_eq!(values("hamlet"), None);
        assert_eq!(record.life(), Life::Alive);
    }
}
