//! What to tell people when the server says no.

use crate::answer::answer;
use serde::Serialize;
use sync_core::ErrorCode;
use wasm_bindgen::prelude::wasm_bindgen;

#[derive(Serialize)]
struct ErrorText {
    status: u16,
    id: &'static str,
    en: &'static str,
}

/// HTTP status and what to do, in Bahasa Indonesia (`id`) and English (`en`), of the error named `code`.
#[wasm_bindgen]
pub fn error_text(code: &str) -> String {
    let known = ErrorCode::ALL.iter().find(|known| known.name() == code);
    answer(known.map(text_of).ok_or("no such error code"))
}

fn text_of(code: &ErrorCode) -> ErrorText {
    ErrorText { status: code.status(), id: code.message_id(), en: code.message_en() }
}
