//! Writes the reference under a folder, or checks that what is there is what would be written: `cargo xtask docs`.
//!
//! The rule this program protects: *a page of the reference is never edited and never stale.*

use schema::{Language, Rules, Schema, json_schema, reference};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

/// Pages by their path within the folder.
type Pages = BTreeMap<PathBuf, String>;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        [folder] => write(Path::new(folder)),
        [folder, "--check"] => check(Path::new(folder)),
        _ => Err("usage: reference FOLDER [--check]".to_owned()),
    };
    match done {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn pages() -> Pages {
    let (schema, rules) = (Schema::builtin(), Rules::builtin());
    let mut pages = Pages::new();
    for (language, folder) in [(Language::Id, "id"), (Language::En, "en")] {
        let of_language = [
            ("fields.md", reference::fields(schema, language)),
            ("enumerations.md", reference::enumerations(schema, language)),
            ("flags.md", reference::flags(schema, language)),
            ("rules.md", reference::rules(rules, schema, language)),
            ("indicators.md", reference::indicators(rules, schema, language)),
        ];
        pages.extend(of_language.map(|(name, text)| (Path::new(folder).join(name), text)));
    }
    for kind in &schema.kinds {
        let path = Path::new("json").join(format!("{}.schema.json", kind.name));
        pages.insert(path, format!("{:#}\n", json_schema::of_kind(kind, schema)));
    }
    pages
}

/// Writes every page, and takes away what no page is any more.
fn write(folder: &Path) -> Result<String, String> {
    let pages = pages();
    for (path, text) in &pages {
        let path = folder.join(path);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).and_then(|()| fs::write(&path, text)).map_err(|why| fault(&path, &why))?;
    }
    for path in files(folder)?.into_iter().filter(|path| !pages.contains_key(path)) {
        fs::remove_file(folder.join(&path)).map_err(|why| fault(&path, &why))?;
    }
    Ok(format!("{} pages written", pages.len()))
}

fn check(folder: &Path) -> Result<String, String> {
    let pages = pages();
    let is_stale = |(path, text): &(&PathBuf, &String)| {
        fs::read_to_string(folder.join(path)).map_or(true, |found| found != **text)
    };
    let mut faults: Vec<String> =
        pages.iter().filter(is_stale).map(|(path, _)| path.display().to_string()).collect();
    let left_over = files(folder)?.into_iter().filter(|path| !pages.contains_key(path));
    faults.extend(left_over.map(|path| path.display().to_string()));
    if faults.is_empty() {
        return Ok(format!("{} pages are as the files say", pages.len()));
    }
    Err(format!("stale: {}\nrun `cargo xtask docs` and commit what it writes", faults.join(", ")))
}

/// Every file under the folder, by its path within it.
fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(here) = open.pop() {
        let entries = match fs::read_dir(&here) {
            Err(why) if why.kind() == io::ErrorKind::NotFound => continue,
            entries => entries.map_err(|why| fault(&here, &why))?,
        };
        for entry in entries {
            let path = entry.map_err(|why| fault(&here, &why))?.path();
            match path.strip_prefix(folder) {
                _ if path.is_dir() => open.push(path),
                Ok(within) => found.push(within.to_path_buf()),
                Err(_) => {}
            }
        }
    }
    Ok(found)
}

fn fault(path: &Path, why: &io::Error) -> String {
    format!("{}: {why}", path.display())
}
