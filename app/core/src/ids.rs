//! Names of things, as [`sync_core::ids`] writes and reads them.

use crate::answer::answer;
use serde::Serialize;
use std::fmt::Display;
use std::str::FromStr;
use sync_core::{ActorId, Dot, Epoch, RecordId};
use wasm_bindgen::prelude::wasm_bindgen;

/// The id of the record that the change `dot` (`0123456789abcdef:17`) creates.
#[wasm_bindgen]
pub fn record_id_of_dot(dot: &str) -> String {
    answer(dot.parse().map(RecordId::of_dot))
}

/// The dot that created the record; `null` for a record with a natural key.
#[wasm_bindgen]
pub fn dot_of_record_id(id: &str) -> String {
    answer(id.parse().map(RecordId::dot))
}

/// The one way to write this actor.
#[wasm_bindgen]
pub fn canonical_actor(text: &str) -> String {
    canonical::<ActorId>(text)
}

/// The one way to write this dot.
#[wasm_bindgen]
pub fn canonical_dot(text: &str) -> String {
    canonical::<Dot>(text)
}

/// The one way to write this record id.
#[wasm_bindgen]
pub fn canonical_record_id(text: &str) -> String {
    canonical::<RecordId>(text)
}

/// The one way to write this epoch.
#[wasm_bindgen]
pub fn canonical_epoch(text: &str) -> String {
    canonical::<Epoch>(text)
}

fn canonical<Name: FromStr<Err: Display> + Serialize>(text: &str) -> String {
    answer(text.parse::<Name>())
}
