//! Two ways to a compiler for WebAssembly.
//!
//! The rule this module protects: *a machine that reaches only Debian and crates.io builds the core too.*

use crate::shell::{self, Outcome};
use crate::tools;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub const TARGET: &str = "wasm32-unknown-unknown";

const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_LIBRARY_SOURCE: &str = "/usr/lib/rustlib/src/rust/library";

pub enum Route {
    /// The workspace's own compiler, with rustup's ready-made standard library.
    Rustup,
    /// Debian's compiler for its browsers, which builds the standard library from source.
    Debian { linker: PathBuf },
}

impl Route {
    /// The way asked for; else rustup's target if it is there or can be had, else Debian's packages.
    pub fn choose(asked: Option<&str>) -> Outcome<Route> {
        match asked {
            None if rustup_has_target() || rustup_adds_target() => Ok(Route::Rustup),
            None | Some("debian") => Route::debian(),
            Some("rustup") if rustup_has_target() || rustup_adds_target() => Ok(Route::Rustup),
            Some("rustup") => Err(format!("rustup cannot add the target {TARGET}")),
            Some(other) => Err(format!("no route `{other}`; there are rustup, debian")),
        }
    }

    fn debian() -> Outcome<Route> {
        if !debian_is_new_enough() {
            tools::install_packages(&["rustc-web", "cargo-web", "rust-web-src"])?;
        }
        if !debian_is_new_enough() {
            let needed = env!("CARGO_PKG_RUST_VERSION");
            return Err(format!(
                "Debian's rustc-web is older than {needed}: add its security suite to apt's sources"
            ));
        }
        let linker = rustup_linker().ok_or("the Rust toolchain has no rust-lld")?;
        Ok(Route::Debian { linker })
    }

    /// For people.
    pub fn about(&self) -> String {
        let (name, rustc) = match self {
            Route::Rustup => ("rustup", "rustc"),
            Route::Debian { .. } => ("Debian, building the standard library too", DEBIAN_RUSTC),
        };
        let version = shell::read_text(&mut shell::command(rustc, &["--version"]));
        format!("{} ({name})", version.unwrap_or_default())
    }

    /// Name of the folder for what this compiler makes.
    pub fn folder(&self) -> &'static str {
        match self {
            Route::Rustup => "wasm-rustup",
            Route::Debian { .. } => "wasm-debian",
        }
    }

    /// `cargo build` for the target.
    pub fn cargo(&self) -> Command {
        match self {
            Route::Rustup => shell::command("cargo", &["build", "--target", TARGET]),
            Route::Debian { linker } => {
                // panic_abort has to be named because the profile aborts on panic.
                let arguments = ["build", "--target", TARGET, "-Z", "build-std=std,panic_abort"];
                let mut cargo = shell::command(DEBIAN_CARGO, &arguments);
                cargo
                    .env("RUSTC", DEBIAN_RUSTC)
                    .env("RUSTDOC", "/usr/bin/rustdoc")
                    .env_remove("RUSTUP_TOOLCHAIN");
                // Opens -Z to a stable compiler.
                cargo.env("RUSTC_BOOTSTRAP", "1").env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
                cargo
            }
        }
    }
}

fn rustup_has_target() -> bool {
    let library =
        shell::read_text(&mut shell::command("rustc", &["--print", "target-libdir", "--target", TARGET]));
    library.is_ok_and(|folder| fs::read_dir(folder).is_ok_and(|mut files| files.next().is_some()))
}

fn rustup_adds_target() -> bool {
    println!("asking rustup for {TARGET}");
    shell::succeeds("timeout", &["120", "rustup", "target", "add", TARGET]) && rustup_has_target()
}

/// Are the packages there, in a version that the workspace accepts? Debian's updates raise it with its browsers.
fn debian_is_new_enough() -> bool {
    let Ok(version) = shell::read_text(&mut shell::command(DEBIAN_RUSTC, &["--version"])) else {
        return false;
    };
    let present = Path::new(DEBIAN_CARGO).exists() && Path::new(DEBIAN_LIBRARY_SOURCE).exists();
    let found = version.split_whitespace().nth(1).map(numbers);
    present && found >= Some(numbers(env!("CARGO_PKG_RUST_VERSION")))
}

/// `1.95.0` as numbers, which compare as versions do.
fn numbers(version: &str) -> Vec<u32> {
    version.split('.').map_while(|part| part.parse().ok()).collect()
}

/// rust-lld of rustup's toolchain links for any target.
fn rustup_linker() -> Option<PathBuf> {
    let sysroot = shell::read_text(&mut shell::command("rustc", &["--print", "sysroot"])).ok()?;
    let hosts = fs::read_dir(Path::new(&sysroot).join("lib/rustlib")).ok()?;
    hosts.flatten().map(|host| host.path().join("bin/rust-lld")).find(|linker| linker.exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number() {
        assert!(numbers("1.100.0") > numbers("1.95") && numbers("1.95.0") >= numbers("1.95"));
        assert!(numbers("1.85.0") < numbers("1.95"));
    }
}
