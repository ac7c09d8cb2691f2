//! One PostgreSQL cluster on disk: made, started, asked, stopped.
//!
//! The rule this module protects: *the running server is the only witness: its port is read from its own files, never
//! remembered elsewhere.*

use crate::shell::{self, Outcome};
use crate::tools;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// PostgreSQL refuses to be root; root runs it as the user that Debian's package makes.
const UNPRIVILEGED: &str = "postgres";
/// The superuser that the URL names.
const USER: &str = "lumbung";
/// Room for a test runner with one pool per test.
const CONNECTIONS_MAX: u32 = 200;
/// A socket's whole path has to fit in 107 bytes.
const SOCKET_FOLDER_BYTES_MAX: usize = 80;

pub struct Cluster {
    programs: PathBuf,
    folder: PathBuf,
    as_root: bool,
}

impl Cluster {
    /// The cluster of this checkout, made or not.
    pub fn find() -> Outcome<Cluster> {
        let programs =
            tools::postgres_programs().ok_or("PostgreSQL is not installed: cargo xtask postgres start")?;
        let as_root = tools::is_root();
        let folder = if as_root { folder_for_unprivileged()? } else { shell::root().join("target/postgres") };
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(Cluster { programs, folder, as_root })
    }

    pub fn is_running(&self) -> bool {
        let data = self.data();
        shell::read(&mut self.program("pg_ctl", &["status", "-D", &text(&data)])).is_ok()
    }

    /// Starts the server, and waits until it answers. A cluster that does not start is made anew.
    pub fn start(&self) -> Outcome {
        if self.data().join("PG_VERSION").exists() && self.try_start().is_ok() {
            return Ok(());
        }
        self.make()?;
        self.try_start()
    }

    pub fn stop(&self) -> Outcome {
        shell::read(&mut self.stop_command()).map(drop)
    }

    pub fn stop_command(&self) -> Command {
        self.program("pg_ctl", &["stop", "-m", "fast", "-w", "-D", &text(&self.data())])
    }

    /// The file whose first line is the server's process id, while it runs.
    pub fn pid_file(&self) -> PathBuf {
        self.data().join("postmaster.pid")
    }

    /// Where the running server answers, for a superuser.
    pub fn url(&self) -> Outcome<String> {
        let pid_file = self.pid_file();
        let lines =
            fs::read_to_string(&pid_file).map_err(|error| format!("{}: {error}", pid_file.display()))?;
        let port = lines.lines().nth(3).ok_or_else(|| format!("{}: no port", pid_file.display()))?;
        let password =
            fs::read_to_string(self.password_file()).map_err(|error| format!("password: {error}"))?;
        Ok(format!("postgres://{USER}:{password}@127.0.0.1:{port}/postgres"))
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn password_file(&self) -> PathBuf {
        self.folder.join("password")
    }

    /// Deletes what there was and makes an empty cluster with a password of its own: every user of this machine can
    /// reach the port.
    fn make(&self) -> Outcome {
        for path in [self.data(), self.password_file()] {
            if path.exists() {
                shell::read(&mut shell::command("rm", &["-rf", &text(&path)]))?;
            }
        }
        self.write_password().map_err(|error| format!("no password: {error}"))?;
        let (data, password_file) = (text(&self.data()), text(&self.password_file()));
        if self.as_root {
            shell::read(&mut shell::command("chown", &[UNPRIVILEGED, &password_file]))?;
        }
        let access = ["-U", USER, "--auth=scram-sha-256", "--pwfile", &password_file];
        let habits = ["--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums"];
        shell::read(&mut self.program("initdb", &[&["-D", &data], &access[..], &habits[..]].concat()))
            .map(drop)
    }

    fn write_password(&self) -> std::io::Result<()> {
        let mut bytes = [0; 16];
        fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
        let password: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(self.password_file());
        file?.write_all(password.as_bytes())
    }

    fn try_start(&self) -> Outcome {
        let port = free_port().map_err(|error| format!("no free port: {error}"))?;
        let folder = text(&self.folder);
        let sockets = if folder.len() <= SOCKET_FOLDER_BYTES_MAX { folder.as_str() } else { "" };
        let options = format!(
            "-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories='{sockets}' \
             -c max_connections={CONNECTIONS_MAX} -c shared_buffers=256MB"
        );
        let log = self.folder.join("log");
        let arguments = ["start", "-w", "-D", &text(&self.data()), "-l", &text(&log), "-o", &options];
        shell::read(&mut self.program("pg_ctl", &arguments)).map(drop).map_err(|reason| {
            let log = fs::read_to_string(&log).unwrap_or_default();
            let tail: Vec<_> = log.lines().rev().take(5).collect();
            format!("{reason}\n{}", tail.into_iter().rev().collect::<Vec<_>>().join("\n"))
        })
    }

    /// One of PostgreSQL's programs, run by someone PostgreSQL accepts.
    fn program(&self, name: &str, arguments: &[&str]) -> Command {
        let program = text(&self.programs.join(name));
        let mut command = if self.as_root {
            shell::command("runuser", &[&["-u", UNPRIVILEGED, "--", &program], arguments].concat())
        } else {
            shell::command(&program, arguments)
        };
        command.current_dir(&self.folder);
        command
    }
}

/// `target/postgres` if the unprivileged user can get there, else (a checkout in root's home) a folder beside the
/// machine's temporary files, named after the checkout.
fn folder_for_unprivileged() -> Outcome<PathBuf> {
    let name = text(shell::root()).replace('/', "-");
    for folder in [shell::root().join("target/postgres"), std::env::temp_dir().join(format!("lumbung{name}"))]
    {
        let path = text(&folder);
        shell::read(&mut shell::command("mkdir", &["-p", &path]))?;
        shell::read(&mut shell::command("chown", &[UNPRIVILEGED, &path]))?;
        if shell::succeeds("runuser", &["-u", UNPRIVILEGED, "--", "test", "-w", &path]) {
            return Ok(folder);
        }
    }
    Err(format!("the user `{UNPRIVILEGED}` can write neither under target/ nor to the temporary folder"))
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
