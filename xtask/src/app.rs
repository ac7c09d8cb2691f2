//! `cargo xtask app`: the app for the phone, into `target/app/`.
//!
//! The rule this module protects: *what a kader downloads once, over a bad line and at her own cost, stays small, and
//! opens on a phone of 2020.*

use crate::shell::{self, Outcome};
use crate::wasm;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// All that a first use downloads. 400 kB were wanted: docs/benchmarks.md says what the core costs and why.
const BROTLI_BYTES_MAX: u64 = 540_000;

/// A file of a first use, as it is and as it travels.
struct Sizes {
    path: String,
    raw_bytes: u64,
    gzip_bytes: u64,
    brotli_bytes: u64,
}

/// Checks, builds, and shows what a first use costs; into `json` too, when a file is named.
pub fn run(json: Option<&str>) -> Outcome {
    wasm::run(None)?;
    build(&[&["tsc", "--noEmit"], &["vitest", "run"], &["vite", "build"]])?;
    shell::run(&mut shell::command("node", &["app/lint/chrome87.mjs", "target/app"]))?;
    let files = first_use(&shell::root().join("target/app"))?;
    let total: u64 = files.iter().map(|file| file.brotli_bytes).sum();
    show(&files, total);
    if let Some(json) = json {
        fs::write(json, as_json(&files, total)).map_err(|error| format!("{json}: {error}"))?;
    }
    if total > BROTLI_BYTES_MAX {
        return Err(format!(
            "a first use costs {total} bytes, over {BROTLI_BYTES_MAX}: what came in that no kader needs at once?"
        ));
    }
    Ok(())
}

/// The app as it is served, without trying it.
pub fn make() -> Outcome {
    wasm::run(None)?;
    build(&[&["vite", "build"]])
}

fn build(commands: &[&[&str]]) -> Outcome {
    let home = shell::root().join("app");
    wasm::npm_ci(&home)?;
    for words in commands {
        let program = home.join("node_modules/.bin").join(words[0]);
        let mut command = shell::command(&program.to_string_lossy(), &words[1..]);
        shell::run(command.current_dir(&home))?;
    }
    Ok(())
}

/// What the service worker fetches when it is installed, itself, and what installing shows.
fn first_use(folder: &Path) -> Outcome<Vec<Sizes>> {
    let worker = folder.join("sw.js");
    let text = fs::read_to_string(&worker).map_err(|error| format!("{}: {error}", worker.display()))?;
    let mut paths = precached(&text);
    if paths.is_empty() {
        return Err(format!("{} precaches nothing", worker.display()));
    }
    paths.extend(["sw.js".to_owned(), "manifest.webmanifest".to_owned()]);
    paths.sort();
    paths.dedup();
    paths.into_iter().map(|path| sizes(folder, path)).collect()
}

/// Paths of the manifest that workbox wrote into the service worker: `{"revision":..,"url":"assets/..."}`.
fn precached(worker: &str) -> Vec<String> {
    let quoted = |part: &str| {
        let quote = part.chars().next().filter(|quote| matches!(quote, '"' | '\'' | '`'))?;
        part[1..].split_once(quote).map(|(path, _)| path.to_owned())
    };
    let starts = ["{\"revision\":", "{revision:"];
    let entries = starts.iter().flat_map(|start| worker.split(start).skip(1));
    let url = |entry: &str| {
        let entry = entry.split_once('}')?.0;
        let (_, after) = entry.split_once("\"url\":").or_else(|| entry.split_once("url:"))?;
        quoted(after)
    };
    entries.filter_map(url).collect()
}

/// A file that is not compressed travels as it is.
fn sizes(folder: &Path, path: String) -> Outcome<Sizes> {
    let length = |end: &str| fs::metadata(folder.join(format!("{path}{end}"))).map(|file| file.len());
    let raw_bytes = length("").map_err(|error| format!("{path}: {error}"))?;
    let gzip_bytes = length(".gz").unwrap_or(raw_bytes);
    let brotli_bytes = length(".br").unwrap_or(raw_bytes);
    Ok(Sizes { path, raw_bytes, gzip_bytes, brotli_bytes })
}

fn show(files: &[Sizes], total: u64) {
    println!("{:<48} {:>9} {:>9} {:>9}", "first use, bytes", "raw", "gzip", "brotli");
    for Sizes { path, raw_bytes, gzip_bytes, brotli_bytes } in files {
        println!("{path:<48} {raw_bytes:>9} {gzip_bytes:>9} {brotli_bytes:>9}");
    }
    println!("{:<48} {:>9} {:>9} {total:>9}", "all", "", "");
}

fn as_json(files: &[Sizes], total: u64) -> String {
    let is_core = |file: &&Sizes| file.path.ends_with(".wasm");
    let core: u64 = files.iter().filter(is_core).map(|file| file.brotli_bytes).sum();
    let mut out = String::from("{\n  \"files\": [\n");
    for (i, file) in files.iter().enumerate() {
        let Sizes { path, raw_bytes, gzip_bytes, brotli_bytes } = file;
        let comma = if i + 1 < files.len() { "," } else { "" };
        // Writing into a String cannot fail.
        let _ = writeln!(
            out,
            "    {{\"path\": \"{path}\", \"raw_bytes\": {raw_bytes}, \"gzip_bytes\": {gzip_bytes}, \"brotli_bytes\": {brotli_bytes}}}{comma}"
        );
    }
    let _ = write!(out, "  ],\n  \"total_brotli_bytes\": {total},\n  \"core_brotli_bytes\": {core}\n}}\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_precached_is_read_from_the_worker_as_written_and_as_minified() {
        let written = r#"x([{"revision":null,"url":"assets/a.js"},{"revision":"1f","url":"index.html"}])"#;
        assert_eq!(precached(written), ["assets/a.js", "index.html"]);
        let minified = "x([{revision:null,url:`assets/a.js`},{revision:`1f`,url:`index.html`}])";
        assert_eq!(precached(minified), ["assets/a.js", "index.html"]);
        assert!(precached("nothing").is_empty());
    }

    #[test]
    fn the_sum_and_the_core_stand_in_the_json() {
        let file =
            |path: &str, brotli_bytes| Sizes { path: path.into(), raw_bytes: 9, gzip_bytes: 5, brotli_bytes };
        let json = as_json(&[file("a.js", 3), file("b.wasm", 4)], 7);
        assert!(
            json.contains("\"total_brotli_bytes\": 7") && json.contains("\"core_brotli_bytes\": 4"),
            "{json}"
        );
        assert!(
            json.contains("\"path\": \"a.js\", \"raw_bytes\": 9, \"gzip_bytes\": 5, \"brotli_bytes\": 3},")
        );
    }
}
