//! Tokens, and what the server says on that occasion.

use super::{Halt, Run};
use crate::Error;
use crate::enrol::APP_VERSION;
use crate::read::unsent;
use crate::store::Series;
use serde::Deserialize;
use serde_json::json;
use sync_core::{ActorId, Epoch, Head, TokenRequest};

/// A token ends so many seconds early here, so that it does not end on the way.
const MARGIN_S: i64 = 30;

#[derive(Deserialize)]
struct Challenge {
    challenge: String,
}

/// A token, and how far the server holds each series of the device.
#[derive(Deserialize)]
pub(super) struct Given {
    token: String,
    expires_in_s: i64,
    server_time_s: i64,
    revoked: bool,
    pub(super) heads: Vec<Head>,
}

#[derive(Deserialize)]
struct Number {
    actor: ActorId,
}

impl Run<'_> {
    /// Proves the device's key, says how far it has come, and gets a token. A server that holds less than it once signed
    /// for is shown its own receipt before anything else.
    pub(super) fn authenticate(&mut self) -> Result<(), Halt> {
        let all = self.device.store.all_series()?;
        let heads = all.iter().map(|series| Head::new(series.actor(), series.standing.head)).collect();
        let given = self.token_for(heads)?;
        self.settle(&all, &given)
    }

    /// What follows from what the server says it holds.
    pub(super) fn settle(&mut self, all: &[Series], given: &Given) -> Result<(), Halt> {
        self.revoked = given.revoked;
        if self.revoked {
            return Ok(());
        }
        for series in all {
            let held = given.heads.iter().find(|head| head.actor == series.actor());
            if let Some(held) = held
                && held.seq < series.standing.received_seq()
            {
                self.show_receipt(series, held.seq + 1)?;
            }
        }
        Ok(())
    }

    pub(super) fn token_for(&mut self, heads: Vec<Head>) -> Result<Given, Halt> {
        self.token = None;
        let Challenge { challenge } = self.get("/v1/challenge")?;
        let request = self.token_request(challenge, heads)?;
        let given: Given = self.post("/v1/token", &request)?;
        self.take_token(&given)?;
        Ok(given)
    }

    /// The request for a token, signed.
    pub(super) fn token_request(
        &mut self,
        challenge: String,
        heads: Vec<Head>,
    ) -> Result<TokenRequest, Halt> {
        let identity = self.device.store.identity()?.ok_or(Error::NotEnrolled)?;
        let all = self.device.store.all_series()?;
        let epoch = all.first().and_then(|series: &Series| series.standing.epoch).unwrap_or(Epoch(0));
        let request = TokenRequest {
            device: self.me.device,
            challenge,
            epoch,
            heads,
            unsent: unsent(&mut self.device.store)?,
            app_version: APP_VERSION.into(),
            device_time_s: self.now_s,
            signature: String::new(),
        };
        Ok(request.signed(&identity.key()))
    }

    /// Keeps a token for as long as it holds.
    pub(super) fn take_token(&mut self, given: &Given) -> Result<(), Halt> {
        let mut session = self.device.store.session()?;
        session.token = Some(given.token.clone());
        session.token_from_s = self.now_s;
        session.token_until_s = self.now_s.saturating_add(given.expires_in_s - MARGIN_S);
        session.clock_offset_s = Some(given.server_time_s.saturating_sub(self.now_s));
        self.store(|store| store.keep_session(&session))?;
        self.token = Some(given.token.clone());
        Ok(())
    }

    /// Asks for one more number.
    pub(super) fn ask_number(&mut self, body: &serde_json::Value) -> Result<ActorId, Halt> {
        if self.token.is_none() {
            self.authenticate()?;
        }
        let asked: Result<Number, Halt> = self.post("/v1/actors", body);
        Ok(asked?.actor)
    }

    /// Shows the receipt that proves what the server once held. What of it is gone here too, it lists as a loss.
    pub(super) fn show_receipt(&mut self, series: &Series, expected: u64) -> Result<(), Halt> {
        let actor = series.actor();
        let oldest = self.device.store.oldest_held(actor)?.unwrap_or(series.standing.head.seq + 1);
        // A hole ends where a receipt ends: the one that was kept as the proof of what was forgotten.
        let receipt = if oldest > expected {
            self.device.store.receipt_upto(sync_core::Dot::new(actor, oldest - 1))?
        } else {
            series.standing.receipt.clone()
        };
        let receipt = receipt.ok_or(Halt::End(super::End::BadAnswer))?;
        let shown = json!({ "receipt": receipt, "oldest_held_seq": oldest });
        let answer = self.post("/v1/witness", &shown)?;
        self.take_receipt(&answer)
    }
}
