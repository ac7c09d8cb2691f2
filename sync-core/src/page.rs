//! Merged records on their way down: what a pull or a snapshot answers with.
//!
//! The rule this module protects: *a page is taken in by merging, never by replacing*, so a page that comes twice, late
//! or from a server that was restored does no harm. Binary layout:
//!
//! | bytes | what |
//! |---|---|
//! | 2 | `LP` |
//! | 1 | version, 1 |
//! | 16 | epoch of the server |
//! | 1 | flags: 1 more follows, 2 a scope follows |
//! | varint, bytes | cursor: opaque, UTF-8, to be shown at the next pull |
//! | varint, varints | areas of the scope, if the flag says so |
//! | varint, then each: varint area, varint version, 16 bytes digest | standings: areas that are complete with this page |
//! | varint, then each: varint area, 16 bytes | departed: records that left an area of the scope |
//! | varint, then each: varint position, varint area, 8 bytes actor, varint seq | homes that do not follow from the changes |
//! | varint, then each: varint position, 32 bytes | keys of the persons among the records |
//! | rest | bundle: the surviving changes of each record, record by record; empty when there is none |

use crate::bundle::{self, Bounds};
use crate::change::Change;
use crate::codec::{Damaged, Reader, put_bytes, put_u64};
use crate::{ActorId, AreaCode, Digest, Dot, Epoch, Home, Record, RecordId, SealKey};

const MAGIC: &[u8; 2] = b"LP";
/// The newest version of the binary form.
pub const VERSION: u8 = 1;
const MORE: u8 = 1;
const SCOPE: u8 = 2;

/// What an area looks like once everything before its version was taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AreaStanding {
    /// The area.
    pub area: AreaCode,
    /// Its version.
    pub version: u64,
    /// Sum of the digests of its records.
    pub digest: Digest,
}

/// Merged records, and where to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Life of the server's data.
    pub epoch: Epoch,
    /// To be shown at the next pull.
    pub cursor: String,
    /// Another page is ready.
    pub more: bool,
    /// The areas the caller works in, when that changed.
    pub scope: Option<Vec<AreaCode>>,
    /// Areas that are complete with this page.
    pub standings: Vec<AreaStanding>,
    /// Records that left an area of the scope.
    pub departed: Vec<(AreaCode, RecordId)>,
    /// Records new or changed.
    pub records: Vec<Record>,
    /// Keys of those among the records that own one (household, member, worker), by position; ascending.
    pub keys: Vec<(usize, SealKey)>,
}

impl Page {
    /// These records and nothing else.
    pub fn of_records(epoch: Epoch, records: Vec<Record>) -> Page {
        Page {
            epoch,
            cursor: String::new(),
            more: false,
            scope: None,
            standings: Vec::new(),
            departed: Vec::new(),
            records,
            keys: Vec::new(),
        }
    }

    /// Bytes to send.
    pub fn into_bytes(self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend_from_slice(MAGIC);
        out.push(VERSION);
        out.extend_from_slice(&self.epoch.0.to_be_bytes());
        let scope = if self.scope.is_some() { SCOPE } else { 0 };
        out.push(scope | if self.more { MORE } else { 0 });
        put_bytes(&mut out, self.cursor.as_bytes());
        if let Some(areas) = &self.scope {
            put_u64(&mut out, areas.len() as u64);
            areas.iter().for_each(|area| put_u64(&mut out, area.0));
        }
        put_u64(&mut out, self.standings.len() as u64);
        for standing in &self.standings {
            put_u64(&mut out, standing.area.0);
            put_u64(&mut out, standing.version);
            out.extend_from_slice(&standing.digest.0.to_be_bytes());
        }
        put_u64(&mut out, self.departed.len() as u64);
        for (area, record) in &self.departed {
            put_u64(&mut out, area.0);
            out.extend_from_slice(record.0.as_bytes());
        }
        self.put_records(&mut out);
        out
    }

    fn put_records(self, out: &mut Vec<u8>) {
        // A record of which nothing survives cannot be said in changes: it is left out, and the others close up.
        let mut next = 0u64..;
        let place = |record: &Record| if record.origins().is_empty() { None } else { next.next() };
        let places: Vec<Option<u64>> = self.records.iter().map(place).collect();
        let moved = |record: &Record| record.home_of_survivors() != Some(record.home);
        let homes: Vec<(u64, Home)> = self
            .records
            .iter()
            .zip(&places)
            .filter_map(|(record, place)| Some(((*place)?, record.home)).filter(|_| moved(record)))
            .collect();
        put_u64(out, homes.len() as u64);
        for (place, home) in homes {
            put_u64(out, place);
            put_u64(out, home.area.0);
            out.extend_from_slice(&home.by.actor.0.to_be_bytes());
            put_u64(out, home.by.seq);
        }
        let key = |(position, key): &(usize, SealKey)| Some((places.get(*position).copied()??, key.0));
        let keys: Vec<(u64, [u8; 32])> = self.keys.iter().filter_map(key).collect();
        put_u64(out, keys.len() as u64);
        for (place, key) in keys {
            put_u64(out, place);
            out.extend_from_slice(&key);
        }
        let changes: Vec<Change> = self.records.into_iter().flat_map(Record::into_changes).collect();
        if !changes.is_empty() {
            out.extend_from_slice(&bundle::pack_quickly(&changes));
        }
    }

