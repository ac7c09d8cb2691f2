//! What data looks like, for phones.

use actix_web::http::header::{CACHE_CONTROL, HeaderName};
use actix_web::web::Json;
use actix_web::{CustomizeResponder, HttpResponse, Responder};
use serde::Serialize;
use std::sync::OnceLock;

const VERSION: HeaderName = HeaderName::from_static("lumbung-schema");

/// Schema and rules as one document.
pub async fn document() -> HttpResponse {
    static TEXT: OnceLock<String> = OnceLock::new();
    let text = TEXT.get_or_init(|| schema::Document::builtin().to_json());
    HttpResponse::Ok()
        .insert_header((VERSION, version()))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .content_type("application/json")
        .body(text.as_str())
}

/// An answer with a word on which form version is the newest here: a device that holds an older document asks for the new one.
pub(super) fn versioned<T: Serialize>(answer: T) -> CustomizeResponder<Json<T>> {
    Json(answer).customize().insert_header((VERSION, version()))
}

fn version() -> String {
    schema::Schema::builtin().version.to_string()
}
