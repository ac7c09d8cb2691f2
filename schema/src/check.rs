//! Is a schema consistent?
//!
//! The rule this module protects: *an inconsistent schema never ships.* Everything a reader of the schema takes for
//! granted (numbers are unique, names exist, policies fit types, keys cannot change, who somebody is travels sealed)
//! is looked at here once, and each fault names file, kind and field. What cannot even be read is refused earlier, by
//! [`Schema::load`].

mod condition;
mod field;
mod group;
mod kind;
mod lists;
mod names;
mod policy;
mod privacy;
mod rules;

pub use rules::rule_faults;

use crate::fault::Fault;
use crate::load::Files;
use crate::model::{Field, Kind, Schema};

/// Everything wrong with a schema, in the order of the files.
pub fn faults(schema: &Schema) -> Vec<Fault> {
    let mut found = Vec::new();
    if schema.version == 0 {
        found.push(Fault::file("records/VERSION", "counts from 1"));
    }
    lists::enumerations(schema, &mut found);
    lists::flags(schema, &mut found);
    kind::order(schema, &mut found);
    for kind in &schema.kinds {
        kind::faults(kind, schema, &mut found);
        names::fields(kind, &mut found);
        for field in &kind.fields {
            let mut place = Place { schema, kind, field, found: &mut found };
            field::faults(&mut place);
            group::faults(&mut place);
            condition::faults(&mut place);
            policy::faults(&mut place);
            privacy::faults(&mut place);
        }
    }
    found
}

/// Reads and checks.
///
/// # Errors
/// Everything wrong; what could not be read stands alone, since nothing behind it was looked at.
pub fn load(files: &Files) -> Result<Schema, Vec<Fault>> {
    let schema = Schema::load(files).map_err(|fault| vec![fault])?;
    let found = faults(&schema);
    if found.is_empty() { Ok(schema) } else { Err(found) }
}

/// The field that is being looked at.
struct Place<'a> {
    schema: &'a Schema,
    kind: &'a Kind,
    field: &'a Field,
    found: &'a mut Vec<Fault>,
}

impl Place<'_> {
    /// Notes a fault of the field.
    fn fault(&mut self, says: impl Into<String>) {
        let name = self.field.name.clone();
        self.fault_of(&name, says);
    }

    /// Notes a fault of a part, `group.part`.
    fn fault_of(&mut self, part: &str, says: impl Into<String>) {
        self.found.push(Fault::part(&file_of(self.kind), &self.kind.name, part, says));
    }

    /// Notes a fault unless `fine`.
    fn must(&mut self, fine: bool, says: &str) {
        if !fine {
            self.fault(says);
        }
    }
}

/// The file of a kind's fields.
fn file_of(kind: &Kind) -> String {
    format!("records/{}.csv", kind.name)
}
