//! A phone: a key, and what the server told it.

use crate::{Reply, Server};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use server::service::token::{Challenge, DeviceSession};
use sync_core::{Enrolled, Head, Mark, TokenRequest};

/// An enrolled phone.
#[derive(Clone)]
pub struct Phone {
    /// Its key.
    pub key: SigningKey,
    /// What the server said at enrolment.
    pub enrolled: Enrolled,
}

/// A key that differs with `seed` and is the same each time.
pub fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

/// An enrolment request.
pub fn enrolment(code: &str, key: &SigningKey) -> Value {
    let public_key = URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
    json!({ "code": code, "public_key": public_key, "app_version": "1.0", "label": "ponsel" })
}

impl Phone {
    /// Enrols with a code.
    #[track_caller]
    pub fn enrol(server: &Server, code: &str, seed: u8) -> Phone {
        let key = key(seed);
        let enrolled = server.post("/v1/enrol", None, &enrolment(code, &key)).ok();
        Phone { key, enrolled }
    }

    /// Enrols with a code and the key of a large number, where there are more than 256 phones.
    #[track_caller]
    pub fn enrol_with_key(server: &Server, code: &str, number: u64) -> Phone {
        let mut bytes = [7; 32];
        bytes[..8].copy_from_slice(&number.to_be_bytes());
        let key = SigningKey::from_bytes(&bytes);
        let enrolled = server.post("/v1/enrol", None, &enrolment(code, &key)).ok();
        Phone { key, enrolled }
    }

    /// A signed request for a token that says nothing was written yet.
    pub fn request(&self, server: &Server) -> TokenRequest {
        let challenge: Challenge = server.get("/v1/challenge", None).ok();
        let actor = self.enrolled.actor;
        TokenRequest {
            device: self.enrolled.device,
            challenge: challenge.challenge,
            epoch: self.enrolled.epoch,
            heads: vec![Head::new(actor, Mark::start(actor))],
            unsent: 0,
            app_version: "1.0".into(),
            device_time_s: self.enrolled.server_time_s,
            signature: String::new(),
        }
        .signed(&self.key)
    }

    /// What the server answers to a fresh request for a token.
    pub fn ask(&self, server: &Server) -> Reply {
        server.post("/v1/token", None, &self.request(server))
    }

    /// A token.
    #[track_caller]
    pub fn token(&self, server: &Server) -> String {
        self.ask(server).ok::<DeviceSession>().session.token
    }
}
