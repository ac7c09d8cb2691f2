//! The description of this API. Kept by hand, checked by a test against the routes.

use actix_web::HttpResponse;

/// OpenAPI 3.1.
pub const OPENAPI: &str = include_str!("../../openapi.json");

/// The description.
pub async fn openapi() -> HttpResponse {
    HttpResponse::Ok().content_type("application/json").body(OPENAPI)
}
