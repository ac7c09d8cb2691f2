//! More numbers for a device.

use super::{Answer, App, Permit, with_conn};
use crate::service::actor::{self, Given, Wish};
use crate::service::right::OwnDevice;
use actix_web::web::{Data, Json};

/// One more number for the device that asks.
pub async fn give_actor(permit: Permit<OwnDevice>, app: Data<App>, wish: Json<Wish>) -> Answer<Given> {
    with_conn(&app, move |world, conn| actor::give(world, conn, &permit, &wish)).await.map(Json)
}
