//! What people and CI call by name: `cargo xtask test`, `demo`, `bench`, `docs`, `postgres`, `wasm`, `app`.
//!
//! The rule this crate protects: *one command takes a bare machine to the answer, and it is the same command for
//! people and for CI.* It has no dependencies, because it is the first thing such a machine builds.

mod app;
mod check;
mod docs;
mod house;
mod postgres;
mod programs;
mod shell;
mod steps;
mod tools;
mod wasm;

use shell::Outcome;
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  test [--only STEP]              everything a change must pass, from a bare machine (Debian, rustup, Node; root or sudo)
  demo [--once] [--json FILE]     a week of field work in three districts, on a server that stays
  bench [--json FILE] [NAME..]    the measurements of the README
  bench app [--json FILE]         what a person waits for on her phone, in Chromium
  postgres start | stop | url     the private PostgreSQL of this checkout, for those who develop
  docs [--check]                  the reference made from the schema, into docs/reference/
  wasm [--route rustup|debian]    the core for the phone, into target/wasm/, and its smoke test in Node
  app [--json FILE]               the app for the phone, into target/app/, and what a first use downloads
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("xtask: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Outcome {
    match words {
        ["test"] => check::run(None),
        ["test", "--only", step] => check::run(Some(step)),
        ["demo", rest @ ..] => programs::demo(rest),
        ["bench", rest @ ..] => programs::bench(rest),
        ["postgres", "start"] => postgres::start(),
        ["postgres", "stop"] => postgres::stop(),
        ["postgres", "url"] => postgres::print_url(),
        ["docs"] => docs::write(),
        ["docs", "--check"] => docs::check(),
        ["wasm"] => wasm::run(None),
        ["wasm", "--route", route] => wasm::run(Some(route)),
        ["app"] => app::run(None),
        ["app", "--json", file] => app::run(Some(file)),
        [] | ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        _ => Err(format!("no such command: {}\n\n{USAGE}", words.join(" "))),
    }
}
