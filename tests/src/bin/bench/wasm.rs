//! The core in WebAssembly, against the same calls natively.

use crate::core::month;
use crate::machine::median_s;
use crate::report::Report;
use app_core::Records;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use sync_core::{Epoch, Page, Record};

const RUNS: usize = 15;
/// Pages taken, or stored records loaded, in one run.
const ROUNDS: usize = 20;

/// Measures `merge_wasm` and `load_wasm`: pages unpacked and merged, and stored records read.
pub fn measure(report: &mut Report) {
    let module = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/wasm");
    assert!(module.join("app_core_bg.wasm").exists(), "build it: cargo xtask wasm");
    let records: Vec<Record> = month().iter().map(Record::of_change).collect();
    let count = (records.len() * ROUNDS) as f64;
    let page = Page::of_records(Epoch(1), records).into_bytes();
    let mut merged = Records::new();
    assert!(merged.take(&page).contains("\"changed\":220"), "all are new");
    let states = merged.states();
    let merge_s = median_s(RUNS, || {
        (0..ROUNDS).for_each(|_| drop(black_box(Records::new().take(black_box(&page)))));
    });
    let load_s = median_s(RUNS, || {
        (0..ROUNDS).for_each(|_| drop(black_box(Records::new().load(black_box(&states)))));
    });
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in [("page", &page), ("states", &states)] {
        std::fs::write(folder.path().join(name), bytes).expect("a file takes bytes");
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin/bench/wasm.mjs");
    let mut node = Command::new("node");
    node.arg(script).arg(&module).arg(folder.path()).args([RUNS.to_string(), ROUNDS.to_string()]);
    let said = node.output().expect("node runs");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let said: serde_json::Value = serde_json::from_slice(&said.stdout).expect("JSON");
    let seconds = |name: &str| said[name].as_f64().expect("seconds");
    let wanted = "ratio to native";
    report.add_with_floor(
        "merge_wasm",
        count / seconds("merge_s"),
        "records/s",
        Some(count / merge_s),
        wanted,
    );
    report.add_with_floor("load_wasm", count / seconds("load_s"), "records/s", Some(count / load_s), wanted);
}
