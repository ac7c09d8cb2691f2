//! Elements as texts: the keys of JSON objects.
//!
//! The rule this module protects: *every element has one text, and the text gives it back.* One that fits the field
//! is written as people expect it (`posyandu`, `35.07.16.2013`); a line is `actor:seq:nth`; one that does not fit
//! has its shape in front (`code:3`); the whole field is the empty text.

use crate::model::{ElementType, Schema, Shape};
use crate::{AreaCode, Element};

/// The text of an element of a field of this shape; of a field that is not known when there is none.
pub fn element_text(element: &Element, shape: Option<&Shape>, schema: &Schema) -> String {
    let key = match shape {
        Some(Shape::Set(key) | Shape::Map(key)) => Some(key),
        _ => None,
    };
    fitting(element, key, schema).unwrap_or_else(|| tagged(element))
}

/// The element that [`element_text`] wrote.
///
/// # Errors
/// A sentence that says what was expected.
pub fn element_from_text(text: &str, shape: Option<&Shape>, schema: &Schema) -> Result<Element, String> {
    let read = match shape {
        Some(Shape::Set(key) | Shape::Map(key)) => from_fitting(text, key, schema),
        _ => None,
    };
    read.or_else(|| from_tagged(text)).ok_or_else(|| match shape {
        Some(Shape::Set(key) | Shape::Map(key)) => format!("`{text}` is no key: write {}", wanted(key)),
        Some(Shape::List) => format!("`{text}` is no line: write actor:seq:nth"),
        _ => format!("`{text}` is no element: write the shape in front, as in `code:3`"),
    })
}

fn fitting(element: &Element, key: Option<&ElementType>, schema: &Schema) -> Option<String> {
    Some(match (key, element) {
        (Some(ElementType::Code(list)), Element::Code(code)) => schema.list(list)?.code(*code)?.name.clone(),
        (Some(ElementType::Ref(_)), Element::Ref(record)) => record.to_string(),
        (Some(ElementType::Area(_)), Element::Area(area)) => {
            area.level()?;
            area.to_string()
        }
        (Some(ElementType::Int), Element::Int(number)) => number.to_string(),
        _ => return None,
    })
}

fn from_fitting(text: &str, key: &ElementType, schema: &Schema) -> Option<Element> {
    match key {
        ElementType::Code(list) => Some(Element::Code(schema.list(list)?.code_named(text)?.number)),
        ElementType::Ref(_) => text.parse().ok().map(Element::Ref),
        ElementType::Area(_) => text.parse().ok().map(Element::Area),
        ElementType::Int => text.parse().ok().map(Element::Int),
    }
}

fn wanted(key: &ElementType) -> String {
    match key {
        ElementType::Code(list) => format!("the name of a code of {list}"),
        ElementType::Ref(kind) => format!("the id of a {kind}"),
        ElementType::Area(_) => "the code of an area, as 35.07.16.2013".to_owned(),
        ElementType::Int => "a whole number".to_owned(),
    }
}

fn tagged(element: &Element) -> String {
    match element {
        Element::Whole => String::new(),
        Element::Code(code) => format!("code:{code}"),
        Element::Ref(record) => format!("ref:{record}"),
        Element::Area(AreaCode(area)) => format!("area:{area}"),
        Element::Int(number) => format!("int:{number}"),
        Element::Line { actor, seq, nth } => format!("{actor:016x}:{seq}:{nth}"),
    }
}

fn from_tagged(text: &str) -> Option<Element> {
    if text.is_empty() {
        return Some(Element::Whole);
    }
    let (tag, rest) = text.split_once(':')?;
    match tag {
        "code" => rest.parse().ok().map(Element::Code),
        "ref" => rest.parse().ok().map(Element::Ref),
        "area" => rest.parse().ok().map(|area| Element::Area(AreaCode(area))),
        "int" => rest.parse().ok().map(Element::Int),
        actor => {
            let (seq, nth) = rest.split_once(':')?;
            let hex = actor.len() == 16 && actor.bytes().all(|byte| byte.is_ascii_hexdigit());
            let actor = hex.then(|| u64::from_str_radix(actor, 16).ok())??;
            Some(Element::Line { actor, seq: seq.parse().ok()?, nth: nth.parse().ok()? })
        }
    }
}
