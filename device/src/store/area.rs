//! How far each area is known.

use super::tables::{area::dsl, download};
use super::{Fault, Store};
use diesel::prelude::*;
use sync_core::AreaCode;

impl Store {
    /// Areas of which everything up to some version has come, with that version, ascending.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn areas(&mut self) -> Result<Vec<(AreaCode, u64)>, Fault> {
        let rows: Vec<(i64, i64)> = self.run(|c| dsl::area.order(dsl::code).load(c))?;
        let unsigned =
            |(area, version): (i64, i64)| (AreaCode(area.cast_unsigned()), version.cast_unsigned());
        Ok(rows.into_iter().map(unsigned).collect())
    }

    /// Notes that everything up to a version has come.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn keep_area(&mut self, area: AreaCode, version: u64) -> Result<(), Fault> {
        let row = (dsl::code.eq(area.0.cast_signed()), dsl::version.eq(version.cast_signed()));
        self.run(|c| diesel::replace_into(dsl::area).values(row).execute(c))?;
        Ok(())
    }

    /// Forgets how far an area is known: it comes again from the start.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn forget_area(&mut self, area: AreaCode) -> Result<(), Fault> {
        self.run(|c| diesel::delete(dsl::area.find(area.0.cast_signed())).execute(c))?;
        Ok(())
    }

    /// Forgets how far every area is known: versions of another epoch mean nothing.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn forget_areas(&mut self) -> Result<(), Fault> {
        self.run(|c| diesel::delete(dsl::area).execute(c))?;
        self.run(|c| diesel::delete(download::table).execute(c))?;
        Ok(())
    }
}
