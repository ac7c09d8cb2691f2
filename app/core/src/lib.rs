//! [`sync_core`] for JavaScript.
//!
//! The rule this crate protects: *translate, decide nothing, never panic.* Text and bytes come in; what goes out is
//! JSON text, `{"value": ..}` or `{"fault": "why not"}`, so that a mistake of the caller is an answer and not the
//! end of the module. The same vectors (`tests/vectors.json`) run natively and in Node, so that phone and server
//! cannot drift apart.

mod answer;
mod ids;
mod message;
mod phone;
mod records;

pub use ids::{
    canonical_actor, canonical_dot, canonical_epoch, canonical_record_id, dot_of_record_id, record_id_of_dot,
};
pub use message::error_text;
pub use phone::{Phone, Rows, kind, list};
pub use records::Records;
