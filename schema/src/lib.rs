//! What Lumbung's data looks like, as data.
//!
//! The rule this crate protects: *a record kind, a field, a range, a label or a merge policy is a line in a file
//! under `schema/records/`, never a line of code.* The phone, the server, the exports, the documentation and the
//! API description all read the same [`Schema`].
//!
//! The crate describes and checks values. It knows nothing of merging, storage or HTTP, and does no I/O: the files
//! are compiled in, and [`Schema::builtin`] reads them once.

pub mod calendar;
pub mod check;
pub mod columns;
pub mod condition;
pub mod csv_cell;
pub mod decimal;
pub mod document;
pub mod fault;
pub mod flag;
pub mod growth;
pub mod json;
pub mod json_schema;
pub mod judge;
pub mod load;
pub mod model;
pub mod reference;
pub mod refusal;
pub mod region;
pub mod registers;
pub mod rules;
pub mod sight;
pub mod value;

pub use condition::Shown;
pub use document::Document;
pub use fault::Fault;
pub use flag::flags;
pub use judge::judge;
pub use model::*;
pub use refusal::Refusal;
pub use region::AreaCode;
pub use registers::{Register, Registers};
pub use rules::Rules;
pub use sight::Sight;
pub use value::{Element, Value};
