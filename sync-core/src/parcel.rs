//! Changes that travel without their device: in the background, in a file, with a courier.
//!
//! The rule this module protects: *whoever carries a parcel can neither read nor alter it, and needs no token*: the device
//! signs what is in it when it is saved, and the whole is sealed to the server by whoever has the server's public key
//! (RFC 9180; docs/PROTOCOL.md). Layout before sealing:
//!
//! | bytes | what |
//! |---|---|
//! | 1 | version, 1 |
//! | 16 | id of the device |
//! | 64 | Ed25519 over [`Parcel::signed_bytes`] |
//! | rest | a batch |

use crate::codec::{Damaged, Reader};
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use uuid::Uuid;

/// The newest version.
pub const VERSION: u8 = 1;
/// What a parcel is sealed for: the `info` of RFC 9180.
pub const SEALED_FOR: &[u8] = b"lumbung parcel 1";

/// A batch and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// Id the server gave at enrolment.
    pub device: Uuid,
    /// Over [`Parcel::signed_bytes`].
    pub signature: [u8; 64],
    /// A batch as it is pushed.
    pub batch: Vec<u8>,
}

impl Parcel {
    /// A batch, signed.
    pub fn signed(device: Uuid, batch: Vec<u8>, key: &SigningKey) -> Parcel {
        let signature = key.sign(&Parcel::signed_bytes(device, &batch)).to_bytes();
        Parcel { device, signature, batch }
    }

    /// Did the holder of this key sign it?
    pub fn is_signed_by(&self, key: &VerifyingKey) -> bool {
        let signature = Signature::from_bytes(&self.signature);
        key.verify(&Parcel::signed_bytes(self.device, &self.batch), &signature).is_ok()
    }

    /// What the signature is over: a heading, the device, the batch.
    pub fn signed_bytes(device: Uuid, batch: &[u8]) -> Vec<u8> {
        [SEALED_FOR, device.as_bytes(), batch].concat()
    }

    /// As bytes, to be sealed.
    pub fn to_bytes(&self) -> Vec<u8> {
        [&[VERSION], &self.device.as_bytes()[..], &self.signature, &self.batch].concat()
    }

    /// Read back, after it was opened.
    ///
    /// # Errors
    /// [`Damaged`] when it is cut short or of another version.
    pub fn of_bytes(bytes: &[u8]) -> Result<Parcel, Damaged> {
        let mut reader = Reader::new(bytes);
        if reader.byte()? != VERSION {
            return Err(Damaged("version of a parcel"));
        }
        let (device, signature) = (reader.uuid()?, reader.array()?);
        Ok(Parcel { device, signature, batch: reader.take(reader.left())?.to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parcel_is_its_devices_and_nobody_elses() {
        let (key, other) = (SigningKey::from_bytes(&[1; 32]), SigningKey::from_bytes(&[2; 32]));
        let parcel = Parcel::signed(Uuid::from_u128(7), vec![1, 2, 3], &key);
        assert!(parcel.is_signed_by(&key.verifying_key()));
        assert!(!parcel.is_signed_by(&other.verifying_key()));
        let bytes = parcel.to_bytes();
        assert_eq!(Parcel::of_bytes(&bytes), Ok(parcel.clone()));
        for altered in
            [Parcel { device: Uuid::from_u128(8), ..parcel.clone() }, Parcel { batch: vec![1], ..parcel }]
        {
            assert!(!altered.is_signed_by(&key.verifying_key()));
        }
        assert!((0..81).all(|cut| Parcel::of_bytes(&bytes[..cut]).is_err()));
        assert!(Parcel::of_bytes(&[&[2], &bytes[1..]].concat()).is_err());
    }
}
