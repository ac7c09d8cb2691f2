//! The benchmark: every figure beside a floor that was measured in the same run.
//!
//! The rule this program protects: *ratios decide*. Absolute rates depend on the machine and on what else it does; a
//! ratio to the bare database, to `xz` or to a raw read of the same rows does not.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a benchmark that cannot go on says so by panicking"
)]

mod core;
mod fleet;
mod floor;
mod growth;
mod machine;
mod phones;
mod plot;
mod pull;
mod push;
mod report;
mod table;
mod wasm;

use clap::{Parser, ValueEnum};
use lumbung_tests::Kind;
use report::Report;
use std::path::PathBuf;

/// Measures Lumbung.
#[derive(Parser)]
struct Cli {
    /// Writes each figure as name -> {value, unit, floor, ratio}.
    #[arg(long)]
    json: Option<PathBuf>,
    /// Runs the bare handler on this database instead; for the benchmark itself.
    #[arg(long, hide = true)]
    floor: Option<String>,
    /// Draws the curve of the part growth into this file (SVG).
    #[arg(long)]
    plot: Option<PathBuf>,
    /// Where the curve of the part growth ends, in records.
    #[arg(long, default_value_t = 2_000_000)]
    records_max: usize,
    /// Parts to run. All when none is named.
    parts: Vec<Part>,
}

/// A part of the benchmark.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Merging, loading, bytes: the core alone.
    Core,
    /// The core in WebAssembly, against the same calls natively.
    Wasm,
    /// Uploads into SQLite, edits, pulls.
    Sqlite,
    /// Uploads into PostgreSQL.
    Postgres,
    /// The district's table of 200,000 records.
    Table,
    /// Ten phones that sync for the first time at once.
    Phones,
    /// What a record costs as the database grows.
    Growth,
}

fn main() {
    let cli = Cli::parse();
    if let Some(url) = cli.floor {
        return floor::serve(&url);
    }
    let wanted = |part| cli.parts.is_empty() || cli.parts.contains(&part);
    let mut report = Report::default();
    if wanted(Part::Core) {
        core::measure(&mut report);
    }
    if wanted(Part::Wasm) {
        wasm::measure(&mut report);
    }
    if wanted(Part::Sqlite) {
        push::measure(&mut report, Kind::Sqlite);
    }
    if wanted(Part::Postgres) {
        push::measure(&mut report, Kind::Postgres);
    }
    if wanted(Part::Table) {
        table::measure(&mut report);
    }
    if wanted(Part::Phones) {
        phones::measure(&mut report);
    }
    if wanted(Part::Growth) {
        growth::measure(&mut report, cli.records_max, cli.plot.as_deref());
    }
    println!("{report}");
    if let Some(path) = cli.json {
        std::fs::write(&path, report.to_json()).expect("the file of figures");
    }
}
