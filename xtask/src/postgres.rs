//! The private PostgreSQL of this checkout.
//!
//! The rule this module protects: *tests and measurements meet a real PostgreSQL with fsync on, and leave no process
//! behind, however they end.* The cluster lies in `target/postgres`, listens on a free port of 127.0.0.1 and on a
//! socket of its own, and may be deleted at any time.

mod cluster;

use crate::shell::Outcome;
use crate::tools;
use cluster::Cluster;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::{Child, Stdio};

/// Tells tests and measurements where PostgreSQL is.
pub const URL_VARIABLE: &str = "LUMBUNG_TEST_POSTGRES";

/// A PostgreSQL that runs for as long as this value lives.
pub struct Session {
    /// `postgres://user:password@127.0.0.1:port/postgres`, a superuser.
    pub url: String,
    /// Absent when a person had started it before: then it is theirs to stop.
    guard: Option<Child>,
}

/// Starts PostgreSQL until the session is dropped; uses the running one if a person started it.
pub fn session() -> Outcome<Session> {
    tools::for_postgres()?;
    let cluster = Cluster::find()?;
    if cluster.is_running() {
        return Ok(Session { url: cluster.url()?, guard: None });
    }
    // The guard is there first, so that no moment is left in which a dying run leaves a server behind.
    let guard = Some(guard(&cluster).map_err(|error| format!("no guard for PostgreSQL: {error}"))?);
    let mut session = Session { url: String::new(), guard };
    cluster.start()?;
    session.url = cluster.url()?;
    Ok(session)
}

/// `cargo xtask postgres start`: runs until `stop`.
pub fn start() -> Outcome {
    tools::for_postgres()?;
    let cluster = Cluster::find()?;
    if !cluster.is_running() {
        cluster.start()?;
    }
    println!("{}", cluster.url()?);
    Ok(())
}

/// `cargo xtask postgres stop`.
pub fn stop() -> Outcome {
    let cluster = Cluster::find()?;
    if cluster.is_running() { cluster.stop() } else { Ok(()) }
}

/// `cargo xtask postgres url`: the URL alone, for `$(..)`.
pub fn print_url() -> Outcome {
    let cluster = Cluster::find()?;
    if !cluster.is_running() {
        return Err("PostgreSQL is not running: cargo xtask postgres start".into());
    }
    println!("{}", cluster.url()?);
    Ok(())
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Some(mut guard) = self.guard.take() {
            drop(guard.stdin.take());
            if !guard.wait().is_ok_and(|status| status.success()) {
                eprintln!("PostgreSQL did not stop cleanly: cargo xtask postgres stop");
            }
        }
    }
}

/// A shell that waits until this process closes its end of a pipe, which it does however it ends, and then stops
/// PostgreSQL. Its own process group keeps Ctrl-C away from it.
fn guard(cluster: &Cluster) -> io::Result<Child> {
    let stop = cluster.stop_command();
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", r#"trap "" HUP INT TERM; read -r _; "$@" || ! kill -0 "$(head -n 1 "$0")""#]);
    shell.arg(cluster.pid_file()).arg(stop.get_program()).args(stop.get_args());
    shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    shell.process_group(0).spawn()
}
