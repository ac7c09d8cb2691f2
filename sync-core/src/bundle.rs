//! Many changes in few bytes: the one form in which changes travel, up in a batch and down in a page.
//!
//! The rule this module protects: *what comes out is what went in, and a bundle from a stranger cannot take more
//! memory than its reader allows.* Column by column, then deflate: a visit with 18 filled fields takes about 30 bytes.

mod column;
mod names;

use crate::change::{Change, Context, Edit, Origin};
use crate::codec::{Damaged, Reader, put_u64, unzigzag, zigzag};
use crate::{Dot, RecordId, Stamp};
use column::{Budget, fit, put_elements, put_numbers, put_values, read_elements, read_numbers, read_values};
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};
use names::{Names, NamesRead};
use schema::{AreaCode, Element, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Fields for which a change gets room before they are read.
const FIELDS_EXPECTED: usize = 24;
/// Deepest nesting of groups.
const DEPTH_MAX: u8 = 4;
/// The record is named by the change's own dot.
const MADE_HERE: u64 = 0;
/// The record is that of the change before.
const AS_BEFORE: u64 = 1;
/// The record is named in a column.
const NAMED: u64 = 2;

/// What a reader allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Changes.
    pub changes_max: usize,
    /// Bytes after decompression.
    pub bytes_max: usize,
    /// Numbers in all columns together, a measure of memory: about 10 for an edit.
    pub numbers_max: usize,
}

/// More than [`Bounds::changes_max`].
pub(crate) const TOO_MANY_CHANGES: Damaged = Damaged("more changes than allowed");
/// More than [`Bounds::bytes_max`].
const TOO_MANY_BYTES: Damaged = Damaged("more bytes than allowed");
/// More than [`Bounds::numbers_max`].
const TOO_MANY_NUMBERS: Damaged = Damaged("more numbers than allowed");
/// What a reader says when its bounds are passed: the bytes may be whole, and less of them would be taken.
pub const OVER_BOUNDS: [Damaged; 3] = [TOO_MANY_CHANGES, TOO_MANY_BYTES, TOO_MANY_NUMBERS];

/// Deflate level of a phone, which pays for each byte it sends.
const LEVEL_OF_PHONES: u8 = 8;
/// Deflate level of a server, which answers thousands of phones.
const LEVEL_OF_SERVERS: u8 = 3;

/// Packs and compresses as well as it can: a batch.
pub fn pack(changes: &[Change]) -> Vec<u8> {
    compress_to_vec(&columns_of(changes), LEVEL_OF_PHONES)
}

/// Packs and compresses quickly: a page. It is read back alike.
pub fn pack_quickly(changes: &[Change]) -> Vec<u8> {
    compress_to_vec(&columns_of(changes), LEVEL_OF_SERVERS)
}

fn columns_of(changes: &[Change]) -> Vec<u8> {
    let mut names = Names::default();
    let mut columns = Vec::new();
    put_u64(&mut columns, changes.len() as u64);
    put_heads(&mut columns, changes, &mut names);
    let kinds: BTreeSet<u16> = changes.iter().map(|change| change.kind).collect();
    for kind in kinds {
        let of_kind: Vec<&Change> = changes.iter().filter(|change| change.kind == kind).collect();
        put_kind(&mut columns, &of_kind, &mut names);
    }
    let mut bundle = Vec::with_capacity(columns.len() + 256);
    names.put(&mut bundle);
    bundle.extend_from_slice(&columns);
    bundle
}

/// Reads a bundle.
///
/// # Errors
/// When the bytes are damaged, or hold more than `bounds` allow.
pub fn unpack(bytes: &[u8], bounds: &Bounds) -> Result<Vec<Change>, Damaged> {
    let raw = inflate(bytes, bounds.bytes_max)?;
    let reader = &mut Reader::new(&raw);
    let names = NamesRead::read(reader)?;
    let count = reader.small::<usize>()?;
    if count > bounds.changes_max {
        return Err(TOO_MANY_CHANGES);
    }
    let budget = &mut Budget(bounds.numbers_max);
    let mut changes = read_heads(reader, count, &names, budget)?;
    let mut by_kind: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
    for (place, change) in changes.iter().enumerate() {
        by_kind.entry(change.kind).or_default().push(place);
    }
    for places in by_kind.values() {
        read_kind(reader, &mut changes, places, &names, budget)?;
    }
    reader.end()?;
    if changes.iter().all(Change::is_well_formed) { Ok(changes) } else { Err(Damaged("edits out of order")) }
}

