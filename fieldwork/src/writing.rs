//! A plan's named fields as the edits of a change.
//!
//! The rule this module protects: *what cannot be written exactly is an error that names the field*, so that invented
//! villages and schema cannot drift apart unseen.

use crate::Registry;
use fixtures::{Local, Plain, Record};
use schema::{AreaLevel, ElementType, Field, Kind, ListName, Part, Schema, SealOwner, Shape, ValueType};
use sync_core::natural_key::natural_id;
use sync_core::record::birth;
use sync_core::{AreaCode, Change, Context, Dot, Edit, Element, Origin, RecordId, SealKey, Value};

/// Why a plan cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unwritten {
    /// The schema has no kind of this name.
    #[error("no kind is called `{0}`")]
    Kind(&'static str),
    /// The kind has no field of this name.
    #[error("{kind} has no field `{field}`")]
    Field {
        /// Name of the kind.
        kind: &'static str,
        /// Name of the field.
        field: &'static str,
    },
    /// The field does not hold such a value.
    #[error("{kind}.{field} does not take {value:?}")]
    Value {
        /// Name of the kind.
        kind: &'static str,
        /// Name of the field.
        field: &'static str,
        /// What was planned.
        value: Plain,
    },
    /// A record that was not written before.
    #[error("{0:?} is not written yet")]
    Record(Local),
    /// The natural key is not complete.
    #[error("{0:?} lacks a field of its key")]
    Key(Local),
    /// Nobody knows whose key seals it.
    #[error("{0:?} has a sealed field and no owner")]
    Owner(Local),
}

/// Writes plans by a schema.
#[derive(Clone, Copy)]
pub struct Writer<'a> {
    /// By which.
    pub schema: &'a Schema,
    /// The key of a person, household or worker.
    pub key_of: &'a dyn Fn(RecordId) -> SealKey,
}

impl Writer<'_> {
    /// The change that makes a planned record, and its place in the registry. `village` is where the plan belongs;
    /// the record lives there or, as its kind wants, in a larger area, and the origin's area gives way to that.
    ///
    /// # Errors
    /// [`Unwritten`]; the registry is unchanged then.
    pub fn create(
        &self,
        registry: &mut Registry,
        village: AreaCode,
        origin: Origin,
        plan: &dyn Record,
    ) -> Result<Change, Unwritten> {
        let local = plan.local();
        let kind = self.kind(local)?;
        let area = place_of(kind, village, plan);
        let mut edits = self.edits(registry, village, origin.dot, plan)?;
        edits.insert(0, birth());
        let value_of = |field: u16| {
            let whole = |edit: &&Edit| edit.field == field && edit.element == Element::Whole;
            edits.iter().find(whole).map(|edit| &edit.value)
        };
        let record = match kind.identity {
            schema::Identity::Dot => RecordId::of_dot(origin.dot),
            schema::Identity::Natural(_) => natural_id(kind, area, value_of).ok_or(Unwritten::Key(local))?,
        };
        let mut change =
            Change { origin: Origin { area, ..origin }, record, kind: kind.number, edits: Vec::new() };
        self.seal(kind, local, &change, &mut edits)?;
        change.edits = edits;
        registry.put(village, local, record);
        Ok(change)
    }

    /// A plan's fields as edits of somebody who had seen nothing, ascending, not yet sealed.
    ///
    /// # Errors
    /// [`Unwritten`].
    pub fn edits(
        &self,
        registry: &Registry,
        village: AreaCode,
        dot: Dot,
        plan: &dyn Record,
    ) -> Result<Vec<Edit>, Unwritten> {
        let local = plan.local();
        let kind = self.kind(local)?;
        let look = Look { schema: self.schema, registry, village };
        let mut edits = Vec::new();
        for (name, plain) in plan.fields() {
            let field = kind.field_named(name).ok_or(Unwritten::Field { kind: local.kind, field: name })?;
            let pairs = look.registers(field, dot, &plain)?.ok_or(Unwritten::Value {
                kind: local.kind,
                field: name,
                value: plain,
            })?;
            edits.extend(pairs.into_iter().map(|(element, value)| Edit {
                field: field.number,
                element,
                context: Context::default(),
                value,
            }));
        }
        edits.sort_by_key(|edit| (edit.field, edit.element));
        Ok(edits)
    }

    /// Seals what the schema wants sealed under the key of the record's owner.
    fn seal(&self, kind: &Kind, local: Local, change: &Change, edits: &mut [Edit]) -> Result<(), Unwritten> {
        let sealed = |edit: &Edit| kind.field(edit.field).is_some_and(|field| field.sealed);
        if !edits.iter().any(sealed) {
            return Ok(());
        }
        let named = |number: u16| match edits.iter().find(|edit| edit.field == number)?.value {
            Value::Ref(id) => Some(RecordId(id)),
            _ => None,
        };
        let owner = match kind.seal_owner {
            Some(SealOwner::Itself) => Some(change.record),
            Some(SealOwner::Field(number)) => named(number),
            None => None,
        };
        let key = (self.key_of)(owner.ok_or(Unwritten::Owner(local))?);
        for edit in edits.iter_mut().filter(|edit| sealed(edit)) {
            edit.value = key.seal(change.origin.dot, (edit.field, edit.element), &edit.value);
        }
        Ok(())
    }

    fn kind(&self, local: Local) -> Result<&Kind, Unwritten> {
        self.schema.kind_named(local.kind).ok_or(Unwritten::Kind(local.kind))
    }
}

