//! One-time codes: to enrol a phone, to set a password. Read aloud, typed or scanned; no e-mail anywhere.
//!
//! The rule this module protects: *a code opens one thing for one person once*. The server keeps only its hash.

use super::access::{Doer, note};
use super::{Fault, World};
use crate::ids::DeviceId;
use crate::store::code::Code;
use crate::store::columns::Bytes;
use crate::store::person::Person;
use crate::store::{self, Conn, tx};
use serde::Serialize;
use sha2::{Digest, Sha256};
use sync_core::ErrorCode;

/// What a code opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// One new device.
    Enrol = 1,
    /// A new password.
    Password = 2,
    /// A new PIN on a phone of hers.
    Pin = 3,
}

/// A code, shown once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Issued {
    /// Four groups of four characters without I, L, O and U.
    pub code: String,
    /// The first second at which it no longer holds.
    pub expires_at_s: i64,
}

/// What a code said when it was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It was unused until now.
    Now,
    /// It had been used, by this device.
    Before(Option<DeviceId>),
}

/// Crockford's alphabet: no letter that reads like a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Issues a code for `person`.
///
/// # Errors
///
/// Those of the store.
pub fn issue(
    world: &World,
    conn: &mut Conn,
    doer: Doer<'_>,
    person: &Person,
    purpose: Purpose,
) -> Result<Issued, Fault> {
    let code = text_of(world.entropy.bytes());
    let issued_at_s = world.clock.now_s();
    let (lifetime_s, action) = match purpose {
        Purpose::Enrol => (world.limits.enrol_code_lifetime_s, "code_enrol"),
        Purpose::Password => (world.limits.password_code_lifetime_s, "code_password"),
        Purpose::Pin => (world.limits.password_code_lifetime_s, "code_pin"),
    };
    let row = Code {
        hash: hash_of(&code),
        district: person.district,
        purpose: purpose as i16,
        person: person.id,
        issued_by: doer.person(),
        issued_at_s,
        expires_at_s: issued_at_s + lifetime_s,
        used_at_s: None,
        used_by: None,
    };
    tx(conn, |conn| {
        store::code::add(conn, &row)?;
        note(world, conn, person.district, doer, action, None, format!("person {}", person.id))
    })?;
    Ok(Issued { code, expires_at_s: row.expires_at_s })
}

/// Uses a code, within the caller's transaction.
///
/// # Errors
///
/// [`ErrorCode::CodeInvalid`] when it is unknown, for something else, or expired before it was used.
pub fn take(
    world: &World,
    conn: &mut Conn,
    code: &str,
    purpose: Purpose,
    by: Option<DeviceId>,
) -> Result<(Code, Taken), Fault> {
    let invalid = |why: &str| Fault::new(ErrorCode::CodeInvalid, format!("code: {why}"));
    let hash = hash_of(code);
    let row = store::code::find(conn, hash)?.ok_or_else(|| invalid("unknown"))?;
    if row.purpose != purpose as i16 {
        return Err(invalid("for something else"));
    }
    if store::code::take(conn, hash, by, world.clock.now_s())? {
        return Ok((row, Taken::Now));
    }
    // Read again: of two at once, the one that waited must see what the first has written.
    let row = store::code::find(conn, hash)?.ok_or_else(|| invalid("unknown"))?;
    match row.used_at_s {
        Some(_) => Ok((row.clone(), Taken::Before(row.used_by))),
        None => Err(invalid("expired")),
    }
}

fn text_of(random: [u8; 10]) -> String {
    let mut bits = random.iter().fold(0u128, |bits, byte| bits << 8 | u128::from(*byte));
    let mut text = Vec::with_capacity(19);
    for i in 0..16 {
        if i > 0 && i % 4 == 0 {
            text.push('-');
        }
        text.push(char::from(ALPHABET[(bits & 31) as usize]));
        bits >>= 5;
    }
    text.into_iter().collect()
}

/// The hash of a code as somebody typed it: case, spaces and dashes do not count, nor do the letters that look like
/// digits.
fn hash_of(code: &str) -> Bytes<32> {
    let letters = code.chars().filter(char::is_ascii_alphanumeric);
    let canonical: String = letters
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    Bytes(Sha256::digest(canonical.as_bytes()).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_however_it_is_typed() {
        let code = text_of([0x5a; 10]);
        assert_eq!(code.len(), 19);
        assert_eq!(hash_of(&code), hash_of(&code.to_lowercase().replace('-', " ")));
        assert_eq!(hash_of("0110"), hash_of("oIlO"));
        assert_ne!(hash_of("0110"), hash_of("0111"));
        assert_ne!(text_of([1; 10]), text_of([2; 10]));
    }
}
