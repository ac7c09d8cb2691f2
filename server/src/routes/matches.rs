//! Records that share an identity number.

use super::{Answer, App, Permit, with_conn};
use crate::service::matching::{self, Matches};
use crate::service::right::Review;
use actix_web::web::{Data, Json, Query};
use schema::Schema;
use serde::Deserialize;
use sync_core::AreaCode;

/// Which.
#[derive(Debug, Deserialize)]
pub struct MatchQuery {
    /// In this area and all that lies in it.
    area: Option<AreaCode>,
    /// Where the page before ended.
    after: Option<String>,
}

/// Certain doubles in the caller's areas.
pub async fn list_matches(
    permit: Permit<Review>,
    app: Data<App>,
    query: Query<MatchQuery>,
) -> Answer<Matches> {
    with_conn(&app, move |_, conn| {
        matching::list(conn, &permit, query.area, query.after.as_deref(), Schema::builtin())
    })
    .await
    .map(Json)
}
