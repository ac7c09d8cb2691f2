//! The session that `smoke.mjs` plays in Node on the WebAssembly, here on the machine's own code: the same calls get the
//! same answers, to the byte.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use app_core::{Phone, Rows};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value as Json, json};

/// What a call gives: JSON text as JSON, bytes as base64url.
fn call(phone: &mut Phone, name: &str, with: &[Json]) -> Json {
    let text = |at: usize| with[at].as_str().unwrap_or_else(|| panic!("{name}: text {at}"));
    let number = |at: usize| with[at].as_f64().unwrap_or_else(|| panic!("{name}: number {at}"));
    let form = || number(0) as u32;
    let bytes = |bytes: Vec<u8>| json!(URL_SAFE_NO_PAD.encode(bytes));
    let answer = match name {
        "stir" => {
            phone.stir(&[number(0) as u8; 64]);
            return Json::Null;
        }
        "changed" => return bytes(phone.changed()),
        "everything" => return bytes(phone.everything()),
        "parcel" => return bytes(phone.parcel(text(0))),
        "draft" => return bytes(phone.draft(form())),
        "practise" => phone.practise(number(0)),
        "blank" => phone.blank(text(0), text(1), text(2)),
        "type_in" => phone.type_in(form(), text(1), text(2)),
        "look" => phone.look(form(), text(1)),
        "save" => phone.save(form(), text(1), number(2)),
        "open" => phone.open(text(0)),
        "today" => phone.today(text(0), text(1)),
        "families" => phone.families(text(0), text(1)),
        "person" => phone.person(text(0), text(1)),
        "growth" => phone.growth(text(0)),
        "search" => phone.search(text(0), text(1)),
        "counts" => phone.counts(),
        other => panic!("no call {other}"),
    };
    serde_json::from_str(&answer).unwrap()
}

#[test]
fn the_session_gets_its_answers() {
    let document = schema::Document::builtin().to_json();
    let mut phone = Phone::new(Rows::new(), document.as_bytes()).unwrap();
    let kept: Vec<Json> = serde_json::from_str(include_str!("session.json")).unwrap();
    let mut played = Vec::new();
    for step in &kept {
        let with = step["with"].as_array().unwrap();
        let answer = call(&mut phone, step["call"].as_str().unwrap(), with);
        played.push(json!({ "call": step["call"], "with": with, "answer": answer }));
    }
    let now = serde_json::to_string(&played).unwrap();
    assert!(kept == played, "the session is now:\n{now}");
    // What was stored and read back is the whole phone.
    let mut rows = Rows::new();
    assert!(rows.load(&phone.everything()));
    let again = Phone::new(rows, document.as_bytes()).unwrap();
    assert_eq!(again.everything(), phone.everything());
    assert!(!Rows::new().load(&[99, 0, 0]), "a table of a newer app");
    assert!(!Rows::new().load(&phone.everything()[1..]), "damaged");
    assert!(Phone::new(Rows::new(), b"{}").is_err());
}
