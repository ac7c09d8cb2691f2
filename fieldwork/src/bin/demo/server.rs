//! The real server, as a process of its own.
//!
//! The rule this module protects: *it is set up as an administrator sets it up*: by the commands of its console, and
//! from then on over HTTP.

use crate::Trouble;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use sync_core::AreaCode;

/// All phones share one address here, which in life would be as many as there are phones.
const RATES: [&str; 6] =
    ["--request-burst", "100000", "--requests-per-minute", "600000", "--attempt-burst", "20"];

/// A running `lumbung`.
pub struct Server {
    /// `http://host:port`.
    pub base: String,
    /// The codes with which the districts' admins set their passwords, by login.
    pub first_codes: BTreeMap<String, String>,
    child: Child,
}

/// Login of a district's admin.
pub fn admin_login(district: u64) -> String {
    format!("admin-{district}")
}

impl Server {
    /// Makes a database in the folder, which is emptied first, with an admin for each district, and serves it.
    ///
    /// # Errors
    /// When the folder is not a demo's, or `lumbung` is missing or fails.
    pub fn start(
        data: &Path,
        listen: &str,
        app: Option<&Path>,
        districts: &[u64],
    ) -> Result<Server, Trouble> {
        empty(data)?;
        let file = fs::canonicalize(data)?.join("lumbung.sqlite");
        let database = format!("sqlite://{}", file.display());
        let mut first_codes = BTreeMap::new();
        for (nth, code) in districts.iter().enumerate() {
            let (login, district) = (admin_login(*code), AreaCode(*code).to_string());
            let said = if nth == 0 {
                admin(&database, &["init", "--district", &district, "--login", &login])?
            } else {
                let label = schema::region::district_name(*code).unwrap_or_default();
                let role = ["--role", "district_admin", "--area", &district, "--label", label];
                admin(&database, &[&["add-person", login.as_str()], &role[..]].concat())?;
                admin(&database, &["reset", &login])?
            };
            let code = said.lines().last().unwrap_or_default().to_owned();
            first_codes.insert(login, code);
        }
        let mut child = Command::new(binary()?)
            .args(["serve", "--database", &database, "--listen", listen])
            .args(RATES)
            .args(["--log", "info"])
            .args(app.map(|folder| format!("--app={}", folder.display())))
            .stdout(Stdio::piped())
            .spawn()?;
        let output = child.stdout.take().ok_or("lumbung: stdout")?;
        let log = fs::File::create(data.join("server.log"))?;
        let base = listening(output, log);
        match base {
            Some(address) => Ok(Server { base: format!("http://{address}"), first_codes, child }),
            None => {
                child.kill()?;
                child.wait()?;
                Err(format!("lumbung tidak dapat melayani di {listen} / cannot serve at {listen}").into())
            }
        }
    }

    /// Waits until it ends: Ctrl-C reaches it as it reaches this program.
    ///
    /// # Errors
    /// When it cannot be waited for.
    pub fn wait(&mut self) -> Result<(), Trouble> {
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Gone already when it was waited for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where it listens, as its log says; the rest of the log goes into a file.
fn listening(output: impl std::io::Read + Send + 'static, mut log: fs::File) -> Option<String> {
    let mut lines = BufReader::new(output).lines().map_while(Result::ok);
    let address = lines.find_map(|line| {
        let heard: Value = serde_json::from_str(&line).ok()?;
        (heard["message"] == "listening").then(|| heard["address"].as_str().map(str::to_owned))?
    });
    std::thread::spawn(move || {
        for line in lines {
            // A full disk must not stop the server, which would wait for its log to be read.
            let _ = std::io::Write::write_all(&mut log, format!("{line}\n").as_bytes());
        }
    });
    address
}

/// Removes what an earlier demo left, and nothing else.
fn empty(data: &Path) -> Result<(), Trouble> {
    fs::create_dir_all(data)?;
    let strange = fs::read_dir(data)?.next().is_some() && !data.join("lumbung.sqlite").exists();
    if strange {
        let name = data.display();
        return Err(format!("{name}: bukan map demo / not a demo's folder").into());
    }
    fs::remove_dir_all(data)?;
    Ok(fs::create_dir_all(data)?)
}

/// Runs a command of the console and gives what it said.
fn admin(database: &str, arguments: &[&str]) -> Result<String, Trouble> {
    let mut command = Command::new(binary()?);
    let (act, rest) = arguments.split_first().ok_or("admin: no command")?;
    command.args(["admin", "--database", database, act]).args(rest);
    let output = command.output()?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    Err(format!("lumbung admin {act}: {}", String::from_utf8_lossy(&output.stderr).trim()).into())
}

/// `lumbung`, beside this program.
fn binary() -> Result<PathBuf, Trouble> {
    let path = std::env::current_exe()?.with_file_name("lumbung");
    if path.exists() { Ok(path) } else { Err("lumbung: cargo build --release --bin lumbung".into()) }
}
