//! Counters for Prometheus: no names, no ids, no areas.

use super::App;
use crate::service::Fault;
use actix_web::HttpResponse;
use actix_web::web::Data;

/// The counters as text.
pub async fn metrics(app: Data<App>) -> Result<HttpResponse, Fault> {
    let text = app.metrics.text(&app.pool)?;
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(text))
}
