//! Keys of persons, households and workers, on their way in. They come out beside their owners' records.

use super::{App, Permit, with_conn};
use crate::service::Fault;
use crate::service::right::OwnDevice;
use crate::service::seal_key::{self, NewKeys};
use actix_web::HttpResponse;
use actix_web::web::{Data, Json};

/// Keeps keys that a device made.
pub async fn keep_keys(
    permit: Permit<OwnDevice>,
    app: Data<App>,
    keys: Json<NewKeys>,
) -> Result<HttpResponse, Fault> {
    with_conn(&app, move |world, conn| seal_key::keep(world, conn, &permit, &keys)).await?;
    Ok(HttpResponse::NoContent().finish())
}
