//! What every function of this crate gives back.

use serde::Serialize;
use std::fmt::Display;

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Answer<T> {
    Value(T),
    Fault(String),
}

/// The result as JSON text.
pub(crate) fn answer<T: Serialize>(result: Result<T, impl Display>) -> String {
    let answer = match result {
        Ok(value) => Answer::Value(value),
        Err(fault) => Answer::Fault(fault.to_string()),
    };
    serde_json::to_string(&answer).unwrap_or_else(|_| r#"{"fault":"not representable as JSON"}"#.into())
}
