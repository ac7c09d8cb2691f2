//! Values that say who somebody is, under that person's key.
//!
//! The rule this module protects: *identity is sealed at the source*, so that destroying one key erases a person
//! everywhere, and every proof (series, digest, backup) stays whole, because it was made over sealed bytes.
//!
//! ChaCha20-Poly1305 (RFC 8439). The nonce follows from the dot and the register, so a sealed value costs 16 bytes; a
//! dot never writes two values to a register, so a nonce is never used twice under a key.

use crate::codec::{Reader, put_element, put_value};
use crate::{Dot, Place};
use chacha20poly1305::aead::{AeadInPlace, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use schema::Value;
use sha2::{Digest, Sha256};

/// Key of one person, household or worker, made on the device that registers them.
#[derive(Clone, PartialEq, Eq)]
pub struct SealKey(pub [u8; 32]);

/// Never shows itself.
impl std::fmt::Debug for SealKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealKey(..)")
    }
}

impl SealKey {
    /// Seals a value for the register that `dot` writes it to.
    pub fn seal(&self, dot: Dot, place: Place, value: &Value) -> Value {
        let mut bytes = Vec::with_capacity(48);
        put_value(&mut bytes, value);
        let cipher = ChaCha20Poly1305::new(Key::from_slice(&self.0));
        match cipher.encrypt_in_place(&nonce(dot, place), &[], &mut bytes) {
            Ok(()) => Value::Sealed(bytes.into()),
            // Only a text of more than 256 GB cannot be sealed.
            Err(_) => Value::Null,
        }
    }

    /// Opens what was sealed for that register; `None` with another key, another register or altered bytes. A value
    /// that is not sealed is itself.
    pub fn open(&self, dot: Dot, place: Place, value: &Value) -> Option<Value> {
        let Value::Sealed(sealed) = value else { return Some(value.clone()) };
        let mut bytes = sealed.to_vec();
        let cipher = ChaCha20Poly1305::new(Key::from_slice(&self.0));
        cipher.decrypt_in_place(&nonce(dot, place), &[], &mut bytes).ok()?;
        let mut reader = Reader::new(&bytes);
        let opened = reader.value().ok()?;
        reader.end().ok().map(|()| opened)
    }
}

/// First 12 bytes of SHA-256 over actor, sequence, field and element.
fn nonce(dot: Dot, (field, element): Place) -> Nonce {
    let mut name = Vec::with_capacity(48);
    name.extend_from_slice(&dot.actor.0.to_be_bytes());
    name.extend_from_slice(&dot.seq.to_be_bytes());
    name.extend_from_slice(&field.to_be_bytes());
    put_element(&mut name, &element);
    let hash = Sha256::digest(&name);
    *Nonce::from_slice(&hash[..12])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ActorId, Element};

    #[test]
    fn only_the_key_and_the_place_open_a_value() {
        let key = SealKey([3; 32]);
        let dot = Dot::new(ActorId(1), 2);
        let place = (3, Element::Whole);
        let name = Value::Text("Nama karangan".into());
        let sealed = key.seal(dot, place, &name);
        let Value::Sealed(bytes) = &sealed else { panic!("sealed") };
        assert_eq!(bytes.len(), 13 + 2 + 16);
        assert_eq!(key.open(dot, place, &sealed), Some(name));
        assert_eq!(SealKey([4; 32]).open(dot, place, &sealed), None);
        assert_eq!(key.open(Dot::new(ActorId(1), 3), place, &sealed), None);
        assert_eq!(key.open(dot, (4, Element::Whole), &sealed), None);
        assert_eq!(format!("{key:?}"), "SealKey(..)");
    }
}
