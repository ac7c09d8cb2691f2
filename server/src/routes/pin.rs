//! A forgotten PIN.

use super::{Answer, Anyone, App, with_conn};
use crate::service::pin::{self, Key, PinReset};
use actix_web::web::{Data, Json};

/// A code and the sealed key of a phone's store, for the key.
pub async fn reset_pin(anyone: Anyone, app: Data<App>, request: Json<PinReset>) -> Answer<Key> {
    anyone.guess(&app, &request.device.to_string())?;
    with_conn(&app, move |world, conn| pin::reset(world, conn, &request)).await.map(Json)
}
