//! The district's table of 200,000 records, a first sync of 40,000, and what a record costs on disk.

use crate::fleet::{Fleet, villages};
use crate::machine::{peak_mb, sqlite_bytes, timed};
use crate::push::send_all;
use crate::report::Report;
use lumbung_tests::Kind;
use lumbung_tests::client::bearer;
use server::store::{area, record};
use std::io::{Read, Write};

/// Two hundred thousand records: ten villages, two phones each.
const WORK: (usize, usize, usize, usize) = (10, 2, 9_100, 910);
/// Villages of the officer who syncs for the first time: 40,000 records.
const OFFICER_VILLAGES: usize = 2;

/// Measures `district_ndjson`, `first_sync_40k`, `disk_bytes` and the memory of the server under them.
pub fn measure(report: &mut Report) {
    let (village_count, phones, visits, sessions) = WORK;
    eprintln!("table: saving {} records", village_count * phones * (visits + sessions));
    let fleet = Fleet::new(Kind::Sqlite, village_count, phones, visits, sessions);
    let records = fleet.records() as f64;
    send_all(&fleet);
    let (lines, took) = timed(|| export(&fleet));
    assert_eq!(lines, fleet.records(), "every record is a line");
    let (_, raw) = timed(|| raw_rows(&fleet));
    let rate = records / took.as_secs_f64();
    let floor = records / raw.as_secs_f64();
    report.add_with_floor("district_ndjson", rate, "records/s", Some(floor), "half of a raw read and write");
    first_sync(report, &fleet, records);
    report.add("rss_200k", peak_mb(fleet.server.pid()), "MB", "flat: as rss");
    report.add("disk_bytes_mixed", disk_bytes(fleet) / records, "B/record", "visits and sessions");
    let visits = Fleet::new(Kind::Sqlite, village_count, 1, 5_000, 0);
    let records = visits.records() as f64;
    send_all(&visits);
    report.add("disk_bytes", disk_bytes(visits) / records, "B/visit", "under 700");
}

/// Bytes of the database of a server that has stopped.
fn disk_bytes(mut fleet: Fleet) -> f64 {
    fleet.server.stop();
    sqlite_bytes(&fleet.server.database)
}

/// Reads the table as a district does and counts its lines.
fn export(fleet: &Fleet) -> usize {
    let url = format!("{}/v1/export/all.ndjson", fleet.server.base());
    let mut answer = ureq::get(&url).header("authorization", bearer(&fleet.admin)).call().expect("a table");
    let mut reader = answer.body_mut().with_config().limit(1 << 34).reader();
    let mut buffer = vec![0; 1 << 16];
    let mut lines = 0;
    loop {
        let count = reader.read(&mut buffer).expect("rows");
        if count == 0 {
            return lines;
        }
        lines += buffer[..count].iter().filter(|byte| **byte == b'\n').count();
    }
}

/// The same rows as they are stored, read and written out.
fn raw_rows(fleet: &Fleet) -> usize {
    let mut conn = fleet.server.database.conn();
    let mut out = std::fs::File::create(fleet.server.database.folder().join("raw")).expect("a file");
    let mut count = 0;
    for row in area::of_district(&mut conn, 3507).expect("areas") {
        let mut version = 0;
        loop {
            let rows = record::changed_since(&mut conn, 3507, row.code(), version, 1000).expect("rows");
            let Some(last) = rows.last() else { break };
            version = last.version as u64;
            count += rows.len();
            let mut chunk = Vec::new();
            for row in &rows {
                chunk.extend_from_slice(&row.id);
                chunk.extend_from_slice(&row.state);
            }
            out.write_all(&chunk).expect("a file takes bytes");
        }
    }
    count
}

fn first_sync(report: &mut Report, fleet: &Fleet, records: f64) {
    let areas: Vec<String> = villages(OFFICER_VILLAGES).iter().map(ToString::to_string).collect();
    let names: Vec<&str> = areas.iter().map(String::as_str).collect();
    let (_, token) = fleet.server.somebody(&fleet.admin, "plkb", "plkb", &names);
    let (bytes, took) = timed(|| {
        let snapshot = |area: &String| {
            let url = format!("{}/v1/areas/{area}/snapshot", fleet.server.base());
            let mut answer =
                ureq::get(&url).header("authorization", bearer(&token)).call().expect("a snapshot");
            answer.body_mut().with_config().limit(1 << 30).read_to_vec().expect("a body").len()
        };
        areas.iter().map(snapshot).sum::<usize>()
    });
    report.add("first_sync_40k", took.as_secs_f64(), "s", "under 2");
    report.add(
        "first_sync_bytes",
        bytes as f64 / (records * OFFICER_VILLAGES as f64 / WORK.0 as f64),
        "B/record",
        "at most 50",
    );
}
