//! Something for a device to sign.

use super::{Anyone, App};
use crate::service::token::{self, Challenge};
use actix_web::web::{Data, Json};

/// A fresh challenge.
pub async fn challenge(_: Anyone, app: Data<App>) -> Json<Challenge> {
    Json(token::challenge(&app.world))
}
