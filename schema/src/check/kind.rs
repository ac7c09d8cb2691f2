//! Kinds: who writes them, what names their records, whose key seals them.

use super::file_of;
use super::names::{NAME_TAKEN, NO_LABEL, NO_NAME, is_filled, is_snake_case, number_fault};
use crate::fault::Fault;
use crate::model::{
    Field, Identity, Keeping, Kind, Policy, Required, Role, Schema, SealOwner, Shape, ValueType,
};
use std::collections::BTreeSet;

const KINDS: &str = "records/kinds.csv";
const SECTIONS: &str = "records/sections.csv";

/// Numbers and names over all kinds.
pub(super) fn order(schema: &Schema, found: &mut Vec<Fault>) {
    let mut before = None;
    let mut names = BTreeSet::new();
    for kind in &schema.kinds {
        let mut fault = |says: &str| found.push(Fault::about(KINDS, &kind.name, says));
        if let Some(says) = number_fault(kind.number, before) {
            fault(says);
        }
        if !names.insert(&kind.name) {
            fault(NAME_TAKEN);
        }
        before = Some(kind.number);
    }
}

pub(super) fn faults(kind: &Kind, schema: &Schema, found: &mut Vec<Fault>) {
    let mut fault = |says: &str| found.push(Fault::about(KINDS, &kind.name, says));
    if !is_snake_case(&kind.name) || kind.name == crate::ANY_RECORD {
        fault(NO_NAME);
    }
    if !is_filled(&kind.label) {
        fault(NO_LABEL);
    }
    if kind.fields.is_empty() {
        fault("has no fields");
    }
    match (kind.keeping, kind.writers.0) {
        (Keeping::Synced, 0) => fault("is synced, yet nobody may write it: fill `writers`"),
        (Keeping::Derived | Keeping::Server, 1..) => fault("is not written on devices: empty `writers`"),
        _ => {}
    }
    if kind.writers.contains(Role::DistrictViewer) {
        fault("is written by a role that only reads: take district_viewer away");
    }
    natural_key(kind, found);
    seal_owner(kind, schema, found);
    sections(kind, found);
}

/// A key names the record for ever, so nothing in it may change, be empty or be hidden.
fn natural_key(kind: &Kind, found: &mut Vec<Fault>) {
    let Identity::Natural(numbers) = &kind.identity else { return };
    for field in numbers.iter().filter_map(|number| kind.field(*number)) {
        let mut must = |fine: bool, says: &str| {
            if !fine {
                found.push(Fault::part(&file_of(kind), &kind.name, &field.name, says));
            }
        };
        must(field.policy == Policy::Immutable, "is part of the natural key: make it IMMUTABLE");
        must(field.required == Required::Always, "is part of the natural key: make it required (R)");
        must(field.shape == Shape::One, "is part of the natural key: give it one register");
        must(!field.sealed, "is part of the natural key: it cannot be sealed");
    }
    if numbers.iter().collect::<BTreeSet<_>>().len() != numbers.len() {
        found.push(Fault::about(KINDS, &kind.name, "has a field twice in its natural key"));
    }
}

/// A key that seals must be known as soon as there is anything to seal, and never change.
fn seal_owner(kind: &Kind, schema: &Schema, found: &mut Vec<Fault>) {
    let seals = kind.fields.iter().any(|field| field.sealed);
    let mut fault = |says: &str| found.push(Fault::about(KINDS, &kind.name, says));
    match (&kind.seal_owner, seals) {
        (None, true) => fault("has sealed fields and no key for them: fill `seal_owner`"),
        (Some(_), false) => fault("has a key and nothing to seal: empty `seal_owner`"),
        (Some(SealOwner::Field(number)), true) => {
            let owner = kind.field(*number).filter(|field| names_an_owner(field, schema));
            if owner.is_none() {
                fault(
                    "has a seal_owner that is no immutable, required reference to a kind that seals itself",
                );
            }
        }
        _ => {}
    }
}

fn names_an_owner(field: &Field, schema: &Schema) -> bool {
    let ValueType::Ref(kind) = &field.value else { return false };
    let owner = schema.kind_named(kind);
    field.shape == Shape::One
        && field.policy == Policy::Immutable
        && field.required == Required::Always
        && owner.is_some_and(|kind| kind.seal_owner == Some(SealOwner::Itself))
}

fn sections(kind: &Kind, found: &mut Vec<Fault>) {
    let mut names = BTreeSet::new();
    for section in &kind.sections {
        let mut fault = |says: &str| found.push(Fault::part(SECTIONS, &kind.name, &section.name, says));
        if !is_snake_case(&section.name) {
            fault(NO_NAME);
        }
        if !names.insert(&section.name) {
            fault(NAME_TAKEN);
        }
        if !is_filled(&section.label) {
            fault(NO_LABEL);
        }
        if kind.fields.iter().all(|field| field.section != section.name) {
            fault("has no field: delete it, or use it");
        }
    }
    for field in kind.fields.iter().filter(|field| !field.section.is_empty()) {
        if !field.name.starts_with(&format!("{}_", field.section)) {
            let says = "is of a section whose name it does not begin with";
            found.push(Fault::part(&file_of(kind), &kind.name, &field.name, says));
        }
    }
}
