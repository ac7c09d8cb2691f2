//! Passwords: Argon2id, set with a one-time code.
//!
//! The rule this module protects: *a password is known to its owner alone*: nobody sets it for another, the server
//! keeps only a hash, and a wrong login takes as long as a wrong password.

use super::access::{Doer, note};
use super::code::{Purpose, Taken};
use super::{Fault, World, code};
use crate::store::{self, Conn, tx};
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use serde::Deserialize;
use std::sync::{Mutex, PoisonError};
use sync_core::ErrorCode;

/// Somebody sets her password.
#[derive(Deserialize)]
pub struct PasswordRequest {
    /// Her login.
    pub login: String,
    /// The code she was given.
    pub code: String,
    /// The password she chose.
    pub password: String,
}

/// Memory of one hash, KiB, and passes over it: with 1 lane one of OWASP's equal choices, the one that fits a small
/// machine.
const MEMORY_KIB: u32 = 9 * 1024;
const PASSES: u32 = 4;

/// Hash of nothing anybody knows, as costly to check as a real one.
const NOBODY: &str =
    "$argon2id$v=19$m=9216,t=4,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// One hash at a time: a rush of logins costs time, not memory.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Sets the password of whoever holds the code. Sent twice, the second changes nothing.
///
/// # Errors
///
/// [`ErrorCode::CodeInvalid`] when code and login do not belong together; [`ErrorCode::BadRequest`] for a password that
/// is too short or too long.
pub fn set(world: &World, conn: &mut Conn, request: &PasswordRequest) -> Result<(), Fault> {
    let chars = request.password.chars().count();
    if !(world.limits.password_chars_min..=world.limits.password_chars_max).contains(&chars) {
        return Err(Fault::bad_request(format!("a password of {chars} characters")));
    }
    let hash = hash(world, &request.password)?;
    tx(conn, |conn| {
        let invalid = |why: &str| Fault::new(ErrorCode::CodeInvalid, format!("code: {why}"));
        let (row, taken) = code::take(world, conn, &request.code, Purpose::Password, None)?;
        let person = store::person::find(conn, row.district, row.person)?;
        let person = person.filter(|person| person.active && person.login == request.login);
        let person = person.ok_or_else(|| invalid("of somebody else"))?;
        match taken {
            Taken::Now => {
                store::person::set_password(conn, person.district, person.id, &hash)?;
                let doer = Doer::Herself(person.id, None);
                Ok(note(world, conn, person.district, doer, "password_set", None, "")?)
            }
            // The answer to the first time was lost: the same request again is answered again.
            Taken::Before(_) if verify(person.password_hash.as_deref(), &request.password) => Ok(()),
            Taken::Before(_) => Err(invalid("used before")),
        }
    })
}

/// Is this the password behind `hash`? Takes as long when there is none.
pub fn verify(hash: Option<&str>, password: &str) -> bool {
    let turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let matches = PasswordHash::new(hash.unwrap_or(NOBODY))
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
    drop(turn);
    matches && hash.is_some()
}

fn hash(world: &World, password: &str) -> Result<String, Fault> {
    let broken = |why: &dyn std::fmt::Display| Fault::new(ErrorCode::Internal, format!("argon2: {why}"));
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|why| broken(&why))?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let salt = SaltString::encode_b64(&world.entropy.bytes::<16>()).map_err(|why| broken(&why))?;
    let turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let hash = argon2.hash_password(password.as_bytes(), &salt).map_err(|why| broken(&why))?;
    drop(turn);
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_costs_as_much_as_somebody() {
        let nobody = PasswordHash::new(NOBODY).expect("a hash");
        let params = Params::try_from(&nobody).expect("parameters");
        assert_eq!((params.m_cost(), params.t_cost(), params.p_cost()), (MEMORY_KIB, PASSES, 1));
        assert!(nobody.hash.is_some());
        assert!(!verify(None, ""));
    }
}
