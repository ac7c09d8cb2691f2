//! The shape of the schema: kinds, fields, types, ranges, policies, roles.
//!
//! Numbers (`number`) are what travels on the wire. They are never reused and never change meaning: a field whose
//! type, unit, scale, element or key role would change is a new field with a new number.

mod field;
mod kind;
mod label;
mod list;
mod policy;
mod role;
mod types;

pub use field::*;
pub use kind::*;
pub use label::*;
pub use list::*;
pub use policy::*;
pub use role::*;
pub use types::*;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All record kinds and enumerations, of one version.
///
/// Views are computed with the newest schema the resolver holds, and carry `version`, so that only views of one
/// version are compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schema {
    /// Rises with every published change of any file under `schema/records/`.
    pub version: u32,
    /// Record kinds in ascending order of `number`.
    pub kinds: Vec<Kind>,
    /// Closed lists in ascending order of name.
    pub enumerations: Vec<Enumeration>,
    /// What a field may be flagged for, by name.
    pub flags: BTreeMap<String, Flag>,
}

impl Schema {
    /// The kind with this wire number.
    pub fn kind(&self, number: u16) -> Option<&Kind> {
        self.kinds.binary_search_by_key(&number, |kind| kind.number).ok().map(|i| &self.kinds[i])
    }

    /// The kind of this name.
    pub fn kind_named(&self, name: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.name == name)
    }

    /// The closed list of this name.
    pub fn enumeration(&self, name: &str) -> Option<&Enumeration> {
        list::named(name, &self.enumerations).map(|at| &self.enumerations[at])
    }

    /// The closed list that a type names: as [`Schema::enumeration`], without searching.
    pub fn list(&self, list: &ListName) -> Option<&Enumeration> {
        list.found_in(&self.enumerations)
    }
}
