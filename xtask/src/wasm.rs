//! `cargo xtask wasm`: the core for the phone, into `target/wasm/`.
//!
//! The rule this module protects: *what a phone loads is small, runs on old browsers, and answers as the server's own
//! code does.*

mod features;
mod route;

use crate::shell::{self, Outcome};
use crate::tools;
use route::Route;
use std::fs;
use std::path::{Path, PathBuf};

const PACKAGE: &str = "app-core";
/// Of the files that come out, and of the library that cargo makes.
const NAME: &str = "app_core";
/// What a kader pays for at most when the core is loaded, once: the whole device, its forms and its cryptography. Nearly
/// all of it is code, spread thin: no part of it is larger than a twentieth.
const GZIP_BYTES_MAX: usize = 480_000;

/// Instructions that every browser from Chrome 87 on knows; wasm-opt may use these and no others.
const INSTRUCTIONS: &[&str] = &[
    "--mvp-features",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
    "--enable-multivalue",
];

/// Builds, shows the sizes, and runs the vectors of `app/core/tests` in Node.
pub fn run(route: Option<&str>) -> Outcome {
    tools::for_wasm()?;
    let module = compile(&Route::choose(route)?)?;
    let folder = shell::root().join("target/wasm");
    write_glue(&module, &folder)?;
    optimise(&folder.join(format!("{NAME}_bg.wasm")))?;
    write_document(&folder)?;
    show_sizes(&folder)?;
    shell::run(&mut shell::command(
        "node",
        &["--test-reporter=spec", "app/core/tests/smoke.mjs", "target/wasm"],
    ))
}

fn compile(route: &Route) -> Outcome<PathBuf> {
    println!("compiler: {}", route.about());
    // Two compilers must not share a folder.
    let target = shell::root().join("target").join(route.folder());
    let mut cargo = route.cargo();
    cargo.args(["--profile", "wasm", "--package", PACKAGE, "--lib", "--target-dir", &text(&target)]);
    shell::run(cargo.env("CARGO_ENCODED_RUSTFLAGS", rustc_flags()))?;
    Ok(target.join(route::TARGET).join("wasm").join(format!("{NAME}.wasm")))
}

/// Chrome before 96 has no reference types; and no phone needs to know where the core was built.
fn rustc_flags() -> String {
    let mut flags = vec!["-Ctarget-feature=-reference-types".to_owned()];
    let places = [std::env::home_dir().map(|home| (home, "home")), Some((shell::root().into(), "lumbung"))];
    for (folder, name) in places.into_iter().flatten() {
        flags.push(format!("--remap-path-prefix={}={name}", folder.display()));
    }
    flags.join("\x1f")
}

/// JavaScript and types around the module.
fn write_glue(module: &Path, folder: &Path) -> Outcome {
    let bytes = fs::read(module).map_err(|error| format!("{}: {error}", module.display()))?;
    let plain = features::without_reference_types(&bytes).ok_or("not a WebAssembly module")?;
    let input = folder.join("input.wasm");
    fs::create_dir_all(folder).and_then(|()| fs::write(&input, plain)).map_err(|error| error.to_string())?;
    let bindgen = [
        "run",
        "--profile",
        "tools",
        "--package",
        "xtask",
        "--features",
        "bindgen",
        "--bin",
        "bindgen",
        "--",
    ];
    let arguments = [text(&input), text(folder), NAME.to_owned()];
    shell::run(shell::command("cargo", &bindgen).args(arguments))?;
    fs::remove_file(input).map_err(|error| error.to_string())
}

/// Makes the module smaller, in place, with npm's binaryen.
fn optimise(module: &Path) -> Outcome {
    let home = shell::root().join("xtask");
    npm_ci(&home)?;
    let wasm_opt = text(&home.join("node_modules/.bin/wasm-opt"));
    let module = text(module);
    shell::run(shell::command(&wasm_opt, INSTRUCTIONS).args(["-Oz", "--converge", &module, "-o", &module]))
}

/// What the app knows about data until a server sends a newer document.
fn write_document(folder: &Path) -> Outcome {
    let cargo = ["run", "--quiet", "--package", "schema", "--example", "document"];
    let document = shell::read(&mut shell::command("cargo", &cargo))?;
    fs::write(folder.join("schema.json"), document).map_err(|error| error.to_string())
}

/// The packages of `home` as its lock file names them, unless they are there.
pub fn npm_ci(home: &Path) -> Outcome {
    let made = |file: &str| fs::metadata(home.join(file)).and_then(|file| file.modified()).ok();
    if made("node_modules/.package-lock.json") < made("package-lock.json") {
        let quiet = ["--no-audit", "--no-fund", "--no-update-notifier"];
        shell::run(shell::command("npm", &["ci", "--prefix", &text(home)]).args(quiet))?;
    }
    Ok(())
}

fn show_sizes(folder: &Path) -> Outcome {
    println!("{:<20} {:>9} {:>9}", "bytes", "raw", "gzip");
    for file in [format!("{NAME}_bg.wasm"), format!("{NAME}.js")] {
        let path = text(&folder.join(&file));
        let raw = fs::metadata(&path).map_err(|error| format!("{path}: {error}"))?.len();
        let gzip = shell::read(&mut shell::command("gzip", &["-9", "-c", &path]))?.len();
        println!("{file:<20} {raw:>9} {gzip:>9}");
        if gzip > GZIP_BYTES_MAX {
            return Err(format!(
                "{file} is over its {GZIP_BYTES_MAX} bytes: what did it take in that no phone needs?"
            ));
        }
    }
    Ok(())
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
