//! What a record costs as the database grows.
//!
//! The rule this module protects: *cost follows change, not holdings*: an upload into two million records costs what one
//! into ten thousand did.

use crate::fleet::{DAY_S, Fleet, TODAY, Worker, villages};
use crate::machine::{cpu_s, median_s, sqlite_bytes, timed};
use crate::plot;
use crate::push::send_all;
use crate::report::Report;
use fieldwork::workload::Workplace;
use fieldwork::{Writer, keys_of_seed};
use fixtures::Population;
use lumbung_tests::{Kind, Phone, Pulled};
use schema::Schema;
use std::path::Path;

/// Villages over which the records spread.
const VILLAGES: usize = 100;
/// Most records that are made and sent at once; a measure of the benchmark's own memory.
const STEP_MAX: usize = 100_000;

/// One point of the curve.
pub struct Point {
    /// Records in the database after the step.
    pub records: usize,
    /// Server's processor time for a record of the step, in microseconds.
    pub cpu_us: f64,
    /// Records of the step per second, by the clock on the wall.
    pub rate: f64,
    /// A pull of a village in which nothing is new, in milliseconds.
    pub idle_ms: f64,
    /// Bytes of the database for a record.
    pub disk_bytes: f64,
}

/// Measures the curve up to `records_max` records, and draws it.
pub fn measure(report: &mut Report, records_max: usize, picture: Option<&Path>) {
    let key = keys_of_seed(7);
    let writer = Writer { schema: Schema::builtin(), key_of: &key };
    let population = Population::new(7).families_per_village(120);
    let place = |area| Workplace::new(&population, area, TODAY, 4000, &writer).unwrap().expect("a village");
    let mut places: Vec<Workplace> = villages(VILLAGES).into_iter().map(place).collect();
    let mut fleet = Fleet::new(Kind::Sqlite, 1, 1, 1, 0);
    let mut points = Vec::new();
    let mut held = 0;
    for (nth, target) in steps(records_max).into_iter().enumerate() {
        let per_phone = (target - held).div_ceil(VILLAGES);
        fleet.workers =
            places.iter_mut().map(|place| worker(&fleet, place, nth, per_phone, &writer)).collect();
        held += fleet.records();
        points.push(step(&fleet, held));
        let Point { records, cpu_us, rate, idle_ms, disk_bytes } = points.last().expect("just pushed");
        eprintln!(
            "growth: {records} records: {cpu_us:.1} us CPU/record, {rate:.0}/s, idle pull {idle_ms:.2} ms, {disk_bytes:.0} B/record"
        );
    }
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return };
    report.add("growth_first", first.cpu_us, "us server CPU/record", "at the smallest size");
    report.add_with_floor(
        "growth_last",
        last.cpu_us,
        "us server CPU/record",
        Some(first.cpu_us),
        "ratio about 1",
    );
    if let Some(picture) = picture {
        std::fs::write(picture, plot::svg(&points)).expect("the plot");
    }
}

/// Sizes at which is measured: 10,000, 20,000, 50,000, 100,000, then every [`STEP_MAX`].
fn steps(records_max: usize) -> Vec<usize> {
    let small = [10_000, 20_000, 50_000];
    small.into_iter().chain((1..).map(|n| n * STEP_MAX)).take_while(|size| *size <= records_max).collect()
}

/// A new phone of a village with so many records saved.
fn worker(fleet: &Fleet, place: &mut Workplace, nth: usize, records: usize, writer: &Writer) -> Worker {
    let (server, area) = (&fleet.server, place.area);
    let login = format!("kader-{area}-{nth}").replace('.', "-");
    let person = server.add_person(&fleet.admin, &login, "kader", &[&area.to_string()]);
    let number = area.0 << 8 | nth as u64;
    let phone = Phone::enrol_with_key(server, &server.invite(&fleet.admin, &person), number);
    let token = phone.token(server);
    let sessions = records / 11;
    let start_s = i64::from(TODAY) * DAY_S;
    let changes = place.records(writer, phone.enrolled.actor, nth, records - sessions, sessions, start_s);
    Worker { phone, token, area, changes: changes.unwrap() }
}

/// Sends what the phones saved.
fn step(fleet: &Fleet, records: usize) -> Point {
    let (server, count) = (&fleet.server, fleet.records() as f64);
    let used_s = cpu_s(server.pid());
    let ((), took) = timed(|| send_all(fleet));
    let cpu_us = (cpu_s(server.pid()) - used_s) * 1e6 / count;
    let token = &fleet.workers[0].token;
    let path = format!("?cursor={}", Pulled::all(server, token).cursor);
    let idle_s = median_s(31, || drop(Pulled::page(server, token, &path)));
    Point {
        records,
        cpu_us,
        rate: count / took.as_secs_f64(),
        idle_ms: idle_s * 1000.0,
        disk_bytes: sqlite_bytes(&server.database) / records as f64,
    }
}
