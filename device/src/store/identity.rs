//! Who the device is.

use super::tables::identity::dsl;
use super::{Fault, Store};
use crate::enrol::Enrolled;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

/// Who the device is, and what the server told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Of its Ed25519 key.
    pub seed: [u8; 32],
    /// Base URL of its server.
    pub server: String,
    /// The one-time code it enrols with.
    pub code: String,
    /// What people call it.
    pub label: String,
    /// What the server answered; `None` until it has.
    pub enrolled: Option<Enrolled>,
}

/// What is true for a while.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Session {
    /// For the header `authorization`.
    pub token: Option<String>,
    /// When the token was given, by the device's clock.
    pub token_from_s: i64,
    /// Until when it holds, by the device's clock.
    pub token_until_s: i64,
    /// What the server takes at once.
    pub limits: Option<Limits>,
    /// Server's clock minus the device's, at the last receipt. Shown to people, never used to rewrite a time.
    pub clock_offset_s: Option<i64>,
}

/// What the server takes at once, of all that it publishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Largest upload as it is sent, in bytes.
    pub upload_bytes_max: usize,
    /// Most changes in one upload.
    pub upload_changes_max: usize,
}

type Row = (Vec<u8>, String, String, String, Option<String>);
type SessionRow = (Option<String>, i64, i64, Option<String>, Option<i64>);

impl Store {
    /// Who the device is; `None` before it was told where to enrol.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn identity(&mut self) -> Result<Option<Identity>, Fault> {
        let columns = (dsl::seed, dsl::server, dsl::code, dsl::label, dsl::enrolled);
        let row: Option<Row> = self.run(|c| dsl::identity.select(columns).first(c).optional())?;
        let Some((seed, server, code, label, enrolled)) = row else { return Ok(None) };
        let seed = seed.try_into().map_err(|_| Fault::Damaged("seed".into()))?;
        let enrolled = enrolled.map(|text| serde_json::from_str(&text)).transpose()?;
        Ok(Some(Identity { seed, server, code, label, enrolled }))
    }

    /// Keeps who the device is.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn keep_identity(&mut self, identity: &Identity) -> Result<(), Fault> {
        let enrolled = identity.enrolled.as_ref().map(serde_json::to_string).transpose()?;
        let row = (
            dsl::one.eq(1),
            dsl::seed.eq(identity.seed.as_slice()),
            dsl::server.eq(&identity.server),
            dsl::code.eq(&identity.code),
            dsl::label.eq(&identity.label),
            dsl::enrolled.eq(enrolled),
        );
        self.run(|c| diesel::replace_into(dsl::identity).values(row).execute(c))?;
        Ok(())
    }

    /// What is true for a while.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn session(&mut self) -> Result<Session, Fault> {
        let columns = (dsl::token, dsl::token_from_s, dsl::token_until_s, dsl::limits, dsl::clock_offset_s);
        let row: Option<SessionRow> = self.run(|c| dsl::identity.select(columns).first(c).optional())?;
        let Some((token, token_from_s, token_until_s, limits, clock_offset_s)) = row else {
            return Ok(Session::default());
        };
        let limits = limits.map(|text| serde_json::from_str(&text)).transpose()?;
        Ok(Session { token, token_from_s, token_until_s, limits, clock_offset_s })
    }

    /// Keeps it.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn keep_session(&mut self, session: &Session) -> Result<(), Fault> {
        let limits = session.limits.as_ref().map(serde_json::to_string).transpose()?;
        let row = (
            dsl::token.eq(&session.token),
            dsl::token_from_s.eq(session.token_from_s),
            dsl::token_until_s.eq(session.token_until_s),
            dsl::limits.eq(limits),
            dsl::clock_offset_s.eq(session.clock_offset_s),
        );
        self.run(|c| diesel::update(dsl::identity).set(row).execute(c))?;
        Ok(())
    }
}
