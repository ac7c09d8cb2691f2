//! What devices ask for beside pushing: every store call of it fails once.
//!
//! The rule this suite protects: *a rollback is noticed once and whole, a key is kept or not, a snapshot is the whole
//! area*, whichever call fails.

use crate::faults::fail_each_call;
use crate::village::{DISTRICT, DUWET, TUMPANG, Village};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use diesel::RunQueryDsl;
use lumbung_tests::pulled::BOUNDS;
use lumbung_tests::{Pen, on_both};
use schema::{Role, Schema, Value};
use server::on;
use server::service::seal_key::{self, NewKey, NewKeys};
use server::service::witness::{self, Witness};
use server::service::{Caller, life, snapshot};
use server::store::{area, loss, tables};
use sync_core::{Epoch, Page, Receipt, RecordId};

/// A phone that lost what lies between the server's mark and its own, or did not, and shows the receipt for it.
pub fn witness(village: &mut Village, pen: &mut Pen, lost: bool) -> (Caller, Witness, Epoch) {
    for _ in 0..3 {
        pen.create("household", &[]);
    }
    let epoch = life(&mut village.conn).unwrap().epoch;
    let (first, after) = (pen.mark().seq + 1, pen.batch().after());
    let key = village.world.secrets.receipt_key();
    let receipt = Receipt::signed(&key, epoch, pen.actor(), after, 0, 0, &[]);
    pen.token = village.token(&pen.phone.key, &pen.phone.enrolled);
    let caller = village.caller(&pen.token);
    let oldest_held_seq = if lost { after.seq + 1 } else { first };
    if lost {
        pen.settle();
    }
    (caller, Witness { receipt, oldest_held_seq }, epoch)
}

fn fail_each_witness(village: &mut Village, lost: bool) {
    let mut pen = village.pen("kader.dua", Role::Kader, &[DUWET], 2);
    let calls = fail_each_call(
        village,
        |village, _| {
            let shown = witness(village, &mut pen, lost);
            if !lost {
                pen.unsent.clear();
            }
            shown
        },
        |world, conn, (caller, witness, _)| {
            let receipt = witness::accept(world, conn, caller, witness)?;
            assert!(!lost || receipt.mark() == witness.receipt.mark());
            Ok(())
        },
        |village, (caller, shown, before)| {
            let now = life(&mut village.conn).unwrap().epoch;
            assert_ne!(now, *before, "the rollback was noticed");
            // Said once more it changes nothing.
            let receipt = witness::accept(&village.world, &mut village.conn, caller, shown).unwrap();
            assert_eq!((receipt.epoch, life(&mut village.conn).unwrap().epoch), (now, now));
        },
    );
    assert!(calls >= 8, "{calls}");
    let holes = loss::of_district(&mut village.conn, DISTRICT).unwrap();
    assert_eq!(holes.len(), if lost { usize::from(calls) + 1 } else { 0 });
}

/// A key for each of these.
pub fn keys(pen: &Pen, owners: &[(RecordId, sync_core::AreaCode)]) -> NewKeys {
    let key = URL_SAFE_NO_PAD.encode([7; 32]);
    let new = |(owner, area): &(RecordId, _)| NewKey { owner: *owner, area: *area, key: key.clone() };
    NewKeys { actor: pen.actor(), keys: owners.iter().map(new).collect() }
}

/// The records of a snapshot, and the epoch that each of its pages names.
fn pages(body: &[u8]) -> Vec<Page> {
    let mut pages = Vec::new();
    let mut rest = body;
    while let Some((length, after)) = rest.split_first_chunk() {
        let (page, behind) = after.split_at(u32::from_be_bytes(*length) as usize);
        pages.push(Page::of_bytes(page, &BOUNDS).unwrap());
        rest = behind;
    }
    pages
}

