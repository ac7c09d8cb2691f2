//! What devices had seen of changes that went missing here.

use super::{Answer, App, Permit, with_conn};
use crate::service::right::{OwnDevice, Review};
use crate::service::salvage::{self, SalvagedChanges, Taken};
use actix_web::web::{Bytes, Data, Json, Query};
use schema::Schema;
use serde::Deserialize;
use sync_core::Dot;

/// Records as a page, in; how much of them was missing here, out.
pub async fn offer_salvage(permit: Permit<OwnDevice>, app: Data<App>, body: Bytes) -> Answer<Taken> {
    with_conn(&app, move |world, conn| salvage::take(world, conn, &permit, &body)).await.map(Json)
}

/// Which rows.
#[derive(Debug, Deserialize)]
pub struct SalvageQuery {
    /// Where the page before ended.
    after: Option<Dot>,
}

/// What was salvaged in the caller's areas.
pub async fn list_salvage(
    permit: Permit<Review>,
    app: Data<App>,
    query: Query<SalvageQuery>,
) -> Answer<SalvagedChanges> {
    with_conn(&app, move |_, conn| salvage::list(conn, &permit, query.after, Schema::builtin()))
        .await
        .map(Json)
}
