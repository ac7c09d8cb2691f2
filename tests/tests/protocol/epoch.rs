//! When the server's data goes back, announced or not.
//!
//! The rule this suite protects: *a receipt is never a lie* (counterexample 2): a rollback is noticed by the first phone
//! that was told more, and begins a new epoch; phones fill what they can, what they cannot is listed as a loss, and
//! nobody's records are taken away.

use diesel::prelude::*;
use lumbung_tests::client::bearer;
use lumbung_tests::people::DUWET;
use lumbung_tests::{Database, Pen, Pulled, Reply, Server, on_both};
use schema::Value;
use serde_json::json;
use server::on;
use server::store::tables::loss;
use std::fs;
use sync_core::{Change, Digest, ErrorCode, Receipt};

/// Saves and sends households; gives the changes and the receipt.
fn write(server: &Server, pen: &mut Pen, count: usize) -> (Vec<Change>, Receipt) {
    for nth in 0..count {
        pen.create("household", &[("rt", Value::Text(format!("{nth:03}").into()))]);
    }
    let changes = pen.unsent.clone();
    (changes, pen.push(server))
}

fn show(server: &Server, token: &str, receipt: &Receipt, oldest_held_seq: u64) -> Reply {
    let witness = json!({ "receipt": receipt, "oldest_held_seq": oldest_held_seq });
    server.post("/v1/witness", Some(token), &witness)
}

/// The data as it is now comes back after `meanwhile`, and nobody is told.
fn rolled_back<T>(server: &mut Server, meanwhile: impl FnOnce(&Server) -> T) -> T {
    server.stop();
    server.database.keep();
    server.restart();
    let told = meanwhile(server);
    server.stop();
    server.database.put_back();
    server.restart();
    told
}

/// Actor, first and last number of what is listed as lost.
fn losses(database: &Database) -> Vec<(u64, u64, u64)> {
    let rows: Vec<(i64, i64, i64)> = on!(&mut database.conn(), |c| loss::table
        .select((loss::actor, loss::first_seq, loss::last_seq))
        .load(c))
    .unwrap();
    rows.into_iter().map(|(actor, first, last)| (actor as u64, first as u64, last as u64)).collect()
}

