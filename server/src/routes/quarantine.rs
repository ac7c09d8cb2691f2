//! What is held until a person has looked.

use super::{Answer, App, Permit, with_conn};
use crate::service::quarantine::{self, HeldEdits};
use crate::service::right::Review;
use actix_web::web::{Data, Json, Query};
use schema::Schema;
use serde::Deserialize;
use sync_core::{AreaCode, Dot};

/// Which rows.
#[derive(Debug, Deserialize)]
pub struct QuarantineQuery {
    /// In this area and all that lies in it.
    area: Option<AreaCode>,
    /// Where the page before ended.
    after: Option<Dot>,
}

/// What is held in the caller's areas.
pub async fn open_quarantine(
    permit: Permit<Review>,
    app: Data<App>,
    query: Query<QuarantineQuery>,
) -> Answer<HeldEdits> {
    with_conn(&app, move |_, conn| {
        quarantine::open(conn, &permit, query.area, query.after, Schema::builtin())
    })
    .await
    .map(Json)
}
