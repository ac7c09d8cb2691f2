//! A village's signal, for tests and simulators.

use super::{NoSignal, Request, Response, Transport};

/// What becomes of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It arrives, and so does the answer.
    Through,
    /// It never arrives.
    LoseRequest,
    /// The server handles it, and the answer is lost.
    LoseReply,
    /// The server handles it, and this many bytes of the answer's body come.
    CutReply(usize),
    /// It arrives twice, and the second answer comes.
    Twice,
}

/// A transport whose requests have fates.
pub struct Flaky<T, F> {
    inner: T,
    fate: F,
    /// Requests so far.
    pub requests: u64,
}

impl<T: Transport, F: FnMut(&Request, u64) -> Fate> Flaky<T, F> {
    /// `fate` is asked for every request, with its number from 1 on.
    pub fn new(inner: T, fate: F) -> Flaky<T, F> {
        Flaky { inner, fate, requests: 0 }
    }
}

impl<T: Transport, F: FnMut(&Request, u64) -> Fate> Transport for Flaky<T, F> {
    fn send(&mut self, request: &Request) -> Result<Response, NoSignal> {
        self.requests += 1;
        let lost = || NoSignal("as it was told".into());
        match (self.fate)(request, self.requests) {
            Fate::Through => self.inner.send(request),
            Fate::LoseRequest => Err(lost()),
            Fate::LoseReply => self.inner.send(request).and_then(|_| Err(lost())),
            Fate::CutReply(bytes) => {
                let mut answer = self.inner.send(request)?;
                answer.cut |= bytes < answer.body.len();
                answer.body.truncate(bytes);
                Ok(answer)
            }
            Fate::Twice => self.inner.send(request).and_then(|_| self.inner.send(request)),
        }
    }
}
