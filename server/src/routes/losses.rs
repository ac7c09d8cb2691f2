//! What no phone could bring back.

use super::{Answer, App, Permit, with_conn};
use crate::service::loss::{self, Lost};
use crate::service::right::KeepPeople;
use actix_web::web::{Data, Json};

/// What is gone of the people the caller keeps.
pub async fn list_losses(permit: Permit<KeepPeople>, app: Data<App>) -> Answer<Vec<Lost>> {
    with_conn(&app, move |_, conn| loss::list(conn, &permit)).await.map(Json)
}
