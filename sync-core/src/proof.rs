//! How a device proves who it is when it asks for a token.
//!
//! The rule this module protects: *the key never leaves the device, and what is signed is what is said.* The device
//! signs a fresh challenge of the server together with everything else in the request, so no part of one request can
//! be put into another.

use crate::{ActorId, ChainHash, Epoch, Mark};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How far the device has come under one of its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The number.
    pub actor: ActorId,
    /// Its last saved change; 0 before the first.
    pub seq: u64,
    /// Hash of the series up to it.
    pub chain: ChainHash,
}

/// A device asks for a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRequest {
    /// Id the server gave at enrolment.
    pub device: Uuid,
    /// As the server gave it, minutes ago at most.
    pub challenge: String,
    /// The life of the server's data it last spoke with.
    pub epoch: Epoch,
    /// How far it has come, under each of its numbers.
    pub heads: Vec<Head>,
    /// How many saved changes have no receipt yet.
    pub unsent: u64,
    /// Version of the app.
    pub app_version: String,
    /// The device's clock, in seconds since 1970. Evidence, never judged.
    pub device_time_s: i64,
    /// Ed25519 over [`TokenRequest::signed_bytes`], base64url.
    #[serde(default)]
    pub signature: String,
}

impl Head {
    /// The head of `actor` at `mark`.
    pub fn new(actor: ActorId, mark: Mark) -> Head {
        Head { actor, seq: mark.seq, chain: mark.chain }
    }
}

impl TokenRequest {
    /// The request with the device's signature.
    #[must_use]
    pub fn signed(mut self, key: &SigningKey) -> TokenRequest {
        self.signature = URL_SAFE_NO_PAD.encode(key.sign(&self.signed_bytes()).to_bytes());
        self
    }

    /// Did the holder of this key sign it?
    pub fn is_signed_by(&self, key: &VerifyingKey) -> bool {
        let signature = URL_SAFE_NO_PAD.decode(&self.signature).ok();
        let signature = signature.and_then(|bytes| Signature::from_slice(&bytes).ok());
        signature.is_some_and(|signature| key.verify(&self.signed_bytes(), &signature).is_ok())
    }

    /// What the signature is over: a heading, then device, epoch (16 bytes each), unsent, device time (8), challenge and
    /// app version (each with its length in 4 bytes before it), number of heads (4) and for each actor, seq (8) and
    /// chain (32). Numbers are big-endian.
    pub fn signed_bytes(&self) -> Vec<u8> {
        let mut out = b"lumbung token 1".to_vec();
        out.extend_from_slice(self.device.as_bytes());
        out.extend_from_slice(&self.epoch.0.to_be_bytes());
        out.extend_from_slice(&self.unsent.to_be_bytes());
        out.extend_from_slice(&self.device_time_s.to_be_bytes());
        for text in [&self.challenge, &self.app_version] {
            out.extend_from_slice(&(text.len() as u32).to_be_bytes());
            out.extend_from_slice(text.as_bytes());
        }
        out.extend_from_slice(&(self.heads.len() as u32).to_be_bytes());
        for head in &self.heads {
            out.extend_from_slice(&head.actor.0.to_be_bytes());
            out.extend_from_slice(&head.seq.to_be_bytes());
            out.extend_from_slice(&head.chain.0);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_holds_for_its_key_and_for_nothing_else() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let actor = ActorId(5);
        let request = TokenRequest {
            device: Uuid::from_u128(1),
            challenge: "abc".into(),
            epoch: Epoch(2),
            heads: vec![Head::new(actor, Mark::start(actor))],
            unsent: 3,
            app_version: "1.0".into(),
            device_time_s: 1_795_000_000,
            signature: String::new(),
        }
        .signed(&key);
        assert!(request.is_signed_by(&key.verifying_key()));
        assert!(!request.is_signed_by(&SigningKey::from_bytes(&[8; 32]).verifying_key()));
        let altered: [fn(&mut TokenRequest); 8] = [
            |request| request.device = Uuid::from_u128(9),
            |request| request.challenge.push('d'),
            |request| request.epoch.0 += 1,
            |request| request.heads[0].seq += 1,
            |request| request.unsent += 1,
            |request| request.app_version.clear(),
            |request| request.device_time_s += 1,
            |request| request.signature.clear(),
        ];
        for alter in altered {
            let mut altered = request.clone();
            alter(&mut altered);
            assert!(!altered.is_signed_by(&key.verifying_key()));
        }
        let json = serde_json::to_string(&request).unwrap();
        assert_eq!(serde_json::from_str::<TokenRequest>(&json).unwrap(), request);
    }
}
