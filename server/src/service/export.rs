//! The district's merged table, row by row.
//!
//! The rule this module protects: *memory stays flat and a cut download goes on*: rows come in a stable order (area,
//! version), each carries its own place in it, and whoever was cut off asks for what comes after the last row she has.
//! Who somebody is stays out unless it is asked for with a purpose.

use super::seal_key::KeySafe;
use super::{Caller, Fault, pull};
use crate::store::record::{self, RecordRow, Wanted};
use crate::store::{Conn, Error};
use schema::columns::{Column, columns};
use schema::json::RecordJson;
use schema::{Kind, Register, Registers, Schema};
use serde::Serialize;
use std::collections::VecDeque;
use sync_core::{AreaCode, Life, Opener, Record, Shown};

/// Rows read at once.
const ROWS_PER_CHUNK: usize = 1000;

/// Which rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Of this kind only.
    pub kind: Option<u16>,
    /// In this area and all that lies in it.
    pub area: Option<AreaCode>,
    /// Whose day lies between these days since 1970, ends included.
    pub days: Option<(i32, i32)>,
    /// After this area and version.
    pub after: Option<(AreaCode, u64)>,
    /// At most so many.
    pub limit: Option<usize>,
    /// With the fields that say who somebody is.
    pub identified: bool,
}

/// In which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line.
    Ndjson,
    /// Comma-separated, one kind, a heading first.
    Csv,
}

/// A table on its way out.
pub struct Export {
    district: AreaCode,
    areas: VecDeque<AreaCode>,
    version: u64,
    filter: Filter,
    format: Format,
    schema: &'static Schema,
    started: bool,
    left: usize,
}

impl Export {
    /// A table of what the caller may read.
    ///
    /// # Errors
    /// When the area is not the caller's, or a CSV is asked for without a kind.
    pub fn start(
        conn: &mut Conn,
        caller: &Caller,
        filter: Filter,
        format: Format,
        schema: &'static Schema,
    ) -> Result<Export, Fault> {
        if format == Format::Csv && filter.kind.is_none() {
            return Err(Fault::bad_request("export: a CSV has one kind, name it"));
        }
        let scope = match filter.area {
            Some(area) if caller.covers(area) => vec![area],
            Some(_) => return Err(Fault::forbidden("export: area out of scope")),
            None => caller.areas.clone(),
        };
        let (from, version) = filter.after.unwrap_or((AreaCode(0), 0));
        let rows = pull::areas_within(conn, caller.district, &scope)?;
        let areas: VecDeque<AreaCode> =
            rows.iter().map(|row| row.code()).filter(|area| *area >= from).collect();
        let version = if areas.front() == Some(&from) { version } else { 0 };
        let left = filter.limit.unwrap_or(usize::MAX);
        let district = caller.district;
        Ok(Export { district, areas, version, filter, format, schema, started: false, left })
    }

    /// The next rows as bytes; `None` at the end.
    ///
    /// # Errors
    /// When the database fails: what was sent so far holds, and the rest can be asked for.
    pub fn chunk(&mut self, conn: &mut Conn, keys: &KeySafe) -> Result<Option<Vec<u8>>, Error> {
        let mut out = Vec::new();
        if !self.started {
            self.started = true;
            self.put_heading(&mut out);
        }
        while let Some(area) = self.areas.front().copied().filter(|_| self.left > 0) {
            let limit = ROWS_PER_CHUNK.min(self.left);
            let wanted = Wanted { kind: self.filter.kind, days: self.filter.days };
            let rows = record::wanted_since(conn, self.district.0 as i64, area, self.version, wanted, limit)?;
            match rows.last() {
                Some(last) if rows.len() == limit => self.version = last.version as u64,
                _ => {
                    self.areas.pop_front();
                    self.version = 0;
                }
            }
            if !rows.is_empty() {
                self.left -= rows.len();
                self.put_rows(conn, &mut out, &rows, keys)?;
                return Ok(Some(out));
            }
        }
        Ok(Some(out).filter(|out| !out.is_empty()))
    }

