//! The real binary, as new as its sources.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::SystemTime;

/// Folders the binary is made of.
const SOURCES: [&str; 3] = ["schema", "sync-core", "server"];

/// Path of `lumbung`, of the same profile as the running test. `cargo test --workspace` has built it; when a single
/// package is tested it may be missing or old, and is built here.
pub fn lumbung() -> &'static Path {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(|| {
        let test = std::env::current_exe().expect("path of the test");
        // Tests are in target/<profile>/deps, the benchmark in target/<profile>.
        let profile = test.ancestors().skip(1).find(|folder| !folder.ends_with("deps"));
        let profile = profile.expect("target/<profile>");
        let binary = profile.join("lumbung");
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
        let newest = SOURCES.iter().filter_map(|folder| newest(&root.join(folder))).max();
        if changed(&binary) < newest {
            build(root, profile);
        }
        binary
    })
}

fn build(root: &Path, profile: &Path) {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(root).args(["build", "--quiet", "--workspace", "--bin", "lumbung"]);
    command.arg("--target-dir").arg(profile.parent().expect("the target folder"));
    if profile.ends_with("release") {
        command.arg("--release");
    }
    assert!(command.status().expect("cargo").success(), "building lumbung failed");
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

fn newest(path: &Path) -> Option<SystemTime> {
    if path.is_dir() {
        let entries = fs::read_dir(path).ok()?;
        return entries.filter_map(|entry| newest(&entry.ok()?.path())).max();
    }
    changed(path)
}
