//! Names, numbers and labels.

use super::file_of;
use crate::fault::Fault;
use crate::model::{Kind, Label};
use std::collections::BTreeSet;

/// Words in lower case joined by single `_`, beginning with a letter.
pub(super) fn is_snake_case(name: &str) -> bool {
    let word =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split('_').all(word)
}

/// A snake-case name, or one capital letter that a published form uses (N and T of the growth card).
pub(super) fn is_code_name(name: &str) -> bool {
    is_snake_case(name) || name.len() == 1 && name.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Is a language missing?
pub(super) fn is_filled(label: &Label) -> bool {
    !label.id.trim().is_empty() && !label.en.trim().is_empty()
}

/// What is wrong with the wire number of a thing that comes after `before`.
pub(super) fn number_fault(number: u16, before: Option<u16>) -> Option<&'static str> {
    match (number, before) {
        (0, _) => Some("has number 0, which is taken (in a kind by the tombstone): numbers count from 1"),
        (number, Some(before)) if number == before => {
            Some("has a number that is taken: give it the next free one")
        }
        (number, Some(before)) if number < before => {
            Some("stands behind a higher number: keep numbers ascending")
        }
        _ => None,
    }
}

pub(super) const NO_NAME: &str = "is no name: write words in lower case, joined by _";
pub(super) const NO_LABEL: &str = "has no label in one of the languages: fill label_id and label_en";
pub(super) const NAME_TAKEN: &str = "has a name that is taken: names are unique";

/// Numbers, names and labels of a kind's fields.
pub(super) fn fields(kind: &Kind, found: &mut Vec<Fault>) {
    let file = file_of(kind);
    let mut before = None;
    let mut names = BTreeSet::new();
    for field in &kind.fields {
        let mut fault = |says: &str| found.push(Fault::part(&file, &kind.name, &field.name, says));
        if let Some(says) = number_fault(field.number, before) {
            fault(says);
        }
        if !is_snake_case(&field.name) {
            fault(NO_NAME);
        }
        if !names.insert(&field.name) {
            fault(NAME_TAKEN);
        }
        if !is_filled(&field.label) {
            fault(NO_LABEL);
        }
        before = Some(field.number);
    }
}
