//! One record: what it shows and how it came to that.

use super::{Answer, App, Permit, with_conn};
use crate::service::history::{self, Entry};
use crate::service::right::Known;
use actix_web::web::{Data, Json, Path};
use schema::Schema;
use sync_core::RecordId;

/// Everything that was ever written to a record.
pub async fn record_history(permit: Permit<Known>, app: Data<App>, id: Path<RecordId>) -> Answer<Vec<Entry>> {
    with_conn(&app, move |_, conn| history::of_record(conn, &permit, *id, Schema::builtin())).await.map(Json)
}
