//! The table of errors.

use actix_web::web::Json;
use serde::Serialize;
use sync_core::ErrorCode;

/// One code.
#[derive(Serialize)]
pub struct Line {
    code: ErrorCode,
    status: u16,
    id: &'static str,
    en: &'static str,
}

/// Every code with its status and its texts.
pub async fn errors() -> Json<Vec<Line>> {
    let line = |code: &ErrorCode| Line {
        code: *code,
        status: code.status(),
        id: code.message_id(),
        en: code.message_en(),
    };
    Json(ErrorCode::ALL.iter().map(line).collect())
}
