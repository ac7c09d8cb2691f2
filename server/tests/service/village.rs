//! A district with an admin, a kader and a phone.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::SigningKey;
use lumbung_tests::fake::{self, FakeClock};
use lumbung_tests::{Database, Kind};
use schema::Role;
use server::service::access::Doer;
use server::service::code::{self, Purpose};
use server::service::enrol::{EnrolRequest, Enrolled, enrol};
use server::service::person::{self, NewPerson};
use server::service::{Fault, World, init, token};
use server::store::person::Person;
use server::store::{self, Conn};
use std::sync::Arc;
use sync_core::{AreaCode, Head, Mark, TokenRequest};

/// Kabupaten Malang.
pub const DISTRICT: AreaCode = AreaCode(3507);
const DUWET: AreaCode = AreaCode(3507162013);

/// A district on a database of its own.
pub struct Village {
    pub world: World,
    pub clock: Arc<FakeClock>,
    pub conn: Conn,
    pub kader: Person,
    _database: Database,
}

impl Village {
    /// With a kader and without a phone.
    pub fn fresh(kind: Kind) -> Village {
        let database = Database::fresh(kind);
        let mut conn = database.migrated();
        let (world, clock) = fake::world(1);
        init::begin_life(&world, &mut conn).unwrap();
        init::add_admin(&world, &mut conn, DISTRICT, "admin").unwrap();
        let new = NewPerson {
            login: "kader.satu".into(),
            label: String::new(),
            role: Role::Kader,
            areas: vec![DUWET],
        };
        let listed = person::add(&world, &mut conn, Doer::Console, DISTRICT, &new).unwrap();
        let kader = store::person::find(&mut conn, DISTRICT, listed.id).unwrap().unwrap();
        Village { world, clock, conn, kader, _database: database }
    }

    /// A code of the kader's.
    pub fn code(&mut self, purpose: Purpose) -> String {
        code::issue(&self.world, &mut self.conn, Doer::Console, &self.kader, purpose).unwrap().code
    }

    /// Enrols a phone of this key.
    pub fn enrol(&mut self, code: &str, key: &SigningKey) -> Result<Enrolled, Fault> {
        enrol(&self.world, &mut self.conn, &enrolment(code, key))
    }

    /// A phone that is enrolled.
    pub fn phone(&mut self, seed: u8) -> (SigningKey, Enrolled) {
        let key = SigningKey::from_bytes(&[seed; 32]);
        let code = self.code(Purpose::Enrol);
        let enrolled = self.enrol(&code, &key).unwrap();
        (key, enrolled)
    }

    /// Whatever happens to this village, its tables hold together.
    pub fn check(&mut self) {
        server::service::access::verify(&mut self.conn, DISTRICT).unwrap();
        for device in store::device::list(&mut self.conn, DISTRICT).unwrap() {
            assert!(!store::actor::of_device(&mut self.conn, DISTRICT, device.id).unwrap().is_empty());
        }
    }
}

/// An enrolment.
pub fn enrolment(code: &str, key: &SigningKey) -> EnrolRequest {
    EnrolRequest {
        code: code.into(),
        public_key: URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes()),
        app_version: "1.0".into(),
        label: "ponsel".into(),
    }
}

/// A request for a token with a fresh challenge.
pub fn token_request(world: &World, key: &SigningKey, enrolled: &Enrolled) -> TokenRequest {
    TokenRequest {
        device: enrolled.device.0,
        challenge: token::challenge(world).challenge,
        epoch: enrolled.epoch,
        heads: vec![Head::new(enrolled.actor, Mark::start(enrolled.actor))],
        unsent: 3,
        app_version: "1.1".into(),
        device_time_s: world.clock.now_s() - 60,
        signature: String::new(),
    }
    .signed(key)
}
