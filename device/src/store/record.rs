//! Merged records.

use super::area::number;
use super::{Fault, Store, Table};
use sync_core::{AreaCode, Digest, Record, RecordId};
use uuid::Uuid;

/// Bytes of an area and a kind, before the state of a record and before its id.
const HOME: usize = 10;

impl Store {
    /// A record.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn record(&mut self, id: RecordId) -> Result<Option<Record>, Fault> {
        let row = self.get(Table::Record, id.0.as_bytes())?;
        row.map(|row| read(id, &row)).transpose()
    }

    /// Records by kind and area, ascending by id; `None`: of every one.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn records(&mut self, kind: Option<u16>, area: Option<AreaCode>) -> Result<Vec<Record>, Fault> {
        let mut records = match area {
            None => {
                let rows = self.all(Table::Record, &[])?;
                let read = |(name, row): &(Vec<u8>, Vec<u8>)| read(id(name)?, row);
                rows.iter().map(read).collect::<Result<Vec<Record>, Fault>>()?
            }
            Some(area) => {
                let mut prefix = area.0.to_be_bytes().to_vec();
                prefix.extend(kind.iter().flat_map(|kind| kind.to_be_bytes()));
                let mut found = Vec::new();
                for (home, _) in self.all(Table::Home, &prefix)? {
                    found.extend(self.record(id(&home[HOME..])?)?);
                }
                found
            }
        };
        records.retain(|record| kind.is_none_or(|kind| record.kind == kind));
        records.sort_by_key(|record| record.id);
        Ok(records)
    }

    /// The `count` records after this one, ascending by id; `None`: the first. For whoever walks through all of them.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn records_after(&mut self, last: Option<RecordId>, count: usize) -> Result<Vec<Record>, Fault> {
        let from = last.map_or(Vec::new(), |last| [last.0.as_bytes(), &[0][..]].concat());
        let rows = self.range(Table::Record, &from, None, count)?;
        rows.iter().map(|(name, row)| read(id(name)?, row)).collect()
    }

    /// Keeps a record as it is now.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn keep_record(&mut self, record: &Record) -> Result<(), Fault> {
        let name = record.id.0.as_bytes();
        let mut row = home(record);
        if let Some(known) = self.get(Table::Record, name)?
            && known.get(..HOME) != Some(&row)
        {
            self.leave_home(record.id, &known)?;
        }
        let place = [&row[..], name].concat();
        record.put_state(&mut row);
        self.put(Table::Record, name, &row)?;
        self.put(Table::Home, &place, &Digest::of(record).0.to_be_bytes())
    }

    /// Takes a record away.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn drop_record(&mut self, id: RecordId) -> Result<(), Fault> {
        let Some(known) = self.get(Table::Record, id.0.as_bytes())? else { return Ok(()) };
        self.leave_home(id, &known)?;
        self.delete(Table::Record, id.0.as_bytes())
    }

    fn leave_home(&mut self, id: RecordId, row: &[u8]) -> Result<(), Fault> {
        let home = row.get(..HOME).ok_or_else(|| Fault::Damaged("record".into()))?;
        self.delete(Table::Home, &[home, id.0.as_bytes()].concat())
    }

    /// Takes all records of an area away.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn drop_records_of(&mut self, area: AreaCode) -> Result<(), Fault> {
        for (home, _) in self.all(Table::Home, &area.0.to_be_bytes())? {
            self.delete(Table::Record, &home[HOME..])?;
            self.delete(Table::Home, &home)?;
        }
        Ok(())
    }

    /// Areas of which something is here, ascending.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn areas_of_records(&mut self) -> Result<Vec<AreaCode>, Fault> {
        let mut areas = Vec::new();
        let mut from = Vec::new();
        while let Some((home, _)) = self.range(Table::Home, &from, None, 1)?.pop() {
            let area = number(&home[..8])?;
            areas.push(AreaCode(area));
            let Some(next) = area.checked_add(1) else { break };
            from = next.to_be_bytes().to_vec();
        }
        Ok(areas)
    }

    /// Sum of the digests of an area's records.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn digest_of(&mut self, area: AreaCode) -> Result<Digest, Fault> {
        let rows = self.all(Table::Home, &area.0.to_be_bytes())?;
        rows.iter().try_fold(Digest::default(), |sum, (_, row)| Ok(sum.with(digest(row)?)))
    }

    /// How many records are here.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn count_records(&mut self) -> Result<u64, Fault> {
        Ok(self.all(Table::Home, &[])?.len() as u64)
    }
}

fn home(record: &Record) -> Vec<u8> {
    let mut home = record.home.area.0.to_be_bytes().to_vec();
    home.extend_from_slice(&record.kind.to_be_bytes());
    home
}

fn read(id: RecordId, row: &[u8]) -> Result<Record, Fault> {
    let state = row.get(HOME..).ok_or_else(|| Fault::Damaged("record".into()))?;
    Ok(Record::of_state(id, state)?)
}

pub(super) fn id(bytes: &[u8]) -> Result<RecordId, Fault> {
    Uuid::from_slice(bytes).map(RecordId).map_err(|_| Fault::Damaged("id".into()))
}

fn digest(bytes: &[u8]) -> Result<Digest, Fault> {
    let bytes = bytes.try_into().map_err(|_| Fault::Damaged("digest".into()))?;
    Ok(Digest(u128::from_be_bytes(bytes)))
}
