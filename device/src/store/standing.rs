//! How far the device is, under each of its numbers.

use super::{Fault, Store, Table};
use serde::{Deserialize, Serialize};
use sync_core::device::Standing;
use sync_core::{ActorId, Dot, RecordId};

/// One of the device's series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

    /// The newest change that the server has signed for; number 0 when none.
    pub fn received(&self) -> Dot {
        Dot::new(self.actor(), self.standing.received_seq())
    }
}

impl Store {
    /// Every series of the device, the first number first.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn all_series(&mut self) -> Result<Vec<Series>, Fault> {
        let rows = self.all(Table::Series, &[])?;
        let mut all =
            rows.iter().map(|(_, row)| serde_json::from_slice(row)).collect::<Result<Vec<Series>, _>>()?;
        all.sort_by_key(|series| series.place);
        Ok(all)
    }

    /// Keeps a series: a new one, or how far it is now.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn keep_series(&mut self, series: &Series) -> Result<(), Fault> {
        self.put(Table::Series, &series.actor().0.to_be_bytes(), &serde_json::to_vec(series)?)
    }
}