    fn put_rows(
        &self,
        conn: &mut Conn,
        out: &mut Vec<u8>,
        rows: &[RecordRow],
        keys: &KeySafe,
    ) -> Result<(), Error> {
        out.reserve(rows.len() * 512);
        let records: Vec<Record> = rows.iter().map(RecordRow::record).collect::<Result<_, _>>()?;
        let district = self.district.0 as i64;
        let sealed_asked = if self.filter.identified { &records[..] } else { &[] };
        let ring = keys.ring_for(conn, district, sealed_asked, self.schema)?;
        for (row, record) in rows.iter().zip(&records) {
            match (self.format, self.schema.kind(record.kind)) {
                (Format::Ndjson, Some(kind)) => self.put_json(out, row, record, kind, &ring)?,
                (Format::Csv, Some(kind)) => self.put_csv(out, row, record, kind, &ring),
                // A kind of a newer schema has no columns here yet; it is kept and passed on to devices.
                (_, None) => {}
            }
        }
        Ok(())
    }

    fn put_json(
        &self,
        out: &mut Vec<u8>,
        row: &RecordRow,
        record: &Record,
        kind: &Kind,
        opener: &dyn Opener,
    ) -> Result<(), Error> {
        let view = self.view(record, opener);
        let registers: Vec<Register> = view.iter().map(register).collect();
        let deleted = record.life() == Life::Deleted;
        let fields = RecordJson {
            kind,
            registers: Registers::new(if deleted { &[] } else { &registers }),
            schema: self.schema,
            identified: self.filter.identified,
        };
        let line = Line {
            id: record.id,
            kind: &kind.name,
            area: record.home.area,
            version: row.version,
            updated_at_s: updated_at_s(record),
            deleted,
            in_review: in_review(record, &view),
            fields,
        };
        serde_json::to_writer(&mut *out, &line).map_err(|why| Error::Broken(format!("export: {why}")))?;
        out.push(b'\n');
        Ok(())
    }

    fn put_csv(
        &self,
        out: &mut Vec<u8>,
        row: &RecordRow,
        record: &Record,
        kind: &'static Kind,
        opener: &dyn Opener,
    ) {
        let view = self.view(record, opener);
        let registers: Vec<Register> = view.iter().map(register).collect();
        let deleted = record.life() == Life::Deleted;
        let registers = Registers::new(if deleted { &[] } else { &registers });
        let head = format!(
            "{},{},{},{},{},{}",
            record.id,
            record.home.area,
            row.version,
            updated_at_s(record),
            deleted,
            in_review(record, &view).join("|")
        );
        out.extend_from_slice(head.as_bytes());
        for column in self.columns(kind) {
            out.push(b',');
            column.write_csv(out, registers, self.schema);
        }
        out.extend_from_slice(b"\r\n");
    }

    fn put_heading(&self, out: &mut Vec<u8>) {
        let kind = self.filter.kind.and_then(|kind| self.schema.kind(kind));
        if let (Format::Csv, Some(kind)) = (self.format, kind) {
            out.extend_from_slice(b"id,area,version,updated_at_s,deleted,in_review");
            for column in self.columns(kind) {
                out.push(b',');
                out.extend_from_slice(column.name.as_bytes());
            }
            out.extend_from_slice(b"\r\n");
        }
    }

    fn columns(&self, kind: &'static Kind) -> Vec<Column<'static>> {
        columns(kind, self.filter.identified)
    }

    fn view<'a>(&self, record: &'a Record, opener: &dyn Opener) -> Vec<Shown<'a>> {
        record.view(self.schema, opener)
    }
}

/// A line of NDJSON.
#[derive(Serialize)]
struct Line<'a> {
    id: sync_core::RecordId,
    kind: &'a str,
    area: AreaCode,
    version: i64,
    updated_at_s: i64,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    deleted: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    in_review: Vec<&'a str>,
    fields: RecordJson<'a>,
}

fn register<'a>(shown: &'a Shown<'a>) -> Register<'a> {
    Register { field: shown.place.0, element: shown.place.1, value: &shown.value }
}

/// Fields that wait for a decision: what is shown of them may still change. `tombstone` when it is in question whether
/// the record is there at all.
fn in_review<'a>(record: &Record, view: &[Shown<'a>]) -> Vec<&'a str> {
    let contested = (record.life() == Life::Contested).then_some("tombstone");
    let waiting = view.iter().filter(|shown| shown.review);
    let fields = waiting.filter_map(|shown| Some(&*shown.field?.name));
    let mut names: Vec<&str> = contested.into_iter().chain(fields).collect();
    names.dedup();
    names
}

/// When the newest surviving change was saved, by its author's clock.
fn updated_at_s(record: &Record) -> i64 {
    record
        .origins()
        .iter()
        .filter(|origin| !origin.distrusted)
        .map(|origin| origin.stamp.at_s())
        .max()
        .unwrap_or(0)
}
