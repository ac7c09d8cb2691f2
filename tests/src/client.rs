//! A client that says what it got and judges nothing.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::sync::Arc;
use std::time::Duration;
use sync_core::ErrorCode;
use ureq::Agent;
use ureq::http::{HeaderMap, Response};
use ureq::tls::{Certificate, RootCerts, TlsConfig};

/// No answer is larger: a test trusts its server.
const BODY_MAX: u64 = 1 << 28;

/// A client of one server.
#[derive(Clone)]
pub struct Client {
    agent: Agent,
    base: String,
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body.
    pub body: Vec<u8>,
}

impl Client {
    /// A client of the server at `base`, `http://host:port`.
    pub fn new(base: &str) -> Client {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        Client { agent: config.into(), base: base.into() }
    }

    /// A client of the server at `base`, `https://host:port`, that trusts this certificate (DER) and no other.
    pub fn trusting(base: &str, certificate: &[u8]) -> Client {
        let roots = RootCerts::new_with_certs(&[Certificate::from_der(certificate).to_owned()]);
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = TlsConfig::builder().root_certs(roots).unversioned_rustls_crypto_provider(provider).build();
        let config = Agent::config_builder().http_status_as_error(false).tls_config(tls).build();
        Client { agent: config.into(), base: base.into() }
    }

    /// `http://host:port`.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// GET, with a token if there is one.
    pub fn get(&self, path: &str, token: Option<&str>) -> Reply {
        self.get_with(path, token.map(bearer).iter().map(|value| ("authorization", value.as_str())))
    }

    /// GET with these headers.
    pub fn get_with<'h>(&self, path: &str, headers: impl IntoIterator<Item = (&'h str, &'h str)>) -> Reply {
        let mut request = self.agent.get(self.url(path));
        for (name, value) in headers {
            request = request.header(name, value);
        }
        Reply::of(request.call())
    }

    /// POST of a JSON body, with a token if there is one.
    pub fn post(&self, path: &str, token: Option<&str>, body: &impl Serialize) -> Reply {
        let mut request = self.agent.post(self.url(path));
        if let Some(token) = token {
            request = request.header("authorization", bearer(token));
        }
        Reply::of(request.send_json(body))
    }

    /// POST of any bytes with these headers.
    pub fn post_bytes<'h>(
        &self,
        path: &str,
        headers: impl IntoIterator<Item = (&'h str, &'h str)>,
        body: &[u8],
    ) -> Reply {
        self.try_post_bytes(path, headers, body).expect("an answer")
    }

    /// The same.
    ///
    /// # Errors
    /// When the server went away.
    pub fn try_post_bytes<'h>(
        &self,
        path: &str,
        headers: impl IntoIterator<Item = (&'h str, &'h str)>,
        body: &[u8],
    ) -> Result<Reply, ureq::Error> {
        let mut request = self.agent.post(self.url(path));
        for (name, value) in headers {
            request = request.header(name, value);
        }
        Reply::try_of(request.send(body))
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }
}

/// The value of the header `authorization`.
pub fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

impl Reply {
    fn of(answer: Result<Response<ureq::Body>, ureq::Error>) -> Reply {
        Reply::try_of(answer).expect("an answer")
    }

    fn try_of(answer: Result<Response<ureq::Body>, ureq::Error>) -> Result<Reply, ureq::Error> {
        let mut answer = answer?;
        let body = answer.body_mut().with_config().limit(BODY_MAX).read_to_vec()?;
        Ok(Reply { status: answer.status().as_u16(), headers: answer.headers().clone(), body })
    }

    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap_or_else(|why| panic!("{why} in an answer of {}", self.status))
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        self.read()
    }

    fn read<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|why| panic!("{why} in {} {}", self.status, self.text()))
    }

    /// The body of a 2xx as a type.
    #[track_caller]
    pub fn ok<T: DeserializeOwned>(&self) -> T {
        assert!((200..300).contains(&self.status), "{} {}", self.status, self.text());
        self.read()
    }

    /// Asserts a 204.
    #[track_caller]
    pub fn done(&self) {
        assert_eq!((self.status, self.text()), (204, ""));
    }

    /// Asserts a refusal: status, code and a message, and nothing else than the shape of refusals.
    #[track_caller]
    pub fn refused(&self, code: ErrorCode) {
        let body: sync_core::ErrorBody = self.read();
        assert_eq!((self.status, body.code), (code.status(), code));
        assert_eq!(body.message, code.message_id());
        assert_eq!(self.header("retry-after"), body.retry_after_s.map(|s| s.to_string()).as_deref());
        assert_eq!(serde_json::to_value(&body).expect("JSON"), self.json());
    }

    /// Asserts a refusal that names a number to go on from.
    #[track_caller]
    pub fn refused_at(&self, code: ErrorCode, expected_seq: u64) {
        self.refused(code);
        assert_eq!(self.read::<sync_core::ErrorBody>().expected_seq, Some(expected_seq));
    }

    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}
