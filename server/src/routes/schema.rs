//! What data looks like, for phones.

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, HeaderName};
use std::sync::OnceLock;

/// On the answer to a token request: the newest form version here. A device that holds an older document asks for the new
/// one.
pub(super) const VERSION: HeaderName = HeaderName::from_static("lumbung-schema");

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

/// The form version as a header says it.
pub(super) fn version() -> String {
    schema::Schema::builtin().version.to_string()
}
