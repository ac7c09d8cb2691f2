//! Everything that is derived from records, made again from them.
//!
//! The rule this module protects: *what is derived is a shadow*: making it again changes nothing, unless something had
//! gone wrong with it. One area after the other, each under its lock, so a server may go on serving.

use super::matching;
use super::pull::PAGE_RECORDS;
use super::push::cases_of;
use super::seal_key::KeySafe;
use crate::store::record::RecordRow;
use crate::store::{Conn, Error, area, conflict, record, tx};
use schema::Schema;
use std::fmt;
use sync_core::{AreaCode, Digest};

/// What was gone through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rebuilt {
    /// Records.
    pub records: usize,
    /// Open cases.
    pub cases: usize,
    /// Areas whose number of records or digest was not what the records say.
    pub mended_areas: usize,
}

impl fmt::Display for Rebuilt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Rebuilt { records, cases, mended_areas } = self;
        writeln!(f, "{records} catatan, {cases} kasus terbuka, {mended_areas} wilayah dibetulkan.")?;
        write!(f, "{records} records, {cases} open cases, {mended_areas} areas mended.")
    }
}

/// Makes conflicts, match tokens, record counts and digests of a district again.
///
/// # Errors
/// When the database fails; areas that were done stay done.
pub fn rebuild(
    conn: &mut Conn,
    district: AreaCode,
    schema: &Schema,
    keys: &KeySafe,
) -> Result<Rebuilt, Error> {
    let mut all = Rebuilt::default();
    for row in area::of_district(conn, district.0 as i64)? {
        let one = tx(conn, |conn| rebuild_area(conn, district.0 as i64, row.code(), schema, keys))?;
        all.records += one.records;
        all.cases += one.cases;
        all.mended_areas += one.mended_areas;
    }
    Ok(all)
}

fn rebuild_area(
    conn: &mut Conn,
    district: i64,
    code: AreaCode,
    schema: &Schema,
    keys: &KeySafe,
) -> Result<Rebuilt, Error> {
    let mut row = area::lock(conn, district, code)?;
    let mut rebuilt = Rebuilt::default();
    let (mut version, mut digest) = (0, Digest::default());
    let mut strays = conflict::records_in(conn, district, code)?;
    loop {
        let rows = record::changed_since(conn, district, code, version, PAGE_RECORDS)?;
        let Some(last) = rows.last() else { break };
        version = last.version as u64;
        let records = rows.iter().map(RecordRow::record).collect::<Result<Vec<_>, _>>()?;
        matching::note(conn, district, &records, schema, keys)?;
        for (row, record) in rows.iter().zip(&records) {
            strays.remove(&record.id);
            digest = digest.with(Digest::of(record));
            let cases = cases_of(conn, district, record, row.version, schema, keys)?;
            rebuilt.cases += cases.len();
            conflict::replace(conn, district, record.id, &cases)?;
        }
        rebuilt.records += rows.len();
    }
    for stray in strays {
        conflict::replace(conn, district, stray, &[])?;
    }
    if (row.records, row.digest()) != (rebuilt.records as i64, digest) {
        row.records = rebuilt.records as i64;
        row.set_digest(digest);
        area::save(conn, &row)?;
        rebuilt.mended_areas = 1;
    }
    Ok(rebuilt)
}
