//! What the machine says of a process, and how long something took.

use diesel::connection::SimpleConnection;
use lumbung_tests::Database;
use server::on;
use std::fs;
use std::time::{Duration, Instant};

/// Clock ticks per second in `/proc`, fixed by Linux.
const TICKS_PER_S: f64 = 100.0;

/// Seconds of processor time that a process has used.
pub fn cpu_s(pid: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).expect("/proc");
    // The name of the program may hold spaces; it ends with the last bracket.
    let rest = stat.rsplit_once(") ").expect("stat").1;
    let fields: Vec<&str> = rest.split(' ').collect();
    let ticks: f64 = fields[11].parse::<f64>().expect("utime") + fields[12].parse::<f64>().expect("stime");
    ticks / TICKS_PER_S
}

/// Most memory that a process has held, in megabytes.
pub fn peak_mb(pid: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).expect("/proc");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("VmHWM");
    let kilobytes: f64 = line.split_whitespace().nth(1).expect("a number").parse().expect("a number");
    kilobytes / 1024.0
}

/// Runs something and tells how long it took.
#[expect(clippy::disallowed_methods, reason = "a benchmark looks at the real clock")]
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let made = work();
    (made, start.elapsed())
}

/// The median time in seconds of an odd number of runs.
pub fn median_s(runs: usize, mut work: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..runs).map(|_| timed(&mut work).1.as_secs_f64()).collect();
    times.sort_by(f64::total_cmp);
    times[runs / 2]
}

/// Bytes of a SQLite database once its log, which is of one size whatever the database holds, has gone into it.
pub fn sqlite_bytes(database: &Database) -> f64 {
    let mut conn = database.conn();
    on!(&mut conn, |c| c.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")).expect("a checkpoint");
    let file = database.folder().join("lumbung.sqlite");
    fs::metadata(file).expect("the database").len() as f64
}
