//! A device that plays: enrolled nowhere, in a village that is none.
//!
//! The rule this module protects: *what is practised never reaches a server*: no server has its number or its key, and
//! no village has its code.

use crate::store::Identity;
use crate::{AreaCode, Device, Enrolled, Error, RecordId};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::SigningKey;
use schema::Role;
use sync_core::{ActorId, Epoch, NamedArea};
use uuid::Uuid;

/// The village of practice: no province has number 99.
pub const VILLAGE: AreaCode = AreaCode(9_999_992_001);
/// What it is called.
const VILLAGE_NAME: &str = "Sukamaju Karangan";

impl Device {
    /// Makes somebody of an empty device, without a server.
    ///
    /// # Errors
    /// [`Error::EnrolledAlready`], [`Error::NoEntropy`].
    pub fn practise(&mut self, now_s: i64) -> Result<Enrolled, Error> {
        if self.store.identity()?.is_some() {
            return Err(Error::EnrolledAlready);
        }
        let (mut seed, mut server) = ([0; 32], [0; 32]);
        self.entropy.fill(&mut seed)?;
        self.entropy.fill(&mut server)?;
        let actor = ActorId(u64::from_be_bytes([0x7f, 1, 2, 3, 4, 5, 6, 7]));
        let enrolled = Enrolled {
            device: Uuid::from_u128(0x7f01),
            actor,
            person: Uuid::from_u128(0x7f02),
            worker: Some(RecordId(Uuid::from_u128(0x7f03))),
            label: String::new(),
            role: Role::Kader,
            district: AreaCode(VILLAGE.0 / 1_000_000),
            areas: vec![VILLAGE],
            epoch: Epoch(0x7f),
            server_key: URL_SAFE_NO_PAD.encode(SigningKey::from_bytes(&server).verifying_key().as_bytes()),
            parcel_key: String::new(),
            places: vec![NamedArea { area: VILLAGE, name: VILLAGE_NAME.into() }],
            server_time_s: now_s,
        };
        let (code, label) = (String::new(), String::new());
        let identity =
            Identity { seed, server: String::new(), code, label, enrolled: Some(enrolled.clone()) };
        self.begin_as(&identity, &enrolled, now_s)?;
        Ok(enrolled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_village_of_practice_is_a_village_and_nobody_lives_there() {
        assert_eq!(VILLAGE.level(), Some(schema::AreaLevel::Village));
        assert_eq!(schema::region::province_name(VILLAGE.0 / 100_000_000), None);
    }
}
