//! Invented villages as the changes that their phones write.
//!
//! The rule this crate protects: *whatever is played is written the way a real phone writes it*: by the schema's
//! numbers, in canonical values, sealed at the source, named by dot or natural key. Demo, benchmark and tests all
//! start from the same changes, and one seed is one history.
//!
//! ```
//! use fieldwork::{Phones, Writer, keys_of_seed};
//! let population = fixtures::Population::new(7).families_per_village(10);
//! let day = fixtures::calendar::day(2026, 11, 2).expect("a date");
//! let village = population.village(3507162013, day).expect("on the list");
//! let schema = schema::Schema::builtin();
//! let mut phones = Phones::new(7, &village);
//! let writer = Writer { schema, key_of: &keys_of_seed(7) };
//! phones.register(&writer, &village).expect("the village speaks the schema");
//! phones.week(&writer, &village.week(day)).expect("the week speaks the schema");
//! assert!(phones.teams[0].series.iter().zip(1..).all(|(change, seq)| change.origin.dot.seq == seq));
//! ```

pub mod catalogue;
mod phones;
mod registry;
pub mod text;
pub mod workload;
mod writing;

pub use phones::{Phone, Phones, keys_of_seed};
pub use registry::Registry;
pub use writing::{Unwritten, Writer, place_of};