/// The area in which a planned record of `village` lives: as large as its kind wants. Recipes are the district's; a
/// PLKB, who works in several villages, is the subdistrict's.
pub fn place_of(kind: &Kind, village: AreaCode, plan: &dyn Record) -> AreaCode {
    let subdistrict = || AreaCode(schema::region::subdistrict_of(village.0).unwrap_or(village.0));
    match kind.area {
        _ if plan.local().kind == "menu_recipe" => village.district(),
        _ if plan.fields().contains(&("role", Plain::Code("plkb"))) => subdistrict(),
        AreaLevel::Village => village,
        AreaLevel::Subdistrict => subdistrict(),
        AreaLevel::District => village.district(),
    }
}

/// What plain values are read with.
struct Look<'a> {
    schema: &'a Schema,
    registry: &'a Registry,
    village: AreaCode,
}

impl Look<'_> {
    /// The registers that a field's plain value fills; `None` when it does not fit the field.
    fn registers(
        &self,
        field: &Field,
        dot: Dot,
        plain: &Plain,
    ) -> Result<Option<Vec<(Element, Value)>>, Unwritten> {
        let pairs: Vec<(Option<Element>, Option<Value>)> = match (&field.shape, plain) {
            (Shape::One, plain) => vec![(Some(Element::Whole), self.value(&field.value, plain)?)],
            (Shape::Set(key), Plain::Set(members)) => {
                let inside = Some(Value::Bool(true));
                let member = |plain| Ok((self.element(key, plain)?, inside.clone()));
                members.iter().map(member).collect::<Result<_, _>>()?
            }
            (Shape::Map(key), Plain::Map(entries)) => {
                let entry = |(at, plain): &(Plain, Plain)| {
                    Ok((self.element(key, at)?, self.value(&field.value, plain)?))
                };
                entries.iter().map(entry).collect::<Result<_, _>>()?
            }
            (Shape::List, Plain::List(lines)) => {
                let line = |(nth, plain)| {
                    let element = Element::Line { actor: dot.actor.0, seq: dot.seq, nth };
                    Ok((Some(element), self.value(&field.value, plain)?))
                };
                (0u16..).zip(lines).map(line).collect::<Result<_, _>>()?
            }
            _ => return Ok(None),
        };
        Ok(pairs.into_iter().map(|(element, value)| element.zip(value)).collect())
    }

    fn value(&self, wanted: &ValueType, plain: &Plain) -> Result<Option<Value>, Unwritten> {
        Ok(Some(match (wanted, plain) {
            (ValueType::Bool, Plain::Bool(yes)) => Value::Bool(*yes),
            (ValueType::Int, Plain::Int(number)) => Value::Int(*number),
            (ValueType::Decimal { .. }, Plain::Decimal(units)) => Value::Decimal(*units),
            (ValueType::Text, Plain::Text(text)) => Value::Text(text.as_str().into()),
            (ValueType::Date, Plain::Date(day)) => Value::Date(*day),
            (ValueType::Month, Plain::Month(month)) => Value::Month(*month),
            (ValueType::Code(list), Plain::Code(name)) => return Ok(self.code(list, name).map(Value::Code)),
            (ValueType::Ref(_), Plain::Ref(local)) => Value::Ref(self.record(*local)?.0),
            (ValueType::Area(_), Plain::Area(code)) => Value::Area(AreaCode(*code)),
            (ValueType::Group(parts), Plain::Group(fields)) => return self.group(parts, fields),
            _ => return Ok(None),
        }))
    }

    fn group(&self, parts: &[Part], fields: &[fixtures::Field]) -> Result<Option<Value>, Unwritten> {
        if !fields.iter().all(|(name, _)| parts.iter().any(|part| part.name == *name)) {
            return Ok(None);
        }
        let part = |part: &Part| match fields.iter().find(|(name, _)| *name == part.name) {
            Some((_, plain)) => self.value(&part.value, plain),
            None => Ok((!part.required).then_some(Value::Null)),
        };
        let values = parts.iter().map(part).collect::<Result<Option<_>, _>>()?;
        Ok(values.map(Value::Group))
    }

    fn element(&self, key: &ElementType, plain: &Plain) -> Result<Option<Element>, Unwritten> {
        Ok(match (key, plain) {
            (ElementType::Code(list), Plain::Code(name)) => self.code(list, name).map(Element::Code),
            (ElementType::Ref(_), Plain::Ref(local)) => Some(Element::Ref(self.record(*local)?.0)),
            (ElementType::Area(_), Plain::Area(code)) => Some(Element::Area(AreaCode(*code))),
            (ElementType::Int, Plain::Int(number)) => Some(Element::Int(*number)),
            _ => None,
        })
    }

    fn code(&self, list: &ListName, name: &str) -> Option<u16> {
        self.schema.list(list)?.code_named(name).map(|code| code.number)
    }

    fn record(&self, local: Local) -> Result<RecordId, Unwritten> {
        self.registry.get(self.village, local).ok_or(Unwritten::Record(local))
    }
}
