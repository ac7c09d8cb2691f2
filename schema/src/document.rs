//! Schema and rules as one document.
//!
//! The rule this module protects: *a new form arrives without a new app.* The server hands the document out, a phone
//! keeps the newest it was given, and reads and writes by it.

mod tree;

pub use tree::Unread;

use crate::{Rules, Schema};
use serde::Serialize;
use serde_json::Value as Json;
use tree::field;

/// What a phone knows about data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// Kinds, fields, lists, flags; its version is the document's.
    pub schema: Schema,
    /// What numbers mean and when something is due.
    pub rules: Rules,
}

/// What no phone shows: a third of the bytes. Indicators are counted where all villages are.
const LEFT_OUT: [&str; 4] = ["note", "source", "indicators", "kampung_kb"];

impl Document {
    /// What was compiled in.
    pub fn builtin() -> Document {
        Document { schema: Schema::builtin().clone(), rules: Rules::builtin().clone() }
    }

    /// As JSON text, without notes, sources, indicators and the classes of Kampung KB.
    pub fn to_json(&self) -> String {
        // Maps with keys of text and plain numbers: nothing of it can fail.
        let mut tree = serde_json::to_value(self).unwrap_or_default();
        leave_out(&mut tree);
        tree.to_string()
    }

    /// From JSON text. What a newer server added beside the known is left aside.
    ///
    /// # Errors
    /// What of it could not be read.
    pub fn of_json(json: &[u8]) -> Result<Document, Unread> {
        let tree: Json = serde_json::from_slice(json).map_err(|_| Unread("no JSON"))?;
        Ok(Document { schema: field(&tree, "schema")?, rules: field(&tree, "rules")? })
    }
}

fn leave_out(tree: &mut Json) {
    match tree {
        Json::Object(object) => {
            object.retain(|name, held| !LEFT_OUT.contains(&name.as_str()) || held.is_boolean());
            object.values_mut().for_each(leave_out);
        }
        Json::Array(list) => list.iter_mut().for_each(leave_out),
        _ => {}
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
        assert_eq!(read.to_json(), json);
        assert_eq!(read.schema.kinds.len(), document.schema.kinds.len());
        assert_eq!(read.rules.visit_plans.len(), document.rules.visit_plans.len());
        json.insert_str(1, "\"newer\":[1],");
        assert!(Document::of_json(json.as_bytes()).is_ok());
        assert!(Document::of_json(&json.as_bytes()[..json.len() / 2]).is_err());
        let other = json.replace("\"review\"", "\"something newer\"");
        assert!(Document::of_json(other.as_bytes()).is_err());
    }

    #[test]
    fn the_tree_is_read_as_serde_reads_it() {
        let document = Document::builtin();
        let whole = serde_json::to_value(&document).expect("JSON");
        let schema: Schema = field(&whole, "schema").expect("the schema");
        let rules: Rules = field(&whole, "rules").expect("the rules");
        // Names of lists carry a hint of where they stand, which no text holds: serde loses it too.
        assert_eq!(schema, serde_json::from_value(whole["schema"].clone()).expect("the schema"));
        assert_eq!(rules, serde_json::from_value(whole["rules"].clone()).expect("the rules"));
    }
}
