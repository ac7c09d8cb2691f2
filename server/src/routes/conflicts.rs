//! What people saw differently.

use super::{Answer, App, Permit, with_conn};
use crate::service::conflict::{self, OpenCases};
use crate::service::right::Review;
use actix_web::web::{Data, Json, Query};
use schema::Schema;
use serde::Deserialize;
use sync_core::AreaCode;

/// Which cases.
#[derive(Debug, Deserialize)]
pub struct ConflictQuery {
    /// In this area and all that lies in it.
    area: Option<AreaCode>,
    /// Where the page before ended.
    after: Option<String>,
}

/// Open cases of the caller's areas.
pub async fn open_conflicts(
    permit: Permit<Review>,
    app: Data<App>,
    query: Query<ConflictQuery>,
) -> Answer<OpenCases> {
    with_conn(&app, move |_, conn| {
        conflict::open(conn, &permit, query.area, query.after.as_deref(), Schema::builtin())
    })
    .await
    .map(Json)
}
