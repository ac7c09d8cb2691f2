//! Fields, elements and values as a table of examples writes them.

use schema::{Field, Kind, Schema, Shape, ValueType};
use serde_json::Value as Json;
use sync_core::{Element, Value};

/// `visit.kie_topics[asi]`: kind, field, element.
pub fn place(name: &str) -> (&'static Kind, &'static Field, Element) {
    let (kind, name) = name.split_once('.').expect("kind.field");
    let kind = Schema::builtin().kind_named(kind).expect("a kind");
    let (field, element) = element_of(kind, name);
    (kind, field, element)
}

/// `kie_topics[asi]`: field and element.
pub fn element_of<'k>(kind: &'k Kind, name: &str) -> (&'k Field, Element) {
    let (name, key) = match name.split_once('[') {
        Some((name, key)) => (name, key.trim_end_matches(']')),
        None => (name, ""),
    };
    let field = kind.field_named(name).expect("a field");
    let element = match field.shape {
        Shape::List => Element::Line { actor: 700, seq: 1, nth: 0 },
        _ => schema::json::element_from_text(key, Some(&field.shape), Schema::builtin()).expect("an element"),
    };
    (field, element)
}

/// The value that a cell means: parts of a group are parted by `/`.
pub fn value_of(wanted: &ValueType, text: &str) -> Value {
    let json = match (wanted, text) {
        (_, "empty") => Json::Null,
        (ValueType::Bool, yes) => Json::Bool(yes == "true"),
        (ValueType::Group(parts), _) => {
            let texts: Vec<&str> = text.split('/').collect();
            let part =
                |nth: usize| texts.get(nth).map_or(Value::Null, |text| value_of(&parts[nth].value, text));
            return Value::Group((0..parts.len()).map(part).collect());
        }
        _ => Json::String(text.to_owned()),
    };
    schema::json::from_json(&json, wanted, Schema::builtin()).expect("a value of the field")
}
