//! What people typed, as values.
//!
//! The rule this module protects: *what is typed reads as its field does everywhere else*: the same JSON as in a batch and
//! in a table, by the schema; and only what differs from what the record shows is an edit.

use crate::{Device, Element, Error, Form, Value, new_line};
use schema::json::{element_from_text, from_json};
use schema::{Field, Kind, Schema, Shape};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// One register and its value.
type Typed = (Element, Value);

impl Device {
    /// Puts what was typed for a field, `name` or `name.element`, into a form. A set takes an array of its members, a map
    /// and a list an object or an array of all they hold; what is not among them stays.
    ///
    /// # Errors
    /// [`Error::NotAValue`] with a sentence that says what was expected; [`Error::UnknownKind`].
    pub fn type_in(&self, form: &mut Form, name: &str, json: &Json) -> Result<(), Error> {
        let (field, registers) = self.read(form, name, json, &[])?;
        for (element, value) in registers {
            form.set(field.number, element, value);
        }
        Ok(())
    }

    /// The same for a page that shows the whole field: what is not among what was typed goes, and what the record shows
    /// anyway is no edit.
    ///
    /// # Errors
    /// As [`Device::type_in`]; [`Error::Store`].
    pub fn type_over(&mut self, form: &mut Form, name: &str, json: &Json) -> Result<(), Error> {
        let look = self.look(&form.emptied())?;
        let shown = |number: u16| {
            let own = look.registers().into_iter().filter(move |register| register.field == number);
            own.map(|register| (register.element, register.value.clone())).collect::<BTreeMap<_, _>>()
        };
        let number = self.field_of(form, name)?.number;
        let shown = shown(number);
        let lines: Vec<Element> = shown.keys().copied().collect();
        let (field, registers) = self.read(form, name, json, &lines)?;
        let mut wanted: BTreeMap<Element, Value> = registers.into_iter().collect();
        if !name.contains('.') {
            let gone = if matches!(field.shape, Shape::Set(_)) { Value::Bool(false) } else { Value::Null };
            let typed = form.typed().keys().filter(|place| place.0 == number).map(|place| place.1);
            for element in typed.chain(shown.keys().copied()).collect::<Vec<_>>() {
                wanted.entry(element).or_insert_with(|| gone.clone());
            }
        }
        for (element, value) in wanted {
            let as_now = match shown.get(&element) {
                Some(now) => *now == value,
                None => matches!(value, Value::Null | Value::Bool(false)) && is_absence(field, &value),
            };
            if as_now {
                form.unset(number, element);
            } else {
                form.set(number, element, value);
            }
        }
        Ok(())
    }

    fn field_of(&self, form: &Form, name: &str) -> Result<&'static Field, Error> {
        let kind = crate::save::kind_of(self.schema, form.kind())?;
        let name = name.split_once('.').map_or(name, |(name, _)| name);
        field(kind, name).map_err(Error::NotAValue)
    }

    fn read(
        &self,
        form: &Form,
        name: &str,
        json: &Json,
        lines: &[Element],
    ) -> Result<(&'static Field, Vec<Typed>), Error> {
        let field = self.field_of(form, name)?;
        let element = name.split_once('.').map(|(_, element)| element);
        let registers = registers(self.schema, field, element, json, lines).map_err(Error::NotAValue)?;
        Ok((field, registers))
    }
}

/// Does the value say that there is nothing, where nothing is?
fn is_absence(field: &Field, value: &Value) -> bool {
    value.is_null() || matches!(field.shape, Shape::Set(_))
}

fn field<'k>(kind: &'k Kind, name: &str) -> Result<&'k Field, String> {
    kind.field_named(name).ok_or_else(|| {
        let names: Vec<_> = kind.fields.iter().map(|field| field.name.as_str()).collect();
        format!("`{name}` bukan isian; yang ada / not a field; there are: {}", names.join(", "))
    })
}

/// `lines`: names of the lines that a list has, in order; further ones are new.
fn registers(
    schema: &Schema,
    field: &Field,
    element: Option<&str>,
    json: &Json,
    lines: &[Element],
) -> Result<Vec<Typed>, String> {
    let value = |json: &Json| from_json(json, &field.value, schema);
    let named = |text: &str| element_from_text(text, Some(&field.shape), schema);
    let register = |(text, json): (&str, &Json)| Ok((named(text)?, value(json)?));
    match (&field.shape, element, json) {
        (Shape::One, None, _) => Ok(vec![(Element::Whole, value(json)?)]),
        (Shape::List, None, Json::Array(typed)) => {
            let new = (0u16..).map(new_line).filter(|line| !lines.contains(line));
            let names = lines.iter().copied().chain(new);
            names.zip(typed).map(|(line, json)| Ok((line, value(json)?))).collect()
        }
        (Shape::Set(_), None, Json::Array(members)) => {
            let text = |member: &Json| member.as_str().map_or_else(|| member.to_string(), str::to_owned);
            members.iter().map(|member| Ok((named(&text(member))?, Value::Bool(true)))).collect()
        }
        (_, None, Json::Null) => Ok(Vec::new()),
        (_, None, Json::Object(entries)) => {
            entries.iter().map(|(text, json)| register((text, json))).collect()
        }
        (Shape::Set(_), Some(text), Json::Null) => Ok(vec![(named(text)?, Value::Bool(false))]),
        (_, Some(text), _) => Ok(vec![register((text, json))?]),
        _ => Err(format!("tulis {0}.unsur=nilai / write {0}.element=value", field.name)),
    }
}
