//! Login: a person with her password gets a token.
//!
//! The rule this module protects: *a refusal tells nothing*: unknown login, wrong password, no password yet and
//! deactivated person all read the same.

use super::access::{Doer, note};
use super::caller::{self, Caller};
use super::claims::{Claims, Subject, lifetime_s};
use super::{Fault, World, life, password};
use crate::ids::PersonId;
use crate::store::{self, Conn, tx};
use schema::Role;
use serde::{Deserialize, Serialize};
use sync_core::{AreaCode, Epoch, ErrorCode};

/// Login and password.
#[derive(Deserialize)]
pub struct LoginRequest {
    /// The login.
    pub login: String,
    /// The password.
    pub password: String,
}

/// A token, and what its holder is to the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// For the header `Authorization: Bearer`.
    pub token: String,
    /// How long it holds.
    pub expires_in_s: i64,
    /// The life the server's data is in.
    pub epoch: Epoch,
    /// Ed25519 key that signs receipts, base64url.
    pub server_key: String,
    /// The server's clock, in seconds since 1970.
    pub server_time_s: i64,
    /// Who.
    pub person: PersonId,
    /// Her role.
    pub role: Role,
    /// Her district.
    pub district: AreaCode,
    /// Where she works now.
    pub areas: Vec<AreaCode>,
}

/// Checks a password and gives a token.
///
/// # Errors
///
/// [`ErrorCode::BadCredentials`] for every kind of wrong.
pub fn login(world: &World, conn: &mut Conn, request: &LoginRequest) -> Result<Session, Fault> {
    let person = store::person::find_by_login(conn, &request.login)?;
    let hash = person.as_ref().and_then(|person| person.password_hash.as_deref());
    let verified = password::verify(hash, &request.password);
    let Some(person) = person.filter(|person| verified && person.active) else {
        return Err(Fault::new(ErrorCode::BadCredentials, "login or password"));
    };
    tx(conn, |conn| {
        note(world, conn, person.district, Doer::Herself(person.id, None), "login", None, "")?;
        let caller = caller::of(conn, &person, None)?;
        session(world, conn, &caller)
    })
}

/// A token for a person without a device, or for a device.
///
/// # Errors
///
/// Those of the store.
pub fn session(world: &World, conn: &mut Conn, caller: &Caller) -> Result<Session, Fault> {
    let Caller { district, person, role, revoked, .. } = *caller;
    let epoch = life(conn)?.epoch;
    let subject = caller.device.map_or(Subject::Person(person), Subject::Device);
    let claims = Claims { revoked, ..Claims::new(world, subject, district, role, epoch) };
    Ok(Session {
        token: claims.to_token(world)?,
        expires_in_s: lifetime_s(role),
        epoch,
        server_key: world.secrets.server_key(),
        server_time_s: world.clock.now_s(),
        person,
        role,
        district,
        areas: caller.areas.clone(),
    })
}
