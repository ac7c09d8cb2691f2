//! Tokens: short-lived JWTs that only this server makes and reads.
//!
//! The rule this module protects: *a token says who asks, never what they may do*. Role and areas are read from the
//! database at each request; the token's own words are for the reader's comfort. They are few: a token travels with
//! every request of a phone that pays for each byte.

use super::{Fault, World};
use crate::ids::{DeviceId, PersonId};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use schema::Role;
use serde::{Deserialize, Serialize};
use sync_core::{AreaCode, Epoch, ErrorCode};

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Who: a person, or her device.
    pub sub: Subject,
    /// The person's district.
    #[serde(rename = "d")]
    pub district: AreaCode,
    /// Her role when the token was made.
    #[serde(rename = "r")]
    pub role: Role,
    /// The life of the server's data; a token ends with it.
    #[serde(rename = "e")]
    pub epoch: Epoch,
    /// The device was revoked: the token opens only the last door (push, into quarantine).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub revoked: bool,
    /// The first second at which it no longer holds.
    pub exp: i64,
}

/// Who holds a token. Written `p:<uuid>` or `d:<uuid>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Subject {
    /// Somebody who gave her password.
    Person(PersonId),
    /// A device that proved its key.
    Device(DeviceId),
}

impl From<Subject> for String {
    fn from(subject: Subject) -> String {
        match subject {
            Subject::Person(id) => format!("p:{id}"),
            Subject::Device(id) => format!("d:{id}"),
        }
    }
}

impl TryFrom<String> for Subject {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Subject, &'static str> {
        let (kind, id) = text.split_once(':').ok_or("a subject has a kind")?;
        let id = id.parse().map_err(|_| "a subject has an id")?;
        match kind {
            "p" => Ok(Subject::Person(PersonId(id))),
            "d" => Ok(Subject::Device(DeviceId(id))),
            _ => Err("a subject is a person or a device"),
        }
    }
}

/// How long a token of this role holds: a lost admin password hurts a whole district.
pub fn lifetime_s(role: Role) -> i64 {
    match role {
        Role::Kader | Role::Midwife | Role::Plkb | Role::Korlap => 3600,
        Role::DistrictAdmin | Role::DistrictViewer => 900,
    }
}

impl Claims {
    /// Claims of `sub` from now on.
    pub fn new(world: &World, sub: Subject, district: AreaCode, role: Role, epoch: Epoch) -> Claims {
        let exp = world.clock.now_s() + lifetime_s(role);
        Claims { sub, district, role, epoch, revoked: false, exp }
    }

    /// The token that says so.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::Internal`] when it cannot be written.
    pub fn to_token(&self, world: &World) -> Result<String, Fault> {
        let secret = world.secrets.tokens.current();
        let header = Header { kid: Some(secret.id.clone()), typ: None, ..Header::new(Algorithm::HS256) };
        jsonwebtoken::encode(&header, self, &EncodingKey::from_secret(&secret.bytes))
            .map_err(|why| Fault::new(ErrorCode::Internal, format!("token: {why}")))
    }

    /// What a token says, if this server made it and it still holds.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::Unauthorized`] when not.
    pub fn from_token(world: &World, token: &str) -> Result<Claims, Fault> {
        let refused = |why: &str| Fault::new(ErrorCode::Unauthorized, format!("token: {why}"));
        let header = jsonwebtoken::decode_header(token).map_err(|why| refused(&why.to_string()))?;
        let secret = header.kid.and_then(|id| world.secrets.tokens.named(&id));
        let secret = secret.ok_or_else(|| refused("not signed by this server"))?;
        // Time is the world's, so the library, which would look at the machine's clock, does not judge it.
        let mut validation = Validation::new(Algorithm::HS256);
        validation.validate_exp = false;
        validation.required_spec_claims.clear();
        let key = DecodingKey::from_secret(&secret.bytes);
        let claims = jsonwebtoken::decode::<Claims>(token, &key, &validation)
            .map_err(|why| refused(&why.to_string()))?
            .claims;
        if claims.exp <= world.clock.now_s() {
            return Err(refused("expired"));
        }
        Ok(claims)
    }
}
