//! One transaction for one or more uploads.
//!
//! The rule this module protects: *locks come first and in one order*: all actor rows ascending, then all area rows
//! ascending; only then marks and records are read (counterexample 13). An upload is never split.

use super::claim::Claimed;
use super::judge::Verdict;
use super::workbench::{Stop, Workbench};
use super::{Outcome, Upload, held};
use crate::ids::DeviceId;
use crate::service::seal_key::KeySafe;
use crate::store::upload::UploadRow;
use crate::store::{Conn, Error, actor, quarantine, tx, upload};
use schema::{Refusal, Schema};
use std::collections::{BTreeMap, BTreeSet};
use sync_core::{ActorId, AreaCode, Batch, ChainHash, Change, Continuation, Dot, Held, Mark, RecordId};

/// How often uploads give way to somebody who made one of their records first.
const RACES_MAX: u32 = 5;

/// Stores uploads of one district in one transaction: all of them, or none. Repeating an upload is free.
///
/// # Errors
/// When the database fails; nothing is stored then.
pub fn store_all(
    conn: &mut Conn,
    uploads: &[&Upload],
    schema: &Schema,
    keys: &KeySafe,
) -> Result<Vec<Outcome>, Error> {
    let changes = uploads.iter().flat_map(|upload| &upload.batch.changes);
    let mut areas: BTreeSet<AreaCode> = changes.map(|change| change.origin.area).collect();
    let mut races = 0;
    loop {
        let stored = tx(conn, |conn| attempt(conn, uploads, &areas, schema, keys));
        match stored {
            Ok(outcomes) => return Ok(outcomes),
            // Somebody who had locked other areas made the same record a moment ago. Now it can be seen.
            Err(Stop::Store(Error::Duplicate(_))) if races < RACES_MAX => races += 1,
            // To a phone `conflict` would mean that it must stop.
            Err(Stop::Store(Error::Duplicate(what))) => return Err(Error::Broken(format!("twice: {what}"))),
            Err(Stop::Store(error)) => return Err(error),
            Err(Stop::MoreAreas(more)) => areas.extend(more),
        }
    }
}

/// A series whose row is locked.
struct Series {
    mark: Mark,
    device: DeviceId,
    backed_up_seq: u64,
    /// When something of it last arrived, or when it began: the start of the believed interval.
    heard_at_s: i64,
}

impl Series {
    fn held(&self, held: Vec<Held>, new: usize) -> Outcome {
        Outcome::Held { mark: self.mark, backed_up_seq: self.backed_up_seq, held, new }
    }
}

fn attempt(
    conn: &mut Conn,
    uploads: &[&Upload],
    areas: &BTreeSet<AreaCode>,
    schema: &Schema,
    keys: &KeySafe,
) -> Result<Vec<Outcome>, Stop> {
    let Some(first) = uploads.first() else { return Ok(Vec::new()) };
    let district = first.sender.district.0 as i64;
    let actors: BTreeSet<ActorId> = uploads.iter().map(|upload| upload.batch.actor).collect();
    let mut all = BTreeMap::new();
    for actor in actors {
        if let Some(row) = actor::lock(conn, actor)? {
            let heard_at_s = row.heard_at_s.unwrap_or(row.since_s);
            let (mark, device, backed_up_seq) = (row.mark(), row.device, row.backed_up_seq);
            all.insert(actor, Series { mark, device, backed_up_seq, heard_at_s });
        }
    }
    let mut bench = Workbench::lock(conn, district, areas, schema, keys)?;
    let claimed = Claimed::by(conn, uploads)?;
    let mut outcomes = Vec::with_capacity(uploads.len());
    for upload in uploads {
        outcomes.push(match all.get_mut(&upload.batch.actor) {
            Some(series) if series.device == upload.sender.device => {
                store_one(conn, &mut bench, series, &claimed, upload)?
            }
            _ => Outcome::ForeignActor,
        });
    }
    bench.save(conn)?;
    Ok(outcomes)
}

fn store_one(
    conn: &mut Conn,
    bench: &mut Workbench,
    series: &mut Series,
    claimed: &Claimed,
    upload: &Upload,
) -> Result<Outcome, Stop> {
    let batch = &upload.batch;
    // Only the last hash of each logged upload is stored; one in between is made again from the log.
    let mut failure = None;
    let known = |seq| match hash_at(conn, bench.district, Dot::new(batch.actor, seq)) {
        Ok(hash) => hash,
        Err(error) => {
            failure = Some(error);
            None
        }
    };
    let continuation = series.mark.continued_by(&batch.before, &batch.changes, known);
    if let Some(error) = failure {
        return Err(error.into());
    }
    let skip = match continuation {
        Continuation::Gap { expected } => return Ok(Outcome::Gap { expected }),
        Continuation::Fork { at } => return Ok(Outcome::Fork { at }),
        Continuation::Known => {
            // The receipt ends where the batch ends: what lies behind it may be of a twin, whose hash its sender never had.
            let held = held_of(conn, bench.district, batch.actor, batch.before.seq, upload.after.seq)?;
            let backed_up_seq = series.backed_up_seq.min(upload.after.seq);
            return Ok(Outcome::Held { mark: upload.after, backed_up_seq, held, new: 0 });
        }
        Continuation::New { skip } => skip,
    };
    let new = &batch.changes[skip..];
    bench.load(conn, new.iter())?;
    let (held, touches) = apply(bench, series, claimed, upload, skip);
    let rows: Vec<_> = held
        .iter()
        .filter_map(|held| {
            let change = new.iter().find(|change| change.origin.dot.seq == held.seq)?;
            Some(held::row(bench.district, change, held, upload.received_at_s))
        })
        .collect();
    quarantine::keep(conn, &rows)?;
    upload::note_touches(conn, bench.district, &touches)?;
    upload::append(conn, &log_row(bench.district, upload, series.mark, skip))?;
    actor::advance(conn, batch.actor, &upload.after, upload.received_at_s)?;
    series.mark = upload.after;
    series.heard_at_s = upload.received_at_s;
    // A lost receipt is made good: what was held of the known part is named again.
    let known = batch.before.seq + skip as u64;
    let mut all_held = held_of(conn, bench.district, batch.actor, batch.before.seq, known)?;
    all_held.extend(held);
    Ok(series.held(all_held, new.len()))
}

