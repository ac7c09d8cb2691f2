//! A transport for those who may not stand and wait: a browser, a simulator.
//!
//! The rule this module protects: *what was asked once is asked the same again*. A sync that wants an answer which has
//! not come ends as it does without signal, and says what it wanted; when the answer is here it is run again from what
//! is stored, and gets further. Between two runs people may save.

use super::{NoSignal, Request, Response, Transport};

/// Answers from what came.
#[derive(Debug, Clone, Default)]
pub struct Waiting {
    came: Vec<(Request, Result<Response, NoSignal>)>,
    wanted: Option<Request>,
}

impl Waiting {
    /// The request without whose answer nothing goes on; `None` when all that was asked had an answer.
    pub fn wanted(&self) -> Option<&Request> {
        self.wanted.as_ref()
    }

    /// The answer to what was wanted has come, or the signal was lost.
    pub fn came(&mut self, answer: Result<Response, NoSignal>) {
        self.came.extend(self.wanted.take().map(|request| (request, answer)));
    }

    /// Everything that came is forgotten: the next sync asks anew.
    pub fn forget(&mut self) {
        *self = Waiting::default();
    }
}

impl Transport for Waiting {
    fn send(&mut self, request: &Request) -> Result<Response, NoSignal> {
        match self.came.iter().find(|(asked, _)| asked == request) {
            Some((_, answer)) => answer.clone(),
            None => {
                self.wanted.get_or_insert_with(|| request.clone());
                Err(NoSignal("the answer has not come yet".into()))
            }
        }
    }
}
