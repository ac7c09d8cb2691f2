//! Enumerations and flags.

use super::names::{NAME_TAKEN, NO_LABEL, NO_NAME, is_code_name, is_filled, is_snake_case, number_fault};
use crate::fault::Fault;
use crate::flag::{self, MISSING, UNUSUAL_COUNT, UNUSUAL_VALUE};
use crate::model::{ElementType, Enumeration, Field, ListName, Schema, Shape, ValueType};
use std::collections::BTreeSet;

const ENUMERATIONS: &str = "records/enumerations.csv";
const FLAGS: &str = "records/flags.csv";

pub(super) fn enumerations(schema: &Schema, found: &mut Vec<Fault>) {
    for list in &schema.enumerations {
        let mut fault = |says: &str| found.push(Fault::about(ENUMERATIONS, &list.name, says));
        if !is_snake_case(&list.name) {
            fault(NO_NAME);
        }
        let uses = || fields(schema).flat_map(lists_of).filter(|(used, _)| ***used == *list.name);
        if uses().next().is_none() {
            fault("is used by no field: delete it, or use it");
        }
        if list.codes.iter().any(|code| code.exclusive) && !uses().any(|(_, in_set)| in_set) {
            fault("has an exclusive code, which only means something in a set: empty `exclusive`");
        }
        codes(list, found);
    }
}

fn codes(list: &Enumeration, found: &mut Vec<Fault>) {
    let mut before = None;
    let mut names = BTreeSet::new();
    for code in &list.codes {
        let mut fault = |says: &str| found.push(Fault::part(ENUMERATIONS, &list.name, &code.name, says));
        if let Some(says) = number_fault(code.number, before) {
            fault(says);
        }
        if !is_code_name(&code.name) {
            fault(NO_NAME);
        }
        if !names.insert(&code.name) {
            fault(NAME_TAKEN);
        }
        if !is_filled(&code.label) {
            fault(NO_LABEL);
        }
        if !matches!(code.risk.as_str(), "" | "ok" | "risk") {
            fault("has a risk that is neither ok nor risk");
        }
        before = Some(code.number);
    }
}

pub(super) fn flags(schema: &Schema, found: &mut Vec<Fault>) {
    for flag in schema.flags.values() {
        let mut fault = |says: &str| found.push(Fault::about(FLAGS, &flag.name, says));
        if !is_snake_case(&flag.name) {
            fault(NO_NAME);
        }
        if !is_filled(&flag.label) || flag.meaning.is_empty() {
            fault("lacks a label or its meaning");
        }
        if !matches!(flag.parameter.as_str(), "" | "days" | "field") {
            fault("has an unknown parameter: write days, field or nothing");
        }
        if [MISSING, UNUSUAL_VALUE, UNUSUAL_COUNT].contains(&flag.name.as_str()) {
            continue;
        }
        if flag::named(&flag.name).is_none() {
            fault("is judged by nobody: add its judge to flag/named.rs");
        }
        if !fields(schema).flat_map(|field| &field.flags).any(|used| flag::split(used).0 == flag.name) {
            fault("is used by no field: delete it, or use it");
        }
    }
    for name in [MISSING, UNUSUAL_VALUE, UNUSUAL_COUNT] {
        if !schema.flags.contains_key(name) {
            found.push(Fault::about(FLAGS, name, "is raised for every field and needs its line"));
        }
    }
}

fn fields(schema: &Schema) -> impl Iterator<Item = &Field> {
    schema.kinds.iter().flat_map(|kind| &kind.fields)
}

/// The lists a field uses, and whether as elements of a set.
pub(super) fn lists_of(field: &Field) -> Vec<(&ListName, bool)> {
    let mut lists = Vec::new();
    if let Shape::Set(ElementType::Code(list)) | Shape::Map(ElementType::Code(list)) = &field.shape {
        lists.push((list, matches!(field.shape, Shape::Set(_))));
    }
    lists.extend(field.leaves().filter_map(|value| match value {
        ValueType::Code(list) => Some((list, false)),
        _ => None,
    }));
    lists
}
