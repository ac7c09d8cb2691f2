//! What may be sent at once.

use super::App;
use crate::service::Limits;
use actix_web::web::{Data, Json};

/// The limits, as enforced.
pub async fn limits(app: Data<App>) -> Json<Limits> {
    Json(app.world.limits)
}
