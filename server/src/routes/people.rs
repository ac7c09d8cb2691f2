//! People, for those who keep them.

use super::{Answer, App, Permit, with_conn};
use crate::ids::PersonId;
use crate::service::Fault;
use crate::service::person::{self, Listed, NewPerson, PAGE_MAX};
use crate::service::right::KeepPeople;
use actix_web::HttpResponse;
use actix_web::web::{Data, Json, Path, Query};
use serde::Deserialize;

/// Where a page of the list begins and how long it is.
#[derive(Deserialize)]
pub struct Page {
    /// The id of the last person of the page before.
    after: Option<PersonId>,
    limit: Option<usize>,
}

/// The people the caller keeps, by id.
pub async fn list_people(
    permit: Permit<KeepPeople>,
    app: Data<App>,
    page: Query<Page>,
) -> Answer<Vec<Listed>> {
    let Page { after, limit } = page.into_inner();
    let (after, limit) = (after.unwrap_or(PersonId::NONE), limit.unwrap_or(PAGE_MAX));
    with_conn(&app, move |_, conn| person::list(conn, &permit, after, limit)).await.map(Json)
}

/// A new person.
pub async fn add_person(permit: Permit<KeepPeople>, app: Data<App>, new: Json<NewPerson>) -> Answer<Listed> {
    with_conn(&app, move |world, conn| person::add_as(world, conn, &permit, &new)).await.map(Json)
}

/// From now on she may do nothing.
pub async fn deactivate_person(
    permit: Permit<KeepPeople>,
    app: Data<App>,
    id: Path<PersonId>,
) -> Result<HttpResponse, Fault> {
    with_conn(&app, move |world, conn| person::deactivate(world, conn, &permit, *id)).await?;
    Ok(HttpResponse::NoContent().finish())
}
