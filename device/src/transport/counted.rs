//! Counts what goes over the air.

use super::{Method, NoSignal, Request, Response, Transport};

/// Bytes and requests. Headers are counted as HTTP/1.1 writes them; what the connection itself costs is not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Requests.
    pub requests: u64,
    /// Bytes sent.
    pub up: u64,
    /// Bytes received.
    pub down: u64,
}

/// A transport that counts.
pub struct Counted<T> {
    inner: T,
    host: String,
    /// What it counted.
    pub counts: Counts,
}

impl<T: Transport> Counted<T> {
    /// Counts what `inner` carries to `host`, as the `host` header names it.
    pub fn new(inner: T, host: &str) -> Counted<T> {
        Counted { inner, host: host.into(), counts: Counts::default() }
    }
}

impl<T: Transport> Transport for Counted<T> {
    fn send(&mut self, request: &Request) -> Result<Response, NoSignal> {
        self.counts.requests += 1;
        self.counts.up += request_bytes(request, &self.host);
        let answer = self.inner.send(request)?;
        self.counts.down += response_bytes(&answer);
        Ok(answer)
    }
}

const LINE_END: usize = 2;

fn request_bytes(request: &Request, host: &str) -> u64 {
    let method = match request.method {
        Method::Get => "GET".len(),
        Method::Post => "POST".len() + header_bytes("content-length", &request.body.len().to_string()),
    };
    let first = method + 1 + request.path.len() + " HTTP/1.1".len() + LINE_END;
    let headers: usize = request.headers.iter().map(|(name, value)| header_bytes(name, value)).sum();
    (first + header_bytes("host", host) + headers + LINE_END + request.body.len()) as u64
}

fn response_bytes(response: &Response) -> u64 {
    let first = "HTTP/1.1 200 OK".len() + LINE_END;
    let headers: usize = response.headers.iter().map(|(name, value)| header_bytes(name, value)).sum();
    (first + headers + LINE_END + response.body.len()) as u64
}

fn header_bytes(name: &str, value: &str) -> usize {
    name.len() + ": ".len() + value.len() + LINE_END
}
