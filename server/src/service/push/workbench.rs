//! The records that a transaction is working on.
//!
//! The rule this module protects: *load, merge, write happens under the lock of the area*. A record that turns out to
//! live in an area that is not locked makes the whole transaction start again with more locks (counterexample 13).

use crate::service::day::day_of;
use crate::service::matching;
use crate::service::seal_key::KeySafe;
use crate::store::area::{self, AreaRow};
use crate::store::conflict::{self, CaseRow};
use crate::store::departure;
use crate::store::record::{self, RecordRow};
use crate::store::{Conn, Error};
use schema::Schema;
use std::collections::{BTreeMap, BTreeSet};
use sync_core::codec::element_bytes;
use sync_core::{AreaCode, Case, Change, Digest, Life, Record, RecordId, Register};

/// Why a transaction stops.
#[derive(Debug)]
pub(super) enum Stop {
    /// The database.
    Store(Error),
    /// Records live in areas that are not locked: again, with these.
    MoreAreas(BTreeSet<AreaCode>),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Stop::Store(error)
    }
}

/// Records of one district, loaded and changed.
pub(super) struct Workbench<'a> {
    pub(super) district: i64,
    schema: &'a Schema,
    keys: &'a KeySafe,
    areas: BTreeMap<AreaCode, AreaRow>,
    /// `None`: looked for, and not there.
    records: BTreeMap<RecordId, Option<Piece>>,
}

/// A record on the bench.
struct Piece {
    record: Record,
    /// Where it lived and what it hashed to when it was loaded; `None` for a new one.
    before: Option<(AreaCode, Digest)>,
    changed: bool,
}

