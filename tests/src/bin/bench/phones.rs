//! Ten phones that sync for the first time at the same moment.

use crate::fleet::Fleet;
use crate::machine::timed;
use crate::push::send_all;
use crate::report::Report;
use lumbung_tests::client::bearer;
use lumbung_tests::{Kind, Pulled};
use std::sync::Mutex;

/// Ten villages of 2,000 records each: two phones that write, and one that is new.
const WORK: (usize, usize, usize, usize) = (10, 2, 910, 90);

/// Measures `first_sync_10x2k`.
pub fn measure(report: &mut Report) {
    let (villages, phones, visits, sessions) = WORK;
    eprintln!("phones: saving {} records", villages * phones * (visits + sessions));
    let fleet = Fleet::new(Kind::Sqlite, villages, phones, visits, sessions);
    send_all(&fleet);
    let records = Mutex::new(0);
    let ((), took) = timed(|| {
        std::thread::scope(|scope| {
            for phones in fleet.workers.chunks(phones) {
                let (fleet, records, worker) = (&fleet, &records, &phones[0]);
                scope.spawn(move || *records.lock().expect("no panic before") += first_sync(fleet, worker));
            }
        });
    });
    let records = records.into_inner().expect("no panic before");
    assert_eq!(records, fleet.records(), "every phone has its village");
    report.add("first_sync_10x2k", took.as_secs_f64(), "s", "10 phones, 2,000 records each, under 1");
}

/// As a device does it: the village in one piece, then what is new since. Gives the number of records.
fn first_sync(fleet: &Fleet, worker: &crate::fleet::Worker) -> usize {
    let token = bearer(&worker.token);
    let path = format!("/v1/areas/{}/snapshot", worker.area);
    let snapshot = fleet.server.get_with(&path, [("authorization", token.as_str())]);
    let version = snapshot.header("lumbung-version").expect("a version").to_owned();
    let area = worker.area.0;
    let tail = Pulled::page(&fleet.server, &worker.token, &format!("?have={area}:{version}"));
    Pulled::of_snapshot(&snapshot.body).records().len() + tail.records.len()
}
