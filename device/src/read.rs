//! What people see.
//!
//! The rule this module protects: *the numbers are true*: "received" is what the server has signed for, nothing else.

use crate::store::held::HeldEdit;
use crate::store::{Fault, Store};
use crate::{Device, Error};
use schema::json::RecordJson;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use sync_core::{AreaCode, Batch, Dot, Life, Mark, Opener, Place, Record, RecordId, SealKey, Value};

/// "128 saved, 128 received."
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Changes saved on this device, ever.
    pub saved: u64,
    /// Of these, how many the server has signed for.
    pub received: u64,
    /// Edits and changes that the server keeps apart until a person has looked.
    pub held: u64,
}

/// Keys at hand, by owner.
#[derive(Debug, Clone, Default)]
pub struct KeyRing(BTreeMap<RecordId, Vec<SealKey>>);

impl Opener for KeyRing {
    fn open(&self, owner: RecordId, dot: Dot, place: Place, value: &Value) -> Option<Value> {
        self.0.get(&owner)?.iter().find_map(|key| key.open(dot, place, value))
    }
}

impl Device {
    /// A record.
    ///
    /// # Errors
    /// [`Error::UnknownRecord`].
    pub fn record(&mut self, id: RecordId) -> Result<Record, Error> {
        self.store.record(id)?.ok_or(Error::UnknownRecord(id))
    }

    /// The name that a record has now, which this device once printed or kept in a draft under another: a twin of the
    /// device may have made a record of that name too.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn name_now(&mut self, old: RecordId) -> Result<RecordId, Error> {
        Ok(self.store.name_now(old)?)
    }

    /// The record that a form for a new one would name by its natural key, if it is here already.
    ///
    /// # Errors
    /// [`Error::UnknownKind`], [`Error::Store`].
    pub fn named_by(&mut self, form: &sync_core::device::Form) -> Result<Option<RecordId>, Error> {
        let mut form = form.clone();
        form.settle_name(crate::save::kind_of(self.schema, form.kind())?);
        let Some(id) = form.record() else { return Ok(None) };
        Ok(self.store.record(id)?.map(|record| record.id))
    }

    /// Records of a kind (by name) and area, ascending by id; `None`: of every one.
    ///
    /// # Errors
    /// [`Error::UnknownKind`].
    pub fn records(&mut self, kind: Option<&str>, area: Option<AreaCode>) -> Result<Vec<Record>, Error> {
        let number = |name: &str| {
            self.schema
                .kind_named(name)
                .map(|kind| kind.number)
                .ok_or_else(|| Error::UnknownKind(name.into()))
        };
        let kind = kind.map(number).transpose()?;
        Ok(self.store.records(kind, area)?)
    }

    /// The keys that open these records.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn ring_for<'r>(&mut self, records: impl IntoIterator<Item = &'r Record>) -> Result<KeyRing, Error> {
        let mut ring = KeyRing::default();
        for record in records {
            let owner = self.schema.kind(record.kind).and_then(|kind| record.seal_owner(kind));
            let Some(owner) = owner else { continue };
            if let Entry::Vacant(place) = ring.0.entry(owner) {
                place.insert(self.store.keys_of(owner)?);
            }
        }
        Ok(ring)
    }

    /// What a record shows, by name of the field, opened as far as the keys are here.
    ///
    /// # Errors
    /// [`Error::UnknownRecord`].
    pub fn view(&mut self, id: RecordId) -> Result<serde_json::Value, Error> {
        let record = self.record(id)?;
        self.view_of(&record)
    }

    /// The same of a record at hand.
    ///
    /// # Errors
    /// [`Error::UnknownKind`].
    pub fn view_of(&mut self, record: &Record) -> Result<serde_json::Value, Error> {
        let ring = self.ring_for([record])?;
        let kind = crate::save::kind_of(self.schema, record.kind)?;
        let shown = record.view(self.schema, &ring);
        let registers: Vec<schema::Register> = shown
            .iter()
            .map(|shown| schema::Register {
                field: shown.place.0,
                element: shown.place.1,
                value: &shown.value,
            })
            .collect();
        let registers = schema::Registers::new(&registers);
        let json = RecordJson { kind, registers, schema: self.schema, identified: true };
        Ok(serde_json::to_value(json).map_err(Fault::from)?)
    }

    /// How many changes were saved here, and how many the server has.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn counts(&mut self) -> Result<Counts, Error> {
        let held = self.store.held()?.len() as u64;
        let mut counts = Counts { held, ..Counts::default() };
        for series in self.store.all_series()? {
            let standing = series.standing;
            counts.saved += standing.head.seq;
            counts.received += standing.head.seq - standing.unsent();
        }
        Ok(counts)
    }

    /// Changes that the server has not signed for.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn unsent(&mut self) -> Result<u64, Error> {
        Ok(unsent(&mut self.store)?)
    }

    /// The same as they are sent, at most `count` changes each: for a courier, or a backup.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn unsent_batches(&mut self, count: usize) -> Result<Vec<Batch>, Error> {
        let mut batches = Vec::new();
        for series in self.store.all_series()? {
            let actor = series.actor();
            let seq = series.standing.received_seq().min(series.standing.head.seq);
            let Some(chain) = self.store.chain_at(Dot::new(actor, seq))? else { continue };
            let mut before = Mark { seq, chain };
            loop {
                let changes = self.store.changes_after(Dot::new(actor, before.seq), count.max(1))?;
                if changes.is_empty() {
                    break;
                }
                let batch = Batch { actor, before, changes };
                before = batch.after();
                batches.push(batch);
            }
        }
        Ok(batches)
    }

    /// Areas the device works in, as the server said last.
    ///
    /// # Errors
    /// [`Error::NotEnrolled`].
    pub fn scope(&mut self) -> Result<Vec<AreaCode>, Error> {
        let first = self.store.all_series()?.into_iter().next();
        first.map(|series| series.standing.scope).ok_or(Error::NotEnrolled)
    }

    /// Live records here that name a record in a field of theirs: what a person sees hanging on it when she deletes it.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn children_of(&mut self, parent: RecordId) -> Result<Vec<RecordId>, Error> {
        let area = self.record(parent)?.home.area;
        let names = |record: &Record| {
            let writes = record.registers().iter().flat_map(|(_, register)| register.siblings());
            record.id != parent && writes.into_iter().any(|write| write.value == Value::Ref(parent.0))
        };
        let all = self.store.records(None, Some(area))?;
        let children = all.iter().filter(|record| names(record) && record.life() != Life::Deleted);
        Ok(children.map(|record| record.id).collect())
    }

    /// What the server keeps apart.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn held(&mut self) -> Result<Vec<HeldEdit>, Error> {
        Ok(self.store.held()?)
    }
}

/// Changes of all series that the server has not signed for.
pub(crate) fn unsent(store: &mut Store) -> Result<u64, Fault> {
    Ok(store.all_series()?.iter().map(|series| series.standing.unsent()).sum())
}
