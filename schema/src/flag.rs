//! What is worth a second look in a record: kept, shown to a person, never refused.
//!
//! The rule this module protects: *a flag is judged at the believed date, from what the record shows, and only when
//! everything it needs is known.* Phone and server raise the same flags; what lies in other records comes in through
//! the [`Context`], and a flag whose context is missing stays down.

mod dates;
mod growth;
mod identity;
mod named;
mod numbers;
mod pregnancy;

pub(crate) use named::named;

use crate::growth::{Assessment, Sex};
use crate::model::{ElementType, Field, Keeping, Kind, Range, Schema, Shape, ValueType};
use crate::registers::day;
use crate::sight::Sight;
use crate::{Element, Register, Registers, Value};
use std::cell::OnceCell;

/// A field that must be filled is not.
pub const MISSING: &str = "missing";
/// Outside the soft range, or outside the hard range where that could not be judged because the value is sealed.
pub const UNUSUAL_VALUE: &str = "unusual_value";
/// A set, map or list with more or fewer elements than usual.
pub const UNUSUAL_COUNT: &str = "unusual_count";

/// What a record alone does not tell. Days count from 1970-01-01 in the zone of the area.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context {
    /// The day on which the change was made, as far as can be believed.
    pub believed_day: i32,
    /// Day of birth of the person the record is about; left out when only the year is known.
    pub birth_day: Option<i32>,
    /// Sex of that person.
    pub sex: Option<Sex>,
    /// First day of the last period, of the pregnancy the record belongs to.
    pub lmp_day: Option<i32>,
    /// Day of delivery of that pregnancy.
    pub delivery_day: Option<i32>,
    /// Day of the first visit to the couple.
    pub first_visit_day: Option<i32>,
    /// Day of the meeting that a commitment comes from.
    pub meeting_day: Option<i32>,
    /// How far outside its village the record's location lies, in metres; 0 inside.
    pub village_distance_m: Option<i64>,
    /// Fundal height and fetal weight by week, ascending: those of the rules at hand.
    pub pregnancy_bands: &'static [crate::rules::PregnancyBand],
}

/// One raised flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Raised<'a> {
    /// The field.
    pub field: &'a Field,
    /// Which register of it; [`Element::Whole`] also when the field as a whole is meant.
    pub element: Element,
    /// Which part of a group, when it is about one part.
    pub part: Option<usize>,
    /// Name in [`Schema::flags`].
    pub flag: &'a str,
}

/// The flags of a record, in order of field. `registers` is what the record shows, sealed values opened where the key
/// is at hand, with derived fields where they are known.
pub fn flags<'a>(
    kind: &'a Kind,
    registers: Registers<'a>,
    context: &Context,
    schema: &'a Schema,
) -> Vec<Raised<'a>> {
    if kind.keeping != Keeping::Synced {
        return Vec::new();
    }
    let sight = Sight::new(kind, registers, schema);
    let record = Record { kind, registers, context: *context, schema, growth: OnceCell::new() };
    let mut raised = Vec::new();
    for field in &kind.fields {
        let count = registers.present(field).count();
        if count == 0 {
            if sight.demands(field) {
                raised.push(Raised { field, element: Element::Whole, part: None, flag: MISSING });
            }
            continue;
        }
        if field.elements.is_some_and(|usual| !usual.contains(count as i64)) {
            raised.push(Raised { field, element: Element::Whole, part: None, flag: UNUSUAL_COUNT });
        }
        for register in registers.present(field) {
            unusual(field, register, &mut raised);
            record.named(field, register, &mut raised);
        }
    }
    raised
}

/// Raises what lies outside the usual range, part by part.
fn unusual<'a>(field: &'a Field, register: &Register<'a>, raised: &mut Vec<Raised<'a>>) {
    let mut raise =
        |part| raised.push(Raised { field, element: register.element, part, flag: UNUSUAL_VALUE });
    match (&field.shape, &field.value, register.value) {
        (Shape::Set(ElementType::Int), _, _) => match register.element {
            Element::Int(number) if is_outside(number, field.soft.as_ref()) => raise(None),
            _ => {}
        },
        (_, ValueType::Group(parts), Value::Group(values)) => {
            for (nth, (part, value)) in parts.iter().zip(values).enumerate() {
                let hard = part.hard.as_ref().filter(|_| field.sealed);
                if measure(value).is_some_and(|n| is_outside(n, part.soft.as_ref()) || is_outside(n, hard)) {
                    raise(Some(nth));
                }
            }
        }
        (_, _, value) => {
            let hard = field.hard.as_ref().filter(|_| field.sealed);
            if measure(value).is_some_and(|n| is_outside(n, field.soft.as_ref()) || is_outside(n, hard)) {
                raise(None);
            }
        }
    }
}

fn is_outside(number: i64, range: Option<&Range>) -> bool {
    range.is_some_and(|range| !range.contains(number))
}

/// The number that ranges speak of.
fn measure(value: &Value) -> Option<i64> {
    match value {
        Value::Int(number) | Value::Decimal(number) => Some(*number),
        Value::Text(text) => Some(text.chars().count() as i64),
        Value::Date(number) | Value::Month(number) => Some(i64::from(*number)),
        _ => None,
    }
}

/// A record while its flags are judged.
struct Record<'a> {
    kind: &'a Kind,
    registers: Registers<'a>,
    context: Context,
    schema: &'a Schema,
    growth: OnceCell<Option<Assessment>>,
}

/// One value while one flag is judged.
struct Case<'r, 'a> {
    record: &'r Record<'a>,
    value: &'a Value,
    /// What stands in brackets after the name of the flag.
    parameter: &'a str,
}

impl<'a> Record<'a> {
    fn named(&self, field: &'a Field, register: &Register<'a>, raised: &mut Vec<Raised<'a>>) {
        for text in &field.flags {
            let (flag, parameter) = split(text);
            let case = Case { record: self, value: register.value, parameter };
            if named(flag).and_then(|named| (named.raised)(&case)) == Some(true) {
                raised.push(Raised { field, element: register.element, part: None, flag });
            }
        }
    }

    fn value(&self, field: &str) -> Option<&'a Value> {
        self.registers.named(self.kind, field)
    }

    /// The day that a field of the record shows.
    fn day(&self, field: &str) -> Option<i64> {
        day(self.value(field)?)
    }

    /// The number that a field of the record shows.
    fn number(&self, field: &str) -> Option<i64> {
        match self.value(field)? {
            Value::Int(number) | Value::Decimal(number) => Some(*number),
            _ => None,
        }
    }

    /// The name of the code that a field, or part `nth` of a group, shows.
    fn code(&self, field: &str, nth: Option<usize>) -> Option<&'a str> {
        let field = self.kind.field_named(field)?;
        let value = self.registers.one(field.number)?;
        let (value, wanted) = match (nth, &field.value) {
            (Some(nth), ValueType::Group(parts)) => {
                (crate::registers::part(value, nth)?, &parts.get(nth)?.value)
            }
            (_, wanted) => (value, wanted),
        };
        match (value, wanted) {
            (Value::Code(number), ValueType::Code(list)) => {
                self.schema.list(list)?.code(*number).map(|code| code.name.as_str())
            }
            _ => None,
        }
    }
}

/// `within_days(60)` as name and parameter.
pub(crate) fn split(flag: &str) -> (&str, &str) {
    let parts = flag.split_once('(').and_then(|(name, rest)| Some((name, rest.strip_suffix(')')?)));
    parts.unwrap_or((flag, ""))
}
