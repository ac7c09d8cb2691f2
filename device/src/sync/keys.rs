//! Keys of those who were registered here, before the changes that register them.

use super::{Halt, Run, Step};
use crate::store::key::Sent;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use sync_core::ErrorCode;

/// Keys of one request: about 64 kB of JSON, which is what a server takes.
const KEYS_MAX: usize = 400;

impl Run<'_> {
    /// Sends keys of one area. One that the server does not take, since the area is not the device's, holds nothing up.
    pub(super) fn send_keys(&mut self) -> Result<Step, Halt> {
        let keys = self.device.store.unsent_keys(KEYS_MAX)?;
        let Some(first) = keys.first() else { return Ok(Step::Done) };
        let one = |key: &crate::store::key::UnsentKey| json!({ "owner": key.owner, "area": key.area, "key": URL_SAFE_NO_PAD.encode(key.key.0) });
        let body = json!({ "actor": first.actor, "keys": keys.iter().map(one).collect::<Vec<_>>() });
        let sent = match self.post_only("/v1/keys", &body) {
            Ok(()) => Sent::Yes,
            Err(Halt::Refused(refusal)) if refusal.code == ErrorCode::Forbidden => Sent::Refused,
            Err(halt) => return Err(halt),
        };
        self.store(|store| store.tx(|store| store.mark_keys(&keys, sent)))?;
        Ok(Step::Again)
    }
}
