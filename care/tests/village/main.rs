//! A small invented village, asked what a kader would ask.
//!
//! The rule these tests protect: *what the book answers follows from the records it was given, to the day.*

mod advice;
mod contract;
mod derived;
mod finding;
mod groups;
mod keeping;
mod made;
mod sameness;
mod schedule;
