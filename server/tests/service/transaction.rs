//! The transaction wrapper itself.

use crate::village::{DISTRICT, Village};
use lumbung_tests::{Database, Kind, on_both};
use server::service::Fault;
use server::store::{self, Conn, Error, tx};
use std::sync::Barrier;

on_both! {
    fn a_swallowed_failure_never_commits(village: Village) {
        let mut village = village;
        let kader = village.kader.clone();
        let outcome = tx(&mut village.conn, |conn| {
            store::person::deactivate(conn, DISTRICT, kader.id)?;
            // The row is there already; the closure looks away.
            assert!(matches!(store::person::add(conn, &kader), Err(Error::Duplicate(_))));
            Ok::<_, Error>(())
        });
        assert!(matches!(outcome, Err(Error::Duplicate(_))));
        assert!(store::person::find(&mut village.conn, DISTRICT, kader.id).unwrap().unwrap().active);
    }

    fn a_refusal_rolls_back(village: Village) {
        let mut village = village;
        let kader = village.kader.id;
        let outcome: Result<(), Fault> = tx(&mut village.conn, |conn| {
            store::person::deactivate(conn, DISTRICT, kader)?;
            Err(Fault::forbidden("changed its mind"))
        });
        assert_eq!(outcome.unwrap_err().log, "changed its mind");
        assert!(store::person::find(&mut village.conn, DISTRICT, kader).unwrap().unwrap().active);
        // The connection is as good as new.
        tx(&mut village.conn, |conn| store::person::deactivate(conn, DISTRICT, kader)).unwrap();
        assert!(!store::person::find(&mut village.conn, DISTRICT, kader).unwrap().unwrap().active);
    }
}

/// Two transactions lock two rows in opposite order: PostgreSQL kills one, which runs again.
#[test]
fn a_deadlock_runs_again() {
    let database = Database::fresh(Kind::Postgres);
    let mut conn = database.migrated();
    for district in [1, 2] {
        tx(&mut conn, |conn| store::access::next(conn, sync_core::AreaCode(district))).unwrap();
    }
    let both_hold_one = Barrier::new(2);
    let lock_both = |first: u64, second: u64| {
        let mut conn = database.conn();
        let mut tries = 0;
        tx(&mut conn, |conn: &mut Conn| {
            tries += 1;
            store::access::next(conn, sync_core::AreaCode(first))?;
            if tries == 1 {
                both_hold_one.wait();
            }
            store::access::next(conn, sync_core::AreaCode(second))
        })
        .unwrap();
        tries
    };
    let tries = std::thread::scope(|scope| {
        let one = scope.spawn(|| lock_both(1, 2));
        let other = scope.spawn(|| lock_both(2, 1));
        one.join().unwrap() + other.join().unwrap()
    });
    assert!(tries >= 3, "nobody ran again: {tries}");
    let (n, _) = store::access::next(&mut conn, sync_core::AreaCode(1)).unwrap();
    assert_eq!(n, 4);
}