/// Decompresses all of `bytes`, to at most `bytes_max`.
fn inflate(bytes: &[u8], bytes_max: usize) -> Result<Vec<u8>, Damaged> {
    let mut inflator = Box::<DecompressorOxide>::default();
    let mut raw = vec![0; (bytes.len() * 4).min(bytes_max)];
    let (mut taken, mut filled) = (0, 0);
    loop {
        let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, more_taken, more_filled) =
            decompress(&mut inflator, &bytes[taken..], &mut raw, filled, flags);
        taken += more_taken;
        filled += more_filled;
        match status {
            TINFLStatus::Done if taken == bytes.len() => {
                raw.truncate(filled);
                return Ok(raw);
            }
            TINFLStatus::Done => return Err(Damaged("bytes after the end")),
            TINFLStatus::HasMoreOutput if raw.len() < bytes_max => {
                raw.resize((raw.len() * 2).min(bytes_max), 0);
            }
            TINFLStatus::HasMoreOutput => return Err(TOO_MANY_BYTES),
            _ => return Err(Damaged("cannot be decompressed")),
        }
    }
}

/// One column for each thing an origin says, and the record.
fn put_heads(out: &mut Vec<u8>, changes: &[Change], names: &mut Names) {
    let mut put = |column: &mut dyn FnMut(&Change) -> u64| {
        put_numbers(out, &changes.iter().map(column).collect::<Vec<_>>());
    };
    put(&mut |change| u64::from(change.kind));
    put(&mut |change| names.actor(change.origin.dot.actor.0));
    // Sequences and times run on; what differs is the step from the change before.
    put(&mut steps(|change| change.origin.dot.seq as i64));
    put(&mut steps(|change| change.origin.stamp.at_s()));
    put(&mut |change| change.origin.stamp.counter());
    put(&mut |change| zigzag(change.origin.device_time_s.wrapping_sub(change.origin.stamp.at_s())));
    put(&mut |change| names.uuid(change.origin.author.0));
    put(&mut |change| names.area(change.origin.area.0));
    put(&mut |change| u64::from(change.origin.form_version) << 1 | u64::from(change.origin.distrusted));
    let mut before = None;
    let mut named = Vec::new();
    let mut how = Vec::with_capacity(changes.len());
    for change in changes {
        how.push(match change.record {
            _ if change.creates() => MADE_HERE,
            record if Some(record) == before => AS_BEFORE,
            record => {
                named.push(record.0);
                NAMED
            }
        });
        before = Some(change.record);
    }
    put_numbers(out, &how);
    names.put_refs(out, &named);
}

/// Steps from the change before, as numbers of either sign.
fn steps(number: impl Fn(&Change) -> i64) -> impl FnMut(&Change) -> u64 {
    let mut before = 0;
    move |change| {
        let now = number(change);
        zigzag(now.wrapping_sub(std::mem::replace(&mut before, now)))
    }
}

fn read_heads(
    reader: &mut Reader,
    count: usize,
    names: &NamesRead,
    budget: &mut Budget,
) -> Result<Vec<Change>, Damaged> {
    let mut column = || read_numbers(reader, count, budget);
    let kinds = column()?;
    let (actors, seqs) = (column()?, column()?);
    let (seconds, counters, device_times) = (column()?, column()?, column()?);
    let (authors, areas, forms) = (column()?, column()?, column()?);
    let how = column()?;
    let named = how.iter().filter(|how| **how == NAMED).count();
    let mut named = names.read_refs(reader, named, budget)?.into_iter();
    let (mut seq, mut second) = (0i64, 0i64);
    let mut changes: Vec<Change> = Vec::with_capacity(count);
    for i in 0..count {
        seq = seq.wrapping_add(unzigzag(seqs[i]));
        second = second.wrapping_add(unzigzag(seconds[i]));
        let dot =
            Dot::checked(names.actor(actors[i])?, seq as u64).ok_or(Damaged("no change has this number"))?;
        let origin = Origin {
            dot,
            stamp: Stamp::new(second, counters[i]).ok_or(Damaged("time out of range"))?,
            author: RecordId(names.uuid(authors[i])?),
            device_time_s: second.wrapping_add(unzigzag(device_times[i])),
            area: AreaCode(names.area(areas[i])?),
            form_version: fit(forms[i] >> 1)?,
            distrusted: forms[i] & 1 == 1,
        };
        let record = match how[i] {
            MADE_HERE => RecordId::of_dot(dot),
            AS_BEFORE => changes.last().ok_or(Damaged("no change before the first"))?.record,
            NAMED => RecordId(named.next().ok_or(Damaged("column too short"))?),
            _ => return Err(Damaged("no record is named so")),
        };
        changes.push(Change { origin, record, kind: fit(kinds[i])?, edits: Vec::new() });
    }
    Ok(changes)
}

