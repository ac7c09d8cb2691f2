//! Pulls: bytes and times.

use crate::fleet::Fleet;
use crate::machine::timed;
use crate::report::Report;
use lumbung_tests::Pulled;
use lumbung_tests::client::bearer;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use sync_core::{Element, Record};

/// Measures `down_bytes`, `village_pull`, `district_pull` and `idle_bytes`.
pub fn measure(report: &mut Report, fleet: &Fleet) {
    let worker = &fleet.workers[0];
    // The first answer may find cold caches; the second is what every later phone sees.
    let _ = Pulled::all(&fleet.server, &worker.token);
    let (village, took) = timed(|| Pulled::all(&fleet.server, &worker.token));
    let records: usize = village.pages.iter().map(|page| page.records.len()).sum();
    report.add("down_bytes", village.bytes as f64 / records as f64, "B/record", "at most 50");
    report.add("village_pull", took.as_secs_f64() * 1000.0, "ms", "1,100 records, under 25");
    let (_, took) = timed(|| Pulled::all(&fleet.server, &fleet.admin));
    report.add("district_pull", took.as_secs_f64() * 1000.0, "ms", "11,000 records, under 150");
    let (sent, received) = idle(fleet, &worker.token, &village.cursor);
    report.add("idle_bytes", sent.max(received) as f64, "B each way, headers in", "at most 400");
}

/// Bytes of a pull that finds nothing new, up and down, as they cross the wire.
fn idle(fleet: &Fleet, token: &str, cursor: &str) -> (usize, usize) {
    let base = fleet.server.base();
    let host = base.trim_start_matches("http://");
    let request = format!(
        "GET /v1/pull?cursor={cursor} HTTP/1.1\r\nhost: {host}\r\nauthorization: {}\r\n\r\n",
        bearer(token)
    );
    let mut stream = TcpStream::connect(host).expect("a connection");
    stream.write_all(request.as_bytes()).expect("a request");
    stream.shutdown(Shutdown::Write).expect("the end of the request");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    assert!(answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
    (request.len(), answer.len())
}

/// Cases in the list, and records in which the edits of both phones survive.
pub fn contested(fleet: &Fleet, date: u16, other: u16) -> (usize, usize) {
    let mut listed = 0;
    let mut after = String::new();
    loop {
        let cases: serde_json::Value =
            fleet.server.get(&format!("/v1/conflicts{after}"), Some(&fleet.admin)).ok();
        listed += cases["cases"].as_array().map_or(0, Vec::len);
        match cases["next"].as_str() {
            Some(next) => after = format!("?after={next}"),
            None => break,
        }
    }
    let pulled = Pulled::all(&fleet.server, &fleet.admin);
    let records = pulled.pages.iter().flat_map(|page| &page.records);
    (listed, records.filter(|record| both_kept(record, date, other)).count())
}

/// The date has two values, or the date and the other field were each written by an edit after the record was made.
fn both_kept(record: &Record, date: u16, other: u16) -> bool {
    let siblings =
        |field| record.register(field, Element::Whole).map(|register| register.siblings().to_vec());
    let (dates, others) = (siblings(date).unwrap_or_default(), siblings(other).unwrap_or_default());
    let edited = |writes: &[sync_core::Write]| {
        writes.iter().filter(|write| Some(write.dot) != record.id.dot()).count()
    };
    edited(&dates) == 2 || (edited(&dates) == 1 && edited(&others) == 1)
}
