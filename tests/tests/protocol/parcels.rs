//! Sealed changes that somebody else carries, and a forgotten PIN.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::DhP256HkdfSha256;
use hpke::rand_core::{CryptoRng, RngCore};
use hpke::{Deserializable, Kem, OpModeS, Serializable, single_shot_seal};
use lumbung_tests::people::DUWET;
use lumbung_tests::{Pen, Pulled, Reply, Server, on_both};
use schema::Value;
use serde_json::{Value as Json, json};
use sync_core::{Batch, ErrorCode, Mark, Parcel, Receipt};

/// Dice that fall the same each time.
struct Dice(u8);

impl RngCore for Dice {
    fn next_u32(&mut self) -> u32 {
        u32::from_be_bytes(std::array::from_fn(|_| self.throw()))
    }

    fn next_u64(&mut self) -> u64 {
        u64::from_be_bytes(std::array::from_fn(|_| self.throw()))
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        bytes.fill_with(|| self.throw());
    }
}

impl CryptoRng for Dice {}

impl Dice {
    fn throw(&mut self) -> u8 {
        self.0 = self.0.wrapping_mul(37).wrapping_add(11);
        self.0
    }
}

/// Seals as any browser can.
fn seal(server_key: &str, info: &[u8], text: &[u8]) -> Vec<u8> {
    let point = URL_SAFE_NO_PAD.decode(server_key).unwrap();
    let key = <DhP256HkdfSha256 as Kem>::PublicKey::from_bytes(&point).unwrap();
    let (point, sealed) = single_shot_seal::<AesGcm256, HkdfSha256, DhP256HkdfSha256, _>(
        &OpModeS::Base,
        &key,
        info,
        text,
        &[],
        &mut Dice(text.len() as u8),
    )
    .unwrap();
    [&[1], &point.to_bytes()[..], &sealed].concat()
}

/// One parcel for each unsent change, as a phone makes them when it saves.
fn parcels(pen: &Pen) -> Vec<Vec<u8>> {
    let batch = pen.batch();
    let mut before = batch.before;
    let mut parcels = Vec::new();
    for change in batch.changes {
        let one = Batch { actor: batch.actor, before, changes: vec![change] };
        before = one.after();
        let enrolled = &pen.phone.enrolled;
        let parcel = Parcel::signed(enrolled.device, one.to_bytes(), &pen.phone.key);
        parcels.push(seal(&enrolled.parcel_key, sync_core::parcel::SEALED_FOR, &parcel.to_bytes()));
    }
    parcels
}

fn carry(server: &Server, parcels: &[Vec<u8>]) -> Reply {
    let body: Vec<u8> =
        parcels.iter().flat_map(|one| [&(one.len() as u32).to_be_bytes(), &one[..]].concat()).collect();
    server.post_bytes("/v1/parcels", [("content-type", "application/vnd.lumbung.parcels")], &body)
}

fn family(pen: &mut Pen, rt: &str) {
    pen.create("household", &[("hamlet", Value::Text(format!("Dusun {rt}").into()))]);
}

