//! The day a record belongs to.
//!
//! The rule this module protects: *the week of a record follows from what people wrote*, the day of the visit, the
//! session or the sale; never from when it was sent.

use schema::{Element, Kind, Required, Schema, Shape, ValueType};
use sync_core::{Closed, Record, Value};

/// The field whose day it is: the first date that is always asked and not sealed. `None` for kinds without one
/// (a household has no week).
pub fn day_field(kind: &Kind) -> Option<u16> {
    let is_day = |field: &&schema::Field| {
        field.value == ValueType::Date
            && field.shape == Shape::One
            && field.required == Required::Always
            && !field.sealed
    };
    kind.fields.iter().find(is_day).map(|field| field.number)
}

/// Days since 1970 of the record's day as it is shown.
pub fn day_of(record: &Record, schema: &Schema) -> Option<i32> {
    let field = day_field(schema.kind(record.kind)?)?;
    match *record.shown(schema, (field, Element::Whole), &Closed)?.value {
        Value::Date(day) => Some(day),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visits_and_sessions_have_a_day_and_households_have_none_but_their_registration() {
        let schema = Schema::builtin();
        let name = |kind: &str| {
            let kind = schema.kind_named(kind).expect(kind);
            day_field(kind).and_then(|number| kind.field(number)).map(|field| field.name.clone())
        };
        assert_eq!(name("visit").as_deref(), Some("visit_date"));
        assert_eq!(name("meal_session").as_deref(), Some("session_date"));
        assert_eq!(name("uppka_sale").as_deref(), Some("sale_date"));
        assert_eq!(name("member"), None);
    }
}
