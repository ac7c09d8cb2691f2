//! What must be stored, told again from the log alone.
//!
//! The rule this module protects: *marks, records, cases, touches and areas are what the log says, to the byte*,
//! whatever failed on the way there.

use crate::village::DISTRICT;
use diesel::prelude::*;
use schema::Schema;
use server::on;
use server::service::day::day_of;
use server::service::log::batch_of;
use server::service::seal_key::KeySafe;
use server::store::actor::Actor;
use server::store::conflict::CaseRow;
use server::store::quarantine::HeldRow;
use server::store::record::RecordRow;
use server::store::upload::UploadRow;
use server::store::{Conn, area, tables};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use sync_core::codec::put_element;
use sync_core::{ActorId, AreaCode, Change, Digest, Dot, Mark, Record, RecordId};

/// What the log says.
#[derive(Default)]
struct Told {
    marks: BTreeMap<ActorId, Mark>,
    records: BTreeMap<RecordId, Record>,
    touches: BTreeSet<(Vec<u8>, i64, i64)>,
    changes: BTreeMap<Dot, Change>,
    holes: Vec<(i64, i64, i64)>,
}

/// Compares everything stored with what the log says.
pub fn check(conn: &mut Conn, keys: &KeySafe) {
    let held: Vec<HeldRow> =
        on!(conn, |c| tables::quarantine::table.select(HeldRow::as_select()).load(c)).unwrap();
    let told = told(conn, &held);
    for held in &held {
        let change = &told.changes[&held.dot()];
        let place =
            (change.origin.area.0 as i64, i32::from(change.kind), change.record.0.as_bytes().to_vec());
        assert_eq!((held.area, held.kind, held.record.clone().unwrap()), place);
    }
    let actors: Vec<Actor> = on!(conn, |c| tables::actor::table.select(Actor::as_select()).load(c)).unwrap();
    for actor in actors {
        let mark = told.marks.get(&actor.number).copied().unwrap_or(Mark::start(actor.number));
        assert!(told.reaches(actor.number, mark, actor.mark()), "mark of {}", actor.number);
    }
    let touches: Vec<(Vec<u8>, i64, i64)> = on!(conn, |c| {
        let columns = (tables::touch::record, tables::touch::actor, tables::touch::seq);
        tables::touch::table.select(columns).load(c)
    })
    .unwrap();
    assert_eq!(touches.into_iter().collect::<BTreeSet<_>>(), told.touches, "touches");
    let versions = check_records(conn, &told);
    check_areas(conn, &told, &versions);
    check_cases(conn, &told, keys);
}

fn told(conn: &mut Conn, held: &[HeldRow]) -> Told {
    let uploads: Vec<UploadRow> = on!(conn, |c| {
        let order = (tables::upload::actor, tables::upload::first_seq);
        tables::upload::table.order(order).select(UploadRow::as_select()).load(c)
    })
    .unwrap();
    let mut told = Told { holes: holes(conn), ..Told::default() };
    for upload in &uploads {
        let batch = batch_of(upload).unwrap();
        let mark = told.marks.remove(&batch.actor).unwrap_or(Mark::start(batch.actor));
        assert!(told.reaches(batch.actor, mark, batch.before), "the log of {} has a hole", batch.actor);
        let after = batch.after();
        let said = (upload.first_seq, upload.last_seq, &upload.chain[..]);
        assert_eq!(said, (batch.before.seq as i64 + 1, after.seq as i64, &after.chain.0[..]));
        told.marks.insert(batch.actor, after);
        for change in batch.changes {
            told.take(change, upload.received_at_s, held);
        }
    }
    told
}

/// Ranges of changes that nobody can bring any more.
fn holes(conn: &mut Conn) -> Vec<(i64, i64, i64)> {
    let columns = (tables::loss::actor, tables::loss::first_seq, tables::loss::last_seq);
    on!(conn, |c| tables::loss::table.select(columns).load(c)).unwrap()
}

impl Told {
    /// Is a series at `from` also at `to`? Yes when both are one, or only listed holes lie between.
    fn reaches(&self, actor: ActorId, from: Mark, to: Mark) -> bool {
        let mut at = from.seq as i64;
        let next = |at: i64| self.holes.iter().find(|hole| (hole.0, hole.1) == (actor.0 as i64, at + 1));
        while let Some(hole) = next(at) {
            at = hole.2;
        }
        from == to || (at > from.seq as i64 && at == to.seq as i64)
    }

