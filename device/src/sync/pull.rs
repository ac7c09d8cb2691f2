//! In: what others saved.

use super::{End, Halt, Run, Step};
use crate::read::unsent;
use crate::take;
use crate::transport::Request;
use sync_core::{Bounds, Page};

/// What a page may unpack to.
pub(super) const BOUNDS: Bounds = Bounds { changes_max: 1 << 18, bytes_max: 64 << 20, numbers_max: 1 << 24 };

impl Run<'_> {
    /// Takes the next page.
    pub(super) fn pull(&mut self) -> Result<Step, Halt> {
        self.about = self.me.actor;
        let all = self.device.store.all_series()?;
        let cursor = all.first().and_then(|series| series.standing.cursor.clone());
        let path = match cursor {
            Some(cursor) => format!("/v1/pull?cursor={cursor}"),
            None => self.path_from_start()?,
        };
        let answer = self.ask(Request::get(path))?;
        self.take_page(&answer.body)
    }

    /// Takes a page in.
    pub(super) fn take_page(&mut self, page: &[u8]) -> Result<Step, Halt> {
        self.about = self.me.actor;
        let page = Page::of_bytes(page, &BOUNDS).map_err(|_| Halt::End(End::BadAnswer))?;
        self.stood.extend(page.standings.iter().map(|standing| standing.area));
        let taken = take::page(&mut self.device.store, &page, self.now_s, &self.asked_again)?;
        self.report.came += page.records.len() as u64;
        self.report.left.extend(taken.left);
        let (still, once): (Vec<_>, Vec<_>) =
            taken.unequal.into_iter().partition(|area| self.asked_again.contains(area));
        self.report.unequal.extend(still);
        self.asked_again.extend(once.iter().copied());
        if page.more || !once.is_empty() || self.is_to_pull_again()? {
            return Ok(Step::Again);
        }
        self.find_unknown_areas()?;
        match self.report.unequal.iter().find(|area| !self.offered.contains(area)) {
            Some(area) => self.offer(*area),
            None => Ok(Step::Done),
        }
    }

    /// After everything came anew, an area of which the server said nothing is one it knows nothing of.
    fn find_unknown_areas(&mut self) -> Result<(), Halt> {
        if !std::mem::take(&mut self.from_start) || unsent(&mut self.device.store)? > 0 {
            return Ok(());
        }
        let unknown = self.device.store.areas_of_records()?.into_iter();
        self.report.unequal.extend(unknown.filter(|area| !self.stood.contains(area)));
        Ok(())
    }

    /// What was known once, or comes by snapshot, need not come again.
    fn path_from_start(&mut self) -> Result<String, Halt> {
        self.from_start = true;
        self.stood.clear();
        let known = self.device.store.areas()?;
        let scope = self.device.store.all_series()?.into_iter().next().map(|series| series.standing.scope);
        for area in scope.unwrap_or_default() {
            if !known.iter().any(|(code, _)| *code == area) {
                self.snapshot(area)?;
            }
        }
        let known = self.device.store.areas()?;
        if known.is_empty() {
            return Ok("/v1/pull".into());
        }
        let pairs: Vec<String> =
            known.iter().map(|(area, version)| format!("{}:{version}", area.0)).collect();
        Ok(format!("/v1/pull?have={}", pairs.join(",")))
    }

    fn is_to_pull_again(&mut self) -> Result<bool, Halt> {
        Ok(self.device.store.all_series()?.first().is_some_and(|series| series.standing.cursor.is_none()))
    }
}
