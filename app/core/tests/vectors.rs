//! The vectors that `smoke.mjs` runs in Node on the WebAssembly, here on the machine's own code.

use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Vector {
    call: String,
    with: String,
    answer: Value,
}

/// Every function of the crate.
fn function(name: &str) -> Option<fn(&str) -> String> {
    Some(match name {
        "record_id_of_dot" => app_core::record_id_of_dot,
        "dot_of_record_id" => app_core::dot_of_record_id,
        "canonical_actor" => app_core::canonical_actor,
        "canonical_dot" => app_core::canonical_dot,
        "canonical_record_id" => app_core::canonical_record_id,
        "canonical_epoch" => app_core::canonical_epoch,
        "error_text" => app_core::error_text,
        "kind" => app_core::kind,
        "list" => app_core::list,
        _ => return None,
    })
}

#[test]
fn the_core_answers_as_the_vectors_say() {
    let vectors: Vec<Vector> = serde_json::from_str(include_str!("vectors.json")).unwrap();
    for Vector { call, with, answer } in vectors {
        let function = function(&call).unwrap_or_else(|| panic!("no function {call}"));
        let given: Value = serde_json::from_str(&function(&with)).unwrap();
        assert_eq!(given, answer, "{call}({with:?})");
    }
}
