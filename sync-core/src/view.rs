//! What a record shows, and what a person must look at.
//!
//! The rule this module protects: *a view is a function of the record and of the schema at hand*; it is never stored as
//! truth and never travels. Only views made with one version of the schema are compared.

use crate::policy::{Ground, Sibling, Verdict, resolve};
use crate::record::{Life, Place, Record};
use crate::register::{Register, Write};
use crate::{Dot, RecordId, Stamp};
use schema::{Element, Field, Kind, Schema, SealOwner, Shape, Value};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use uuid::Uuid;

/// Who can open sealed values.
pub trait Opener {
    /// The value under the key of `owner`; `None` when there is no key, or it does not fit.
    fn open(&self, owner: RecordId, dot: Dot, place: Place, value: &Value) -> Option<Value>;
}

/// Opens nothing: sealed values stay sealed.
pub struct Closed;

impl Opener for Closed {
    fn open(&self, _: RecordId, _: Dot, _: Place, _: &Value) -> Option<Value> {
        None
    }
}

/// A register as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown<'a> {
    /// Field and element.
    pub place: Place,
    /// The field; `None` when this schema does not know it yet.
    pub field: Option<&'a Field>,
    /// The value; opened if it could be.
    pub value: Cow<'a, Value>,
    /// The change that wrote it.
    pub dot: Dot,
    /// People saw different things, and somebody must decide.
    pub review: bool,
}

/// Why a person must look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Cause {
    /// Two people saw different things at once.
    Field = 1,
    /// Deleted by somebody who had not seen all of it.
    DeletedUnseen = 2,
}

/// Something in a record that a person must look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Function of record, register, cause and dots: everyone who holds the same siblings sees the same case.
    pub id: Uuid,
    /// Why.
    pub cause: Cause,
    /// Where.
    pub place: Place,
    /// The changes that disagree, ascending.
    pub dots: Vec<Dot>,
}

/// Namespace of case ids; part of the protocol, never changes.
const CASES: Uuid = Uuid::from_u128(0x6c75_6d62_756e_5063_8a73_6573_0000_0001);

impl Record {
    /// Every register as it is shown, ascending by place. Elements that are not in their set are left out.
    pub fn view<'a>(&'a self, schema: &'a Schema, opener: &dyn Opener) -> Vec<Shown<'a>> {
        let kind = schema.kind(self.kind);
        let mut view = Vec::with_capacity(self.registers().len());
        for (place, register) in self.registers() {
            let field = kind.and_then(|kind| kind.field(place.0));
            let (value, dot, review) = self.resolve(schema, kind, field, *place, register, opener);
            let left_out = field.is_some_and(|field| matches!(field.shape, Shape::Set(_)))
                && *value != Value::Bool(true)
                && !review;
            if !left_out {
                view.push(Shown { place: *place, field, value, dot, review });
            }
        }
        drop_contradicted(schema, &mut view);
        view
    }

    /// One register as it is shown, `None` when nobody wrote it.
    pub fn shown<'a>(&'a self, schema: &'a Schema, place: Place, opener: &dyn Opener) -> Option<Shown<'a>> {
        let kind = schema.kind(self.kind);
        let field = kind.and_then(|kind| kind.field(place.0));
        let register = self.register(place.0, place.1)?;
        let (value, dot, review) = self.resolve(schema, kind, field, place, register, opener);
        Some(Shown { place, field, value, dot, review })
    }

    /// What a person must look at, ascending by place.
    pub fn cases(&self, schema: &Schema, opener: &dyn Opener) -> Vec<Case> {
        let mut cases = Vec::new();
        if self.life() == Life::Contested {
            cases.push(self.case(Cause::DeletedUnseen, (crate::TOMBSTONE, Element::Whole)));
        }
        let kind = schema.kind(self.kind);
        for (place, register) in self.registers() {
            let Register::Several(_) = register else { continue };
            let field = kind.and_then(|kind| kind.field(place.0));
            if self.resolve(schema, kind, field, *place, register, opener).2 {
                cases.push(self.case(Cause::Field, *place));
            }
        }
        cases
    }

