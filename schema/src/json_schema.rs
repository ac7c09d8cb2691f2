//! The JSON form of a record, described for machines: JSON Schema, draft 2020-12.
//!
//! The rule this module protects: *the description is made from the same lines as the form.* It describes
//! [`RecordJson`](crate::json::RecordJson): what it lets through is what [`crate::judge()`] lets through. Fields that
//! must be filled are not demanded, since a missing one is flagged and never refused; `x-required` says it for forms.

use crate::calendar;
use crate::decimal;
use crate::json::EXACT_MAX;
use crate::model::{
    AreaLevel, ElementType, Field, Kind, Label, ListName, Part, Range, Required, Schema, Shape, ValueType,
};
use serde_json::{Map, Value as Json, json};

/// The JSON Schema of the records of one kind.
pub fn of_kind(kind: &Kind, schema: &Schema) -> Json {
    let properties: Map<String, Json> =
        kind.fields.iter().map(|field| (field.name.clone(), of_field(field, schema))).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("urn:lumbung:{}:{}", kind.name, schema.version),
        "title": title(&kind.label),
        "description": kind.note,
        "x-kind": kind.number,
        "type": "object",
        "properties": properties,
        // Fields of a newer form stand under their number.
        "patternProperties": { "^[1-9][0-9]*$": {} },
        "additionalProperties": false,
        "$defs": {
            "sealed": {
                "description": "Under a person's key: ciphertext and tag, base64url without padding.",
                "type": "object",
                "properties": { "sealed": { "type": "string", "pattern": "^[A-Za-z0-9_-]*$" } },
                "required": ["sealed"],
                "additionalProperties": false,
            },
            "newer_code": {
                "description": "A code of a newer form, by its number.",
                "type": "object",
                "properties": { "code": { "type": "integer", "minimum": 0, "maximum": 65535 } },
                "required": ["code"],
                "additionalProperties": false,
            },
        },
    })
}

fn of_field(field: &Field, schema: &Schema) -> Json {
    let value = || {
        let value = of_value(&field.value, field.hard.as_ref(), schema);
        if field.sealed { json!({ "anyOf": [value, { "$ref": "#/$defs/sealed" }] }) } else { value }
    };
    let mut json = match &field.shape {
        Shape::One => value(),
        Shape::Set(key) => {
            let element = of_element(key, field.hard.as_ref(), schema);
            json!({ "type": "array", "items": element, "uniqueItems": true })
        }
        Shape::Map(key) => json!({
            "type": "object", "propertyNames": of_element(key, None, schema), "additionalProperties": value(),
        }),
        Shape::List => json!({
            "type": "object",
            "propertyNames": { "pattern": "^[0-9a-f]{16}:[0-9]+:[0-9]+$" },
            "additionalProperties": value(),
        }),
    };
    let required = match &field.required {
        Required::Always => json!(true),
        Required::When(condition) => json!(condition.to_string()),
        Required::Optional(_) => json!(false),
    };
    note(&mut json, &field.label, &field.unit);
    json["x-field"] = field.number.into();
    json["x-since"] = field.since.into();
    json["x-sensitivity"] = field.sensitivity.into();
    json["x-required"] = required;
    json
}

fn of_value(wanted: &ValueType, hard: Option<&Range>, schema: &Schema) -> Json {
    match wanted {
        ValueType::Bool => json!({ "type": "boolean" }),
        ValueType::Int => of_int(hard),
        ValueType::Decimal { scale } => of_decimal(*scale, hard),
        ValueType::Text => {
            let mut json = json!({ "type": "string" });
            bounds(&mut json, ["minLength", "maxLength"], hard, &|n| n.into());
            json
        }
        ValueType::Date => {
            let mut json = json!({ "type": "string", "format": "date" });
            bounds(&mut json, ["x-minimum", "x-maximum"], hard, &|n| text_of(n, calendar::day_text));
            json
        }
        ValueType::Month => {
            let mut json = json!({ "type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$" });
            bounds(&mut json, ["x-minimum", "x-maximum"], hard, &|n| text_of(n, calendar::month_text));
            json
        }
        ValueType::DateTime => json!({ "type": "string", "format": "date-time" }),
        ValueType::Code(list) => {
            json!({ "anyOf": [{ "enum": names(list, schema) }, { "$ref": "#/$defs/newer_code" }] })
        }
        ValueType::Ref(kind) => json!({ "type": "string", "format": "uuid", "x-ref": kind }),
        ValueType::Area(level) => json!({ "type": "string", "pattern": area_pattern(*level) }),
        ValueType::Blob => json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" }),
        ValueType::Group(parts) => of_group(parts, schema),
    }
}

