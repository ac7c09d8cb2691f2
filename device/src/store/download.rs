//! Snapshots of areas that have come in part.

use super::{Fault, Store, Table};
use sync_core::AreaCode;
use sync_core::codec::{Reader, put_bytes, put_u64};

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

impl Store {
    /// What has come of an area's snapshot.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn download(&mut self, area: AreaCode) -> Result<Option<Download>, Fault> {
        let Some(row) = self.get(Table::Download, &area.0.to_be_bytes())? else { return Ok(None) };
        let mut reader = Reader::new(&row);
        let etag = String::from_utf8(reader.bytes()?.to_vec());
        let etag = etag.map_err(|_| Fault::Damaged("etag".into()))?;
        let version = reader.u64()?;
        Ok(Some(Download { area, etag, version, body: reader.take(reader.left())?.to_vec() }))
    }

    /// Keeps what has come.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn keep_download(&mut self, download: &Download) -> Result<(), Fault> {
        let mut row = Vec::with_capacity(download.body.len() + 64);
        put_bytes(&mut row, download.etag.as_bytes());
        put_u64(&mut row, download.version);
        row.extend_from_slice(&download.body);
        self.put(Table::Download, &download.area.0.to_be_bytes(), &row)
    }

    /// It was taken in, or is of no use.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn drop_download(&mut self, area: AreaCode) -> Result<(), Fault> {
        self.delete(Table::Download, &area.0.to_be_bytes())
    }
}
