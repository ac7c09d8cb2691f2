//! Any JSON, read without losing a word.
//!
//! The rule this module protects: *nothing is dropped*: of two values under one key a JSON reader keeps one, and nobody can
//! say which of them was meant.

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value as Json};
use std::fmt;

/// What was told.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Told {
    /// It.
    pub json: Json,
    /// Some object in it has a key twice; `json` has the last.
    pub twice: bool,
}

impl From<Json> for Told {
    fn from(json: Json) -> Told {
        Told { json, twice: false }
    }
}

impl<'de> Deserialize<'de> for Told {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Told, D::Error> {
        deserializer.deserialize_any(Listener)
    }
}

struct Listener;

impl<'de> Visitor<'de> for Listener {
    type Value = Told;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Told, E> {
        Ok(Json::Null.into())
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Told, E> {
        Ok(Json::from(yes).into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Told, E> {
        Ok(Json::from(number).into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Told, E> {
        Ok(Json::from(number).into())
    }

    fn visit_f64<E>(self, number: f64) -> Result<Told, E> {
        Ok(Json::from(number).into())
    }

    fn visit_str<E>(self, text: &str) -> Result<Told, E> {
        Ok(Json::from(text).into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Told, A::Error> {
        let (mut items, mut twice) = (Vec::new(), false);
        while let Some(item) = seq.next_element::<Told>()? {
            twice |= item.twice;
            items.push(item.json);
        }
        Ok(Told { json: Json::Array(items), twice })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Told, A::Error> {
        let (mut entries, mut twice) = (Map::new(), false);
        while let Some((key, value)) = map.next_entry::<String, Told>()? {
            twice |= value.twice;
            twice |= entries.insert(key, value.json).is_some();
        }
        Ok(Told { json: Json::Object(entries), twice })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Told {
        serde_json::from_str(text).expect("JSON")
    }

    #[test]
    fn it_is_read_as_any_reader_would() {
        for text in
            [r#"{"a": [1, -2, 0.5, null, true, "\u0041", 18446744073709551615], "b": {"a": {}}}"#, "[]"]
        {
            assert_eq!(told(text), Told::from(serde_json::from_str::<Json>(text).expect("JSON")));
        }
    }

    #[test]
    fn a_key_that_is_there_twice_is_noticed_wherever_it_is() {
        for text in
            [r#"{"a": 1, "a": 1}"#, r#"[{"b": [{"a": 1, "c": 2, "a": 3}]}]"#, r#"{"a": 1, "\u0061": 1}"#]
        {
            assert!(told(text).twice, "{text}");
        }
        assert!(!told(r#"[{"a": 1}, {"a": 1}, {"b": {"a": 1}, "a": 2}]"#).twice);
    }
}
