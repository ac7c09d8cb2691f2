//! JSON read back.
//!
//! The rule this module protects: *what cannot be read exactly is refused with a sentence.* Nothing is rounded and
//! nothing is guessed: a decimal is a text with its digits, and a number is taken only where it is whole.

use super::tagged::TAGS;
use crate::model::{Part, Schema, ValueType};
use crate::{AreaCode, Value, calendar, decimal};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value as Json;

/// The value that a field (or part) of type `wanted` has in JSON: as people write it, or tagged.
///
/// # Errors
/// A sentence that says what was expected.
pub fn from_json(json: &Json, wanted: &ValueType, schema: &Schema) -> Result<Value, String> {
    if json.is_null() {
        return Ok(Value::Null);
    }
    match typed(json, wanted, schema) {
        Some(value) => Ok(value),
        None if is_tagged(json) => from_tagged(json),
        None => Err(expected(json, wanted)),
    }
}

/// The value in the form that needs no schema.
///
/// # Errors
/// A sentence that says what was expected.
pub fn from_tagged(json: &Json) -> Result<Value, String> {
    let refused = || "a value without a field is null or an object with one key, as {\"int\": 5}".to_owned();
    match json {
        Json::Null => Ok(Value::Null),
        Json::Object(map) if map.len() == 1 => {
            let (tag, content) = map.iter().next().ok_or_else(refused)?;
            tagged(tag, content).ok_or_else(|| format!("what stands under `{tag}` does not fit it"))
        }
        _ => Err(refused()),
    }
}

fn is_tagged(json: &Json) -> bool {
    json.as_object().is_some_and(|map| map.len() == 1 && map.keys().all(|key| TAGS.contains(&key.as_str())))
}

fn typed(json: &Json, wanted: &ValueType, schema: &Schema) -> Option<Value> {
    if let ValueType::Group(parts) = wanted {
        return group(json, parts, schema);
    }
    if let (ValueType::Bool, Json::Bool(yes)) = (wanted, json) {
        return Some(Value::Bool(*yes));
    }
    if let ValueType::Int = wanted {
        return whole(json).map(Value::Int);
    }
    let text = json.as_str()?;
    match wanted {
        ValueType::Text => Some(Value::Text(text.into())),
        ValueType::Decimal { scale } => decimal::parse(text, *scale).map(Value::Decimal),
        ValueType::Date => calendar::day(text).map(Value::Date),
        ValueType::Month => calendar::month(text).map(Value::Month),
        ValueType::DateTime => {
            calendar::moment(text).map(|(at_s, offset_min)| Value::DateTime { at_s, offset_min })
        }
        ValueType::Code(list) => schema.list(list)?.code_named(text).map(|code| Value::Code(code.number)),
        ValueType::Ref(_) => text.parse().ok().map(Value::Ref),
        ValueType::Area(_) => text.parse().ok().map(Value::Area),
        ValueType::Blob => hex(text).map(Value::Blob),
        ValueType::Bool | ValueType::Int | ValueType::Group(_) => None,
    }
}

/// Every part by name, an empty one as `null`: so no group can be taken for a tagged value.
fn group(json: &Json, parts: &[Part], schema: &Schema) -> Option<Value> {
    let map = json.as_object().filter(|map| map.len() == parts.len())?;
    let value = |part: &Part| from_json(map.get(&part.name)?, &part.value, schema).ok();
    parts.iter().map(value).collect::<Option<_>>().map(Value::Group)
}

fn tagged(tag: &str, content: &Json) -> Option<Value> {
    let number = || whole(content);
    Some(match tag {
        "bool" => Value::Bool(content.as_bool()?),
        "int" => Value::Int(number()?),
        "decimal" => Value::Decimal(number()?),
        "text" => Value::Text(content.as_str()?.into()),
        "date" => Value::Date(number()?.try_into().ok()?),
        "month" => Value::Month(number()?.try_into().ok()?),
        "datetime" => match content.as_array()?.as_slice() {
            [at_s, offset] => {
                Value::DateTime { at_s: whole(at_s)?, offset_min: whole(offset)?.try_into().ok()? }
            }
            _ => return None,
        },
        "code" => Value::Code(number()?.try_into().ok()?),
        "ref" => Value::Ref(content.as_str()?.parse().ok()?),
        "area" => Value::Area(AreaCode(content.as_str()?.parse().ok()?)),
        "blob" => Value::Blob(hex(content.as_str()?)?),
        "group" => Value::Group(
            content.as_array()?.iter().map(|part| from_tagged(part).ok()).collect::<Option<_>>()?,
        ),
        "sealed" => Value::Sealed(URL_SAFE_NO_PAD.decode(content.as_str()?).ok()?.into()),
        _ => return None,
    })
}

fn whole(json: &Json) -> Option<i64> {
    match json {
        Json::Number(number) => number.as_i64(),
        Json::String(text) => decimal::parse(text, 0),
        _ => None,
    }
}

/// The 32 bytes of 64 hexadecimal digits.
fn hex(text: &str) -> Option<Box<[u8; 32]>> {
    let mut bytes = Box::new([0; 32]);
    let digits = text.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let digit = |at: usize| char::from(pair[at]).to_digit(16);
        *byte = (digit(0)? * 16 + digit(1)?) as u8;
    }
    Some(bytes)
}

fn expected(json: &Json, wanted: &ValueType) -> String {
    let wanted = match wanted {
        ValueType::Bool => "true or false".to_owned(),
        ValueType::Int => "a whole number".to_owned(),
        ValueType::Decimal { scale } => format!("a text with at most {scale} digits after the point"),
        ValueType::Text => "a text".to_owned(),
        ValueType::Date => "a date such as \"2026-11-24\"".to_owned(),
        ValueType::Month => "a month such as \"2026-11\"".to_owned(),
        ValueType::DateTime => "a moment such as \"2026-11-24T08:30:00+07:00\"".to_owned(),
        ValueType::Code(list) => format!("the name of a code of {list}"),
        ValueType::Ref(kind) => format!("the id of a {kind}"),
        ValueType::Area(_) => "the code of an area, as \"35.07.16.2013\"".to_owned(),
        ValueType::Blob => "64 hexadecimal digits".to_owned(),
        ValueType::Group(parts) => {
            let names: Vec<_> = parts.iter().map(|part| part.name.as_str()).collect();
            format!("an object of {} (null when empty), each as its part wants it", names.join(", "))
        }
    };
    // What was sent may be a name: the sentence tells its shape, never its content.
    let sent = match json {
        Json::Null => "null",
        Json::Bool(_) => "a yes or no",
        Json::Number(_) => "a number",
        Json::String(_) => "a text",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    };
    format!("{sent} does not fit: write {wanted}")
}
