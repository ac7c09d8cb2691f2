//! What a good colleague knows at the doorstep.
//!
//! The rule this crate protects: *everything that is derived is derived here, once, from what was seen*, by the same code
//! on the phone and on the server. It has no clock, no dice and no I/O: the day comes in as days since 1970-01-01, and
//! what it needs to know it was told with [`Book::put`].
//!
//! A [`Book`] is asked for the screens (`today`, `families`, `family`, `person`, `growth`, `search`, `rows`), for
//! derived fields and advice while a form is filled (`derived`, `advice`), and for doubles before somebody is registered
//! (`doubles_of_family`, `doubles_of_person`). What it answers turns into JSON as the app's contract wants it.

mod advice;
mod age;
mod book;
mod curve;
mod derived;
mod doubles;
mod fact;
mod family;
mod form;
mod groups;
mod growing;
mod immunization;
mod names;
mod numbers;
mod order;
mod person;
mod pregnancy;
mod read;
mod risk;
mod rows;
mod sameness;
mod schedule;
mod search;
mod shapes;
mod today;

pub use advice::WORDS;
pub use book::Book;
pub use doubles::{NewPerson, WHY};
pub use schedule::MARKS;
pub use shapes::*;
