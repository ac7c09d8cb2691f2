//! What concerns her own entries.
//!
//! The rule this module protects: *nothing that became of an entry stays unsaid*: what the server keeps apart, what two
//! people saw differently, what somebody asks.

use crate::Phone;
use crate::answer::answer;
use care::Seen;
use device::{Error, Reason, RecordId};
use schema::Refusal;
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;

/// One notice.
#[derive(Serialize)]
struct Notice {
    /// The same for the same thing, so that it can be put away.
    id: String,
    /// What it is about: a name in the dictionary of the app.
    words: &'static str,
    /// Why, where there is a reason.
    reason: Option<Reason>,
    /// The record.
    record: Option<RecordId>,
    /// Its kind.
    kind: Option<&'static str>,
    /// What it is called.
    title: String,
    /// When it was written.
    day: Option<care::Day>,
}

#[wasm_bindgen]
impl Phone {
    /// What these authors (JSON array of ids) should know.
    pub fn notices(&mut self, authors: &str) -> String {
        let authors: Vec<RecordId> = serde_json::from_str(authors).unwrap_or_default();
        answer(self.noticed(&authors))
    }

    fn noticed(&mut self, authors: &[RecordId]) -> Result<Vec<Notice>, Error> {
        let held = self.device.held()?;
        let book = self.book()?;
        let about = |words, id: String, seen: Option<Seen>, reason: Option<Refusal>| Notice {
            id,
            words,
            reason: reason.map(Reason::of),
            record: seen.as_ref().map(|seen| seen.record),
            kind: seen.as_ref().map(|seen| seen.kind),
            day: seen.as_ref().map(|seen| seen.day),
            title: seen.map(|seen| seen.title).unwrap_or_default(),
        };
        let mut notices: Vec<Notice> = Vec::new();
        for edit in held {
            let seen = edit.record.and_then(|id| book.seen(id));
            let field = edit.held.place.map_or(0, |place| place.0);
            notices.push(about("held", format!("held {} {field}", edit.dot), seen, Some(edit.held.reason)));
        }
        for seen in book.disputed(authors) {
            notices.push(about("contested", format!("contested {}", seen.record), Some(seen), None));
        }
        for (word, seen) in book.messages(authors) {
            notices.push(about(word, format!("message {}", seen.record), Some(seen), None));
        }
        Ok(notices)
    }
}
