//! Fields, and what they can be flagged for.

use super::{Label, Policy, Range, Required, Roles, Shape, ValueType};
use crate::flag;
use serde::{Deserialize, Serialize};

/// One field: one register, or one register per element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Wire number within the kind, 1..=65535. Number 0 is the tombstone of every kind and has no line.
    pub number: u16,
    /// Name in `snake_case`.
    pub name: String,
    /// Question or column heading.
    pub label: Label,
    /// One register, or a register per element.
    pub shape: Shape,
    /// Type of the value (for a set: always `Bool`, "is in").
    pub value: ValueType,
    /// Unit as printed, empty when there is none: `kg`, `cm`, `IDR`, `portions`.
    pub unit: String,
    /// Constants of the schema. Outside: this edit goes to quarantine.
    pub hard: Option<Range>,
    /// Constant part of "are you sure?". Outside: kept and flagged.
    pub soft: Option<Range>,
    /// Flags that depend on a clock, another field or a growth standard, judged at the believed date: names of
    /// [`super::Schema::flags`], with their parameter in brackets: `within_days(60)`.
    pub flags: Vec<String>,
    /// Usual number of elements of a set, map or list. Outside: flagged.
    pub elements: Option<Range>,
    /// Must it be filled? A missing one is accepted and flagged, never refused.
    pub required: Required,
    /// 0 not personal, 1 personal, 2 specific (UU PDP 27/2022 art. 4(2)) or an identity number.
    pub sensitivity: u8,
    /// Travels and rests sealed under the key of the kind's `seal_owner`.
    pub sealed: bool,
    /// What concurrent values become.
    pub policy: Policy,
    /// Roles that may write it; `None`: the kind's.
    pub writers: Option<Roles>,
    /// Part of a visit form: `catin`, `pregnant`, `postpartum`, `child`; empty for the header.
    pub section: String,
    /// First form version (which is the schema's version) that has it.
    pub since: u16,
    /// Law, guide or public code it comes from, and why.
    pub note: String,
}

/// Something a value can be flagged for: kept and shown to a person, never refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flag {
    /// Name in `snake_case`.
    pub name: String,
    /// What its parameter is: empty for none, `days`, or `field` for the name of another field of the record.
    pub parameter: String,
    /// What people read.
    pub label: Label,
    /// Exactly when it is raised.
    pub meaning: String,
}

/// Flags of a field that holds NIK or a family card number.
const IDENTITY_FLAGS: [&str; 2] = ["nik_form", "kk_form"];

impl Field {
    /// Does it hold a number that the state gave to one person or family? Equal ones mean the same person.
    pub fn is_identity_number(&self) -> bool {
        self.flags.iter().any(|text| IDENTITY_FLAGS.contains(&flag::split(text).0))
    }

    /// The type of its value, or those of the parts of its group.
    pub fn leaves(&self) -> impl Iterator<Item = &ValueType> {
        let (own, parts) = match &self.value {
            ValueType::Group(parts) => (None, parts.as_slice()),
            value => (Some(value), [].as_slice()),
        };
        own.into_iter().chain(parts.iter().map(|part| &part.value))
    }
}
