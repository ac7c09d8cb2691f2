//! Every store call of an upload fails once, for uploads of every shape.
//!
//! The rule this suite protects: *an upload is in the log, in the records and under the mark, or nowhere*, and whoever
//! sends it again gets the receipt that was lost.

use crate::faults::fail_each_call;
use crate::village::{DISTRICT, DUWET, TUMPANG, Village};
use lumbung_tests::on_both;
use lumbung_tests::pen::{Pen, edit, field_of, number_of};
use schema::{Element, Role, Schema, Value};
use server::service::push::{Upload, receipt, store_all};
use server::service::{Fault, World};
use server::store::{Conn, quarantine};
use sync_core::{ActorId, Context, Dot, Edit, ErrorCode, Receipt, RecordId};

/// What each sender is answered: a receipt, or by name why not.
type Answers = Vec<Result<Receipt, ErrorCode>>;

/// One step of a lane, and the answers after it.
fn answers(world: &World, conn: &mut Conn, uploads: &[Upload]) -> Result<Answers, Fault> {
    let all: Vec<&Upload> = uploads.iter().collect();
    let outcomes = store_all(conn, &all, Schema::builtin(), &world.secrets.key_safe())?;
    let answer =
        |(upload, outcome): (&Upload, _)| match receipt(world, conn, DISTRICT, upload.batch.actor, outcome) {
            Err(fault) if fault.code == ErrorCode::Unavailable => Err(fault),
            answer => Ok(answer.map_err(|fault| fault.code)),
        };
    uploads.iter().zip(&outcomes).map(answer).collect()
}

/// Fails each store call of what `write` lets the pens save, once, and at last none. Gives the number of calls.
fn fail_each_push(
    village: &mut Village,
    pens: &mut [Pen],
    mut write: impl FnMut(&mut Village, &mut [Pen]),
) -> u8 {
    let mut saved = |village: &mut Village| -> Vec<Upload> {
        write(village, pens);
        let uploads =
            pens.iter().filter(|pen| !pen.unsent.is_empty()).map(|pen| village.upload(pen)).collect();
        pens.iter_mut().for_each(Pen::settle);
        uploads
    };
    let again = |village: &mut Village, uploads: &[Upload]| {
        let answers = answers(&village.world, &mut village.conn, uploads).unwrap();
        for (upload, answer) in uploads.iter().zip(&answers) {
            let receipt = answer.as_ref().unwrap();
            assert!(receipt.seq >= upload.after.seq);
        }
        answers
    };
    let calls = fail_each_call(
        village,
        |village, _| saved(village),
        |world, conn, uploads| answers(world, conn, uploads).map(drop),
        |village, uploads| assert_eq!(again(village, uploads), again(village, uploads)),
    );
    let undisturbed = saved(village);
    let first = again(village, &undisturbed);
    assert_eq!(again(village, &undisturbed), first, "a repetition gets the receipt that was lost");
    village.check();
    calls
}

fn status(code: u16) -> Value {
    Value::Code(code)
}

/// A household that the first of these phones made and everybody knows, and one edit of each phone that has seen only
/// that: saved, not sent.
fn contested(village: &mut Village, pens: &mut [Pen], field: &str) -> RecordId {
    let record = pens[0].create("household", &[(field, status(1))]);
    let made = pens[0].unsent[0].origin.dot;
    village.bring(&mut pens[0]);
    for (code, pen) in (2..).zip(pens) {
        let seen = if pen.actor() == made.actor { vec![] } else { vec![made] };
        pen.edit("household", record, field, status(code), &seen);
    }
    record
}

