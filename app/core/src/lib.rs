//! [`sync_core`] for JavaScript.
//!
//! The rule this crate protects: *translate, decide nothing, never panic.* Text and bytes come in; what goes out is
//! JSON text, `{"value": ..}` or `{"fault": "why not"}`, so that a mistake of the caller is an answer and not the
//! end of the module. The same session (`tests/session.json`) runs natively and in Node, so that phone and server cannot drift
//! apart.

mod answer;
mod book;
mod chance;
mod forms;
mod guide;
mod notices;
mod phone;
mod records;
mod rows;
mod shelf;

pub use guide::read_ahead;
pub use phone::Phone;
pub use records::Records;
pub use rows::Rows;