on_both! {
    fn a_rollback_is_noticed_whole(village: Village) {
        let mut village = village;
        fail_each_witness(&mut village, false);
    }

    fn a_hole_is_passed_whole(village: Village) {
        let mut village = village;
        fail_each_witness(&mut village, true);
    }

    fn a_rollback_is_noticed_although_the_hole_ends_in_between(village: Village) {
        let mut village = village;
        let mut pen = village.pen("kader.dua", Role::Kader, &[DUWET], 2);
        let (caller, mut shown, before) = witness(&mut village, &mut pen, true);
        shown.oldest_held_seq = 2;
        let refused = witness::accept(&village.world, &mut village.conn, &caller, &shown).unwrap_err();
        assert_eq!(refused.code, sync_core::ErrorCode::BadRequest);
        assert_ne!(life(&mut village.conn).unwrap().epoch, before);
        assert_eq!(loss::of_district(&mut village.conn, DISTRICT), Ok(Vec::new()));
    }

    fn keys_are_kept_or_not(village: Village) {
        let mut village = village;
        let mut pen = village.pen("kader.dua", Role::Kader, &[DUWET, TUMPANG], 2);
        let calls = fail_each_call(
            &mut village,
            |village, _| {
                let known = pen.create("household", &[]);
                village.bring(&mut pen);
                let own = RecordId::of_dot(sync_core::Dot::new(pen.actor(), pen.mark().seq + 1000));
                (village.caller(&pen.token), keys(&pen, &[(own, TUMPANG), (known, DUWET)]))
            },
            |world, conn, (caller, keys)| seal_key::keep(world, conn, caller, keys),
            |village, (caller, new)| {
                let safe = village.world.secrets.key_safe();
                let owners: Vec<RecordId> = new.keys.iter().map(|key| key.owner).collect();
                assert_eq!(safe.ring(&mut village.conn, DISTRICT.0 as i64, &owners).unwrap().0.len(), 2);
                // Who has the record already learns of the key, once.
                let version = |village: &mut Village| {
                    area::find(&mut village.conn, DISTRICT.0 as i64, DUWET).unwrap().unwrap().version()
                };
                let before = version(village);
                seal_key::keep(&village.world, &mut village.conn, caller, new).unwrap();
                assert_eq!(version(village), before);
            },
        );
        assert!(calls >= 10, "{calls}");
        let key_of_nobody = area::find(&mut village.conn, DISTRICT.0 as i64, TUMPANG).unwrap();
        assert!(key_of_nobody.is_none_or(|area| area.version() == 0));
        let safe = village.world.secrets.key_safe();
        let refused = snapshot::of_area(&mut village.conn, DISTRICT, TUMPANG, Schema::builtin(), &safe);
        assert_eq!(refused.unwrap_err().code, sync_core::ErrorCode::NotFound);
    }

    fn a_snapshot_is_the_whole_area(village: Village) {
        let mut village = village;
        let mut pen = village.pen("kader.dua", Role::Kader, &[DUWET], 2);
        let calls = fail_each_call(
            &mut village,
            |village, _| {
                pen.create("household", &[("rt", Value::Text("001".into()))]);
                village.bring(&mut pen);
                on!(&mut village.conn, |c| diesel::delete(tables::snapshot::table).execute(c)).unwrap();
                pen.mark().seq as usize
            },
            |world, conn, _| {
                snapshot::of_area(conn, DISTRICT, DUWET, Schema::builtin(), &world.secrets.key_safe()).map(drop)
            },
            |village, count| {
                let safe = village.world.secrets.key_safe();
                let made = snapshot::of_area(&mut village.conn, DISTRICT, DUWET, Schema::builtin(), &safe);
                let records: usize = pages(&made.unwrap().body).iter().map(|page| page.records.len()).sum();
                assert_eq!(records, *count);
            },
        );
        assert!(calls >= 5, "{calls}");
    }

    fn a_snapshot_of_another_life_is_made_anew(village: Village) {
        let mut village = village;
        let mut pen = village.pen("kader.dua", Role::Kader, &[DUWET], 2);
        pen.create("household", &[]);
        village.bring(&mut pen);
        let safe = village.world.secrets.key_safe();
        for _ in 0..2 {
            let made = snapshot::of_area(&mut village.conn, DISTRICT, DUWET, Schema::builtin(), &safe).unwrap();
            let now = life(&mut village.conn).unwrap().epoch;
            assert!(pages(&made.body).iter().all(|page| page.epoch == now));
            let (caller, shown, _) = witness(&mut village, &mut pen, true);
            witness::accept(&village.world, &mut village.conn, &caller, &shown).unwrap();
        }
    }
}
