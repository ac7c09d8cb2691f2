//! A whole sync in one question.
//!
//! The rule this module protects: *it is a short cut and nothing else*: what it brings is taken by the code of the ordinary
//! steps, and whatever it does not bring they ask for. A server that knows no such question, or refuses it, costs one request.

use super::keys::KEYS_MAX;
use super::token::Given;
use super::{End, Halt, Run, Step};
use crate::store::key::Sent;
use crate::transport::Request;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::Deserialize;
use serde_json::json;
use sync_core::device::Next;
use sync_core::{Batch, ErrorCode, Head, Receipt};

/// What the server says to it.
#[derive(Deserialize)]
struct Exchanged {
    token: Given,
    /// Why keys were not kept.
    keys: Option<ErrorCode>,
    push: Vec<Pushed>,
    page: Paged,
}

/// A receipt, where the batch was taken.
#[derive(Deserialize)]
struct Pushed {
    receipt: Option<Receipt>,
}

/// A page, base64, where the cursor holds.
#[derive(Deserialize)]
struct Paged {
    page: Option<String>,
}

impl Run<'_> {
    /// Asks for everything at once, when enough is known from earlier syncs; `None` when it is not, or was refused.
    pub(super) fn exchange(&mut self) -> Result<Option<Step>, Halt> {
        let all = self.device.store.all_series()?;
        let cursor = all.first().and_then(|series| series.standing.cursor.clone());
        let session = self.device.store.session()?;
        let (Some(cursor), Some(offset_s), Some(_)) = (cursor, session.clock_offset_s, session.limits) else {
            return Ok(None);
        };
        let heads = all.iter().map(|series| Head::new(series.actor(), series.standing.head)).collect();
        let challenge = format!("at:{}", self.now_s.saturating_add(offset_s));
        let token = self.token_request(challenge, heads)?;
        let keys = self.device.store.unsent_keys(KEYS_MAX)?;
        let mut push = Vec::new();
        for series in &all {
            if let Next::Push { after_seq } = series.standing.next()
                && let Some(batch) = self.batch_after(series, after_seq)?
            {
                push.push(STANDARD_NO_PAD.encode(batch));
            }
        }
        let keys_json = (!keys.is_empty()).then(|| super::keys::as_json(&keys));
        let body = json!({ "token": token, "keys": keys_json, "push": push, "cursor": cursor });
        let request = Request::post("/v1/exchange", "application/json", super::ask::json(&body)?);
        let answer = match self.ask(request) {
            Ok(answer) => answer,
            // Patience is asked for whatever the question was.
            Err(Halt::Refused(body)) if body.retry_after_s.is_none() => return Ok(None),
            Err(halt) => return Err(halt),
        };
        let told: Exchanged = serde_json::from_slice(&answer.body).map_err(|_| Halt::End(End::BadAnswer))?;
        self.take_token(&told.token)?;
        self.settle(&all, &told.token)?;
        if self.revoked {
            return Ok(Some(Step::Again));
        }
        match told.keys {
            _ if keys.is_empty() => {}
            None => self.store(|store| store.tx(|store| store.mark_keys(&keys, Sent::Yes)))?,
            Some(ErrorCode::Forbidden) => {
                self.store(|store| store.tx(|store| store.mark_keys(&keys, Sent::Refused)))?;
            }
            Some(_) => {}
        }
        for pushed in told.push {
            if let Some(receipt) = pushed.receipt {
                let before = all.iter().find(|series| series.actor() == receipt.actor);
                let before = before.map_or(0, |series| series.standing.received_seq());
                self.take_receipt(&receipt)?;
                self.report.sent += receipt.seq.saturating_sub(before);
            }
        }
        let Some(page) = told.page.page else { return Ok(Some(Step::Again)) };
        let page = STANDARD_NO_PAD.decode(page).map_err(|_| Halt::End(End::BadAnswer))?;
        let step = self.take_page(&page)?;
        // What went out and what did not is read from the store again.
        let is_all_out =
            self.device.store.unsent_keys(1)?.is_empty() && crate::read::unsent(&mut self.device.store)? == 0;
        Ok(Some(if is_all_out { step } else { Step::Again }))
    }

    /// The next changes of a series as they are sent; `None` when they are gone here.
    fn batch_after(
        &mut self,
        series: &crate::store::Series,
        after_seq: u64,
    ) -> Result<Option<Vec<u8>>, Halt> {
        let limits = self.limits()?;
        let batch: Option<Batch> = self.changes_to_send(series, after_seq, limits)?;
        Ok(batch.map(|batch| self.fitting(batch, limits.upload_bytes_max / 2)))
    }
}
