//! Devices sign in.

use super::{Anyone, App, schema, with_conn};
use crate::service::Fault;
use crate::service::token::{self, DeviceSession};
use actix_web::CustomizeResponder;
use actix_web::web::{Data, Json};
use sync_core::TokenRequest;

/// A signed challenge for a token, and a word on which form version is the newest.
pub async fn exchange_token(
    _: Anyone,
    app: Data<App>,
    request: Json<TokenRequest>,
) -> Result<CustomizeResponder<Json<DeviceSession>>, Fault> {
    with_conn(&app, move |world, conn| token::exchange(world, conn, &request)).await.map(schema::versioned)
}
