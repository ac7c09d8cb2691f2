//! What ends with time, and a clock that goes wrong.

use crate::village::{Village, token_request};
use ed25519_dalek::SigningKey;
use lumbung_tests::on_both;
use server::service::claims::Claims;
use server::service::code::Purpose;
use server::service::password::{self, PasswordRequest};
use server::service::{caller, token};
use sync_core::ErrorCode;

on_both! {
    fn codes_end(village: Village) {
        let mut village = village;
        let (enrol, reset) = (village.code(Purpose::Enrol), village.code(Purpose::Password));
        let key = SigningKey::from_bytes(&[1; 32]);
        let request =
            PasswordRequest { login: "kader.satu".into(), code: reset, password: "sandi-uji-coba".into() };
        village.clock.advance_s(86_400);
        let refused = password::set(&village.world, &mut village.conn, &request).unwrap_err();
        assert_eq!(refused.code, ErrorCode::CodeInvalid);
        village.clock.advance_s(6 * 86_400 - 1);
        let enrolled = village.enrol(&enrol, &key).unwrap();
        // A lost answer is given again even after the code has ended.
        village.clock.advance_s(86_400);
        assert_eq!(village.enrol(&enrol, &key).unwrap().device, enrolled.device);
        let late = village.code(Purpose::Enrol);
        village.clock.advance_s(7 * 86_400);
        let refused = village.enrol(&late, &SigningKey::from_bytes(&[2; 32])).unwrap_err();
        assert_eq!(refused.code, ErrorCode::CodeInvalid);
    }

    fn tokens_and_challenges_end(village: Village) {
        let mut village = village;
        let (key, enrolled) = village.phone(1);
        let request = token_request(&village.world, &key, &enrolled);
        village.clock.advance_s(299);
        let session = token::exchange(&village.world, &mut village.conn, &request).unwrap().session;
        village.clock.advance_s(1);
        let refused = token::exchange(&village.world, &mut village.conn, &request).unwrap_err();
        assert_eq!(refused.code, ErrorCode::BadCredentials);
        village.clock.advance_s(3598);
        let claims = Claims::from_token(&village.world, &session.token).unwrap();
        assert!(caller::resolve(&mut village.conn, &claims).is_ok());
        village.clock.advance_s(1);
        let refused = Claims::from_token(&village.world, &session.token).unwrap_err();
        assert_eq!(refused.code, ErrorCode::Unauthorized);
    }

    fn a_challenge_of_the_future_does_not_hold(village: Village) {
        let mut village = village;
        let (key, enrolled) = village.phone(1);
        let request = token_request(&village.world, &key, &enrolled);
        village.clock.advance_s(-10);
        let refused = token::exchange(&village.world, &mut village.conn, &request).unwrap_err();
        assert_eq!(refused.code, ErrorCode::BadCredentials);
        let request = token_request(&village.world, &key, &enrolled);
        assert!(token::exchange(&village.world, &mut village.conn, &request).is_ok());
    }

    fn a_new_life_ends_all_tokens(village: Village) {
        let mut village = village;
        let (key, enrolled) = village.phone(1);
        let request = token_request(&village.world, &key, &enrolled);
        let session = token::exchange(&village.world, &mut village.conn, &request).unwrap().session;
        let epoch = server::service::init::begin_life(&village.world, &mut village.conn).unwrap();
        assert_ne!(epoch, enrolled.epoch);
        let claims = Claims::from_token(&village.world, &session.token).unwrap();
        let refused = caller::resolve(&mut village.conn, &claims).unwrap_err();
        assert_eq!(refused.code, ErrorCode::Unauthorized);
        // The device itself is still known and learns the new epoch.
        let request = token_request(&village.world, &key, &enrolled);
        let session = token::exchange(&village.world, &mut village.conn, &request).unwrap().session;
        assert_eq!(session.epoch, epoch);
    }
}
