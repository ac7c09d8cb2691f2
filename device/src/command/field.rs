//! `name=value` and `name.element=value`, as people type them.

use super::Trouble;
use device::{Device, Element, Form, Value, new_line};
use schema::json::{element_from_text, from_json};
use schema::{Field, Kind, Schema, Shape};
use serde_json::Value as Json;

/// Puts typed arguments into a form. A value is read as JSON where it is JSON, and else as text.
pub fn set_all(device: &Device, form: &mut Form, typed: &[String]) -> Result<(), Trouble> {
    for pair in typed {
        let (name, text) = pair.split_once('=').ok_or("tulis isian sebagai nama=nilai / write name=value")?;
        let json = match serde_json::from_str(text) {
            // A number or a decimal is written without quotes, and is a text in JSON.
            Ok(Json::Number(_)) | Err(_) => Json::String(text.into()),
            Ok(json) => json,
        };
        set(device.schema(), form, name, &json)?;
    }
    Ok(())
}

/// Puts the members of a JSON object into a form.
pub fn set_object(device: &Device, form: &mut Form, object: &Json) -> Result<(), Trouble> {
    let object = object.as_object().ok_or("satu baris satu objek JSON / one JSON object a line")?;
    object.iter().try_for_each(|(name, json)| set(device.schema(), form, name, json))
}

fn set(schema: &Schema, form: &mut Form, name: &str, json: &Json) -> Result<(), Trouble> {
    let kind = schema.kind(form.kind()).ok_or("jenis tidak dikenal / unknown kind")?;
    let (name, element) = name.split_once('.').map_or((name, None), |(name, element)| (name, Some(element)));
    let field = field(kind, name)?;
    for (element, value) in registers(schema, field, element, json)? {
        form.set(field.number, element, value);
    }
    Ok(())
}

fn field<'k>(kind: &'k Kind, name: &str) -> Result<&'k Field, Trouble> {
    kind.field_named(name).ok_or_else(|| {
        let names: Vec<_> = kind.fields.iter().map(|field| field.name.as_str()).collect();
        format!("`{name}` bukan isian; yang ada / not a field; there are: {}", names.join(", ")).into()
    })
}

fn registers(
    schema: &Schema,
    field: &Field,
    element: Option<&str>,
    json: &Json,
) -> Result<Vec<(Element, Value)>, Trouble> {
    let value = |json: &Json| from_json(json, &field.value, schema).map_err(Trouble::from);
    let named = |text: &str| element_from_text(text, Some(&field.shape), schema).map_err(Trouble::from);
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
        _ => Err(format!("tulis {0}.unsur=nilai / write {0}.element=value", field.name).into()),
    }
}