/// A number; a text beyond what every reader keeps exact.
fn of_int(hard: Option<&Range>) -> Json {
    let exact = |bound: Option<i64>| bound.is_some_and(|bound| (-EXACT_MAX..=EXACT_MAX).contains(&bound));
    let mut json = json!({ "type": "integer" });
    bounds(&mut json, ["minimum", "maximum"], hard, &|n| n.into());
    if hard.is_some_and(|range| exact(range.min) && exact(range.max)) {
        return json;
    }
    json!({ "anyOf": [json, { "type": "string", "pattern": "^-?[0-9]+$" }] })
}

fn of_decimal(scale: u8, hard: Option<&Range>) -> Json {
    let pattern = match scale {
        0 => "^-?[0-9]+$".to_owned(),
        _ => format!("^-?[0-9]+\\.[0-9]{{{scale}}}$"),
    };
    let mut json = json!({ "type": "string", "pattern": pattern });
    bounds(&mut json, ["x-minimum", "x-maximum"], hard, &|n| decimal::text(n, scale).into());
    json
}

/// Every part stands in the object; one that may be empty may be null.
fn of_group(parts: &[Part], schema: &Schema) -> Json {
    let of_part = |part: &Part| {
        let value = of_value(&part.value, part.hard.as_ref(), schema);
        let mut json = if part.required { value } else { json!({ "anyOf": [value, { "type": "null" }] }) };
        note(&mut json, &part.label, &part.unit);
        (part.name.clone(), json)
    };
    let properties: Map<String, Json> = parts.iter().map(of_part).collect();
    let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
    json!({ "type": "object", "properties": properties, "required": names, "additionalProperties": false })
}

/// An element as a text: a key of an object or an item of a set.
fn of_element(key: &ElementType, hard: Option<&Range>, schema: &Schema) -> Json {
    match key {
        ElementType::Code(list) => {
            json!({ "anyOf": [{ "enum": names(list, schema) }, { "pattern": "^code:[0-9]+$" }] })
        }
        ElementType::Ref(kind) => json!({ "type": "string", "format": "uuid", "x-ref": kind }),
        ElementType::Area(level) => json!({ "type": "string", "pattern": area_pattern(*level) }),
        ElementType::Int => {
            let mut json = json!({ "type": "string", "pattern": "^-?[0-9]+$" });
            bounds(&mut json, ["x-minimum", "x-maximum"], hard, &|n| n.to_string().into());
            json
        }
    }
}

/// Puts both ends of a range under these keywords.
fn bounds(json: &mut Json, keywords: [&str; 2], range: Option<&Range>, write: &dyn Fn(i64) -> Json) {
    let ends = range.map_or([None, None], |range| [range.min, range.max]);
    for (keyword, end) in keywords.into_iter().zip(ends) {
        if let Some(end) = end {
            json[keyword] = write(end);
        }
    }
}

fn text_of(number: i64, write: fn(i32) -> Option<String>) -> Json {
    i32::try_from(number).ok().and_then(write).into()
}

fn names(list: &ListName, schema: &Schema) -> Vec<String> {
    schema
        .list(list)
        .map(|list| list.codes.iter().map(|code| code.name.clone()).collect())
        .unwrap_or_default()
}

fn area_pattern(level: AreaLevel) -> &'static str {
    match level {
        AreaLevel::Village => "^[0-9]{2}\\.[0-9]{2}\\.[0-9]{2}\\.[0-9]{4}$",
        AreaLevel::Subdistrict => "^[0-9]{2}\\.[0-9]{2}\\.[0-9]{2}$",
        AreaLevel::District => "^[0-9]{2}\\.[0-9]{2}$",
    }
}

fn note(json: &mut Json, label: &Label, unit: &str) {
    json["title"] = title(label).into();
    if !unit.is_empty() {
        json["x-unit"] = unit.into();
    }
}

fn title(label: &Label) -> String {
    if label.id == label.en { label.id.clone() } else { format!("{} / {}", label.id, label.en) }
}
