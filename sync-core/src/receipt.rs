//! *Bukti terima*: the server's signed word on what it holds.
//!
//! The rule this module protects: *only a receipt lets a phone say "sent"*, and a receipt can be shown to anybody
//! later: it names the series, the last change, the hash of all of them, what is kept apart, and the life of the
//! server that holds them.

use crate::codec::element_bytes;
use crate::series::Mark;
use crate::{ActorId, Epoch};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use schema::{Element, Refusal};
use serde::{Deserialize, Serialize};

/// An edit (or a whole change) that the server keeps in quarantine until a person has looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Number of the change in its series.
    pub seq: u64,
    /// The register; `None` when the whole change is held.
    pub place: Option<(u16, Element)>,
    /// Why.
    pub reason: Refusal,
}

/// How [`Held`] reads in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldName {
    /// Number of the change in its series.
    pub seq: u64,
    /// Number of the field; absent when the whole change is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<u16>,
    /// Canonical bytes of the element, base64url; absent for a whole field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub element: Option<String>,
    /// Why.
    pub reason: Refusal,
}

/// What the server says it holds of one series, signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Life of the server's data.
    pub epoch: Epoch,
    /// Whose series.
    pub actor: ActorId,
    /// Number of the last change held.
    pub seq: u64,
    /// Hash of the series up to it.
    pub chain: crate::series::ChainHash,
    /// When, by the server's clock, in seconds since 1970.
    pub at_s: i64,
    /// Up to here every backup that may still be restored holds the series; a device may forget what lies below.
    pub backed_up_seq: u64,
    /// What is in quarantine, from the first change just sent up to `seq`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<HeldName>,
    /// Ed25519 over [`Receipt::signed_bytes`], base64url.
    pub signature: String,
}

impl Receipt {
    /// A receipt signed with the server's key.
    pub fn signed(
        key: &SigningKey,
        epoch: Epoch,
        actor: ActorId,
        mark: Mark,
        at_s: i64,
        backed_up_seq: u64,
        held: &[Held],
    ) -> Receipt {
        let held = held.iter().map(HeldName::from).collect();
        let mut receipt = Receipt {
            epoch,
            actor,
            seq: mark.seq,
            chain: mark.chain,
            at_s,
            backed_up_seq,
            held,
            signature: String::new(),
        };
        receipt.signature = URL_SAFE_NO_PAD.encode(key.sign(&receipt.signed_bytes()).to_bytes());
        receipt
    }

    /// Did the holder of this key sign it?
    pub fn is_signed_by(&self, key: &VerifyingKey) -> bool {
        let signature = URL_SAFE_NO_PAD.decode(&self.signature).ok();
        let signature = signature.and_then(|bytes| Signature::from_slice(&bytes).ok());
        signature.is_some_and(|signature| key.verify(&self.signed_bytes(), &signature).is_ok())
    }

    /// How far the series is held.
    pub fn mark(&self) -> Mark {
        Mark { seq: self.seq, chain: self.chain }
    }

    /// What the signature is over: a heading, then epoch (16 bytes), actor, seq (8), chain (32), time, backup (8),
    /// number of held edits (4), and for each its seq (8), field (2; all ones for a whole change), length of the
    /// element (2), the element and the number of its reason (1). Numbers are big-endian.
    pub fn signed_bytes(&self) -> Vec<u8> {
        let mut out = b"lumbung receipt 1".to_vec();
        out.extend_from_slice(&self.epoch.0.to_be_bytes());
        out.extend_from_slice(&self.actor.0.to_be_bytes());
        out.extend_from_slice(&self.seq.to_be_bytes());
        out.extend_from_slice(&self.chain.0);
        out.extend_from_slice(&self.at_s.to_be_bytes());
        out.extend_from_slice(&self.backed_up_seq.to_be_bytes());
        out.extend_from_slice(&(self.held.len() as u32).to_be_bytes());
        for held in &self.held {
            let element = held.element.as_deref().unwrap_or_default();
            out.extend_from_slice(&held.seq.to_be_bytes());
            out.extend_from_slice(&held.field.unwrap_or(u16::MAX).to_be_bytes());
            out.extend_from_slice(&(element.len() as u16).to_be_bytes());
            out.extend_from_slice(element.as_bytes());
            out.push(held.reason.number());
        }
        out
    }
}

impl From<&Held> for HeldName {
    fn from(held: &Held) -> HeldName {
        let element = held.place.map(|(_, element)| element).filter(|element| *element != Element::Whole);
        let text = |element: Element| URL_SAFE_NO_PAD.encode(element_bytes(&element));
        HeldName {
            seq: held.seq,
            field: held.place.map(|(field, _)| field),
            element: element.map(text),
            reason: held.reason,
        }
    }
}

impl HeldName {
    /// The register that is held; `None` for a whole change, and for a name that cannot be read.
    pub fn place(&self) -> Option<(u16, Element)> {
        let element = match &self.element {
            None => Element::Whole,
            Some(text) => crate::codec::Reader::new(&URL_SAFE_NO_PAD.decode(text).ok()?).element().ok()?,
        };
        Some((self.field?, element))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_receipt_holds_for_its_key_and_for_nothing_else() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let actor = ActorId(5);
        let place = Some((12, Element::Ref(Uuid::from_u128(9))));
        let held = [
            Held { seq: 3, place, reason: Refusal::OutOfRange },
            Held { seq: 4, place: None, reason: Refusal::UnknownKind },
        ];
        let receipt = Receipt::signed(&key, Epoch(1), actor, Mark::start(actor), 1_795_000_000, 0, &held);
        let other = SigningKey::from_bytes(&[8; 32]);
        assert!(receipt.is_signed_by(&key.verifying_key()));
        assert!(!receipt.is_signed_by(&other.verifying_key()));
        assert_eq!(receipt.held[0].place(), place);
        assert_eq!(receipt.held[1].place(), None);
        let json = serde_json::to_string(&receipt).unwrap();
        assert_eq!(serde_json::from_str::<Receipt>(&json).unwrap(), receipt);
        let altered: [fn(&mut Receipt); 4] = [
            |receipt| receipt.seq += 1,
            |receipt| receipt.epoch.0 += 1,
            |receipt| receipt.held.truncate(1),
            |receipt| receipt.signature.truncate(20),
        ];
        for alter in altered {
            let mut altered = receipt.clone();
            alter(&mut altered);
            assert!(!altered.is_signed_by(&key.verifying_key()));
        }
    }
}
