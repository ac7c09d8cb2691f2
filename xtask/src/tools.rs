//! What a bare machine lacks.
//!
//! The rule this module protects: *what is there is used, what is missing is installed, nothing else is touched.*
//! A C compiler is there: without one Rust cannot link, not even this program.

use crate::shell::{self, Outcome};
use std::path::PathBuf;

/// A program the house needs and where it comes from.
struct Tool {
    /// What to install, as Debian calls it.
    packages: &'static [&'static str],
    present: fn() -> bool,
}

const GIT: Tool = Tool { packages: &["git"], present: || shell::succeeds("git", &["--version"]) };
const NODE: Tool = Tool {
    packages: &["nodejs", "npm"],
    present: || shell::succeeds("node", &["--version"]) && shell::succeeds("npm", &["--version"]),
};
const POSTGRES: Tool = Tool { packages: &["postgresql"], present: || postgres_programs().is_some() };
// A test ends servers as an operator would, by signal.
const KILL: Tool = Tool { packages: &["procps"], present: || shell::succeeds("kill", &["-l"]) };
// The phones of the tests.
const CHROMIUM: Tool =
    Tool { packages: &["chromium"], present: || shell::succeeds("chromium", &["--version"]) };
// A floor of the measurements.
const XZ: Tool = Tool { packages: &["xz-utils"], present: || shell::succeeds("xz", &["--version"]) };

/// What measuring on both databases takes.
pub fn for_bench() -> Outcome {
    install(&[POSTGRES, XZ])
}

/// What PostgreSQL takes.
pub fn for_postgres() -> Outcome {
    install(&[POSTGRES])
}

/// What building the phone's core takes, besides its compiler (`wasm::route`).
pub fn for_wasm() -> Outcome {
    install(&[NODE])
}

/// Everything a test run takes.
pub fn for_test() -> Outcome {
    for component in ["rustfmt", "clippy"] {
        let subcommand = component.trim_start_matches("rust");
        if !shell::succeeds("cargo", &[subcommand, "--version"]) {
            shell::run(&mut shell::command("rustup", &["component", "add", component]))?;
        }
    }
    install(&[GIT, KILL, NODE, POSTGRES, CHROMIUM])
}

/// The folder of `initdb` and `pg_ctl`: the newest of Debian's, or whatever the machine has on its path.
pub fn postgres_programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let major = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    let newest =
        versions.map(|version| version.path()).filter(|path| major(path).is_some()).max_by_key(major);
    let on_path =
        || shell::read_text(&mut shell::command("pg_config", &["--bindir"])).ok().map(PathBuf::from);
    let usable = |folder: &PathBuf| folder.join("initdb").exists() && folder.join("pg_ctl").exists();
    newest.map(|path| path.join("bin")).filter(usable).or_else(|| on_path().filter(usable))
}

/// Is this run by root?
pub fn is_root() -> bool {
    shell::read_text(&mut shell::command("id", &["-u"])).is_ok_and(|uid| uid == "0")
}

/// Installs what is missing, as root or with `sudo`.
pub fn install_packages(packages: &[&str]) -> Outcome {
    if !shell::succeeds("apt-get", &["--version"]) {
        return Err(format!(
            "missing: {}. This machine has no apt-get: install them, then run this again",
            packages.join(" ")
        ));
    }
    println!("installing {}", packages.join(" "));
    let apt_get = |arguments: &[&str]| {
        let sudo: &[&str] = if is_root() { &[] } else { &["sudo"] };
        let fixed: &[&str] =
            &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=600"];
        let words = [sudo, fixed, arguments].concat();
        shell::run(&mut shell::command(words[0], &words[1..]))
    };
    apt_get(&["update"])?;
    apt_get(&[&["install", "-y", "--no-install-recommends"], packages].concat())
}

fn install(tools: &[Tool]) -> Outcome {
    let missing: Vec<&str> =
        tools.iter().filter(|tool| !(tool.present)()).flat_map(|tool| tool.packages).copied().collect();
    if missing.is_empty() { Ok(()) } else { install_packages(&missing) }
}
