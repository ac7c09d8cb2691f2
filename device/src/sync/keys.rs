//! Keys of those who were registered here, before the changes that register them.

use super::{Halt, Run, Step};
use crate::store::key::{Sent, UnsentKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use sync_core::ErrorCode;

/// Keys of one request: about 64 kB of JSON, which is what a server takes.
pub(super) const KEYS_MAX: usize = 400;

impl Run<'_> {
    /// Sends keys of one area. One that the server does not take, since the area is not the device's, holds nothing up.
    pub(super) fn send_keys(&mut self) -> Result<Step, Halt> {
        let keys = self.device.store.unsent_keys(KEYS_MAX)?;
        if keys.is_empty() {
            return Ok(Step::Done);
        }
        let sent = match self.post_only("/v1/keys", &as_json(&keys)) {
            Ok(()) => Sent::Yes,
            Err(Halt::Refused(refusal)) if refusal.code == ErrorCode::Forbidden => Sent::Refused,
            Err(halt) => return Err(halt),
        };
        self.store(|store| store.tx(|store| store.mark_keys(&keys, sent)))?;
        Ok(Step::Again)
    }
}

/// Keys of one area as they are sent.
pub(super) fn as_json(keys: &[UnsentKey]) -> serde_json::Value {
    let one = |key: &UnsentKey| {
        let bytes = URL_SAFE_NO_PAD.encode(key.key.0);
        json!({ "owner": key.owner, "area": key.area, "key": bytes })
    };
    let actor = keys.first().map(|key| key.actor);
    json!({ "actor": actor, "keys": keys.iter().map(one).collect::<Vec<_>>() })
}