    fn take(&mut self, change: Change, received_at_s: i64, held: &[HeldRow]) {
        let dot = change.origin.dot;
        let held: Vec<&HeldRow> = held.iter().filter(|held| held.dot() == dot).collect();
        if !change.creates() {
            self.touches.insert((change.record.0.as_bytes().to_vec(), dot.actor.0 as i64, dot.seq as i64));
        }
        let mut good = change.clone();
        good.origin.distrusted = change.origin.stamp.is_beyond(received_at_s);
        good.edits.retain(|edit| {
            let mut element = Vec::new();
            put_element(&mut element, &edit.element);
            !held
                .iter()
                .any(|held| held.whole || (held.field == i32::from(edit.field) && held.element == element))
        });
        if !good.edits.is_empty() {
            match self.records.entry(good.record) {
                Entry::Vacant(empty) => _ = empty.insert(Record::of_change(&good)),
                Entry::Occupied(mut record) => _ = record.get_mut().apply(&good),
            }
        }
        self.changes.insert(dot, change);
    }
}

/// Every record is stored as the log tells it. Gives the versions that each area used.
fn check_records(conn: &mut Conn, told: &Told) -> BTreeMap<AreaCode, Vec<i64>> {
    let rows: Vec<RecordRow> =
        on!(conn, |c| tables::record::table.select(RecordRow::as_select()).load(c)).unwrap();
    assert_eq!(rows.len(), told.records.len(), "records");
    let mut versions: BTreeMap<AreaCode, Vec<i64>> = BTreeMap::new();
    for row in rows {
        let record = &told.records[&row.id()];
        let mut state = Vec::new();
        record.put_state(&mut state);
        let home = record.home.area;
        let said = (row.area, row.kind, row.day, &row.state);
        let day = day_of(record, Schema::builtin());
        assert_eq!(said, (home.0 as i64, i32::from(record.kind), day, &state), "record {}", record.id);
        versions.entry(home).or_default().push(row.version);
    }
    versions
}

/// Counters and digests are those of the records; no version is used twice or lies above the counter.
fn check_areas(conn: &mut Conn, told: &Told, versions: &BTreeMap<AreaCode, Vec<i64>>) {
    let mut sums: BTreeMap<AreaCode, (i64, Digest)> = BTreeMap::new();
    for record in told.records.values() {
        let (count, sum) = sums.entry(record.home.area).or_default();
        (*count, *sum) = (*count + 1, sum.with(Digest::of(record)));
    }
    for row in area::of_district(conn, DISTRICT.0 as i64).unwrap() {
        let said = (row.records, row.digest());
        assert_eq!(said, sums.remove(&row.code()).unwrap_or_default(), "area {}", row.code());
        let mut used = versions.get(&row.code()).cloned().unwrap_or_default();
        used.sort_unstable();
        assert!(used.is_sorted_by(|a, b| a < b), "a version twice in {}: {used:?}", row.code());
        assert!(used.last().is_none_or(|last| *last <= row.version() as i64), "{used:?}");
    }
    assert!(sums.is_empty(), "records in areas without a row: {sums:?}");
}

/// The list of cases is what the records say, in the area where each record lives.
fn check_cases(conn: &mut Conn, told: &Told, keys: &KeySafe) {
    let mut rows: Vec<CaseRow> =
        on!(conn, |c| tables::conflict::table.select(CaseRow::as_select()).load(c)).unwrap();
    let mut due = Vec::new();
    for record in told.records.values() {
        let ring = keys.ring_for(conn, DISTRICT.0 as i64, [record], Schema::builtin()).unwrap();
        for case in record.cases(Schema::builtin(), &ring) {
            let mut element = Vec::new();
            put_element(&mut element, &case.place.1);
            due.push(CaseRow {
                district: DISTRICT.0 as i64,
                area: record.home.area.0 as i64,
                record: record.id.0.as_bytes().to_vec(),
                field: i32::from(case.place.0),
                element,
                kind: i32::from(record.kind),
                cause: case.cause as i16,
                since_version: 0,
            });
        }
    }
    let key = |row: &CaseRow| (row.record.clone(), row.field, row.element.clone(), row.cause);
    rows.iter_mut().for_each(|row| row.since_version = 0);
    rows.sort_by_key(key);
    due.sort_by_key(key);
    assert_eq!(rows, due, "open cases");
}
