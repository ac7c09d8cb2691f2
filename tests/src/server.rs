//! The real server, as a process of its own.

use crate::client::Client;
use crate::{Database, Kind, binary};
use serde_json::Value;
use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::ops::Deref;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The district all tests play in: Kabupaten Malang.
pub const DISTRICT: &str = "35.07";

/// A running server with a database of its own.
pub struct Server {
    /// Its database.
    pub database: Database,
    /// One-time code of the first admin, `admin`.
    pub first_code: String,
    client: Client,
    child: Child,
    options: Vec<String>,
    log: Arc<Mutex<Vec<String>>>,
}

/// Tests make more requests than a phone.
const NO_RATE: [&str; 6] =
    ["--request-burst", "100000", "--requests-per-minute", "60000", "--attempt-burst", "20"];

impl Server {
    /// A server with a first admin and no rate to speak of.
    pub fn fresh(kind: Kind) -> Server {
        Server::with(Database::fresh(kind), &NO_RATE)
    }

    /// A server with a first admin and these options.
    pub fn with(database: Database, options: &[&str]) -> Server {
        let init = run(&database, &["admin", "init", "--district", DISTRICT]);
        assert!(init.status.success(), "{}", String::from_utf8_lossy(&init.stderr));
        let text = String::from_utf8(init.stdout).expect("UTF-8");
        let first_code = text.lines().last().expect("a code").to_string();
        let options = options.iter().map(|option| option.to_string()).collect();
        Server::start(database, first_code, options)
    }

    /// A server on a database that was filled already, so without a first code.
    pub fn on(database: Database) -> Server {
        Server::start(database, String::new(), NO_RATE.map(String::from).to_vec())
    }

    /// One more server on the same database, with the same secrets.
    pub fn beside(&self) -> Server {
        let database = self.database.again();
        std::fs::copy(self.secrets(), database.folder().join("lumbung.secrets")).expect("secrets");
        Server::on(database)
    }

    fn start(database: Database, first_code: String, options: Vec<String>) -> Server {
        let log = Arc::new(Mutex::new(Vec::new()));
        let (child, address) = spawn(&database, &options, &log);
        let client = Client::new(&format!("http://{address}"));
        Server { database, first_code, client, child, options, log }
    }

    /// Runs `lumbung` on the same database.
    pub fn command(&self, arguments: &[&str]) -> Output {
        run(&self.database, arguments)
    }

    /// Runs `lumbung` on a database that has no server.
    pub fn try_command(database: &Database, arguments: &[&str]) -> Output {
        run(database, arguments)
    }

    /// Kills it as a power cut would, and starts it again.
    pub fn crash_and_restart(&mut self) {
        self.child.kill().expect("kill");
        self.child.wait().expect("wait");
        self.restart();
    }

    /// Asks it to stop and gives its exit code.
    pub fn stop(&mut self) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("kill").success());
        self.child.wait().expect("wait").code()
    }

    /// Starts it again after it stopped.
    pub fn restart(&mut self) {
        let (child, address) = spawn(&self.database, &self.options, &self.log);
        self.child = child;
        self.client = Client::new(&format!("http://{address}"));
    }

    /// Everything it logged so far.
    pub fn log(&self) -> Vec<String> {
        lines(&self.log).clone()
    }

    /// Where its secrets are.
    pub fn secrets(&self) -> PathBuf {
        self.database.folder().join("lumbung.secrets")
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Deref for Server {
    type Target = Client;
    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Gone already when the test stopped it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where a command finds the database and its secrets.
fn places(database: &Database) -> [(&'static str, OsString); 2] {
    let secrets = database.folder().join("lumbung.secrets");
    [("LUMBUNG_DATABASE", database.url.clone().into()), ("LUMBUNG_SECRETS", secrets.into())]
}

fn run(database: &Database, arguments: &[&str]) -> Output {
    Command::new(binary::lumbung()).args(arguments).envs(places(database)).output().expect("lumbung")
}

/// A write beyond the largest size of a file fails, as on a full disk, instead of ending the process: a test may set that
/// size while the server runs.
const OUTLIVES_A_FULL_DISK: &str = "trap '' XFSZ; exec \"$0\" \"$@\"";

fn spawn(database: &Database, options: &[String], log: &Arc<Mutex<Vec<String>>>) -> (Child, String) {
    let mut command = Command::new("sh");
    command.args(["-c", OUTLIVES_A_FULL_DISK]).arg(binary::lumbung());
    command.args(["serve", "--listen", "127.0.0.1:0"]).envs(places(database));
    let mut child = command.args(options).stdout(Stdio::piped()).spawn().expect("lumbung");
    let (tell, told) = channel();
    let output = BufReader::new(child.stdout.take().expect("stdout"));
    let log = log.clone();
    std::thread::spawn(move || {
        for line in output.lines().map_while(Result::ok) {
            let heard = serde_json::from_str::<Value>(&line).unwrap_or_default();
            if heard["message"] == "listening" {
                // Nobody listens any more when the server was restarted.
                let _ = tell.send(heard["address"].as_str().unwrap_or_default().to_string());
            }
            lines(&log).push(line);
        }
    });
    (child, address(&told))
}

fn address(told: &Receiver<String>) -> String {
    told.recv_timeout(Duration::from_secs(60)).expect("the server says where it listens")
}

fn lines(log: &Mutex<Vec<String>>) -> MutexGuard<'_, Vec<String>> {
    log.lock().unwrap_or_else(PoisonError::into_inner)
}
