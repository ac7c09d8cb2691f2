//! Devices sign in.

use super::{Answer, Anyone, App, with_conn};
use crate::service::token::{self, DeviceSession};
use actix_web::web::{Data, Json};
use sync_core::TokenRequest;

/// A signed challenge for a token.
pub async fn exchange_token(_: Anyone, app: Data<App>, request: Json<TokenRequest>) -> Answer<DeviceSession> {
    with_conn(&app, move |world, conn| token::exchange(world, conn, &request)).await.map(Json)
}
