//! How far the device is, under each of its numbers.

use super::tables::standing::dsl;
use super::{Fault, Store};
use diesel::prelude::*;
use sync_core::device::Standing;
use sync_core::{ActorId, RecordId};
use uuid::Uuid;

/// One of the device's series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// 0: the device's first number, under which it pulls.
    pub place: i64,
    /// Who writes under it; `None`: whoever has no number of her own.
    pub author: Option<RecordId>,
    /// A twin writes under it too: nothing is saved there any more.
    pub retired: bool,
    /// How far it is.
    pub standing: Standing,
}

impl Series {
    /// Its number.
    pub fn actor(&self) -> ActorId {
        self.standing.actor
    }
}

type Row = (i64, Option<Vec<u8>>, i64, String);

impl Store {
    /// Every series of the device, the first number first.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn all_series(&mut self) -> Result<Vec<Series>, Fault> {
        let columns = (dsl::place, dsl::author, dsl::retired, dsl::body);
        let rows: Vec<Row> = self.run(|c| dsl::standing.select(columns).order(dsl::place).load(c))?;
        rows.into_iter().map(series).collect()
    }

    /// Keeps a series: a new one, or how far it is now.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn keep_series(&mut self, series: &Series) -> Result<(), Fault> {
        let row = (
            dsl::actor.eq(series.actor().0.cast_signed()),
            dsl::place.eq(series.place),
            dsl::author.eq(series.author.map(|author| author.0.as_bytes().to_vec())),
            dsl::retired.eq(i64::from(series.retired)),
            dsl::body.eq(serde_json::to_string(&series.standing)?),
        );
        self.run(|c| diesel::replace_into(dsl::standing).values(row).execute(c))?;
        Ok(())
    }
}

fn series((place, author, retired, body): Row) -> Result<Series, Fault> {
    let author = author.map(|bytes| Uuid::from_slice(&bytes).map(RecordId)).transpose();
    let author = author.map_err(|_| Fault::Damaged("author".into()))?;
    Ok(Series { place, author, retired: retired != 0, standing: serde_json::from_str(&body)? })
}
