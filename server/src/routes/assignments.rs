//! Who works where, for those who keep people.

use super::{App, Permit, with_conn};
use crate::ids::PersonId;
use crate::service::right::KeepPeople;
use crate::service::{Fault, assignment};
use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Path};
use serde::Deserialize;
use sync_core::AreaCode;

/// Where she works from now on.
#[derive(Deserialize)]
pub struct NewAssignment {
    area: AreaCode,
}

/// One more area for somebody.
pub async fn give_assignment(
    permit: Permit<KeepPeople>,
    app: Data<App>,
    id: Path<PersonId>,
    new: Json<NewAssignment>,
) -> Result<HttpResponse, Fault> {
    with_conn(&app, move |world, conn| assignment::give(world, conn, &permit, *id, new.area)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Her work there is over.
pub async fn end_assignment(
    permit: Permit<KeepPeople>,
    app: Data<App>,
    path: Path<(PersonId, AreaCode)>,
) -> Result<HttpResponse, Fault> {
    let (id, area) = path.into_inner();
    with_conn(&app, move |world, conn| assignment::end(world, conn, &permit, id, area)).await?;
    Ok(HttpResponse::NoContent().finish())
}
