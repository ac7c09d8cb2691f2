//! `cargo xtask demo` and `bench`: the programs behind the commands.
//!
//! The rule this module protects: *whoever types the command needs to know nothing else.*

use crate::shell::{self, Outcome};
use crate::{app, postgres, tools, wasm};

/// The server that is measured, and what measures it, in one build.
const BENCH_BUILD: &[&str] =
    &["build", "--release", "--package", "server", "--package", "lumbung-tests", "--bins"];

/// The server that serves for real, and the phones that play a week with it or fill it.
const DEMO_BUILD: &[&str] =
    &["build", "--release", "--package", "server", "--package", "fieldwork", "--bins"];

/// Parts of the benchmark that need no WebAssembly.
const PARTS: &[&str] = &["core", "sqlite", "postgres", "table", "phones", "growth"];

/// Shows the house at work: on SQLite; the server that stays hands out the app too.
pub fn demo(arguments: &[&str]) -> Outcome {
    shell::run(&mut shell::command("cargo", DEMO_BUILD))?;
    // Not by `cargo run`: it would choose other features for one package alone, and build twice.
    let mut demo = shell::command("target/release/demo", arguments);
    if !arguments.contains(&"--once") {
        app::make()?;
        demo.args(["--app", "target/app"]);
    }
    shell::run(&mut demo)
}

/// Measures the built server on both databases; `app` alone: what a person waits for on her phone.
pub fn bench(arguments: &[&str]) -> Outcome {
    if let ["app", rest @ ..] = arguments {
        return figures(rest);
    }
    tools::for_bench()?;
    let is_all = !arguments.iter().any(|argument| PARTS.contains(argument));
    if is_all || arguments.contains(&"wasm") {
        wasm::run(None)?;
    }
    let postgres = postgres::session()?;
    shell::run(&mut shell::command("cargo", BENCH_BUILD))?;
    let mut bench = shell::command("target/release/bench", arguments);
    shell::run(bench.env(postgres::URL_VARIABLE, &postgres.url))
}

/// In a browser, on the built app: the page slowed down, the worker told apart.
fn figures(arguments: &[&str]) -> Outcome {
    app::make()?;
    shell::run(&mut shell::command("cargo", DEMO_BUILD))?;
    let mut node = shell::command("node", &["app/tests/browser/figures.mjs"]);
    shell::run(node.args(arguments).env("LUMBUNG_BINARY", shell::root().join("target/release/lumbung")))
}
