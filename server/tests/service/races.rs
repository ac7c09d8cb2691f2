//! Transactions that meet in one row at the worst moment, on the database where many write at once.
//!
//! The rule this suite protects: *whoever comes second sees what the first one did*: nothing is written over, and no
//! race is told to a phone as a refusal.

use crate::device_faults::{keys, witness};
use crate::village::{DUWET, TUMPANG, Village};
use lumbung_tests::database::until_waiting;
use lumbung_tests::{Database, Kind};
use schema::{Role, Schema, Value};
use server::service::actor::{self as numbers, Branch, Given, Wish};
use server::service::push::{Outcome, store_all};
use server::service::{life, seal_key, witness as testimony};
use server::store::actor::Actor;
use server::store::record::RecordRow;
use server::store::{Conn, Error, actor, area, record, server as life_row, tx};
use std::sync::Barrier;
use sync_core::Record;
use sync_core::relabel::branch_actor;

/// A request that comes second.
type Second<'s, T> = Box<dyn FnOnce(&mut Conn) -> T + Send + 's>;

/// Runs `first` in a transaction that commits only when each of `others`, on a connection of its own, waits for it.
fn meet<'s, T: Send + 's>(
    database: &Database,
    first: impl Fn(&mut Conn),
    others: Vec<Second<'s, T>>,
) -> Vec<T> {
    let (count, begun) = (others.len() as i64, Barrier::new(others.len() + 1));
    let (mut conn, mut watch) = (database.conn(), database.conn());
    std::thread::scope(|scope| {
        let second = |other: Second<'s, T>| {
            let (begun, mut conn) = (&begun, database.conn());
            scope.spawn(move || {
                begun.wait();
                other(&mut conn)
            })
        };
        let others: Vec<_> = others.into_iter().map(second).collect();
        let committed: Result<(), Error> = tx(&mut conn, |conn| {
            first(conn);
            begun.wait();
            until_waiting(&mut watch, count);
            Ok(())
        });
        committed.unwrap();
        others.into_iter().map(|other| other.join().unwrap()).collect()
    })
}

#[test]
fn a_key_that_arrives_while_its_owner_is_edited_takes_nothing_back() {
    let mut village = Village::fresh(Kind::Postgres);
    let mut pen = village.pen("kader.dua", Role::Kader, &[DUWET], 2);
    let owner = pen.create("household", &[]);
    village.bring(&mut pen);
    pen.edit("household", owner, "rt", Value::Text("002".into()), &[]);
    let caller = village.caller(&pen.token);
    let (new, world) = (keys(&pen, &[(owner, DUWET)]), village.world.clone());
    let edit = |conn: &mut Conn| {
        let mut row = record::find(conn, 3507, owner).unwrap().unwrap();
        let mut edited = row.record().unwrap();
        assert!(edited.apply(&pen.unsent[0]));
        row.state.clear();
        edited.put_state(&mut row.state);
        area::lock(conn, 3507, DUWET).unwrap();
        record::replace(conn, &[row]).unwrap();
    };
    let key: Second<_> = Box::new(|conn| seal_key::keep(&world, conn, &caller, &new));
    assert_eq!(meet(&village.database, edit, vec![key]), [Ok(())]);
    let row = record::find(&mut village.conn, 3507, owner).unwrap().unwrap();
    assert_eq!(row.record().unwrap().origins().len(), 2, "the edit is still there");
    assert_eq!(world.secrets.key_safe().ring(&mut village.conn, 3507, &[owner]).unwrap().0.len(), 1);
}

#[test]
fn two_areas_meet_in_a_record_that_nobody_had_yet() {
    let mut village = Village::fresh(Kind::Postgres);
    let mut pens = [2, 3].map(|n| village.pen(&format!("kader.{n}"), Role::Kader, &[DUWET, TUMPANG], n));
    let id = pens[0].create("household", &[]);
    pens[1].area = TUMPANG;
    pens[1].edit("household", id, "rt", Value::Text("002".into()), &[]);
    let (upload, keys) = (village.upload(&pens[1]), village.world.secrets.key_safe());
    let create = |conn: &mut Conn| {
        let mut row = area::lock(conn, 3507, DUWET).unwrap();
        let mut state = Vec::new();
        Record::of_change(&pens[0].unsent[0]).put_state(&mut state);
        let (id, area, version) = (id.0.as_bytes().to_vec(), DUWET.0 as i64, row.next_version());
        let made = RecordRow { district: 3507, id, area, kind: 4, version, day: None, state };
        record::insert(conn, &[made]).unwrap();
        area::save(conn, &row).unwrap();
    };
    let edit: Second<_> = Box::new(|conn| store_all(conn, &[&upload], Schema::builtin(), &keys));
    let outcomes = meet(&village.database, create, vec![edit]).remove(0).expect("a race is nobody's fault");
    assert!(matches!(&outcomes[..], [Outcome::Held { new: 1, .. }]), "{outcomes:?}");
    let row = record::find(&mut village.conn, 3507, id).unwrap().unwrap();
    assert_eq!((row.record().unwrap().origins().len(), row.area), (2, DUWET.0 as i64));
}

#[test]
fn a_branch_that_asks_twice_at_once_gets_one_number() {
    let mut village = Village::fresh(Kind::Postgres);
    let mut pen = village.pen("kader.dua", Role::Kader, &[DUWET], 2);
    pen.create("household", &[]);
    let (caller, world) = (village.caller(&pen.token), village.world.clone());
    let branch = pen.batch().after().chain;
    let number = branch_actor(pen.actor(), 0, branch);
    let wish = Wish { fork: Some(Branch { actor: pen.actor(), after_seq: 0, branch }) };
    let row = actor::find(&mut village.conn, pen.actor()).unwrap().unwrap();
    let give = |conn: &mut Conn| actor::add(conn, &Actor { number, ..row.clone() }).unwrap();
    let again: Second<_> = Box::new(|conn| numbers::give(&world, conn, &caller, &wish));
    assert_eq!(meet(&village.database, give, vec![again]), [Ok(Given { actor: number })]);
}

#[test]
fn phones_that_notice_a_rollback_at_once_begin_one_new_life() {
    let mut village = Village::fresh(Kind::Postgres);
    let mut pens = [2, 3, 4].map(|n| village.pen(&format!("kader.{n}"), Role::Kader, &[DUWET], n));
    let shown: Vec<_> = pens.iter_mut().map(|pen| witness(&mut village, pen, false)).collect();
    let (before, world) = (life(&mut village.conn).unwrap(), village.world.clone());
    // All of them wait for the life they will end.
    let hold = |conn: &mut Conn| life_row::begin(conn, &before, None, 0).unwrap();
    let mut speaking: Vec<Second<_>> = Vec::new();
    for (caller, shown, _) in &shown {
        let world = &world;
        speaking.push(Box::new(move |conn| testimony::accept(world, conn, caller, shown)));
    }
    let receipts = meet(&village.database, hold, speaking);
    let after = life(&mut village.conn).unwrap();
    assert_ne!(after.epoch, before.epoch);
    for (receipt, pen) in receipts.into_iter().zip(&pens) {
        let (receipt, row) = (receipt.expect("heard"), actor::find(&mut village.conn, pen.actor()));
        assert_eq!((receipt.epoch, receipt.mark()), (after.epoch, row.unwrap().unwrap().mark()));
    }
}
