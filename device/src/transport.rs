//! How requests reach the server.

mod counted;
mod flaky;
#[cfg(feature = "native")]
mod http;
mod waiting;

pub use counted::{Counted, Counts};
pub use flaky::{Fate, Flaky};
#[cfg(feature = "native")]
pub use http::HttpTransport;
pub use waiting::Waiting;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// GET.
    Get,
    /// POST.
    Post,
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// GET or POST.
    pub method: Method,
    /// Path and query.
    pub path: String,
    /// Headers, names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// Empty for GET.
    pub body: Vec<u8>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// What came of the body.
    pub body: Vec<u8>,
    /// The signal was lost before all of the body had come.
    pub cut: bool,
}

/// No answer came. Whether the server got the request is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no signal: {0}")]
pub struct NoSignal(pub String);

/// Carries requests to one server.
pub trait Transport {
    /// Sends a request and waits for the answer.
    ///
    /// # Errors
    /// [`NoSignal`]; the request may have arrived.
    fn send(&mut self, request: &Request) -> Result<Response, NoSignal>;
}

impl<T: Transport + ?Sized> Transport for &mut T {
    fn send(&mut self, request: &Request) -> Result<Response, NoSignal> {
        (**self).send(request)
    }
}

impl Request {
    /// A GET.
    pub fn get(path: impl Into<String>) -> Request {
        Request { method: Method::Get, path: path.into(), headers: Vec::new(), body: Vec::new() }
    }

    /// A POST.
    pub fn post(path: &str, content_type: &str, body: Vec<u8>) -> Request {
        let headers = vec![("content-type", content_type.to_owned())];
        Request { method: Method::Post, path: path.into(), headers, body }
    }

    /// With one more header.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: String) -> Request {
        self.headers.push((name, value));
        self
    }

    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
}

impl Response {
    /// An answer with a body and no headers.
    pub fn new(status: u16, body: Vec<u8>) -> Response {
        Response { status, headers: Vec::new(), body, cut: false }
    }

    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