    fn case(&self, cause: Cause, place: Place) -> Case {
        let siblings = self.register(place.0, place.1).map(Register::siblings).unwrap_or_default();
        let dots: Vec<Dot> = siblings.iter().map(|write| write.dot).collect();
        let mut name = self.id.0.as_bytes().to_vec();
        name.push(cause as u8);
        name.extend_from_slice(&place.0.to_be_bytes());
        crate::codec::put_element(&mut name, &place.1);
        for dot in &dots {
            name.extend_from_slice(&dot.actor.0.to_be_bytes());
            name.extend_from_slice(&dot.seq.to_be_bytes());
        }
        Case { id: Uuid::new_v5(&CASES, &name), cause, place, dots }
    }

    /// The value shown at a place, its dot, and whether a person must look.
    fn resolve<'a>(
        &'a self,
        schema: &'a Schema,
        kind: Option<&Kind>,
        field: Option<&'a Field>,
        place: Place,
        register: &'a Register,
        opener: &dyn Opener,
    ) -> (Cow<'a, Value>, Dot, bool) {
        let open = |write: &'a Write| self.open(kind, field, place, write, opener);
        let writes = match register {
            Register::One(write) => return (open(write), write.dot, false),
            Register::Several(writes) => writes,
        };
        let values: Vec<Cow<Value>> = writes.iter().map(open).collect();
        let sibling = |(write, value)| self.sibling(write, value);
        let siblings: Vec<Sibling> = writes.iter().zip(values.iter().map(Cow::as_ref)).map(sibling).collect();
        let Verdict { shown, review } = match field {
            Some(field) => {
                resolve(&Ground { policy: &field.policy, value: &field.value, schema }, &siblings, None)
            }
            // The tombstone, and fields of a newer schema: the newest is shown, and whoever knows better decides.
            None => {
                let ground = Ground { policy: &schema::Policy::Lww, value: &schema::ValueType::Bool, schema };
                resolve(&ground, &siblings, None)
            }
        };
        let value = values.into_iter().nth(shown).unwrap_or(Cow::Owned(Value::Null));
        (value, writes[shown].dot, review)
    }

    fn sibling<'a>(&self, write: &'a Write, value: &'a Value) -> Sibling<'a> {
        let origin = self.origin(write.dot);
        Sibling {
            value,
            dot: write.dot,
            stamp: origin.map_or(Stamp::default(), |origin| origin.stamp),
            distrusted: origin.is_none_or(|origin| origin.distrusted),
        }
    }

    fn open<'a>(
        &self,
        kind: Option<&Kind>,
        field: Option<&Field>,
        place: Place,
        write: &'a Write,
        opener: &dyn Opener,
    ) -> Cow<'a, Value> {
        let sealed = field.is_some_and(|field| field.sealed) && matches!(write.value, Value::Sealed(_));
        let owner = kind.filter(|_| sealed).and_then(|kind| self.seal_owner(kind));
        match owner.and_then(|owner| opener.open(owner, write.dot, place, &write.value)) {
            Some(opened) => Cow::Owned(opened),
            None => Cow::Borrowed(&write.value),
        }
    }

    /// Whose key seals the record's sealed values.
    pub fn seal_owner(&self, kind: &Kind) -> Option<RecordId> {
        match kind.seal_owner? {
            SealOwner::Itself => Some(self.id),
            SealOwner::Field(field) => {
                let writes = self.register(field, Element::Whole)?.siblings();
                let id =
                    |write: &Write| if let Value::Ref(id) = write.value { Some(RecordId(id)) } else { None };
                writes.iter().min_by_key(|write| write.dot).and_then(id)
            }
        }
    }
}

/// In a set, a code such as `none` holds only when nothing else does.
fn drop_contradicted(schema: &Schema, view: &mut Vec<Shown>) {
    let exclusive = |shown: &Shown| {
        let Some(Shape::Set(schema::ElementType::Code(list))) = shown.field.map(|field| &field.shape) else {
            return None;
        };
        let Element::Code(code) = shown.place.1 else { return None };
        Some(schema.list(list)?.code(code)?.exclusive)
    };
    let others: Vec<u16> =
        view.iter().filter(|shown| exclusive(shown) == Some(false)).map(|shown| shown.place.0).collect();
    view.retain(|shown| exclusive(shown) != Some(true) || !others.contains(&shown.place.0));
}
