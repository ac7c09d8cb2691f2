//! The binary `lumbung`.

use clap::Parser;
use server::config::{Cli, Command};
use server::{admin, backup, serve};
use std::process::ExitCode;

/// Gives memory back between bursts, so that the server stays small on a village office's machine.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve(options) => serve::serve(&options).map(|()| String::new()),
        Command::Admin { place, act } => admin::run(&place, &act),
        Command::Backup { place, keys, file } => backup::backup(&place, keys, &file),
        Command::TrustBackup { place, file } => backup::trust(&place, &file),
        Command::Restore { place, keys, file } => backup::restore(&place, keys.as_deref(), &file),
    };
    match done {
        Ok(text) if text.is_empty() => ExitCode::SUCCESS,
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}