/// The edits of all changes of a kind, field by field.
fn put_kind(out: &mut Vec<u8>, changes: &[&Change], names: &mut Names) {
    let fields: BTreeSet<u16> =
        changes.iter().flat_map(|change| &change.edits).map(|edit| edit.field).collect();
    put_u64(out, fields.len() as u64);
    // A cursor for each change: its edits ascend by field, as the loop does.
    let mut rest: Vec<&[Edit]> = changes.iter().map(|change| &change.edits[..]).collect();
    for field in fields {
        put_u64(out, u64::from(field));
        let mut counts = Vec::with_capacity(rest.len());
        let mut edits: Vec<&Edit> = Vec::new();
        for rest in &mut rest {
            let count = rest.iter().take_while(|edit| edit.field == field).count();
            let (here, after) = rest.split_at(count);
            edits.extend(here);
            counts.push(count as u64);
            *rest = after;
        }
        put_numbers(out, &counts);
        put_elements(out, &edits.iter().map(|edit| edit.element).collect::<Vec<Element>>(), names);
        put_contexts(out, &edits, names);
        put_values(out, &edits.iter().map(|edit| &edit.value).collect::<Vec<&Value>>(), names);
    }
}

fn put_contexts(out: &mut Vec<u8>, edits: &[&Edit], names: &mut Names) {
    put_numbers(out, &edits.iter().map(|edit| edit.context.dots().len() as u64).collect::<Vec<_>>());
    let dots: Vec<&Dot> = edits.iter().flat_map(|edit| edit.context.dots()).collect();
    put_numbers(out, &dots.iter().map(|dot| names.actor(dot.actor.0)).collect::<Vec<_>>());
    put_numbers(out, &dots.iter().map(|dot| dot.seq).collect::<Vec<_>>());
}

fn read_kind(
    reader: &mut Reader,
    changes: &mut [Change],
    places: &[usize],
    names: &NamesRead,
    budget: &mut Budget,
) -> Result<(), Damaged> {
    let fields = reader.count()?;
    // Most changes of a kind write most of the fields that occur: room for them at once, not bit by bit. A stranger's
    // number of fields gets no more than this.
    places.iter().for_each(|place| changes[*place].edits.reserve_exact(fields.min(FIELDS_EXPECTED)));
    for _ in 0..fields {
        let field = reader.small()?;
        let counts = read_numbers(reader, places.len(), budget)?;
        let total = counts.iter().try_fold(0usize, |sum, count| sum.checked_add(*count as usize));
        let total = total.ok_or(TOO_MANY_NUMBERS)?;
        budget.spend(total)?;
        let mut elements = read_elements(reader, total, names, budget)?.into_iter();
        let mut contexts = read_contexts(reader, total, names, budget)?.into_iter();
        let mut values = read_values(reader, total, names, budget, DEPTH_MAX)?.into_iter();
        for (place, count) in places.iter().zip(counts) {
            for _ in 0..count {
                let (Some(element), Some(context), Some(value)) =
                    (elements.next(), contexts.next(), values.next())
                else {
                    return Err(Damaged("column too short"));
                };
                changes[*place].edits.push(Edit { field, element, context, value });
            }
        }
    }
    Ok(())
}

fn read_contexts(
    reader: &mut Reader,
    count: usize,
    names: &NamesRead,
    budget: &mut Budget,
) -> Result<Vec<Context>, Damaged> {
    let counts = read_numbers(reader, count, budget)?;
    let total = counts.iter().try_fold(0usize, |sum, count| sum.checked_add(*count as usize));
    let total = total.ok_or(TOO_MANY_NUMBERS)?;
    budget.spend(total)?;
    let actors = read_numbers(reader, total, budget)?;
    let seqs = read_numbers(reader, total, budget)?;
    let mut dots = actors.into_iter().zip(seqs);
    let mut next = || {
        let (actor, seq) = dots.next().ok_or(Damaged("column too short"))?;
        Dot::checked(names.actor(actor)?, seq).ok_or(Damaged("no change has this number"))
    };
    let mut context = |count: u64| -> Result<Context, Damaged> {
        let dots = (0..count).map(|_| next()).collect::<Result<Vec<_>, _>>()?;
        Context::of_ascending(dots).ok_or(Damaged("a context out of order"))
    };
    counts.into_iter().map(&mut context).collect()
}
