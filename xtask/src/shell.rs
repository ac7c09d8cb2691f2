//! Running programs.
//!
//! The rule this module protects: *what a program prints reaches the person as it is printed, and a failure names
//! the command that failed.*

use std::path::Path;
use std::process::{Command, Stdio};

/// Done, or why not, in words for the person at the terminal.
pub type Outcome<T = ()> = Result<T, String>;

/// The folder of the workspace.
pub fn root() -> &'static Path {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_folder.parent().unwrap_or(crate_folder)
}

/// `program arguments..`, to be run in the root of the workspace.
pub fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    command
}

/// Shows the command, runs it with this terminal, and fails when it fails.
pub fn run(command: &mut Command) -> Outcome {
    let shown = show(command);
    println!("$ {shown}");
    let status = command.status().map_err(|error| format!("`{shown}`: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{shown}` failed ({status})")) }
}

/// Runs the command silently and gives what it wrote to standard output; fails with what it complained of.
pub fn read(command: &mut Command) -> Outcome<Vec<u8>> {
    let shown = show(command);
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("`{shown}`: {error}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(format!("`{shown}` failed ({}): {}", output.status, String::from_utf8_lossy(&output.stderr).trim()))
}

/// As [`read`], for commands that answer in text.
pub fn read_text(command: &mut Command) -> Outcome<String> {
    read(command).map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned())
}

/// Does the command exist and end well? Prints nothing.
pub fn succeeds(program: &str, arguments: &[&str]) -> bool {
    read(&mut command(program, arguments)).is_ok()
}

/// The command as a person would type it.
fn show(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
