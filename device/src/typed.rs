//! What people typed, as values.
//!
//! The rule this module protects: *what is typed reads as its field does everywhere else*: the same JSON as in a batch and
//! in a table, by the schema.

use crate::{Device, Element, Error, Form, Value, new_line};
use schema::json::{element_from_text, from_json};
use schema::{Field, Kind, Schema, Shape};
use serde_json::Value as Json;

impl Device {
    /// Puts what was typed for a field, `name` or `name.element`, into a form. A set takes an array of its members, a map
    /// and a list an object or an array of all they hold.
    ///
    /// # Errors
    /// [`Error::NotAValue`] with a sentence that says what was expected; [`Error::UnknownKind`].
    pub fn type_in(&self, form: &mut Form, name: &str, json: &Json) -> Result<(), Error> {
        let kind = crate::save::kind_of(self.schema, form.kind())?;
        let (name, element) =
            name.split_once('.').map_or((name, None), |(name, element)| (name, Some(element)));
        let typed = field(kind, name).and_then(|field| {
            let registers = registers(self.schema, field, element, json)?;
            Ok((field.number, registers))
        });
        let (number, registers) = typed.map_err(Error::NotAValue)?;
        for (element, value) in registers {
            form.set(number, element, value);
        }
        Ok(())
    }
}

fn field<'k>(kind: &'k Kind, name: &str) -> Result<&'k Field, String> {
    kind.field_named(name).ok_or_else(|| {
        let names: Vec<_> = kind.fields.iter().map(|field| field.name.as_str()).collect();
        format!("`{name}` bukan isian; yang ada / not a field; there are: {}", names.join(", "))
    })
}

fn registers(
    schema: &Schema,
    field: &Field,
    element: Option<&str>,
    json: &Json,
) -> Result<Vec<(Element, Value)>, String> {
    let value = |json: &Json| from_json(json, &field.value, schema);
    let named = |text: &str| element_from_text(text, Some(&field.shape), schema);
    let register = |(text, json): (&str, &Json)| Ok((named(text)?, value(json)?));
    match (&field.shape, element, json) {
        (Shape::One, None, _) => Ok(vec![(Element::Whole, value(json)?)]),
        (Shape::List, None, Json::Array(lines)) => {
            (0u16..).zip(lines).map(|(nth, line)| Ok((new_line(nth), value(line)?))).collect()
        }
        (Shape::Set(_), None, Json::Array(members)) => {
            let text = |member: &Json| member.as_str().map_or_else(|| member.to_string(), str::to_owned);
            members.iter().map(|member| Ok((named(&text(member))?, Value::Bool(true)))).collect()
        }
        (_, None, Json::Object(entries)) => {
            entries.iter().map(|(text, json)| register((text, json))).collect()
        }
        (_, Some(text), _) => Ok(vec![register((text, json))?]),
        _ => Err(format!("tulis {0}.unsur=nilai / write {0}.element=value", field.name)),
    }
}
