//! Snapshots of areas that have come in part.

use super::tables::download::dsl;
use super::{Fault, Store};
use diesel::prelude::*;
use sync_core::AreaCode;

/// A snapshot that has come in part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// Of which area.
    pub area: AreaCode,
    /// Which snapshot.
    pub etag: String,
    /// Version of the area it was made at.
    pub version: u64,
    /// What has come so far.
    pub body: Vec<u8>,
}

type Row = (i64, String, i64, Vec<u8>);

impl Store {
    /// What has come of an area's snapshot.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn download(&mut self, area: AreaCode) -> Result<Option<Download>, Fault> {
        let row: Option<Row> = self.run(|c| dsl::download.find(area.0.cast_signed()).first(c).optional())?;
        Ok(row.map(|(_, etag, version, body)| Download {
            area,
            etag,
            version: version.cast_unsigned(),
            body,
        }))
    }

    /// Keeps what has come.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn keep_download(&mut self, download: &Download) -> Result<(), Fault> {
        let row = (
            dsl::area.eq(download.area.0.cast_signed()),
            dsl::etag.eq(&download.etag),
            dsl::version.eq(download.version.cast_signed()),
            dsl::body.eq(&download.body),
        );
        self.run(|c| diesel::replace_into(dsl::download).values(row).execute(c))?;
        Ok(())
    }

    /// It was taken in, or is of no use.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn drop_download(&mut self, area: AreaCode) -> Result<(), Fault> {
        self.run(|c| diesel::delete(dsl::download.find(area.0.cast_signed())).execute(c))?;
        Ok(())
    }
}
