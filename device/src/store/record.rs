//! Merged records.

use super::tables::record::dsl;
use super::{Fault, Store};
use diesel::prelude::*;
use sync_core::{AreaCode, Digest, Record, RecordId};
use uuid::Uuid;

impl Store {
    /// A record.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn record(&mut self, id: RecordId) -> Result<Option<Record>, Fault> {
        let query = dsl::record.find(bytes(id)).select(dsl::state);
        let state: Option<Vec<u8>> = self.run(|c| query.first(c).optional())?;
        Ok(state.map(|state| Record::of_state(id, &state)).transpose()?)
    }

    /// Records by kind and area; `None`: of every one.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn records(&mut self, kind: Option<u16>, area: Option<AreaCode>) -> Result<Vec<Record>, Fault> {
        let mut query = dsl::record.select((dsl::id, dsl::state)).order(dsl::id).into_boxed();
        if let Some(kind) = kind {
            query = query.filter(dsl::kind.eq(i64::from(kind)));
        }
        if let Some(area) = area {
            query = query.filter(dsl::area.eq(area.0.cast_signed()));
        }
        let rows: Vec<(Vec<u8>, Vec<u8>)> = self.run(|c| query.load(c))?;
        rows.iter().map(|(name, state)| Ok(Record::of_state(id(name)?, state)?)).collect()
    }

    /// Keeps a record as it is now.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn keep_record(&mut self, record: &Record) -> Result<(), Fault> {
        let mut state = Vec::with_capacity(256);
        record.put_state(&mut state);
        let row = (
            dsl::id.eq(bytes(record.id)),
            dsl::area.eq(record.home.area.0.cast_signed()),
            dsl::kind.eq(i64::from(record.kind)),
            dsl::digest.eq(Digest::of(record).0.to_be_bytes().to_vec()),
            dsl::state.eq(state),
        );
        self.run(|c| diesel::replace_into(dsl::record).values(row).execute(c))?;
        Ok(())
    }

    /// Takes a record away.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn drop_record(&mut self, id: RecordId) -> Result<(), Fault> {
        self.run(|c| diesel::delete(dsl::record.find(bytes(id))).execute(c))?;
        Ok(())
    }

    /// Takes all records of an area away.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn drop_records_of(&mut self, area: AreaCode) -> Result<(), Fault> {
        let gone = dsl::record.filter(dsl::area.eq(area.0.cast_signed()));
        self.run(|c| diesel::delete(gone).execute(c))?;
        Ok(())
    }

    /// Areas of which something is here.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn areas_of_records(&mut self) -> Result<Vec<AreaCode>, Fault> {
        let rows: Vec<i64> = self.run(|c| dsl::record.select(dsl::area).distinct().load(c))?;
        Ok(rows.into_iter().map(|area| AreaCode(area.cast_unsigned())).collect())
    }

    /// Sum of the digests of an area's records.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn digest_of(&mut self, area: AreaCode) -> Result<Digest, Fault> {
        let query = dsl::record.filter(dsl::area.eq(area.0.cast_signed())).select(dsl::digest);
        let rows: Vec<Vec<u8>> = self.run(|c| query.load(c))?;
        let mut digests = rows.into_iter().map(digest);
        digests.try_fold(Digest::default(), |sum, digest| Ok(sum.with(digest?)))
    }

    /// How many records are here.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn count_records(&mut self) -> Result<u64, Fault> {
        let count: i64 = self.run(|c| dsl::record.count().get_result(c))?;
        Ok(count.cast_unsigned())
    }
}

pub(super) fn bytes(id: RecordId) -> Vec<u8> {
    id.0.as_bytes().to_vec()
}

pub(super) fn id(bytes: &[u8]) -> Result<RecordId, Fault> {
    Uuid::from_slice(bytes).map(RecordId).map_err(|_| Fault::Damaged("id".into()))
}

fn digest(bytes: Vec<u8>) -> Result<Digest, Fault> {
    let bytes = bytes.try_into().map_err(|_| Fault::Damaged("digest".into()))?;
    Ok(Digest(u128::from_be_bytes(bytes)))
}
