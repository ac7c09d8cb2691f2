//! What a page is told of an open form.
//!
//! The rule this module protects: *these are the shapes of the app's contract*, name by name.

use schema::Refusal;
use serde::Serialize;

/// One field of an open form.
#[derive(Debug, Clone, Serialize)]
pub struct FieldLook {
    /// Name of the field.
    pub name: String,
    /// It is asked now, and by people.
    pub asked: bool,
    /// Left empty it is flagged.
    pub demanded: bool,
    /// As in a table.
    pub value: serde_json::Value,
    /// `typed`, `recorded`, `derived` or `none`.
    pub source: &'static str,
    /// Worth an "are you sure?".
    pub flags: Vec<RaisedFlag>,
    /// The server would hold it back: why.
    pub refused: Option<Reason>,
    /// What people saw differently.
    pub others: Vec<OtherValue>,
}

/// A raised flag.
#[derive(Debug, Clone, Serialize)]
pub struct RaisedFlag {
    /// Name in the schema.
    pub flag: String,
    /// Element of a set, map or list.
    pub element: Option<String>,
    /// Part of a group.
    pub part: Option<String>,
}

/// For people.
#[derive(Debug, Clone, Serialize)]
pub struct Reason {
    /// Bahasa Indonesia.
    pub id: &'static str,
    /// English.
    pub en: &'static str,
}

impl Reason {
    /// Of what the server would hold, or held.
    pub fn of(refusal: Refusal) -> Reason {
        Reason { id: refusal.label_id(), en: refusal.label_en() }
    }
}

/// One of several values.
#[derive(Debug, Clone, Serialize)]
pub struct OtherValue {
    /// As in a table.
    pub value: serde_json::Value,
    /// Who wrote it.
    pub author: Option<String>,
    /// When, by the device's clock: `2026-11-27`.
    pub day: Option<String>,
}

/// A value that somebody saved while a form was open.
#[derive(Debug, Clone, Serialize)]
pub struct NewerValue {
    /// Name of the field.
    pub field: String,
    /// Element of a set, map or list.
    pub element: Option<String>,
    /// As in a table.
    pub value: serde_json::Value,
    /// Who wrote it.
    pub author: Option<String>,
}
