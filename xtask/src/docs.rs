//! `cargo xtask docs`: the pages that are made from the schema.
//!
//! The rule this module protects: *nobody copies a field by hand.* The schema crate writes the pages; this only calls
//! it, because xtask itself has no dependencies.

use crate::shell::{self, Outcome};

/// Where the pages go.
const FOLDER: &str = "docs/reference";

/// Writes the pages.
pub fn write() -> Outcome {
    reference(&[])
}

/// Fails when a page is not what the schema says.
pub fn check() -> Outcome {
    reference(&["--check"])
}

fn reference(arguments: &[&str]) -> Outcome {
    let cargo = ["run", "--quiet", "--package", "schema", "--example", "reference", "--", FOLDER];
    shell::run(&mut shell::command("cargo", &[&cargo, arguments].concat()))
}
