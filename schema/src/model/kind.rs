//! Record kinds.

use super::{Condition, Field, Label, Roles};
use serde::{Deserialize, Serialize};

/// A record kind: household, member, visit, meal session, ...
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kind {
    /// Wire number, 1..=65535.
    pub number: u16,
    /// Name in `snake_case`, English, as in every layer.
    pub name: String,
    /// What people call it.
    pub label: Label,
    /// The level of the area in which its records live.
    pub area: AreaLevel,
    /// Its records may live at `area` or any level above it: a class in its village, a workshop in its district.
    pub any_area: bool,
    /// How a record gets its id.
    pub identity: Identity,
    /// Who keeps its records.
    pub keeping: Keeping,
    /// Roles that may create and edit, unless a field names its own.
    pub writers: Roles,
    /// Whose key seals its sealed values; `None` when it has no sealed field.
    pub seal_owner: Option<SealOwner>,
    /// Parts of its form, in order; empty when the form has one part.
    pub sections: Vec<Section>,
    /// Fields in ascending order of `number`.
    pub fields: Vec<Field>,
    /// The newest published form version, which changes are stamped with: that of the schema. A list belongs to no
    /// kind, so a new code can only be told from a wrong one when it raises the version of every form.
    pub form_version: u16,
    /// Why it is as it is, and where it comes from.
    pub note: String,
}

/// A part of a form that is asked under a condition: the section of a visit's target group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Name, and first word of its fields' names.
    pub name: String,
    /// Heading.
    pub label: Label,
    /// When it is asked; already part of the condition of each of its fields.
    pub when: Condition,
}

/// The three levels at which records live and versions are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AreaLevel {
    /// Desa or kelurahan, ten digits.
    Village,
    /// Kecamatan, six digits.
    Subdistrict,
    /// Kabupaten or kota, four digits.
    District,
}

impl AreaLevel {
    /// The word of the files.
    pub fn word(self) -> &'static str {
        match self {
            AreaLevel::Village => "village",
            AreaLevel::Subdistrict => "subdistrict",
            AreaLevel::District => "district",
        }
    }
}

/// How a record of a kind gets its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// The dot (actor, sequence) of the change that created it, laid out as a UUIDv8. Doubles are found, not forced.
    Dot,
    /// Name-based UUID of the area and these fields, in this order. Each is required, immutable and never null, so
    /// two phones that write the same thing meet in one record.
    Natural(Vec<u16>),
}

/// Who keeps the records of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keeping {
    /// Written as changes on devices, merged, synced.
    Synced,
    /// Computed from other records by everyone who needs it; never written.
    Derived,
    /// Kept by the server alone (access log); never leaves it as a record.
    Server,
}

/// Whose key seals the sealed values of a record: destroying that key erases them everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SealOwner {
    /// The record's own key (household, member, worker).
    Itself,
    /// The key of the record named by this immutable reference field (the subject of a visit).
    Field(u16),
}

impl Kind {
    /// The field with this wire number.
    pub fn field(&self, number: u16) -> Option<&Field> {
        // Numbers are dense from 1 in nearly every kind, so the first guess is nearly always right.
        match self.fields.get(usize::from(number).wrapping_sub(1)) {
            Some(field) if field.number == number => Some(field),
            _ => self.fields.binary_search_by_key(&number, |f| f.number).ok().map(|i| &self.fields[i]),
        }
    }

    /// The field of this name.
    pub fn field_named(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}
