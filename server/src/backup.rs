//! Backups: one SQLite file, whatever the database is.
//!
//! The rule this module protects: *a restore is a new life, announced* (docs/decisions/0004): it gets a new epoch in the
//! same transaction that brings the rows back, so no phone can take the old state for the newest. The keys of sealed
//! values are backed up alone: destroying a key there and here erases the person everywhere.
//!
//! Since a backup of either database restores into either, it is also the way from SQLite to PostgreSQL.

use crate::config::Place;
use crate::place::{Failure, create, open, open_at, read_secrets, undo_create, world};
use crate::service::access::{Doer, note};
use crate::service::{Fault, Limits, init, push};
use crate::store::{self, Conn, DatabaseUrl, copy_data, copy_keys, migrate, snapshot, tx};
use std::fs;
use std::path::Path;
use sync_core::Dot;

/// Writes a backup of the data, or of the keys alone.
///
/// # Errors
///
/// A text for whoever typed it; then there is no file.
pub fn backup(place: &Place, keys: bool, file: &Path) -> Result<String, Failure> {
    if file.exists() {
        let name = file.display();
        return Err(Failure::new(format!("{name} sudah ada."), format!("{name} is there already.")));
    }
    let mut from = open(place)?;
    let part = file.with_extension("part");
    let written = write(&mut from, keys, &part).and_then(|rows| {
        fs::File::open(&part)
            .and_then(|part| part.sync_all())
            .and_then(|()| fs::rename(&part, file))
            .map_err(|why| Failure::new(format!("{} tidak dapat ditulis.", file.display()), why))?;
        Ok(rows)
    });
    if written.is_err() {
        // There may be no part yet; what counts is the failure itself.
        let _ = fs::remove_file(&part);
    }
    let rows = written?;
    let name = file.display();
    Ok(format!("{rows} baris tersimpan di {name}.\n{rows} rows are in {name}."))
}

fn write(from: &mut Conn, keys: bool, part: &Path) -> Result<u64, Failure> {
    if part.exists() {
        fs::remove_file(part).map_err(|why| Failure::new(format!("{} menghalangi.", part.display()), why))?;
    }
    let mut to = Conn::create(&DatabaseUrl::Sqlite(part.into()))?;
    migrate(&mut to)?;
    let rows = snapshot(from, |from| {
        tx(&mut to, |to| if keys { copy_keys(from, to) } else { copy_data(from, to) })
    })?;
    to.seal_file()?;
    Ok(rows)
}

/// Brings a backup back into an empty database, as a new life of the data.
///
/// # Errors
///
/// A text for whoever typed it; then the database is as empty as before.
pub fn restore(place: &Place, keys: Option<&Path>, file: &Path) -> Result<String, Failure> {
    let world = world(read_secrets(&place.secrets_path())?, Limits::default());
    let mut from = open_at(&DatabaseUrl::Sqlite(file.into()))?;
    let mut keys = keys.map(|keys| open_at(&DatabaseUrl::Sqlite(keys.into()))).transpose()?;
    let mut to = create(place)?;
    let (rows, epoch) = tx(&mut to, |to| {
        let mut rows = copy_data(&mut from, to)?;
        if let Some(keys) = &mut keys {
            rows += copy_keys(keys, to)?;
        }
        let epoch = init::renew_life(&world, to)?;
        // A code that was used after the backup would be unused again.
        store::code::end_all(to, world.clock.now_s())?;
        for district in store::access::districts(to)? {
            note(&world, to, district, Doer::Console, "restore", None, format!("epoch {epoch}"))?;
        }
        Ok::<_, Fault>((rows, epoch))
    })
    .map_err(|fault| undo_create(place, fault.into()))?;
    Ok(format!(
        "{rows} baris pulih. Masa hidup baru: {epoch}. Ponsel akan mengirim ulang yang hilang.\n\
         {rows} rows are back. New epoch: {epoch}. Phones will send again what is missing."
    ))
}

/// Takes the word of whoever keeps the backups: this one was tried, and none older will ever be restored. Devices may
/// forget what it holds.
///
/// # Errors
///
/// A text for whoever typed it; then nothing changed. A file whose series are not the ones here is no backup of this data.
pub fn trust(place: &Place, file: &Path) -> Result<String, Failure> {
    let world = world(read_secrets(&place.secrets_path())?, Limits::default());
    let mut kept = open_at(&DatabaseUrl::Sqlite(file.into()))?;
    let mut conn = open(place)?;
    let series = store::actor::all(&mut kept)?;
    let count = series.len();
    tx(&mut conn, |conn| {
        for there in &series {
            let chain = match store::actor::lock(conn, there.number)? {
                Some(here) if here.seq == there.seq => Some(here.chain),
                Some(here) if here.seq > there.seq => {
                    let dot = Dot::new(there.number, there.seq);
                    push::hash_at(conn, there.district.0 as i64, dot)?
                }
                _ => None,
            };
            if chain != Some(there.chain) {
                return Err(Fault::bad_request("a series in it is not the one here"));
            }
            store::actor::note_backup(conn, there.number, there.seq)?;
        }
        for district in store::access::districts(conn)? {
            note(&world, conn, district, Doer::Console, "trust-backup", None, format!("{count} series"))?;
        }
        Ok::<_, Fault>(())
    })
    .map_err(|why| Failure::new("Bukan cadangan data ini.", format!("Not a backup of this data: {why}.")))?;
    Ok(format!(
        "{count} seri dipegang cadangan ini. Ponsel boleh melupakannya.\n{count} series are in this backup. Phones may forget them."
    ))
}
