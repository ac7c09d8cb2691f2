//! What an open form shows.
//!
//! The rule this module protects: *the form asks, warns and refuses by the schema alone*, as every server and phone will:
//! a page draws what it is told. What others know of the person (her age, what is computed) is handed in.

mod said;

pub use said::{FieldLook, NewerValue, OtherValue, RaisedFlag, Reason};

use crate::{Device, Error, Form};
use schema::calendar;
use schema::flag::Context;
use schema::json::{FieldJson, element_text, field_json};
use schema::{
    Element, Field, Kind, Policy, Refusal, Register, Registers, Role, Schema, Sight, Value, ValueType,
};
use std::collections::{BTreeMap, BTreeSet};
use sync_core::{AreaCode, Opener, Place, RecordId};

/// What an open form shows, register by register: what the record shows, under what was typed.
#[derive(Debug, Clone)]
pub struct Look {
    kind: &'static Kind,
    schema: &'static Schema,
    area: AreaCode,
    values: BTreeMap<Place, Value>,
    authors: BTreeMap<Place, RecordId>,
    typed: BTreeMap<Place, Value>,
    derived: BTreeSet<u16>,
    others: Vec<Other>,
}

/// One of several values that people saw in one place.
#[derive(Debug, Clone)]
struct Other {
    place: Place,
    value: Value,
    author: Option<RecordId>,
    device_time_s: i64,
}

impl Device {
    /// What an open form shows now.
    ///
    /// # Errors
    /// [`Error::UnknownKind`], [`Error::Store`].
    pub fn look(&mut self, form: &Form) -> Result<Look, Error> {
        let kind = crate::save::kind_of(self.schema, form.kind())?;
        let mut look = Look {
            kind,
            schema: self.schema,
            area: form.area(),
            values: BTreeMap::new(),
            authors: BTreeMap::new(),
            typed: form.typed().clone(),
            derived: BTreeSet::new(),
            others: Vec::new(),
        };
        if let Some(id) = form.record()
            && let Some(record) = self.store.record(id)?
        {
            let ring = self.ring_for([&record])?;
            for shown in record.view(self.schema, &ring) {
                if shown.review {
                    look.others.extend(others(&record, kind, shown.place, &ring));
                }
                look.authors.extend(record.origin(shown.dot).map(|origin| (shown.place, origin.author)));
                look.values.insert(shown.place, shown.value.into_owned());
            }
        }
        look.values.extend(form.typed().iter().map(|(place, value)| (*place, value.clone())));
        Ok(look)
    }
}

fn others(record: &sync_core::Record, kind: &Kind, place: Place, ring: &dyn Opener) -> Vec<Other> {
    let owner = record.seal_owner(kind);
    let writes = record.register(place.0, place.1).map(sync_core::Register::siblings).unwrap_or_default();
    let other = |write: &sync_core::Write| {
        let opened = owner.and_then(|owner| ring.open(owner, write.dot, place, &write.value));
        let origin = record.origin(write.dot);
        Other {
            place,
            value: opened.unwrap_or_else(|| write.value.clone()),
            author: origin.map(|origin| origin.author),
            device_time_s: origin.map_or(0, |origin| origin.device_time_s),
        }
    };
    writes.iter().map(other).collect()
}

