//! One-time codes, for those who keep people.

use super::{Answer, App, Permit, with_conn};
use crate::ids::PersonId;
use crate::service::code::{Issued, Purpose};
use crate::service::person;
use crate::service::right::KeepPeople;
use actix_web::web::{Data, Json, Path};

/// A code that enrols one phone of hers.
pub async fn invite_person(permit: Permit<KeepPeople>, app: Data<App>, id: Path<PersonId>) -> Answer<Issued> {
    issue(permit, app, *id, Purpose::Enrol).await
}

/// A code with which she sets a new password.
pub async fn reset_person(permit: Permit<KeepPeople>, app: Data<App>, id: Path<PersonId>) -> Answer<Issued> {
    issue(permit, app, *id, Purpose::Password).await
}

/// A code with which she chooses a new PIN on her phone.
pub async fn reset_pin_of_person(
    permit: Permit<KeepPeople>,
    app: Data<App>,
    id: Path<PersonId>,
) -> Answer<Issued> {
    issue(permit, app, *id, Purpose::Pin).await
}

async fn issue(permit: Permit<KeepPeople>, app: Data<App>, id: PersonId, purpose: Purpose) -> Answer<Issued> {
    with_conn(&app, move |world, conn| person::code(world, conn, &permit, id, purpose)).await.map(Json)
}
