//! `cargo xtask test`: everything a change must pass.
//!
//! The rule this module protects: *green here is green in CI, because CI runs nothing else.*

use crate::shell::{self, Outcome};
use crate::steps::{self, Step};
use crate::{app, docs, house, postgres, tools};
use std::process::Command;

/// What the steps share: the running PostgreSQL, stopped when the run ends.
#[derive(Default)]
struct World {
    postgres: Option<postgres::Session>,
}

const STEPS: &[Step<World>] = &[
    Step { name: "tools", about: "install what this machine lacks", run: |_| tools::for_test() },
    Step { name: "house", about: "rules of the house that compilers do not check", run: |_| house::check() },
    Step { name: "format", about: "one layout", run: |_| cargo(&["fmt", "--all", "--check"]) },
    Step { name: "lint", about: "no warning anywhere", run: |_| cargo(LINT) },
    Step { name: "reference", about: "pages made from the schema are not stale", run: |_| docs::check() },
    Step { name: "postgres", about: "start a private cluster under target/postgres", run: start_postgres },
    Step { name: "test", about: "every test, on SQLite and PostgreSQL", run: test },
    Step { name: "doc", about: "documentation without a warning", run: |_| document() },
    Step {
        name: "app",
        about: "the phone's core in Node, the app's own tests, its build and its size",
        run: |_| app::run(None),
    },
    Step {
        name: "browser",
        about: "the app in Chromium against the real server, on both databases",
        run: browser,
    },
];

const LINT: &[&str] = &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];

/// Runs all steps, or tools and the one named.
pub fn run(only: Option<&str>) -> Outcome {
    let mut world = World::default();
    let Some(only) = only else { return steps::run(STEPS, &mut world) };
    let names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
    match STEPS.iter().position(|step| step.name == only) {
        Some(i) => steps::run(&STEPS[i..=i], &mut world),
        None => Err(format!("no step `{only}`; there are {}", names.join(", "))),
    }
}

fn cargo(arguments: &[&str]) -> Outcome {
    shell::run(&mut shell::command("cargo", arguments))
}

fn start_postgres(world: &mut World) -> Outcome {
    if world.postgres.is_none() {
        world.postgres = Some(postgres::session()?);
    }
    Ok(())
}

fn test(world: &mut World) -> Outcome {
    start_postgres(world)?;
    let mut command = shell::command("cargo", &["test", "--workspace", "--no-fail-fast"]);
    shell::run(with_postgres(&mut command, world))
}

/// The app as the step before built it, and the server as the tests built it.
fn browser(world: &mut World) -> Outcome {
    start_postgres(world)?;
    // With the features that the tests were built with: for one package alone all would be built again.
    cargo(&["build", "--workspace", "--bin", "lumbung"])?;
    let folder = shell::root().join("app/tests/browser");
    let files = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<_> = files.flatten().map(|file| file.path().to_string_lossy().into_owned()).collect();
    files.retain(|file| file.ends_with(".test.mjs"));
    files.sort();
    let mut command = shell::command("node", &["--test", "--test-reporter=spec", "--test-concurrency=1"]);
    command.args(files);
    shell::run(with_postgres(&mut command, world))
}

fn with_postgres<'c>(command: &'c mut Command, world: &World) -> &'c mut Command {
    command.envs(world.postgres.iter().map(|postgres| (postgres::URL_VARIABLE, &postgres.url)))
}

fn document() -> Outcome {
    let mut command = shell::command("cargo", &["doc", "--workspace", "--no-deps"]);
    shell::run(command.env("RUSTDOCFLAGS", "-Dwarnings"))
}