on_both! {
    fn a_stranger_carries_what_a_phone_sealed(server: Server) {
        let admin = server.admin();
        let mut pen = Pen::kader(&server, &admin, "kader.satu", 1);
        (1..=5).for_each(|n| family(&mut pen, &format!("00{n}")));
        let sealed = parcels(&pen);
        assert!(!sealed.iter().any(|parcel| parcel.windows(3).any(|window| window == b"Dus")));
        // In any order, some twice, in one request: one receipt for the whole run.
        let shuffled: Vec<_> = [3, 1, 0, 4, 2, 1].iter().map(|n| sealed[*n].clone()).collect();
        let answer: Json = carry(&server, &shuffled).ok();
        assert_eq!(answer["refused"], json!([]));
        let receipts: Vec<Receipt> = serde_json::from_value(answer["receipts"].clone()).unwrap();
        assert_eq!(receipts.iter().map(|receipt| receipt.seq).collect::<Vec<_>>(), [5]);
        assert!(receipts[0].is_signed_by(&pen.phone.enrolled.receipt_key().unwrap()));
        assert_eq!(Pulled::all(&server, &admin).records().len(), 5);
        // Carried again, and sent by the phone itself: nothing comes twice.
        let again: Json = carry(&server, &sealed).ok();
        assert_eq!(again["receipts"][0]["seq"], 5);
        pen.push(&server);
        assert_eq!(Pulled::all(&server, &admin).records().len(), 5);
    }

    fn what_is_wrong_with_one_parcel_holds_up_no_other(server: Server) {
        let admin = server.admin();
        let mut good = Pen::kader(&server, &admin, "kader.satu", 1);
        let mut gap = Pen::kader(&server, &admin, "kader.dua", 2);
        family(&mut good, "001");
        family(&mut gap, "001");
        family(&mut gap, "002");
        let mut altered = parcels(&good).remove(0);
        *altered.last_mut().unwrap() ^= 1;
        // Signed by a key that is not the device's.
        let enrolled = &good.phone.enrolled;
        let stolen = Parcel::signed(enrolled.device, good.batch().to_bytes(), &gap.phone.key);
        let stolen = seal(&enrolled.parcel_key, sync_core::parcel::SEALED_FOR, &stolen.to_bytes());
        let wrong_purpose = seal(&enrolled.parcel_key, b"something else", &[1; 90]);
        let all = [altered, stolen, wrong_purpose, parcels(&gap).remove(1), vec![], parcels(&good).remove(0)];
        let answer: Json = carry(&server, &all).ok();
        let refused: Vec<_> =
            answer["refused"].as_array().unwrap().iter().map(|one| (one["index"].clone(), one["code"].clone())).collect();
        let wanted = [(0, "bad_body"), (1, "bad_credentials"), (2, "bad_body"), (4, "bad_body"), (3, "seq_gap")];
        assert_eq!(refused, wanted.map(|(index, code)| (json!(index), json!(code))));
        assert_eq!(answer["receipts"].as_array().unwrap().len(), 1);
        assert_eq!(Pulled::all(&server, &admin).records().len(), 1);
        server.post_bytes("/v1/parcels", [], &[0, 0, 1]).refused(ErrorCode::BadBody);
        assert!(!server.log().iter().any(|line| line.contains("Dusun")));
    }

    fn a_revoked_phones_parcels_go_to_quarantine(server: Server) {
        let admin = server.admin();
        let mut pen = Pen::kader(&server, &admin, "kader.satu", 1);
        family(&mut pen, "001");
        let device = pen.phone.enrolled.device;
        server.revoke(&admin, device);
        let answer: Json = carry(&server, &parcels(&pen)).ok();
        assert_eq!(answer["receipts"][0]["held"][0]["reason"], "revoked_device");
        assert_eq!(Pulled::all(&server, &admin).records().len(), 0);
    }

    fn parcels_sealed_before_the_secret_was_renewed_are_opened(server: Server) {
        let admin = server.admin();
        let mut server = server;
        let mut pen = Pen::kader(&server, &admin, "kader.satu", 1);
        family(&mut pen, "001");
        let sealed = parcels(&pen);
        server.stop();
        assert!(server.command(&["admin", "renew-secret", "sealing"]).status.success());
        server.restart();
        let answer: Json = carry(&server, &sealed).ok();
        assert_eq!(answer["receipts"][0]["seq"], 1);
        let later = Pen::kader(&server, &server.login("admin"), "kader.dua", 2);
        assert_ne!(later.phone.enrolled.parcel_key, pen.phone.enrolled.parcel_key);
    }

    fn a_forgotten_pin_needs_a_code_and_the_very_phone(server: Server) {
        let admin = server.admin();
        let kader = server.add_person(&admin, "kader.satu", "kader", &[DUWET]);
        let phone = lumbung_tests::Phone::enrol(&server, &server.invite(&admin, &kader), 1);
        let other = Pen::kader(&server, &admin, "kader.dua", 2);
        let device = phone.enrolled.device;
        let sealed = |device: uuid::Uuid| {
            let text = [&device.as_bytes()[..], &[9; 32]].concat();
            URL_SAFE_NO_PAD.encode(seal(&phone.enrolled.parcel_key, b"lumbung pin 1", &text))
        };
        let ask = |device: uuid::Uuid, code: &str, sealed: &str| {
            server.post("/v1/pin/reset", None, &json!({ "device": device, "code": code, "sealed": sealed }))
        };
        let code = server.pin(&admin, &kader);
        ask(device, "AAAA-AAAA-AAAA-AAAA", &sealed(device)).refused(ErrorCode::CodeInvalid);
        ask(device, &server.invite(&admin, &kader), &sealed(device)).refused(ErrorCode::CodeInvalid);
        ask(device, &code, "AQAB").refused(ErrorCode::BadBody);
        // Another phone cannot have this phone's key opened, with whatever code.
        ask(other.phone.enrolled.device, &code, &sealed(device)).refused(ErrorCode::BadBody);
        ask(other.phone.enrolled.device, &code, &sealed(other.phone.enrolled.device)).refused(ErrorCode::CodeInvalid);
        let key: Json = ask(device, &code, &sealed(device)).ok();
        assert_eq!(key["key"], URL_SAFE_NO_PAD.encode([9; 32]));
        // The answer was lost: the same again.
        assert_eq!(ask(device, &code, &sealed(device)).ok::<Json>(), key);
        let next = server.pin(&admin, &kader);
        server.revoke(&admin, device);
        ask(device, &next, &sealed(device)).refused(ErrorCode::DeviceRevoked);
    }

    fn a_parcel_of_a_fork_changes_nothing(server: Server) {
        let admin = server.admin();
        let mut pen = Pen::kader(&server, &admin, "kader.satu", 1);
        let start = Mark::start(pen.actor());
        family(&mut pen, "001");
        pen.push(&server);
        pen.go_back(start, &[]);
        family(&mut pen, "002");
        let answer: Json = carry(&server, &parcels(&pen)).ok();
        assert_eq!(answer["refused"][0]["code"], "fork");
        assert_eq!(Pulled::all(&server, &admin).records().len(), 1);
    }
}
