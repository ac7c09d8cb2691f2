//! [`sync_core`] for JavaScript.
//!
//! The rule this crate protects: *translate, decide nothing, never panic.* Text and bytes come in; what goes out is
//! JSON text, `{"value": ..}` or `{"fault": "why not"}`, so that a mistake of the caller is an answer and not the
//! end of the module. The same vectors (`tests/vectors.json`) run natively and in Node, so that phone and server
//! cannot drift apart.

mod answer;
mod book;
mod chance;
mod forms;
mod ids;
mod message;
mod notices;
mod phone;
mod records;
mod rows;
mod shelf;

pub use ids::{
    canonical_actor, canonical_dot, canonical_epoch, canonical_record_id, dot_of_record_id, record_id_of_dot,
};
pub use message::error_text;
pub use phone::Phone;
pub use records::Records;
pub use rows::Rows;