    /// Reads what was sent.
    ///
    /// # Errors
    /// When it is damaged, of another version, or larger than `bounds`.
    pub fn of_bytes(bytes: &[u8], bounds: &Bounds) -> Result<Page, Damaged> {
        let mut reader = Reader::new(bytes);
        let epoch = read_epoch(&mut reader)?;
        let flags = reader.byte()?;
        let cursor =
            std::str::from_utf8(reader.bytes()?).map_err(|_| Damaged("text is not UTF-8"))?.to_owned();
        let mut scope = None;
        if flags & SCOPE != 0 {
            let count = reader.count()?;
            scope = Some((0..count).map(|_| reader.u64().map(AreaCode)).collect::<Result<_, _>>()?);
        }
        let count = reader.count()?;
        let standings = (0..count).map(|_| read_standing(&mut reader)).collect::<Result<_, _>>()?;
        let count = reader.count()?;
        let departed = (0..count)
            .map(|_| Ok((AreaCode(reader.u64()?), RecordId(reader.uuid()?))))
            .collect::<Result<_, Damaged>>()?;
        let homes = read_homes(&mut reader)?;
        let count = reader.count()?;
        let keys: Vec<(usize, SealKey)> = (0..count)
            .map(|_| Ok((reader.small()?, SealKey(reader.array()?))))
            .collect::<Result<_, Damaged>>()?;
        let records = read_records(&mut reader, bounds, homes)?;
        if keys.iter().any(|(position, _)| *position >= records.len()) {
            return Err(Damaged("key of no record"));
        }
        Ok(Page { epoch, cursor, more: flags & MORE != 0, scope, standings, departed, records, keys })
    }
}

/// The life of the server's data that a page names, of which no more than the beginning need be at hand.
///
/// # Errors
/// When it is damaged or of another version.
pub fn epoch_of(bytes: &[u8]) -> Result<Epoch, Damaged> {
    read_epoch(&mut Reader::new(bytes))
}

fn read_epoch(reader: &mut Reader) -> Result<Epoch, Damaged> {
    if reader.array::<2>()? != *MAGIC {
        return Err(Damaged("not a page"));
    }
    if reader.byte()? != VERSION {
        return Err(Damaged("a page of another version"));
    }
    Ok(Epoch(u128::from_be_bytes(reader.array()?)))
}

fn read_standing(reader: &mut Reader) -> Result<AreaStanding, Damaged> {
    Ok(AreaStanding {
        area: AreaCode(reader.u64()?),
        version: reader.u64()?,
        digest: Digest(u128::from_be_bytes(reader.array()?)),
    })
}

fn read_homes(reader: &mut Reader) -> Result<Vec<(usize, Home)>, Damaged> {
    let count = reader.count()?;
    let mut homes = Vec::with_capacity(count);
    for _ in 0..count {
        let position = reader.small::<usize>()?;
        let area = AreaCode(reader.u64()?);
        let actor = ActorId(u64::from_be_bytes(reader.array()?));
        let by = Dot::checked(actor, reader.u64()?).ok_or(Damaged("no change has this number"))?;
        homes.push((position, Home { area, by }));
    }
    Ok(homes)
}

fn read_records(
    reader: &mut Reader,
    bounds: &Bounds,
    homes: Vec<(usize, Home)>,
) -> Result<Vec<Record>, Damaged> {
    if reader.left() == 0 {
        return Ok(Vec::new());
    }
    let changes = bundle::unpack(reader.take(reader.left())?, bounds)?;
    let mut records: Vec<Record> =
        changes.chunk_by(|a, b| a.record == b.record).filter_map(assembled).collect();
    for (position, home) in homes {
        records.get_mut(position).ok_or(Damaged("home of no record"))?.home = home;
    }
    Ok(records)
}

/// The record that these changes of one record make.
fn assembled(changes: &[Change]) -> Option<Record> {
    let (first, others) = changes.split_first()?;
    let mut record = Record::of_change(first);
    others.iter().for_each(|change| {
        record.apply(change);
    });
    Some(record)
}
