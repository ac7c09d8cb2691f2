//! A district with an admin, a kader and a phone.

use crate::ledger;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::SigningKey;
use lumbung_tests::fake::{self, FakeClock};
use lumbung_tests::{Database, Kind, Pen, Phone};
use schema::{Role, Schema};
use server::service::access::Doer;
use server::service::claims::Claims;
use server::service::code::{self, Purpose};
use server::service::enrol::{EnrolRequest, enrol};
use server::service::person::{self, NewPerson};
use server::service::push::{self, Form, Upload, receipt, store_all};
use server::service::{Caller, Fault, World, caller, init, token};
use server::store::person::Person;
use server::store::{self, Conn};
use std::sync::Arc;
use sync_core::{AreaCode, Enrolled, Head, Mark, Receipt, TokenRequest};

/// Kabupaten Malang.
pub const DISTRICT: AreaCode = AreaCode(3507);
/// A village.
pub const DUWET: AreaCode = AreaCode(3507162013);
/// A neighbour of [`DUWET`].
pub const TUMPANG: AreaCode = AreaCode(3507162004);

/// A district on a database of its own.
pub struct Village {
    pub world: World,
    pub clock: Arc<FakeClock>,
    pub conn: Conn,
    pub kader: Person,
    pub database: Database,
}

impl Village {
    /// With a kader and without a phone.
    pub fn fresh(kind: Kind) -> Village {
        let database = Database::fresh(kind);
        let mut conn = database.migrated();
        let (world, clock) = fake::world(1);
        init::begin_life(&world, &mut conn).unwrap();
        init::add_admin(&world, &mut conn, DISTRICT, "admin").unwrap();
        let kader = add_person(&world, &mut conn, "kader.satu", Role::Kader, &[DUWET]);
        Village { world, clock, conn, kader, database }
    }

    /// A code of the kader's.
    pub fn code(&mut self, purpose: Purpose) -> String {
        code::issue(&self.world, &mut self.conn, Doer::Console, &self.kader, purpose).unwrap().code
    }

    /// The phone of somebody new, who works in the first of `areas` until a test says otherwise.
    pub fn pen(&mut self, login: &str, role: Role, areas: &[AreaCode], seed: u8) -> Pen {
        let person = add_person(&self.world, &mut self.conn, login, role, areas);
        let issued = code::issue(&self.world, &mut self.conn, Doer::Console, &person, Purpose::Enrol);
        let key = SigningKey::from_bytes(&[seed; 32]);
        let enrolled = self.enrol(&issued.unwrap().code, &key).unwrap();
        let token = self.token(&key, &enrolled);
        Pen::holding(Phone { key, enrolled }, token, areas[0])
    }

    /// A token for a phone.
    pub fn token(&mut self, key: &SigningKey, enrolled: &Enrolled) -> String {
        let request = token_request(&self.world, key, enrolled);
        token::exchange(&self.world, &mut self.conn, &request).unwrap().session.token
    }

    /// Who holds a token.
    pub fn caller(&mut self, token: &str) -> Caller {
        let claims = Claims::from_token(&self.world, token).unwrap();
        caller::resolve(&mut self.conn, &claims).unwrap()
    }

    /// What a phone has not sent, read and judged as if it arrived now.
    pub fn upload(&mut self, pen: &Pen) -> Upload {
        let caller = self.caller(&pen.token);
        let body = pen.batch().to_bytes();
        push::read(&self.world, &mut self.conn, &caller, Form::Binary, &body, Some(pen.at_s)).unwrap()
    }

    /// Stores what a phone has not sent.
    pub fn bring(&mut self, pen: &mut Pen) -> Receipt {
        let upload = self.upload(pen);
        let keys = self.world.secrets.key_safe();
        let outcomes = store_all(&mut self.conn, &[&upload], Schema::builtin(), &keys).unwrap();
        pen.settle();
        receipt(&self.world, &mut self.conn, DISTRICT, pen.actor(), &outcomes[0]).unwrap()
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
        ledger::check(&mut self.conn, &self.world.secrets.key_safe());
    }
}

fn add_person(world: &World, conn: &mut Conn, login: &str, role: Role, areas: &[AreaCode]) -> Person {
    let new = NewPerson { login: login.into(), label: String::new(), role, areas: areas.to_vec() };
    let listed = person::add(world, conn, Doer::Console, DISTRICT, &new).unwrap();
    store::person::find(conn, DISTRICT, listed.id).unwrap().unwrap()
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
        device: enrolled.device,
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
