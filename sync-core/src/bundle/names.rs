//! Long names once.
//!
//! The rule this module protects: *an installation, a person, an area is spelled out once in a bundle and then has a
//! small number.* A record made by a dot costs the small number of its actor and its sequence.

use super::column::{Budget, put_numbers, read_numbers};
use crate::codec::{Damaged, Reader, put_u64};
use crate::{ActorId, Dot, RecordId};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Names given small numbers while a bundle is written.
#[derive(Default)]
pub(super) struct Names {
    actors: Numbered<u64>,
    uuids: Numbered<Uuid>,
    areas: Numbered<u64>,
}

/// Values in the order in which they were first asked for.
struct Numbered<T> {
    number: BTreeMap<T, u64>,
    all: Vec<T>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Numbered { number: BTreeMap::new(), all: Vec::new() }
    }
}

impl<T: Ord + Copy> Numbered<T> {
    fn number(&mut self, value: T) -> u64 {
        *self.number.entry(value).or_insert_with(|| {
            self.all.push(value);
            self.all.len() as u64 - 1
        })
    }
}

impl Names {
    pub(super) fn actor(&mut self, actor: u64) -> u64 {
        self.actors.number(actor)
    }

    pub(super) fn uuid(&mut self, id: Uuid) -> u64 {
        self.uuids.number(id)
    }

    pub(super) fn area(&mut self, area: u64) -> u64 {
        self.areas.number(area)
    }

    /// Appends a column of records: who made each (0: its name stands among the UUIDs), and with which sequence.
    pub(super) fn put_refs(&mut self, out: &mut Vec<u8>, ids: &[Uuid]) {
        let pairs: Vec<(u64, u64)> = ids
            .iter()
            .map(|id| match RecordId(*id).dot() {
                Some(Dot { actor, seq }) => (self.actor(actor.0) + 1, seq),
                None => (0, self.uuid(*id)),
            })
            .collect();
        put_numbers(out, &pairs.iter().map(|pair| pair.0).collect::<Vec<_>>());
        put_numbers(out, &pairs.iter().map(|pair| pair.1).collect::<Vec<_>>());
    }

    /// Appends the names themselves; they stand before the columns.
    pub(super) fn put(&self, out: &mut Vec<u8>) {
        put_u64(out, self.actors.all.len() as u64);
        self.actors.all.iter().for_each(|actor| out.extend_from_slice(&actor.to_be_bytes()));
        put_u64(out, self.uuids.all.len() as u64);
        self.uuids.all.iter().for_each(|id| out.extend_from_slice(id.as_bytes()));
        put_u64(out, self.areas.all.len() as u64);
        self.areas.all.iter().for_each(|area| put_u64(out, *area));
    }
}

/// Names of a bundle that is read.
pub(super) struct NamesRead {
    actors: Vec<ActorId>,
    uuids: Vec<Uuid>,
    areas: Vec<u64>,
}

const UNKNOWN: Damaged = Damaged("a name that the bundle does not spell out");

impl NamesRead {
    pub(super) fn read(reader: &mut Reader) -> Result<NamesRead, Damaged> {
        let count = reader.count()?;
        let actor = |bytes| ActorId(u64::from_be_bytes(bytes));
        let actors = (0..count).map(|_| reader.array().map(actor)).collect::<Result<_, _>>()?;
        let count = reader.count()?;
        let uuids = (0..count).map(|_| reader.uuid()).collect::<Result<_, _>>()?;
        let count = reader.count()?;
        let areas = (0..count).map(|_| reader.u64()).collect::<Result<_, _>>()?;
        Ok(NamesRead { actors, uuids, areas })
    }

    pub(super) fn actor(&self, number: u64) -> Result<ActorId, Damaged> {
        self.actors.get(number as usize).copied().ok_or(UNKNOWN)
    }

    pub(super) fn uuid(&self, number: u64) -> Result<Uuid, Damaged> {
        self.uuids.get(number as usize).copied().ok_or(UNKNOWN)
    }

    pub(super) fn area(&self, number: u64) -> Result<u64, Damaged> {
        self.areas.get(number as usize).copied().ok_or(UNKNOWN)
    }

    pub(super) fn read_refs(
        &self,
        reader: &mut Reader,
        count: usize,
        budget: &mut Budget,
    ) -> Result<Vec<Uuid>, Damaged> {
        let makers = read_numbers(reader, count, budget)?;
        let seqs = read_numbers(reader, count, budget)?;
        let id = |(maker, seq): (u64, u64)| match maker.checked_sub(1) {
            Some(actor) => {
                let dot = Dot::checked(self.actor(actor)?, seq).ok_or(UNKNOWN)?;
                Ok(RecordId::of_dot(dot).0)
            }
            None => self.uuid(seq),
        };
        makers.into_iter().zip(seqs).map(id).collect()
    }
}
