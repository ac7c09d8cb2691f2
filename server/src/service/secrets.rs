//! What only this server knows.
//!
//! The rule this module protects: *secrets are outside the database and its backups, and each can be replaced*: a new
//! one goes to the front of its list, older ones still open what they closed.

use super::Entropy;
use super::matching::Matcher;
use super::seal_key::KeySafe;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;

/// All secrets, each as a list whose first one is in use. Read from and written to `lumbung.secrets`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secrets {
    /// Sign tokens (HMAC-SHA-256).
    pub tokens: Ring,
    /// Sign challenges (HMAC-SHA-256).
    pub challenges: Ring,
    /// Seeds of the Ed25519 keys that sign receipts.
    pub receipts: Ring,
    /// Seal the keys of sealed values.
    pub sealing: Ring,
    /// Make the tokens by which NIK and KK are matched.
    pub matching: Ring,
}

/// Secrets for one purpose, the one in use first; never empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Ring(Vec<Secret>);

/// 32 random bytes and their name.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Secret {
    /// Name, 8 hexadecimal digits.
    pub id: String,
    /// The secret itself, base64url in the file.
    #[serde(serialize_with = "to_text", deserialize_with = "from_text")]
    pub bytes: [u8; 32],
}

impl Secrets {
    /// New ones.
    pub fn made(entropy: &dyn Entropy) -> Secrets {
        let ring = || Ring(vec![Secret::made(entropy)]);
        Secrets { tokens: ring(), challenges: ring(), receipts: ring(), sealing: ring(), matching: ring() }
    }

    /// Purposes whose secret can be renewed at any time. Tokens for matching would all have to be made again.
    pub const RENEWABLE: [&str; 4] = ["tokens", "challenges", "receipts", "sealing"];

    /// Puts a new secret in use for one of [`Secrets::RENEWABLE`]; older ones stay known. `false` for another purpose.
    pub fn renew(&mut self, purpose: &str, entropy: &dyn Entropy) -> bool {
        let ring = match purpose {
            "tokens" => &mut self.tokens,
            "challenges" => &mut self.challenges,
            "receipts" => &mut self.receipts,
            "sealing" => &mut self.sealing,
            _ => return false,
        };
        ring.0.insert(0, Secret::made(entropy));
        true
    }

    /// The key that signs receipts.
    pub fn receipt_key(&self) -> SigningKey {
        SigningKey::from_bytes(&self.receipts.current().bytes)
    }

    /// Every key that ever signed receipts here.
    pub fn receipt_keys(&self) -> impl Iterator<Item = SigningKey> {
        self.receipts.0.iter().map(|secret| SigningKey::from_bytes(&secret.bytes))
    }

    /// What seals and opens the keys of persons.
    pub fn key_safe(&self) -> KeySafe {
        KeySafe::new(
            self.sealing.0.iter().map(|secret| &secret.bytes),
            Matcher::new(&self.matching.current().bytes),
        )
    }

    /// The public half of the key that signs receipts, base64url.
    pub fn server_key(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.receipt_key().verifying_key().as_bytes())
    }
}

impl Ring {
    /// The secret in use.
    pub fn current(&self) -> &Secret {
        &self.0[0]
    }

    /// Every secret, the one in use first.
    pub fn all(&self) -> impl Iterator<Item = &Secret> {
        self.0.iter()
    }

    /// The secret of this name.
    pub fn named(&self, id: &str) -> Option<&Secret> {
        self.0.iter().find(|secret| secret.id == id)
    }
}

impl Secret {
    fn made(entropy: &dyn Entropy) -> Secret {
        let id = u32::from_be_bytes(entropy.bytes());
        Secret { id: format!("{id:08x}"), bytes: entropy.bytes() }
    }
}

/// Never the secret.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({})", self.id)
    }
}

impl<'de> Deserialize<'de> for Ring {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Ring, D::Error> {
        match Vec::<Secret>::deserialize(deserializer)? {
            secrets if secrets.is_empty() => Err(D::Error::custom("a list of secrets is empty")),
            secrets => Ok(Ring(secrets)),
        }
    }
}

fn to_text<S: Serializer>(bytes: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&URL_SAFE_NO_PAD.encode(bytes))
}

fn from_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[u8; 32], D::Error> {
    let bytes = URL_SAFE_NO_PAD.decode(String::deserialize(deserializer)?).ok();
    bytes
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| D::Error::custom("a secret is 32 bytes, base64url"))
}