on_both! {
    fn new_records_are_stored_or_not(village: Village) {
        let mut village = village;
        let mut pens = [village.pen("kader.dua", Role::Kader, &[DUWET], 2)];
        let calls = fail_each_push(&mut village, &mut pens, |_, pens| {
            let record = pens[0].create("household", &[("rt", Value::Text("001".into()))]);
            pens[0].create("household", &[("verval_status", status(1))]);
            pens[0].edit("household", record, "rt", Value::Text("002".into()), &[]);
        });
        assert!(calls >= 12, "{calls}");
    }

    fn a_case_opens_and_closes_with_its_edits(village: Village) {
        let mut village = village;
        let mut pens = [2, 3].map(|n| village.pen(&format!("kader.{n}"), Role::Kader, &[DUWET], n));
        let calls = fail_each_push(&mut village, &mut pens, |village, pens| {
            // One case is there already and will be decided by this upload, another one will open.
            let old = contested(village, pens, "verval_status");
            let seen = pens[1].unsent[0].origin.dot;
            pens.iter_mut().for_each(|pen| drop(village.bring(pen)));
            contested(village, pens, "residence_status");
            village.bring(&mut pens[1]);
            pens[0].edit("household", old, "verval_status", status(4), &[seen]);
        });
        assert!(calls >= 14, "{calls}");
    }

    fn an_officers_decision_is_whole(village: Village) {
        let mut village = village;
        let people = [("kader.2", Role::Kader, 2), ("kader.3", Role::Kader, 3), ("plkb.satu", Role::Plkb, 4)];
        let mut pens = people.map(|(login, role, seed)| village.pen(login, role, &[DUWET], seed));
        fail_each_push(&mut village, &mut pens, |village, pens| {
            let record = contested(village, &mut pens[..2], "verval_status");
            let seen = [0, 1].map(|at| pens[at].unsent[0].origin.dot);
            pens[..2].iter_mut().for_each(|pen| drop(village.bring(pen)));
            pens[2].edit("household", record, "verval_status", status(3), &seen);
            pens[2].create("conflict_decision", &[("record_id", Value::Ref(record.0)), ("resolution", status(1))]);
        });
    }

    fn what_is_held_is_held_whole(village: Village) {
        let mut village = village;
        let mut pens = [village.pen("kader.dua", Role::Kader, &[DUWET], 2)];
        let calls = fail_each_push(&mut village, &mut pens, |_, pens| {
            let pen = &mut pens[0];
            let unknown = |code| Edit {
                field: field_of("household", "social_assistance"),
                element: Element::Code(code),
                context: Context::default(),
                value: Value::Bool(true),
            };
            let mut edits = vec![sync_core::record::birth()];
            edits.push(edit("household", "welfare_decile", Value::Int(1), &[]));
            // As bytes these stand in another order than as numbers.
            edits.extend([2, 200, 300].map(unknown));
            edits.push(edit("household", "verval_status", status(1), &[]));
            edits.sort_by_key(|edit| (edit.field, edit.element));
            let record = RecordId::of_dot(pen.next_dot());
            pen.save(number_of("household"), record, edits);
            pen.save(9999, record, vec![sync_core::record::birth()]);
            pen.area = TUMPANG;
            pen.create("household", &[("rt", Value::Text("003".into()))]);
            pen.area = DUWET;
        });
        assert!(calls >= 15, "{calls}");
        let first = Dot { actor: ActorId(i64::MIN as u64), seq: 0 };
        let held = quarantine::open_in(&mut village.conn, DISTRICT.0 as i64, None, first, 10_000).unwrap();
        assert_eq!(held.len(), 5 * (usize::from(calls) + 2));
    }

    fn a_receipt_for_a_known_part_ends_with_it_and_names_all_of_it(village: Village) {
        let mut village = village;
        let mut pen = village.pen("kader.dua", Role::Kader, &[DUWET], 2);
        for _ in 0..3 {
            pen.create("household", &[("welfare_decile", Value::Int(1))]);
        }
        let all = village.upload(&pen);
        answers(&village.world, &mut village.conn, std::slice::from_ref(&all)).unwrap();
        // That receipt was lost, and the phone tries again with less.
        pen.unsent.truncate(2);
        let part = village.upload(&pen);
        let end = part.after;
        let receipt = answers(&village.world, &mut village.conn, &[part]).unwrap().remove(0).unwrap();
        // What lies behind the part may be a twin's: its hash would be no proof for this sender.
        assert_eq!(receipt.mark(), end);
        assert_eq!(receipt.held.iter().map(|held| held.seq).collect::<Vec<_>>(), [1, 2]);
        assert!(receipt.backed_up_seq <= receipt.seq);
    }

    fn a_known_part_is_skipped_or_nothing_happens(village: Village) {
        let mut village = village;
        let mut pens = [village.pen("kader.dua", Role::Kader, &[DUWET], 2)];
        fail_each_push(&mut village, &mut pens, |village, pens| {
            for _ in 0..3 {
                pens[0].create("household", &[("welfare_decile", Value::Int(1)), ("rt", Value::Text("1".into()))]);
            }
            // The receipt is lost, and more is saved before the phone sends again.
            let mut known = village.upload(&pens[0]);
            known.batch = pens[0].batch();
            answers(&village.world, &mut village.conn, &[known]).unwrap();
            pens[0].create("household", &[("rt", Value::Text("2".into()))]);
        });
    }

    fn uploads_that_share_a_transaction_share_its_luck(village: Village) {
        let mut village = village;
        let mut pens = [2, 3, 4].map(|n| village.pen(&format!("kader.{n}"), Role::Kader, &[DUWET, TUMPANG], n));
        pens[2].area = TUMPANG;
        let calls = fail_each_push(&mut village, &mut pens, |village, pens| {
            contested(village, pens, "verval_status");
            pens[2].create("household", &[("verval_status", status(1))]);
        });
        assert!(calls >= 25, "{calls}");
    }

    fn a_transaction_that_needs_more_areas_starts_again_whole(village: Village) {
        let mut village = village;
        let mut pens = [2, 3].map(|n| village.pen(&format!("kader.{n}"), Role::Kader, &[DUWET, TUMPANG], n));
        pens[1].area = TUMPANG;
        let calls = fail_each_push(&mut village, &mut pens, |village, pens| {
            let record = pens[1].create("household", &[("verval_status", status(1))]);
            village.bring(&mut pens[1]);
            pens[0].create("household", &[]);
            pens[0].edit("household", record, "verval_status", status(2), &[]);
        });
        assert!(calls >= 15, "{calls}");
    }

    fn a_late_create_takes_its_record_and_its_cases_home(village: Village) {
        let mut village = village;
        let mut pens = [2, 3, 4].map(|n| village.pen(&format!("kader.{n}"), Role::Kader, &[DUWET, TUMPANG], n));
        fail_each_push(&mut village, &mut pens, |village, pens| {
            pens[2].area = TUMPANG;
            let record = pens[2].create("household", &[("rt", Value::Text("001".into()))]);
            for (code, pen) in (1..).zip(&mut pens[..2]) {
                pen.edit("household", record, "verval_status", status(code), &[]);
                village.bring(pen);
            }
        });
    }
}
