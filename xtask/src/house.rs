//! Rules of the house that compilers do not check.
//!
//! The rule this module protects: *a habit that matters is checked by a machine, with a message that says what to do.*

use crate::shell::{self, Outcome};

/// One habit.
struct Rule {
    /// What to do instead.
    advice: &'static str,
    /// Which files it speaks about.
    concerns: fn(&str) -> bool,
    /// Line number and what was found there.
    find: fn(&str) -> Vec<(usize, String)>,
}

const RUST_LINES_MAX: usize = 400;
/// Data may be large where data lives; anywhere else a large file is what some program left behind.
const BYTES_MAX: u64 = 1 << 18;

const RULES: &[Rule] = &[
    Rule {
        advice: "split it by noun: a reader holds 250 lines in the head",
        concerns: is_rust,
        find: too_long,
    },
    Rule {
        advice: "open with a line `//!` that says what it is, then its rule",
        concerns: is_source,
        find: undocumented,
    },
    Rule { advice: "do it, or write an issue: main holds no promises", concerns: is_text, find: promise },
    Rule { advice: "name no place that exists on one machine only", concerns: is_text, find: machine_path },
    Rule { advice: "mend the test or delete it", concerns: is_text, find: ignored_test },
];

/// Reads every file that git would take, and fails with a list of what breaks a rule.
pub fn check() -> Outcome {
    let listing = ["-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard"];
    let files = shell::read_text(&mut shell::command("git", &listing))?;
    let mut faults = 0;
    let mut read = 0;
    for file in files.lines() {
        if is_left_behind(file) {
            println!(
                "{file}: over {BYTES_MAX} bytes and no data of ours: keep what programs make out of git"
            );
            faults += 1;
        }
        // Deleted but not yet committed, or not text: nothing to say about it.
        let Ok(text) = std::fs::read_to_string(shell::root().join(file)) else { continue };
        read += 1;
        for rule in RULES.iter().filter(|rule| (rule.concerns)(file)) {
            for (line, found) in (rule.find)(&text) {
                println!("{file}:{line}: {found}: {}", rule.advice);
                faults += 1;
            }
        }
    }
    println!("{read} files read");
    if faults == 0 { Ok(()) } else { Err(format!("{faults} broken rules of the house")) }
}

fn is_left_behind(file: &str) -> bool {
    let is_data = ["schema/", "fixtures/", "Cargo.lock"].iter().any(|place| file.starts_with(place));
    let length = std::fs::metadata(shell::root().join(file)).map_or(0, |file| file.len());
    !is_data && length > BYTES_MAX
}

fn is_rust(file: &str) -> bool {
    file.ends_with(".rs")
}

fn is_source(file: &str) -> bool {
    is_rust(file) && (file.contains("/src/") || file.ends_with("build.rs"))
}

/// Everything but data, lock files, and the rules themselves.
fn is_text(file: &str) -> bool {
    let written = [".rs", ".toml", ".md", ".ts", ".tsx", ".js", ".mjs", ".sql", ".sh", ".yml", "run"];
    written.iter().any(|end| file.ends_with(end)) && file != "xtask/src/house.rs"
}

fn too_long(text: &str) -> Vec<(usize, String)> {
    let lines = text.lines().count();
    if lines > RUST_LINES_MAX { vec![(lines, format!("{lines} lines"))] } else { vec![] }
}

fn undocumented(text: &str) -> Vec<(usize, String)> {
    if text.starts_with("//!") { vec![] } else { vec![(1, "no module documentation".into())] }
}

fn promise(text: &str) -> Vec<(usize, String)> {
    mentions(text, &["TODO", "FIXME", "XXX", "todo!(", "unimplemented!(", "dbg!("])
}

fn ignored_test(text: &str) -> Vec<(usize, String)> {
    mentions(text, &["#[ignore"])
}

fn machine_path(text: &str) -> Vec<(usize, String)> {
    let mut found = mentions(text, &["/work", "/tmp", "/home", "/root", "/Users"]);
    // A part of a longer path or of a URL is no machine's.
    found.retain(|(line, place)| {
        let line = text.lines().nth(line - 1).unwrap_or_default();
        line.match_indices(place.as_str()).any(|(at, _)| stands_alone(line, at, place))
    });
    found.extend(mentions(text, &["../shared"]));
    found
}

/// Is the path at `at` absolute, and is its first part exactly `place`?
fn stands_alone(line: &str, at: usize, place: &str) -> bool {
    let before = line[..at].chars().next_back();
    let after = line[at + place.len()..].chars().next();
    let in_name = |c: char| c.is_alphanumeric() || "_-.".contains(c);
    !before.is_some_and(|c| in_name(c) || "/}$*<>".contains(c)) && !after.is_some_and(in_name)
}

fn mentions(text: &str, words: &[&str]) -> Vec<(usize, String)> {
    let lines = (1..).zip(text.lines());
    lines
        .flat_map(|(n, line)| words.iter().filter(|w| line.contains(**w)).map(move |w| (n, w.to_string())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_on_one_machine_is_found_and_a_route_is_not() {
        for bad in ["see /tmp/x", "\"/work/shared\"", "cd /root", "read ../shared/a"] {
            assert_eq!(machine_path(bad).len(), 1, "{bad}");
        }
        for good in ["https://example.org/home/page", "/homes", "{base}/work/1", "a/tmp"] {
            assert!(machine_path(good).is_empty(), "{good}");
        }
    }

    #[test]
    fn each_rule_finds_what_it_is_for() {
        assert_eq!(promise("a\n// TODO later"), [(2, "TODO".to_string())]);
        assert_eq!(ignored_test("#[ignore]\nfn x() {}").len(), 1);
        assert_eq!(undocumented("use x;").len(), 1);
        assert_eq!(too_long(&"\n".repeat(RUST_LINES_MAX + 1)).len(), 1);
        assert!(too_long(&"\n".repeat(RUST_LINES_MAX)).is_empty());
    }
}