/// Merges what is new, and tells what is held and which records of others were edited.
fn apply(
    bench: &mut Workbench,
    series: &Series,
    claimed: &Claimed,
    upload: &Upload,
    skip: usize,
) -> (Vec<Held>, Vec<(RecordId, Dot)>) {
    let mut held = Vec::new();
    let mut touches = Vec::new();
    let changes = upload.batch.changes.iter().zip(&upload.verdicts).skip(skip);
    for (change, verdict) in changes {
        let verdict = match (verdict, scope(bench, series, upload, change)) {
            (Verdict::Whole(_), _) => verdict.clone(),
            (_, Err(refusal)) => Verdict::Whole(refusal),
            (_, Ok(())) => verdict.and(&claimed.beyond(upload.sender.device, change), Refusal::UnsentSeen),
        };
        held::note(&mut held, change, &verdict);
        if !change.creates() {
            touches.push((change.record, change.origin.dot));
        }
        let distrusted = change.origin.stamp.is_beyond(upload.received_at_s);
        match verdict {
            Verdict::Whole(_) => {}
            Verdict::Good if !distrusted => bench.apply(change),
            _ => {
                let good = without_refused(change, &verdict, distrusted);
                if !good.edits.is_empty() {
                    bench.apply(&good);
                }
            }
        }
    }
    (held, touches)
}

/// Judged by the assignments within the change's believed interval: from the last contact to the receipt. The change that
/// made a record says where it lives; where an edit that came before it was made takes nothing from whoever made it.
fn scope(bench: &Workbench, series: &Series, upload: &Upload, change: &Change) -> Result<(), Refusal> {
    // A last contact after the receipt: the clock was set back since.
    let since_s = series.heard_at_s.min(upload.received_at_s);
    let worked_in = |area| upload.sender.worked_in(area, since_s);
    if !worked_in(change.origin.area) {
        return Err(Refusal::OutOfScope);
    }
    match bench.record(change.record) {
        Some(record) if record.kind != change.kind => Err(Refusal::BadChange),
        // Where its maker made it, a record lives, wherever an edit that came sooner was written.
        Some(record) if !change.creates() && !worked_in(record.home.area) => Err(Refusal::ForeignArea),
        _ => Ok(()),
    }
}

fn without_refused(change: &Change, verdict: &Verdict, distrusted: bool) -> Change {
    let mut good = change.clone();
    good.origin.distrusted = distrusted;
    if let Verdict::Some(refused) = verdict {
        let mut position = 0..;
        good.edits.retain(|_| {
            let here = position.next();
            !refused.iter().any(|(refused, _)| Some(*refused) == here)
        });
    }
    good
}

fn log_row(district: i64, upload: &Upload, mark: Mark, skip: usize) -> UploadRow {
    let batch = &upload.batch;
    let body = if skip == 0 {
        upload.bytes.clone()
    } else {
        let rest = batch.changes[skip..].to_vec();
        Batch { actor: batch.actor, before: mark, changes: rest }.to_bytes()
    };
    UploadRow {
        district,
        actor: batch.actor.0 as i64,
        first_seq: mark.seq as i64 + 1,
        last_seq: upload.after.seq as i64,
        received_at_s: upload.received_at_s,
        clock_offset_s: upload.clock_offset_s,
        chain: upload.after.chain.0.to_vec(),
        body,
    }
}

/// The hash of a series at an earlier number, if the log holds it.
///
/// # Errors
/// When the database fails.
pub fn hash_at(conn: &mut Conn, district: i64, dot: Dot) -> Result<Option<ChainHash>, Error> {
    if dot.seq == 0 {
        return Ok(Some(ChainHash::start(dot.actor)));
    }
    let Some(row) = upload::with(conn, district, dot)? else { return Ok(None) };
    let batch = crate::service::log::batch_of(&row)?;
    let count = (dot.seq - batch.before.seq) as usize;
    Ok(Some(batch.before.after(&batch.changes[..count.min(batch.changes.len())]).chain))
}

/// What was held of the changes after one number up to another, which are known: a repeated upload gets the same answer.
fn held_of(conn: &mut Conn, district: i64, actor: ActorId, after: u64, last: u64) -> Result<Vec<Held>, Stop> {
    let mut held = Vec::new();
    if after == last {
        return Ok(held);
    }
    for row in quarantine::of_actor(conn, district, actor, after + 1, last)? {
        let reason = Refusal::numbered(row.reason as u8).unwrap_or(Refusal::BadChange);
        let element = sync_core::codec::Reader::new(&row.element).element();
        let place = if row.whole { None } else { element.ok().map(|element| (row.field as u16, element)) };
        held.push(Held { seq: row.seq as u64, place, reason });
    }
    // Stored elements ascend as bytes, those of a change as numbers.
    held.sort_by_key(|held| (held.seq, held.place));
    Ok(held)
}
