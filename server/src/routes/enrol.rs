//! Phones become devices.

use super::{Answer, Anyone, App, with_conn};
use crate::service::enrol::{self, EnrolRequest};
use actix_web::web::{Data, Json};
use sync_core::Enrolled;

/// A code and a key for a device and a number.
pub async fn enrol(_: Anyone, app: Data<App>, request: Json<EnrolRequest>) -> Answer<Enrolled> {
    with_conn(&app, move |world, conn| enrol::enrol(world, conn, &request)).await.map(Json)
}
