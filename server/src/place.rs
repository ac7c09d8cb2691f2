//! Opening what a command works on: the database and the secrets beside it.
//!
//! The rule this module protects: *nothing is made by mistake*: only `init` and `restore` make a database or secrets,
//! every other command refuses when they are not there.

use crate::config::Place;
use crate::service::clock::SystemClock;
use crate::service::entropy::SystemEntropy;
use crate::service::{Fault, Limits, Secrets, World};
use crate::store::{self, Conn, DatabaseUrl, Standing, migrate, standing, unmigrate};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;

/// Why a command did not do it: a text for whoever typed it, Indonesian first.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Failure(pub String);

impl Failure {
    /// A failure in both languages.
    pub fn new(id: impl std::fmt::Display, en: impl std::fmt::Display) -> Failure {
        Failure(format!("{id}\n{en}"))
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Failure {
        Failure::new("Basis data menolak.", error)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Failure {
        Failure::new(fault.code.message_id(), format!("{} ({})", fault.code.message_en(), fault.log))
    }
}

/// Opens the database of this version.
///
/// # Errors
///
/// A text that says what to do when there are no tables, or older ones.
pub fn open(place: &Place) -> Result<Conn, Failure> {
    open_at(&place.database)
}

/// Opens the database of this version at `url`.
///
/// # Errors
///
/// As [`open`].
pub fn open_at(url: &DatabaseUrl) -> Result<Conn, Failure> {
    let empty = || {
        Failure::new(
            format!("Tidak ada tabel Lumbung di {url}. Jalankan `lumbung admin init`."),
            format!("No Lumbung tables at {url}. Run `lumbung admin init`."),
        )
    };
    if matches!(url, DatabaseUrl::Sqlite(file) if !file.exists()) {
        return Err(empty());
    }
    let mut conn = Conn::open(url)?;
    match standing(&mut conn)? {
        Standing::Current => Ok(conn),
        Standing::Empty => Err(empty()),
        Standing::Behind => Err(Failure::new(
            "Tabel dari versi lama. Cadangkan, lalu jalankan `lumbung admin migrate`.",
            "Tables of an older version. Back up, then run `lumbung admin migrate`.",
        )),
    }
}

/// Makes the tables in an empty database.
///
/// # Errors
///
/// When there are tables already.
pub fn create(place: &Place) -> Result<Conn, Failure> {
    let mut conn = Conn::create(&place.database)?;
    if standing(&mut conn)? != Standing::Empty {
        return Err(Failure::new(
            format!("Sudah ada tabel Lumbung di {}.", place.database),
            format!("There are Lumbung tables at {} already.", place.database),
        ));
    }
    migrate(&mut conn)?;
    Ok(conn)
}

/// Takes away the tables that [`create`] made, since what should have filled them failed; the same command can then be
/// typed again.
pub fn undo_create(place: &Place, failure: Failure) -> Failure {
    match Conn::open(&place.database).and_then(|mut conn| unmigrate(&mut conn)) {
        Ok(()) => failure,
        Err(why) => {
            Failure::new("Gagal; kosongkan basis data.", format!("{failure}; empty the database ({why})"))
        }
    }
}

/// The machine's own clock and dice, with these secrets.
pub fn world(secrets: Secrets, limits: Limits) -> World {
    World {
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        secrets: Arc::new(secrets),
        limits,
    }
}

/// Reads the secrets.
///
/// # Errors
///
/// When they are not there, unreadable, or readable by others on this machine.
pub fn read_secrets(path: &Path) -> Result<Secrets, Failure> {
    let mut text = String::new();
    let file = File::open(path).and_then(|mut file| {
        file.read_to_string(&mut text)?;
        file.metadata()
    });
    let metadata = file.map_err(|why| {
        let name = path.display();
        Failure::new(format!("Berkas rahasia {name} tidak terbaca."), format!("Cannot read {name}: {why}."))
    })?;
    if is_open_to_others(&metadata) {
        let name = path.display();
        return Err(Failure::new(
            format!("Berkas rahasia {name} terbuka bagi orang lain. Jalankan `chmod 600 {name}`."),
            format!("Others can read {name}. Run `chmod 600 {name}`."),
        ));
    }
    // The parser's own text could quote a secret.
    serde_json::from_str(&text).map_err(|why| {
        let place = format!("{}:{}:{}", path.display(), why.line(), why.column());
        Failure::new(format!("Berkas rahasia rusak: {place}."), format!("The secrets are damaged: {place}."))
    })
}

/// Makes secrets and writes them where only this user can read them; ones that are there are taken as they are.
///
/// # Errors
///
/// When the file cannot be written or read.
pub fn make_secrets(path: &Path) -> Result<Secrets, Failure> {
    if path.exists() {
        return read_secrets(path);
    }
    let secrets = Secrets::made(&SystemEntropy);
    write_secrets(path, &secrets)?;
    Ok(secrets)
}

/// Writes secrets where only this user can read them, whole or not at all.
///
/// # Errors
///
/// When the file cannot be written.
pub fn write_secrets(path: &Path, secrets: &Secrets) -> Result<(), Failure> {
    let part = path.with_extension("part");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let text = serde_json::to_string_pretty(secrets).map_err(std::io::Error::from);
    let written = text.and_then(|text| {
        let mut file = options.open(&part)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&part, path)
    });
    written.map_err(|why| {
        let name = path.display();
        Failure::new(
            format!("Berkas rahasia {name} tidak dapat ditulis."),
            format!("Cannot write {name}: {why}."),
        )
    })
}

#[cfg(unix)]
fn is_open_to_others(metadata: &std::fs::Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o077 != 0
}

#[cfg(not(unix))]
fn is_open_to_others(_: &std::fs::Metadata) -> bool {
    false
}