impl<'a> Workbench<'a> {
    /// A bench with these areas locked.
    pub(super) fn lock(
        conn: &mut Conn,
        district: i64,
        areas: &BTreeSet<AreaCode>,
        schema: &'a Schema,
        keys: &'a KeySafe,
    ) -> Result<Workbench<'a>, Stop> {
        let mut rows = BTreeMap::new();
        for code in areas {
            rows.insert(*code, area::lock(conn, district, *code)?);
        }
        Ok(Workbench { district, schema, keys, areas: rows, records: BTreeMap::new() })
    }

    /// Loads the records that these changes speak of, as far as they are there.
    pub(super) fn load<'c>(
        &mut self,
        conn: &mut Conn,
        changes: impl Iterator<Item = &'c Change> + Clone,
    ) -> Result<(), Stop> {
        let made = changes.clone().filter(|change| change.creates()).map(|change| change.record);
        let made: BTreeSet<RecordId> = made.filter(|id| !self.records.contains_key(id)).collect();
        let mut rows = Vec::new();
        // Records named by one actor's dots stand together: one look tells that none of them is there yet.
        if let (Some(first), Some(last)) = (made.first(), made.last()) {
            rows = record::named_between(conn, self.district, *first, *last)?;
        }
        let others: BTreeSet<RecordId> = changes.map(|change| change.record).collect();
        let others: Vec<RecordId> =
            others.into_iter().filter(|id| !made.contains(id) && !self.records.contains_key(id)).collect();
        rows.extend(record::named(conn, self.district, &others)?);
        self.records.extend(made.into_iter().chain(others).map(|id| (id, None)));
        let mut missing = BTreeSet::new();
        for row in rows {
            let loaded = row.record()?;
            if !self.areas.contains_key(&loaded.home.area) {
                missing.insert(loaded.home.area);
            }
            let before = Some((loaded.home.area, Digest::of(&loaded)));
            self.records.insert(loaded.id, Some(Piece { record: loaded, before, changed: false }));
        }
        if missing.is_empty() { Ok(()) } else { Err(Stop::MoreAreas(missing)) }
    }

    /// The record as it is now, if it is there.
    pub(super) fn record(&self, id: RecordId) -> Option<&Record> {
        self.records.get(&id)?.as_ref().map(|piece| &piece.record)
    }

    /// Merges a change.
    pub(super) fn apply(&mut self, change: &Change) {
        match self.records.entry(change.record).or_insert(None) {
            Some(piece) => piece.changed |= piece.record.apply(change),
            empty => *empty = Some(Piece { record: Record::of_change(change), before: None, changed: true }),
        }
    }

    /// Writes everything that changed: records at new versions, cases, areas.
    pub(super) fn save(mut self, conn: &mut Conn) -> Result<(), Stop> {
        let mut pieces: Vec<Piece> = std::mem::take(&mut self.records).into_values().flatten().collect();
        pieces.retain(|piece| piece.changed);
        let records = pieces.iter().map(|piece| &piece.record);
        matching::note(conn, self.district, records, self.schema, self.keys)?;
        let (mut new, mut old) = (Vec::new(), Vec::new());
        for piece in pieces {
            self.tell_departure(conn, &piece)?;
            let row = self.row(&piece)?;
            if piece.before.is_some() || may_have_cases(&piece.record) {
                let version = row.version;
                let cases = cases_of(conn, self.district, &piece.record, version, self.schema, self.keys)?;
                conflict::replace(conn, self.district, piece.record.id, &cases)?;
            }
            if piece.before.is_some() { old.push(row) } else { new.push(row) }
        }
        record::insert(conn, &new)?;
        record::replace(conn, &old)?;
        for row in self.areas.values() {
            area::save(conn, row)?;
        }
        Ok(())
    }

    /// A record whose home is another now leaves word in the area it lived in until now.
    fn tell_departure(&mut self, conn: &mut Conn, piece: &Piece) -> Result<(), Stop> {
        let (id, home) = (piece.record.id, piece.record.home.area);
        if let Some((area, _)) = piece.before.filter(|(area, _)| *area != home)
            && let Some(left) = self.areas.get_mut(&area)
        {
            departure::note(conn, self.district, area, left.next_version(), id)?;
            departure::forget(conn, self.district, home, id)?;
        }
        Ok(())
    }

    /// The row of a changed record at the next version of its area, whose digest moves along.
    fn row(&mut self, piece: &Piece) -> Result<RecordRow, Stop> {
        let record = &piece.record;
        if let Some((area, digest)) = piece.before
            && let Some(row) = self.areas.get_mut(&area)
        {
            row.set_digest(row.digest().without(digest));
            row.records -= 1;
        }
        let home = record.home.area;
        let Some(row) = self.areas.get_mut(&home) else {
            return Err(Stop::MoreAreas(BTreeSet::from([home])));
        };
        row.set_digest(row.digest().with(Digest::of(record)));
        row.records += 1;
        let mut state = Vec::with_capacity(256);
        record.put_state(&mut state);
        Ok(RecordRow {
            district: self.district,
            id: record.id.0.as_bytes().to_vec(),
            area: home.0 as i64,
            kind: i32::from(record.kind),
            version: row.next_version(),
            day: day_of(record, self.schema),
            state,
        })
    }
}

/// The open cases of a record, as rows.
pub(in crate::service) fn cases_of(
    conn: &mut Conn,
    district: i64,
    record: &Record,
    version: i64,
    schema: &Schema,
    keys: &KeySafe,
) -> Result<Vec<CaseRow>, Error> {
    let ring = keys.ring_for(conn, district, [record], schema)?;
    let row = |case: Case| CaseRow {
        district,
        area: record.home.area.0 as i64,
        record: record.id.0.as_bytes().to_vec(),
        field: i32::from(case.place.0),
        element: element_bytes(&case.place.1),
        kind: i32::from(record.kind),
        cause: case.cause as i16,
        since_version: version,
    };
    Ok(record.cases(schema, &ring).into_iter().map(row).collect())
}

/// Nobody need look at a new record without siblings, unless who made and deleted it wrote once more: one upload can
/// bring all three.
fn may_have_cases(record: &Record) -> bool {
    let several = |(_, register): &(_, Register)| matches!(register, Register::Several(_));
    record.registers().iter().any(several) || record.life() == Life::Contested
}
