//! `cargo xtask demo` and `bench`: the crate `fieldwork` does the work.
//!
//! The rule this module protects: *whoever types the command needs to know nothing else.*

use crate::shell::{self, Outcome};
use crate::{postgres, tools};
use std::process::Command;

/// Shows the house at work: SQLite only, nothing but a compiler needed.
pub fn demo(arguments: &[&str]) -> Outcome {
    tools::for_demo()?;
    shell::run(&mut fieldwork("demo", arguments))
}

/// Measures on both databases.
pub fn bench(arguments: &[&str]) -> Outcome {
    tools::for_bench()?;
    let postgres = postgres::session()?;
    shell::run(fieldwork("bench", arguments).env("LUMBUNG_BENCH_POSTGRES", &postgres.url))
}

fn fieldwork(program: &str, arguments: &[&str]) -> Command {
    let cargo = ["run", "--release", "--package", "fieldwork", "--bin", program, "--"];
    shell::command("cargo", &[&cargo, arguments].concat())
}
