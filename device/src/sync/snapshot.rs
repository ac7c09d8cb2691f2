//! A whole area, in one piece that may come in many.
//!
//! The rule this module protects: *what has come is not paid for twice*: a download that was cut off, however often, goes
//! on where it stopped, also after the device was killed.

use super::pull::BOUNDS;
use super::{End, Halt, Run};
use crate::store::download::Download;
use crate::take;
use crate::transport::Request;
use sync_core::{AreaCode, ErrorCode, Page};

const PARTIAL: u16 = 206;

impl Run<'_> {
    /// Takes the snapshot of an area. An area without one comes with the pull.
    pub(super) fn snapshot(&mut self, area: AreaCode) -> Result<(), Halt> {
        let had = self.device.store.download(area)?;
        let mut request = Request::get(format!("/v1/areas/{area}/snapshot"));
        if let Some(had) = &had {
            request = request
                .with("range", format!("bytes={}-", had.body.len()))
                .with("if-range", had.etag.clone());
        }
        let answer = match self.ask_cut(request) {
            Ok(answer) => answer,
            Err(Halt::Refused(body)) if matches!(body.code, ErrorCode::NotFound | ErrorCode::Forbidden) => {
                return Ok(());
            }
            Err(halt) => return Err(halt),
        };
        let etag = answer.header("etag").unwrap_or_default().to_owned();
        let version = answer.header("lumbung-version").and_then(|text| text.parse().ok());
        let version = version.ok_or(Halt::End(End::BadAnswer))?;
        let mut body = had.filter(|_| answer.status == PARTIAL).map(|had| had.body).unwrap_or_default();
        body.extend_from_slice(&answer.body);
        let download = Download { area, etag, version, body };
        if answer.cut {
            self.store(|store| store.keep_download(&download))?;
            return Err(Halt::End(End::NoSignal));
        }
        let Some(pages) = pages(&download.body) else {
            self.store(|store| store.drop_download(area))?;
            return Err(Halt::End(End::BadAnswer));
        };
        self.report.came += take::snapshot(&mut self.device.store, area, version, &pages, self.now_s)?;
        Ok(())
    }
}

/// The pages of a snapshot: each after its length in four bytes.
fn pages(mut bytes: &[u8]) -> Option<Vec<Page>> {
    let mut pages = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk::<4>() {
        let (page, rest) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        pages.push(Page::of_bytes(page, &BOUNDS).ok()?);
        bytes = rest;
    }
    bytes.is_empty().then_some(pages)
}
