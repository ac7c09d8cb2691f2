//! Enrolment: the device gets a number and learns where it belongs.
//!
//! The rule this module protects: *an answer that was lost costs nothing*. The key is stored before the code is used, so
//! the same code is shown with the same key until the answer is here.

use crate::error::Error;
use crate::store::{Identity, Series, Session};
use crate::transport::{NoSignal, Request, Response, Transport};
use crate::{Device, Fault};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::SigningKey;
use sync_core::device::Standing;
use sync_core::{Enrolled, ErrorBody};

/// Version of the app, as the server's list of devices shows it.
pub(crate) const APP_VERSION: &str = concat!("lumbung-device ", env!("CARGO_PKG_VERSION"));

/// What a PLKB or an admin hands over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Base URL of the server.
    pub server: String,
    /// The one-time code.
    pub code: String,
    /// What people call the device.
    pub label: String,
}

impl Invitation {
    /// An invitation.
    pub fn new(server: &str, code: &str, label: &str) -> Invitation {
        Invitation { server: server.into(), code: code.into(), label: label.into() }
    }
}

impl Identity {
    /// The device's key.
    pub(crate) fn key(&self) -> SigningKey {
        SigningKey::from_bytes(&self.seed)
    }
}

impl Device {
    /// Trades a code for a number.
    ///
    /// # Errors
    /// [`Error::EnrolledAlready`], [`Error::NoSignal`] (try again with the same code), [`Error::Refused`].
    pub fn enrol(
        &mut self,
        transport: &mut dyn Transport,
        invitation: &Invitation,
        now_s: i64,
    ) -> Result<Enrolled, Error> {
        let mut identity = self.invited(invitation)?;
        let request = serde_json::json!({
            "code": identity.code,
            "public_key": URL_SAFE_NO_PAD.encode(identity.key().verifying_key().as_bytes()),
            "app_version": APP_VERSION,
            "label": identity.label,
        });
        let body = serde_json::to_vec(&request).map_err(Fault::from)?;
        let answer = transport.send(&Request::post("/v1/enrol", "application/json", body));
        let answer = accepted(answer)?;
        let enrolled: Enrolled = serde_json::from_slice(&answer.body).map_err(|_| Error::BadAnswer)?;
        enrolled.receipt_key().ok_or(Error::BadAnswer)?;
        identity.enrolled = Some(enrolled.clone());
        self.begin_as(&identity, &enrolled, now_s)?;
        Ok(enrolled)
    }

    /// From now on the device is this one, with an empty series under its first number.
    pub(crate) fn begin_as(&mut self, identity: &Identity, me: &Enrolled, now_s: i64) -> Result<(), Fault> {
        let standing = Standing::new(me.actor, me.epoch, me.areas.clone());
        let series = Series { place: 0, author: None, retired: false, standing };
        self.store.tx(|store| {
            store.keep_identity(identity)?;
            store.keep_series(&series)?;
            store.keep_session(&Session { token_from_s: now_s, ..Session::default() })
        })
    }

    /// What the server answered when the device was enrolled.
    ///
    /// # Errors
    /// [`Error::NotEnrolled`].
    pub fn enrolled(&mut self) -> Result<Enrolled, Error> {
        self.store.identity()?.and_then(|identity| identity.enrolled).ok_or(Error::NotEnrolled)
    }

    /// Who the device is while it waits for the answer. Another code gets another key: the server binds a key to the code
    /// it came with.
    fn invited(&mut self, invitation: &Invitation) -> Result<Identity, Error> {
        let known = self.store.identity()?;
        match known {
            Some(identity) if identity.enrolled.is_some() => Err(Error::EnrolledAlready),
            Some(identity) if identity.code == invitation.code => Ok(identity),
            _ => {
                let mut seed = [0; 32];
                self.entropy.fill(&mut seed)?;
                let Invitation { server, code, label } = invitation.clone();
                let identity = Identity { seed, server, code, label, enrolled: None };
                self.store.keep_identity(&identity)?;
                Ok(identity)
            }
        }
    }
}

/// The answer, when it is whole and says yes.
pub(crate) fn accepted(answer: Result<Response, NoSignal>) -> Result<Response, Error> {
    let answer = answer.map_err(|_| Error::NoSignal)?;
    match answer.status {
        _ if answer.cut => Err(Error::NoSignal),
        200..300 => Ok(answer),
        _ => match serde_json::from_slice::<ErrorBody>(&answer.body) {
            Ok(body) => Err(Error::Refused(body)),
            Err(_) => Err(Error::BadAnswer),
        },
    }
}