on_both! {
    fn counterexample_02_a_rollback_is_noticed_and_holes_are_passed_with_a_receipt(server: Server) {
        let mut server = server;
        let admin = server.admin();
        let mut forgetful = Pen::kader(&server, &admin, "kader.satu", 1);
        let mut reader = Pen::kader(&server, &admin, "kader.dua", 2);
        write(&server, &mut forgetful, 60);
        let (receipt, held, cursor) = rolled_back(&mut server, |server| {
            let (_, receipt) = write(server, &mut forgetful, 20);
            let pulled = Pulled::all(server, &reader.token);
            (receipt, pulled.records(), pulled.cursor)
        });
        assert_eq!((receipt.seq, held.len()), (80, 80));
        // Nobody noticed yet: the epoch is the old one.
        forgetful.create("household", &[]);
        let beyond = forgetful.batch();
        forgetful.send(&server, &beyond.to_bytes()).refused_at(ErrorCode::SeqGap, 61);
        let passed: Receipt = show(&server, &forgetful.token, &receipt, 81).ok();
        assert_eq!((passed.seq, passed.chain), (80, receipt.chain));
        assert_ne!(passed.epoch, receipt.epoch);
        assert_eq!(losses(&server.database), [(forgetful.actor().0, 61, 80)]);
        // Every token and cursor of the old life is over.
        for token in [&forgetful.token, &reader.token, &admin] {
            server.get("/v1/pull", Some(token)).refused(ErrorCode::Unauthorized);
        }
        reader.renew(&server);
        assert_eq!(reader.phone.enrolled.epoch, passed.epoch);
        let old = server.get(&format!("/v1/pull?cursor={cursor}"), Some(&reader.token));
        old.refused(ErrorCode::EpochChanged);
        // The series goes on behind the hole, and who had pulled what is lost keeps it.
        assert_eq!(forgetful.renew(&server), receipt.mark());
        assert_eq!(forgetful.push(&server).seq, 81);
        let now = Pulled::all(&server, &reader.token);
        assert_eq!((now.records().len(), now.pages[0].epoch), (61, passed.epoch));
        let mut merged = held.clone();
        now.merge_into(&mut merged);
        assert_eq!(merged.len(), 81);
        assert!(held.iter().all(|(id, record)| merged[id] == *record));
        assert_eq!(now.standing(DUWET).digest, Digest::of_all(now.records().values()));
        // Showing it again changes nothing.
        let again: Receipt = show(&server, &forgetful.token, &receipt, 81).ok();
        assert_eq!((again.seq, again.epoch), (81, passed.epoch));
        assert_eq!(losses(&server.database).len(), 1);
    }

    fn phones_that_hold_everything_fill_what_a_rollback_took(server: Server) {
        let mut server = server;
        let admin = server.admin();
        let mut pens = [1, 2].map(|nth| Pen::kader(&server, &admin, &format!("kader.{nth}"), nth));
        for pen in &mut pens {
            write(&server, pen, 5);
        }
        let (told, before) = rolled_back(&mut server, |server| {
            let told = pens.each_mut().map(|pen| write(server, pen, 7));
            (told, Pulled::all(server, &admin))
        });
        let at: Receipt = show(&server, &pens[0].token, &told[0].1, 1).ok();
        assert_eq!(at.seq, 5);
        assert_ne!(at.epoch, told[0].1.epoch);
        assert_eq!(losses(&server.database), []);
        for (pen, (changes, receipt)) in pens.iter_mut().zip(&told) {
            let mark = pen.renew(&server);
            assert_eq!(mark.seq, 5);
            // The other phone's receipt is of the life before: one rollback is one new epoch.
            assert_eq!(show(&server, &pen.token, receipt, 1).ok::<Receipt>().epoch, at.epoch);
            pen.go_back(mark, changes);
            assert_eq!(pen.push(&server).seq, 12);
        }
        let after = Pulled::all(&server, &pens[0].token);
        assert_eq!(after.records(), before.records());
        assert_eq!(after.standing(DUWET).digest, before.standing(DUWET).digest);
    }

    fn a_hole_that_cannot_be_passed_still_proves_the_rollback(server: Server) {
        let mut server = server;
        let admin = server.admin();
        let mut pen = Pen::kader(&server, &admin, "kader.satu", 1);
        write(&server, &mut pen, 3);
        let snapshot = format!("/v1/areas/{DUWET}/snapshot");
        assert_eq!(server.get(&snapshot, Some(&pen.token)).status, 200);
        let (_, receipt) = rolled_back(&mut server, |server| write(server, &mut pen, 6));
        show(&server, &pen.token, &receipt, 7).refused(ErrorCode::BadRequest);
        server.get("/v1/pull", Some(&pen.token)).refused(ErrorCode::Unauthorized);
        assert_eq!(pen.renew(&server).seq, 3);
        assert_ne!(pen.phone.enrolled.epoch, receipt.epoch);
        assert_eq!(losses(&server.database), []);
        // Snapshots of the old life are made anew.
        let token = bearer(&pen.token);
        let fresh = server.get_with(&snapshot, [("authorization", token.as_str())]);
        assert_eq!(Pulled::of_snapshot(&fresh.body).pages[0].epoch, pen.phone.enrolled.epoch);
    }

    fn only_a_true_receipt_above_the_mark_is_a_proof(server: Server) {
        let admin = server.admin();
        let mut pen = Pen::kader(&server, &admin, "kader.satu", 1);
        let mut other = Pen::kader(&server, &admin, "kader.dua", 2);
        let (_, receipt) = write(&server, &mut pen, 3);
        let (_, foreign) = write(&server, &mut other, 4);
        let same: Receipt = show(&server, &pen.token, &receipt, 1).ok();
        assert_eq!((same.seq, same.epoch), (3, receipt.epoch));
        let forged = Receipt { seq: 9, ..receipt.clone() };
        show(&server, &pen.token, &forged, 10).refused(ErrorCode::BadCredentials);
        show(&server, &pen.token, &foreign, 5).refused(ErrorCode::ActorTaken);
        show(&server, &admin, &receipt, 1).refused(ErrorCode::Forbidden);
        assert_eq!(losses(&server.database), []);
        assert_eq!(server.get("/v1/pull", Some(&admin)).status, 200);
    }

    fn after_a_restore_phones_bring_everything_back(server: Server) {
        let admin = server.admin();
        let mut pens = [1, 2].map(|nth| Pen::kader(&server, &admin, &format!("kader.{nth}"), nth));
        for pen in &mut pens {
            write(&server, pen, 5);
        }
        let file = server.database.folder().join("cadangan.lumbung");
        assert!(server.command(&["backup", file.to_str().unwrap()]).status.success());
        let later = pens.each_mut().map(|pen| write(&server, pen, 600));
        let before = Pulled::all(&server, &admin);
        let database = Database::fresh(server.database.kind);
        fs::copy(server.secrets(), database.folder().join("lumbung.secrets")).unwrap();
        assert!(Server::try_command(&database, &["restore", file.to_str().unwrap()]).status.success());
        let restored = Server::on(database);
        let mut held = before.records();
        for (pen, (changes, receipt)) in pens.iter_mut().zip(&later) {
            restored.get("/v1/pull", Some(&pen.token)).refused(ErrorCode::Unauthorized);
            let mark = pen.renew(&restored);
            let old = format!("/v1/pull?cursor={}", before.cursor);
            restored.get(&old, Some(&pen.token)).refused(ErrorCode::EpochChanged);
            // A receipt of the old life says where it was, and begins no life of its own.
            let at: Receipt = show(&restored, &pen.token, receipt, 1).ok();
            assert_eq!((at.epoch, at.mark()), (pen.phone.enrolled.epoch, mark));
            pen.go_back(mark, changes);
            assert_eq!(pen.push(&restored).mark(), receipt.mark());
        }
        let after = Pulled::all(&restored, &pens[0].token);
        after.merge_into(&mut held);
        assert_eq!(held, before.records());
        assert_eq!(after.records(), before.records());
        assert_eq!(after.standing(DUWET).digest, before.standing(DUWET).digest);
    }
}
