//! What a device is told when it becomes one.

use crate::{ActorId, AreaCode, Epoch, RecordId};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::VerifyingKey;
use schema::Role;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The server's answer to an enrolment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    /// The device's id.
    pub device: Uuid,
    /// The number it writes under.
    pub actor: ActorId,
    /// Who carries it.
    pub person: Uuid,
    /// Her worker record, when she has one.
    pub worker: Option<RecordId>,
    /// What people call her in lists.
    #[serde(default)]
    pub label: String,
    /// Her role.
    pub role: Role,
    /// Her district.
    pub district: AreaCode,
    /// Where she worked when it was enrolled.
    pub areas: Vec<AreaCode>,
    /// The life the server's data was in.
    pub epoch: Epoch,
    /// Ed25519 key that signs receipts, base64url.
    pub server_key: String,
    /// P-256 point to which parcels are sealed, uncompressed, base64url; empty from a server that takes none.
    #[serde(default)]
    pub parcel_key: String,
    /// Names of the areas she works in, and of those above them.
    #[serde(default)]
    pub places: Vec<NamedArea>,
    /// The server's clock, in seconds since 1970.
    pub server_time_s: i64,
}

/// An area and what people call it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedArea {
    /// Its code.
    pub area: AreaCode,
    /// Its name, without its kind: `Duwet`.
    pub name: String,
}

impl Enrolled {
    /// Who writes when nobody else is named: her worker record, and until there is one, herself.
    pub fn author(&self) -> RecordId {
        self.worker.unwrap_or(RecordId(self.person))
    }

    /// The key that signs receipts; `None` when the server gave none.
    pub fn receipt_key(&self) -> Option<VerifyingKey> {
        let bytes = URL_SAFE_NO_PAD.decode(&self.server_key).ok()?;
        VerifyingKey::from_bytes(&bytes.try_into().ok()?).ok()
    }
}
