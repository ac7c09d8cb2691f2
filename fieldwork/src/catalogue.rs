//! The chains of offline writes that the field knows: what happened, and what must be seen afterwards.
//!
//! The rule this module protects: *one table for everyone who merges*: the core plays it in memory, the server over
//! HTTP, and both must end in the same record.

mod table;

pub use table::CHAINS;

use crate::text::{element_of, value_of};
use schema::{Kind, Schema};
use std::collections::{BTreeMap, BTreeSet};
use sync_core::{Change, Context, Dot, Edit, Element, Life, Origin, RecordId, TOMBSTONE, Tombstone, Value};

/// What happened, and what must be seen afterwards.
pub struct Chain {
    /// What the field calls it.
    pub story: &'static str,
    /// Name of the record's kind.
    pub kind: &'static str,
    /// Who wrote what, having seen what.
    pub writes: &'static [&'static str],
    /// `field=value` for each that is shown, in the order of the schema.
    pub shown: &'static str,
    /// Is the record there?
    pub life: Life,
    /// Fields that wait for a person; `tombstone` for a deletion by somebody who had not seen all.
    pub cases: &'static [&'static str],
}

/// A write's name in the table: the phone's letter, `A` first, and its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// The phone.
    pub phone: u8,
    /// Which of its writes.
    pub nth: u64,
}

/// A write of the table.
struct Told {
    name: Name,
    past: BTreeSet<Name>,
    edits: Vec<(String, String)>,
}

impl Chain {
    /// Number and fields of its kind.
    pub fn kind(&self) -> &'static Kind {
        Schema::builtin().kind_named(self.kind).expect("a kind")
    }

    /// The names of its writes, as told; the first makes the record.
    pub fn names(&self) -> Vec<Name> {
        self.writes.iter().map(|write| name_of(head_of(write).0)).collect()
    }

    /// Its writes as changes, as told, when the one of this name has this origin. The numbers that a phone gives must
    /// ascend as in the table.
    pub fn changes(&self, origin_of: impl Fn(Name) -> Origin) -> Vec<Change> {
        let kind = self.kind();
        let all = self.told();
        let dot_of = |name: &Name| origin_of(*name).dot;
        let record = RecordId::of_dot(dot_of(&all[0].name));
        let mut wrote: BTreeMap<&str, BTreeSet<Name>> = BTreeMap::new();
        for told in &all {
            for (field, _) in &told.edits {
                wrote.entry(field).or_default().insert(told.name);
            }
        }
        let change_of = |told: &Told| {
            let origin = origin_of(told.name);
            let edit = |(name, text): &(String, String)| {
                let seen: Vec<Dot> = told.past.intersection(&wrote[name.as_str()]).map(dot_of).collect();
                let context = Context::new(seen).without(origin.dot.actor);
                if name == "tombstone" {
                    let stone =
                        Tombstone { seen: Context::new(told.past.iter().map(dot_of)), children: Vec::new() };
                    let value = if text == "deleted" { stone.to_value() } else { Value::Bool(false) };
                    return Edit { field: TOMBSTONE, element: Element::Whole, context, value };
                }
                let (field, element) = element_of(kind, name);
                Edit { field: field.number, element, context, value: value_of(&field.value, text) }
            };
            let mut edits: Vec<Edit> = told.edits.iter().map(edit).collect();
            edits.sort_by_key(|edit| (edit.field, edit.element));
            Change { origin, record, kind: kind.number, edits }
        };
        all.iter().map(change_of).collect()
    }

    /// What is shown in the end, by place.
    pub fn shown(&self) -> Vec<((u16, Element), Value)> {
        let shown = |text: &str| {
            let (name, text) = text.split_once('=').expect("field=value");
            let (field, element) = element_of(self.kind(), name);
            ((field.number, element), value_of(&field.value, text))
        };
        self.shown.split("; ").map(shown).collect()
    }

    fn told(&self) -> Vec<Told> {
        let mut all: Vec<Told> = Vec::new();
        for write in self.writes {
            let (head, edits) = write.split_once(':').expect("who: what");
            let (name, after) = head_of(head);
            let after: Vec<Name> = after.split(',').filter(|text| !text.is_empty()).map(name_of).collect();
            let of = |seen: &Name| all.iter().find(|told| told.name == *seen).expect("told before");
            let past = after.iter().flat_map(|seen| of(seen).past.iter().copied().chain([*seen])).collect();
            let edit = |text: &str| {
                let (field, value) = text.trim().split_once('=').unwrap_or(("tombstone", text.trim()));
                (field.to_owned(), value.to_owned())
            };
            all.push(Told { name: name_of(name), past, edits: edits.split(';').map(edit).collect() });
        }
        all
    }
}

/// Name and past of `B2 after A1, C1: ..`.
fn head_of(write: &str) -> (&str, &str) {
    let head = write.split_once(':').map_or(write, |(head, _)| head);
    head.split_once(" after ").unwrap_or((head, ""))
}

fn name_of(text: &str) -> Name {
    let text = text.trim();
    Name { phone: text.as_bytes()[0], nth: text[1..].parse().expect("a number") }
}
