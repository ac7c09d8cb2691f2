//! Who the device is.

use super::{Fault, Store, Table};
use crate::Enrolled;
use serde::{Deserialize, Serialize};

/// Who the device is, and what the server told it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// For the header `authorization`.
    pub token: Option<String>,
    /// When the token was given, by the device's clock.
    pub token_from_s: i64,
    /// Until when it holds, by the device's clock.
    pub token_until_s: i64,
    /// What the server takes at once.
    pub limits: Option<Limits>,
    /// Server's clock minus the device's, at the last receipt or token. Shown to people, never used to rewrite a time.
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

impl Store {
    /// Who the device is; `None` before it was told where to enrol.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn identity(&mut self) -> Result<Option<Identity>, Fault> {
        let row = self.get(Table::Identity, &[])?;
        Ok(row.map(|row| serde_json::from_slice(&row)).transpose()?)
    }

    /// Keeps who the device is.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn keep_identity(&mut self, identity: &Identity) -> Result<(), Fault> {
        self.put(Table::Identity, &[], &serde_json::to_vec(identity)?)
    }

    /// What is true for a while.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn session(&mut self) -> Result<Session, Fault> {
        let row = self.get(Table::Session, &[])?;
        Ok(row.map(|row| serde_json::from_slice(&row)).transpose()?.unwrap_or_default())
    }

    /// Keeps it.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn keep_session(&mut self, session: &Session) -> Result<(), Fault> {
        self.put(Table::Session, &[], &serde_json::to_vec(session)?)
    }
}
