//! Out: what was pulled before the server's data went back.
//!
//! The rule this module protects: *nothing is let go before the server has taken it*. Where an area does not add up even
//! after it came again, this device holds changes of others that the server lost. It hands them over, and only then
//! takes the server's records in place of its own.

use super::{Halt, Run, Step};
use crate::take;
use crate::transport::Request;
use sync_core::{AreaCode, ErrorCode, Page};

/// Records of one request: about 20 bytes each.
const RECORDS_AT_ONCE: usize = 500;

impl Run<'_> {
    /// Offers the records of an area, then asks for the area anew.
    pub(super) fn offer(&mut self, area: AreaCode) -> Result<Step, Halt> {
        self.offered.insert(area);
        let records = self.device.store.records(None, Some(area))?;
        let epoch = self.device.store.all_series()?.first().and_then(|series| series.standing.epoch);
        let epoch = epoch.unwrap_or(self.me.epoch);
        for records in records.chunks(RECORDS_AT_ONCE) {
            let body = Page::of_records(epoch, records.to_vec()).into_bytes();
            match self.ask(Request::post("/v1/salvage", "application/vnd.lumbung.page", body)) {
                Ok(_) => {}
                // An older server cannot take it: everything stays as it is.
                Err(Halt::Refused(body)) if body.code == ErrorCode::NotFound => return Ok(Step::Done),
                Err(halt) => return Err(halt),
            }
        }
        self.device.store.tx(|store| {
            store.drop_records_of(area)?;
            store.forget_area(area)?;
            take::pull_again(store, None)
        })?;
        self.report.unequal.retain(|unequal| *unequal != area);
        Ok(Step::Again)
    }
}
