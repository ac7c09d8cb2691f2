//! Whose numbers are whose.
//!
//! The rule this suite protects: *a number belongs to one device for ever* (counterexamples 1 and 5): nobody writes under
//! another's, and a branch of a fork gets its own, the same however often it is asked for.

use lumbung_tests::people::DUWET;
use lumbung_tests::{Pen, Phone, Pulled, Reply, Server, on_both};
use schema::{Schema, Value};
use serde_json::json;
use server::service::actor::Given;
use sync_core::relabel::{branch_hash, relabel};
use sync_core::{ActorId, Change, ErrorCode, Mark};

fn house(pen: &mut Pen, rt: &str) {
    pen.create("household", &[("rt", Value::Text(rt.into()))]);
}

/// The same phone with another of its numbers.
fn under(pen: &Pen, actor: ActorId) -> Pen {
    let mut phone = pen.phone.clone();
    phone.enrolled.actor = actor;
    Pen::holding(phone, pen.token.clone(), pen.area)
}

/// Asks for the number of a branch that leaves the series of `pen` after `shared`.
fn ask_for_branch(server: &Server, pen: &Pen, shared: &Mark, first: &Change) -> Reply {
    let branch = branch_hash(shared, first);
    let fork = json!({ "actor": first.origin.dot.actor, "after_seq": shared.seq, "branch": branch });
    server.post("/v1/actors", Some(&pen.token), &json!({ "fork": fork }))
}

on_both! {
    fn nobody_writes_under_a_number_of_another_device(server: Server) {
        let admin = server.admin();
        let mut owner = Pen::kader(&server, &admin, "kader.satu", 1);
        let thief = Pen::kader(&server, &admin, "kader.dua", 2);
        house(&mut owner, "001");
        let bytes = owner.batch().to_bytes();
        thief.send(&server, &bytes).refused(ErrorCode::ActorTaken);
        let mut unknown = under(&thief, ActorId(7));
        house(&mut unknown, "001");
        unknown.send(&server, &unknown.batch().to_bytes()).refused(ErrorCode::ActorTaken);
        assert!(Pulled::all(&server, &admin).records().is_empty());
        // Not even of the same person: a number is bound to the phone.
        let next = server.add_person(&admin, "kader.tiga", "kader", &[DUWET]);
        let first = Pen::new(&server, Phone::enrol(&server, &server.invite(&admin, &next), 3), DUWET);
        let mut second = Pen::new(&server, Phone::enrol(&server, &server.invite(&admin, &next), 4), DUWET);
        house(&mut second, "001");
        first.send(&server, &second.batch().to_bytes()).refused(ErrorCode::ActorTaken);
        second.push(&server);
        owner.push(&server);
        thief.send(&server, &bytes).refused(ErrorCode::ActorTaken);
    }

    fn a_second_number_is_a_series_of_its_own(server: Server) {
        let admin = server.admin();
        let mut pen = Pen::kader(&server, &admin, "kader.satu", 1);
        let given: Given = server.post("/v1/actors", Some(&pen.token), &json!({})).ok();
        assert_ne!(given.actor, pen.actor());
        let mut second = under(&pen, given.actor);
        for _ in 0..2 {
            house(&mut second, "002");
            house(&mut pen, "001");
            second.push(&server);
            pen.push(&server);
        }
        assert_eq!(Pulled::all(&server, &admin).proven().len(), 4);
        let again: Given = server.post("/v1/actors", Some(&pen.token), &json!({})).ok();
        assert_ne!(again.actor, given.actor);
    }

    fn a_device_has_no_more_numbers_than_the_page_says(server: Server) {
        let pen = Pen::kader(&server, &server.admin(), "kader.satu", 1);
        for _ in 1..64 {
            server.post("/v1/actors", Some(&pen.token), &json!({})).ok::<Given>();
        }
        server.post("/v1/actors", Some(&pen.token), &json!({})).refused(ErrorCode::Forbidden);
    }

    fn counterexample_05_a_branch_gets_one_number_and_loses_nothing(server: Server) {
        let admin = server.admin();
        let mut pen = Pen::kader(&server, &admin, "kader.satu", 1);
        (0..3).for_each(|_| house(&mut pen, "001"));
        pen.push(&server);
        let shared = pen.mark();
        let mut twin = under(&pen, pen.actor());
        // The clone of a phone that had sent three: it goes on from the same mark.
        twin.unsent = Vec::new();
        house(&mut pen, "002");
        house(&mut pen, "002");
        let own = pen.unsent.clone();
        pen.push(&server);

        let mut branch = own.clone();
        for change in &mut branch {
            change.origin.device_time_s += 60;
        }
        let batch = sync_core::Batch { actor: pen.actor(), before: shared, changes: branch.clone() };
        for _ in 0..2 {
            twin.send(&server, &batch.to_bytes()).refused_at(ErrorCode::Fork, 4);
        }
        let given: Given = ask_for_branch(&server, &twin, &shared, &branch[0]).ok();
        assert_eq!(ask_for_branch(&server, &twin, &shared, &branch[0]).ok::<Given>(), given);
        let relabelled = relabel(&shared, &branch, Schema::builtin(), &|_| None).unwrap().unwrap();
        assert_eq!(relabelled.actor, given.actor);
        let mut renamed = under(&twin, given.actor);
        renamed.unsent = relabelled.changes;
        assert_eq!(renamed.push(&server).held, []);
        // Five houses of the first, two of its twin.
        assert_eq!(Pulled::all(&server, &admin).proven().len(), 7);
        assert_eq!(ask_for_branch(&server, &twin, &shared, &branch[0]).ok::<Given>(), given);

        // To another device the branch is another's.
        let other = Pen::kader(&server, &admin, "kader.dua", 2);
        ask_for_branch(&server, &other, &shared, &branch[0]).refused(ErrorCode::ActorTaken);
    }
}
