//! What is answered in lists: hits, doubles, small records, colleagues.
//!
//! The rule this module protects: *a hit says enough to tell two people of one name apart.*

use super::{Age, Day, Group};
use schema::AreaCode;
use serde::Serialize;
use sync_core::RecordId;

/// Somebody or some family that was searched for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// `person` or `family`.
    pub is: &'static str,
    /// The member or household.
    pub id: RecordId,
    /// The household.
    pub household: RecordId,
    /// The person's name, or that of the head of the family.
    pub name: String,
    /// Name of the head.
    pub head: String,
    /// Neighbourhood unit.
    pub rt: String,
    /// Age of the person.
    pub age: Option<Age>,
    /// Groups of the person, or of the family.
    pub groups: Vec<Group>,
    /// 0 to 100.
    pub score: u8,
}

/// Somebody who may be the same as whom one is about to register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Double {
    /// Who.
    #[serde(flatten)]
    pub hit: Hit,
    /// Names of [`crate::WHY`].
    pub why: Vec<&'static str>,
}

/// A record of a small list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The record.
    pub id: RecordId,
    /// Name of its kind.
    pub kind: &'static str,
    /// Where it lives.
    pub area: AreaCode,
    /// What it is called.
    pub title: String,
    /// What more there is to say.
    pub subtitle: String,
    /// Its day, where it has one.
    pub day: Option<Day>,
    /// Not sent yet.
    pub unsent: bool,
    /// Somebody must look.
    pub contested: bool,
    /// Of a person.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// Of a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<&'static str>,
}

/// A colleague to call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contact {
    /// Name.
    pub name: String,
    /// Name of the code of `worker_role`.
    pub role: &'static str,
    /// Mobile number.
    pub phone: String,
}

/// Somebody who may join this phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Colleague {
    /// The worker.
    pub author: RecordId,
    /// Name.
    pub name: String,
}

/// Which families to list. What is `None` does not choose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FamilyFilter {
    /// Of this neighbourhood unit; zeros before the number do not matter.
    pub rt: Option<String>,
    /// With somebody of this group.
    pub group: Option<Group>,
    /// At risk, or screened and not at risk.
    pub at_risk: Option<bool>,
}

/// Whom or what a form is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct About {
    /// A name.
    pub title: String,
    /// What tells her from others.
    pub subtitle: String,
}

/// A record by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// The record.
    pub record: RecordId,
    /// Name of its kind.
    pub kind: &'static str,
    /// What it is called.
    pub title: String,
    /// When it was written.
    pub day: Day,
}