impl Look {
    /// The kind of the record.
    pub fn kind(&self) -> &'static Kind {
        self.kind
    }

    /// What it shows.
    pub fn registers(&self) -> Vec<Register<'_>> {
        let register = |(place, value)| {
            let (field, element): &Place = place;
            Register { field: *field, element: *element, value }
        };
        self.values.iter().map(register).collect()
    }

    /// Puts computed values in.
    pub fn derive(&mut self, derived: Vec<(Place, Value)>) {
        for (place, value) in derived {
            self.derived.insert(place.0);
            self.values.insert(place, value);
        }
    }

    /// Every field of the form.
    pub fn fields(
        &self,
        context: &Context,
        role: Role,
        name_of: &dyn Fn(RecordId) -> Option<String>,
    ) -> Vec<FieldLook> {
        let registers = self.registers();
        let registers = Registers::new(&registers);
        let sight = Sight::new(self.kind, registers, self.schema);
        let raised = schema::flags(self.kind, registers, context, self.schema);
        let look = |field: &Field| {
            let flags = raised.iter().filter(|raised| raised.field.number == field.number);
            FieldLook {
                name: field.name.clone(),
                asked: self.is_typed_by(field, role) && sight.asks(field),
                demanded: self.is_typed_by(field, role) && sight.demands(field),
                value: self.json(field, registers),
                source: self.source(field),
                flags: flags.map(|raised| flag(raised, self.schema)).collect(),
                refused: self.refused(field, role),
                others: self.others_of(field, name_of),
            }
        };
        self.kind.fields.iter().map(look).collect()
    }

    /// Is it for this person to type?
    fn is_typed_by(&self, field: &Field, role: Role) -> bool {
        let writers = field.writers.unwrap_or(self.kind.writers);
        let is_computed = field.policy == Policy::Derived
            || field.policy == Policy::Server && field.writers.is_none()
            || field.value == ValueType::Blob;
        !is_computed && writers.contains(role)
    }

    fn json(&self, field: &Field, registers: Registers) -> serde_json::Value {
        let json = FieldJson { field, registers, schema: self.schema };
        if registers.present(field).next().is_none() {
            return serde_json::Value::Null;
        }
        serde_json::to_value(json).unwrap_or_default()
    }

    fn source(&self, field: &Field) -> &'static str {
        let within = |places: &BTreeMap<Place, Value>| {
            places.range((field.number, Element::Whole)..).next().is_some_and(|(at, _)| at.0 == field.number)
        };
        match () {
            () if within(&self.typed) => "typed",
            () if self.derived.contains(&field.number) => "derived",
            () if within(&self.values) => "recorded",
            () => "none",
        }
    }

    /// Why the server would hold what was typed.
    fn refused(&self, field: &Field, role: Role) -> Option<Reason> {
        let typed = self.typed.range((field.number, Element::Whole)..);
        let typed = typed.take_while(|(place, _)| place.0 == field.number);
        // Nobody judges a sealed value: what is odd about it is a flag.
        let mut judged = typed.filter(|_| !field.sealed);
        let refusal: Refusal = judged.find_map(|((number, element), value)| {
            schema::judge(self.kind, *number, element, value, role, self.kind.form_version, self.schema).err()
        })?;
        Some(Reason::of(refusal))
    }

    /// What stands in these places, for somebody whose form is older.
    pub fn at(&self, places: &[Place], name_of: &dyn Fn(RecordId) -> Option<String>) -> Vec<NewerValue> {
        let newer = |place: &Place| {
            let field = self.kind.field(place.0)?;
            let value = self.values.get(place).unwrap_or(&Value::Null);
            let element = Some(place.1).filter(|element| *element != Element::Whole);
            Some(NewerValue {
                field: field.name.clone(),
                element: element.map(|element| element_text(&element, Some(&field.shape), self.schema)),
                value: field_json(value, Some(field), self.schema),
                author: self.authors.get(place).copied().and_then(name_of),
            })
        };
        places.iter().filter_map(newer).collect()
    }

    /// The day where the record lives.
    fn day_of(&self, at_s: i64) -> Option<String> {
        let day = calendar::day_at(at_s, self.area.time_zone().offset_minutes());
        calendar::day_text(i32::try_from(day).ok()?)
    }

    fn others_of(&self, field: &Field, name_of: &dyn Fn(RecordId) -> Option<String>) -> Vec<OtherValue> {
        let here = self.others.iter().filter(|other| other.place.0 == field.number);
        here.map(|other| OtherValue {
            value: field_json(&other.value, Some(field), self.schema),
            author: other.author.and_then(name_of),
            day: self.day_of(other.device_time_s),
        })
        .collect()
    }
}

fn flag(raised: &schema::flag::Raised, schema: &Schema) -> RaisedFlag {
    let part = match (&raised.field.value, raised.part) {
        (ValueType::Group(parts), Some(nth)) => parts.get(nth).map(|part| part.name.clone()),
        _ => None,
    };
    let element = match raised.element {
        Element::Whole => None,
        element => Some(element_text(&element, Some(&raised.field.shape), schema)),
    };
    RaisedFlag { flag: raised.flag.into(), element, part }
}
