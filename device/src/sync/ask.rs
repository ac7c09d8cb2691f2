//! One request, and what its answer is worth.

use super::{End, Halt, Run};
use crate::transport::{Request, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sync_core::ErrorBody;

/// Seconds to wait when something between device and server answers in its place.
const GATEWAY_WAIT_S: u32 = 60;

impl Run<'_> {
    /// Sends a request with the token, if there is one.
    pub(super) fn ask(&mut self, request: Request) -> Result<Response, Halt> {
        let answer = self.ask_cut(request)?;
        if answer.cut { Err(Halt::End(End::NoSignal)) } else { Ok(answer) }
    }

    /// The same, and takes an answer that was cut off too.
    pub(super) fn ask_cut(&mut self, request: Request) -> Result<Response, Halt> {
        let request = match &self.token {
            Some(token) => request.with("authorization", format!("Bearer {token}")),
            None => request,
        };
        self.report.requests += 1;
        let answer = self.transport.send(&request).map_err(|_| Halt::End(End::NoSignal))?;
        match answer.status {
            200..300 => Ok(answer),
            _ if answer.cut => Err(Halt::End(End::NoSignal)),
            _ => match serde_json::from_slice::<ErrorBody>(&answer.body) {
                Ok(body) => Err(Halt::Refused(body)),
                Err(_) => Err(Halt::End(End::Wait { seconds: GATEWAY_WAIT_S })),
            },
        }
    }

    /// GET of JSON.
    pub(super) fn get<T: DeserializeOwned>(&mut self, path: &str) -> Result<T, Halt> {
        let answer = self.ask(Request::get(path))?;
        serde_json::from_slice(&answer.body).map_err(|_| Halt::End(End::BadAnswer))
    }

    /// POST of JSON, answered with JSON.
    pub(super) fn post<T: DeserializeOwned>(&mut self, path: &str, body: &impl Serialize) -> Result<T, Halt> {
        let answer = self.ask(Request::post(path, "application/json", json(body)?))?;
        serde_json::from_slice(&answer.body).map_err(|_| Halt::End(End::BadAnswer))
    }

    /// POST of JSON, answered with nothing.
    pub(super) fn post_only(&mut self, path: &str, body: &impl Serialize) -> Result<(), Halt> {
        self.ask(Request::post(path, "application/json", json(body)?)).map(|_| ())
    }
}

pub(super) fn json(body: &impl Serialize) -> Result<Vec<u8>, Halt> {
    serde_json::to_vec(body).map_err(|error| Halt::from(crate::Fault::from(error)))
}
