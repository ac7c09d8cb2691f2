//! The real command, killed at random moments while it saves and syncs over real HTTP.
//!
//! What it said was saved is there; what is sent is what was saved, each change once.

use crate::fake::{Server, listen};
use crate::hand::with_store;
use device::{Dot, Store};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

const ROUNDS: usize = 40;

fn command(path: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lumbung-device"));
    command.arg("--store").arg(path).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// SIGKILL after a while: no destructor runs, no buffer is flushed.
fn kill_after(child: &mut Child, micros: u32) {
    sleep(Duration::from_micros(u64::from(micros)));
    // It may have ended by itself already.
    let _ = child.kill();
}

/// The changes that `add` says it saved, until it is killed after a number of them and a while.
fn add_and_kill(path: &Path, round: usize, dice: &mut ChaCha8Rng) -> Vec<Dot> {
    let mut child = command(path, &["add", "household", "--lines"]).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    for n in 0..30 {
        let line = format!("{{\"head_name\": \"Keluarga {round}-{n}\", \"hamlet\": \"Krajan\"}}\n");
        input.write_all(line.as_bytes()).unwrap();
    }
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let mut said: Vec<String> = lines.by_ref().take(dice.next_u32() as usize % 12).collect();
    kill_after(&mut child, dice.next_u32() % 8000);
    said.extend(lines);
    child.wait().unwrap();
    // A line that was cut off was not said.
    let names = said.iter().filter(|line| line.starts_with("Tersimpan"));
    names.filter_map(|line| line.split_whitespace().nth(4)?.parse().ok()).collect()
}

/// A sync that is killed after a number of requests and a while. Did it end by itself?
fn sync_and_kill(path: &Path, server: &Server, dice: &mut ChaCha8Rng) -> bool {
    let asked = server.world().asked.len() + dice.next_u32() as usize % 5;
    let mut child = command(path, &["sync"]).spawn().unwrap();
    while server.world().asked.len() < asked && child.try_wait().unwrap().is_none() {
        sleep(Duration::from_micros(200));
    }
    kill_after(&mut child, dice.next_u32() % 8000);
    child.wait().unwrap().success()
}

#[test]
fn a_device_that_is_killed_at_any_moment_loses_and_doubles_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lumbung.sqlite");
    let server = Server::new();
    let base = listen(&server);
    let enrol = command(&path, &["enrol", "--server", &base, "--code", "kode"]).output().unwrap();
    assert!(enrol.status.success(), "{}", String::from_utf8_lossy(&enrol.stderr));
    let mut dice = ChaCha8Rng::seed_from_u64(26);
    let mut saved: Vec<Dot> = Vec::new();
    let mut killed_syncs = 0;
    for round in 0..ROUNDS {
        saved.extend(add_and_kill(&path, round, &mut dice));
        killed_syncs += usize::from(!sync_and_kill(&path, &server, &mut dice));
    }
    assert!(killed_syncs > ROUNDS / 10, "{killed_syncs} syncs were killed");
    let report = command(&path, &["sync"]).output().unwrap();
    assert!(report.status.success(), "{}", String::from_utf8_lossy(&report.stdout));
    let mut device = with_store(Store::open(&path).unwrap(), 1);
    crate::hand::assert_same(&mut device, &server);
    let world = server.world();
    let series = world.series.values().next().unwrap();
    assert!(saved.len() > ROUNDS && saved.len() as u64 <= series.mark.seq, "{} saved", saved.len());
    for dot in &saved {
        let change = &series.changes[dot.seq as usize - 1];
        assert_eq!(device.store().change(*dot).unwrap().as_ref(), Some(change));
    }
    assert!(saved.is_sorted_by(|a, b| a < b), "no name was given twice");
}
