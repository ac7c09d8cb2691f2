//! Open cases, as the server lists them.

use crate::Client;
use serde_json::{Value, json};
use sync_core::RecordId;

/// Every open case that a caller may see, page by page; `query` filters: `&area=..`.
#[track_caller]
pub fn all(client: &Client, token: &str, query: &str) -> Vec<Value> {
    let mut cases = Vec::new();
    let mut after = String::new();
    loop {
        let mut page: Value = client.get(&format!("/v1/conflicts?{after}{query}"), Some(token)).ok();
        let listed = page["cases"].as_array_mut().expect("cases");
        assert!(listed.len() <= 500, "{}", listed.len());
        cases.append(listed);
        let Some(next) = page["next"].as_str() else { return cases };
        after = format!("after={next}");
    }
}

/// The open cases of a record.
#[track_caller]
pub fn of_record(client: &Client, token: &str, record: RecordId) -> Vec<Value> {
    let mut cases = all(client, token, "");
    cases.retain(|case| case["record"] == json!(record));
    cases
}
