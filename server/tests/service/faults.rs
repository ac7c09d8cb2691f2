//! Every store call of a request fails once, for every call there is.

use crate::village::{DISTRICT, Village, enrolment, token_request};
use ed25519_dalek::SigningKey;
use lumbung_tests::on_both;
use server::ids::DeviceId;
use server::service::access::Doer;
use server::service::code::Purpose;
use server::service::enrol::enrol;
use server::service::person::{self, NewPerson};
use server::service::{Fault, World, token};
use server::store::{self, Conn, Faults};
use sync_core::ErrorCode;

/// Runs `request` with its first store call failing, then its second, and so on until it comes through; after each
/// failure it is sent again and must be answered. Gives the number of calls that were made to fail.
pub fn fail_each_call<T>(
    village: &mut Village,
    mut prepare: impl FnMut(&mut Village, u8) -> T,
    request: impl Fn(&World, &mut Conn, &T) -> Result<(), Fault>,
    check: impl Fn(&mut Village, &T),
) -> u8 {
    for n in 1..u8::MAX {
        let argument = prepare(village, n);
        village.conn.faults = Faults { calls: 0, fail_at: Some(u64::from(n)) };
        let outcome = request(&village.world, &mut village.conn, &argument);
        village.conn.faults = Faults::default();
        match outcome {
            Ok(()) => return n - 1,
            Err(fault) => assert_eq!(fault.code, ErrorCode::Unavailable, "call {n}: {fault}"),
        }
        village.check();
        let again = request(&village.world, &mut village.conn, &argument);
        assert_eq!(again, Ok(()), "sent again after call {n} failed");
        village.check();
        check(village, &argument);
    }
    panic!("never came through");
}

on_both! {
    fn enrolment_is_whole_or_nothing(village: Village) {
        let mut village = village;
        let calls = fail_each_call(
            &mut village,
            |village, n| (village.code(Purpose::Enrol), SigningKey::from_bytes(&[n; 32])),
            |world, conn, (code, key)| enrol(world, conn, &enrolment(code, key)).map(drop),
            |village, (_, key)| {
                let devices = store::device::list(&mut village.conn, DISTRICT).unwrap();
                let own = devices.iter().filter(|device| device.public_key.0 == key.verifying_key().to_bytes());
                let own: Vec<_> = own.collect();
                assert_eq!(own.len(), 1);
                assert_eq!(store::actor::of_device(&mut village.conn, DISTRICT, own[0].id).unwrap().len(), 1);
            },
        );
        assert!(calls > 10, "{calls}");
    }

    fn a_token_is_given_or_not(village: Village) {
        let mut village = village;
        let (key, enrolled) = village.phone(1);
        let calls = fail_each_call(
            &mut village,
            |village, _| token_request(&village.world, &key, &enrolled),
            |world, conn, request| token::exchange(world, conn, request).map(drop),
            |village, _| {
                let device = store::device::find(&mut village.conn, DeviceId(enrolled.device)).unwrap().unwrap();
                assert_eq!((device.unsent, device.clock_offset_s), (Some(3), Some(-60)));
            },
        );
        assert!(calls > 5, "{calls}");
    }

    fn a_person_is_added_with_all_her_areas(village: Village) {
        let mut village = village;
        let name = |n: u8| NewPerson { login: format!("orang.{n}"), ..new_person() };
        let mut n = 1;
        loop {
            village.conn.faults = Faults { calls: 0, fail_at: Some(u64::from(n)) };
            let added = person::add(&village.world, &mut village.conn, Doer::Console, DISTRICT, &name(n));
            village.conn.faults = Faults::default();
            village.check();
            let found = store::person::find_by_login(&mut village.conn, &name(n).login).unwrap();
            let areas = found.map(|person| store::assignment::of_person(&mut village.conn, DISTRICT, person.id));
            let areas = areas.map(|areas| areas.unwrap().len());
            // The commit may have come through although its answer was lost; then all of it is there.
            assert!(areas.is_none() || areas == Some(2), "call {n}: {areas:?}");
            if added.is_ok() {
                assert_eq!(areas, Some(2));
                break;
            }
            n += 1;
        }
        assert!(n > 10, "{n}");
    }

    fn the_same_dice_give_the_same_answers_on_both_databases(village: Village) {
        let mut village = village;
        let (key, enrolled) = village.phone(1);
        let request = token_request(&village.world, &key, &enrolled);
        let session = token::exchange(&village.world, &mut village.conn, &request).unwrap();
        let said = serde_json::to_string(&(&enrolled, &session)).unwrap();
        let mut other = Village::fresh(lumbung_tests::Kind::Sqlite);
        let (key, enrolled) = other.phone(1);
        let request = token_request(&other.world, &key, &enrolled);
        let session = token::exchange(&other.world, &mut other.conn, &request).unwrap();
        assert_eq!(said, serde_json::to_string(&(&enrolled, &session)).unwrap());
    }
}

fn new_person() -> NewPerson {
    NewPerson {
        login: String::new(),
        label: String::new(),
        role: schema::Role::Kader,
        areas: vec![sync_core::AreaCode(3507162013), sync_core::AreaCode(3507162004)],
    }
}
