//! Schema and rules as one document.
//!
//! The rule this module protects: *a new form arrives without a new app.* The server hands the document out, a phone
//! keeps the newest it was given, and reads and writes by it. It is JSON of the very types, so nothing is said twice.

use crate::{Rules, Schema};
use serde::{Deserialize, Serialize};

/// Everything a device knows about data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Kinds, fields, lists, flags; its version is the document's.
    pub schema: Schema,
    /// What numbers mean and when something is due.
    pub rules: Rules,
}

impl Document {
    /// What was compiled in.
    pub fn builtin() -> Document {
        Document { schema: Schema::builtin().clone(), rules: Rules::builtin().clone() }
    }

    /// As JSON text.
    pub fn to_json(&self) -> String {
        // Maps with keys of text and plain numbers: nothing of it can fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// From JSON text. What a newer server added beside the known is left aside.
    ///
    /// # Errors
    /// Where it could not be read.
    pub fn of_json(json: &[u8]) -> Result<Document, serde_json::Error> {
        serde_json::from_slice(json)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_back_is_what_was_written() {
        let document = Document::builtin();
        let mut json = document.to_json();
        let read = Document::of_json(json.as_bytes()).expect("its own text");
        // Names of lists carry a hint of where they stand, which no text holds; all else must be equal.
        assert_eq!(read.to_json(), json);
        assert_eq!(read.rules, document.rules);
        json.insert_str(1, "\"newer\":[1],");
        assert!(Document::of_json(json.as_bytes()).is_ok());
        assert!(Document::of_json(&json.as_bytes()[..json.len() / 2]).is_err());
    }
}
