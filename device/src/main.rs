//! `lumbung-device`: a Lumbung device for a terminal: a PLKB's laptop, a demo, a test.

mod command;

use clap::Parser;
use std::io::{self, ErrorKind};
use std::process::ExitCode;

fn main() -> ExitCode {
    match command::run(command::Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        // Whoever reads the list has seen enough of it.
        Err(trouble) if is_broken_pipe(&trouble) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("{trouble}");
            ExitCode::FAILURE
        }
    }
}

fn is_broken_pipe(trouble: &command::Trouble) -> bool {
    trouble.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
}
