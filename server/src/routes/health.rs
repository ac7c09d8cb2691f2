//! Is it alive, and can it work?

use super::{Answer, Anyone, App, with_conn};
use crate::service::life;
use actix_web::web::{Data, Json};
use serde::Serialize;

/// Alive, and which version.
#[derive(Serialize)]
pub struct Health {
    status: &'static str,
    version: &'static str,
}

const HEALTH: Health = Health { status: "ok", version: env!("CARGO_PKG_VERSION") };

/// The process lives.
pub async fn health() -> Json<Health> {
    Json(HEALTH)
}

/// The database answers and was initialised: send requests here.
pub async fn ready(_: Anyone, app: Data<App>) -> Answer<Health> {
    with_conn(&app, |_, conn| life(conn)).await?;
    Ok(Json(HEALTH))
}
