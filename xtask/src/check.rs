//! `cargo xtask test`: everything a change must pass.
//!
//! The rule this module protects: *green here is green in CI, because CI runs nothing else.*

use crate::shell::{self, Outcome};
use crate::steps::{self, Step};
use crate::{docs, house, postgres, tools, wasm};

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
    Step { name: "wasm", about: "the phone's core, and its vectors in Node", run: |_| wasm::run(None) },
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
    if let Some(postgres) = &world.postgres {
        command.env(postgres::URL_VARIABLE, &postgres.url);
    }
    shell::run(&mut command)
}

fn document() -> Outcome {
    let mut command = shell::command("cargo", &["doc", "--workspace", "--no-deps"]);
    shell::run(command.env("RUSTDOCFLAGS", "-Dwarnings"))
}
