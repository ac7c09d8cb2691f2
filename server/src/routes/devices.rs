//! Devices, for those who keep people.

use super::{Answer, App, Permit, with_conn};
use crate::ids::DeviceId;
use crate::service::Fault;
use crate::service::device::{self, Listed};
use crate::service::right::KeepPeople;
use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Path};

/// The devices of everybody the caller keeps.
pub async fn list_devices(permit: Permit<KeepPeople>, app: Data<App>) -> Answer<Vec<Listed>> {
    with_conn(&app, move |_, conn| device::list(conn, &permit)).await.map(Json)
}

/// A lost phone is closed.
pub async fn revoke_device(
    permit: Permit<KeepPeople>,
    app: Data<App>,
    id: Path<DeviceId>,
) -> Result<HttpResponse, Fault> {
    with_conn(&app, move |world, conn| device::revoke(world, conn, &permit, *id)).await?;
    Ok(HttpResponse::NoContent().finish())
}
