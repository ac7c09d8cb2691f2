//! People set their password.

use super::{Anyone, App, with_conn};
use crate::service::Fault;
use crate::service::password::{self, PasswordRequest};
use actix_web::HttpResponse;
use actix_web::web::{Data, Json};

/// A code for a password of one's own.
pub async fn set_password(
    anyone: Anyone,
    app: Data<App>,
    request: Json<PasswordRequest>,
) -> Result<HttpResponse, Fault> {
    anyone.guess(&app, &request.login)?;
    with_conn(&app, move |world, conn| password::set(world, conn, &request)).await?;
    Ok(HttpResponse::NoContent().finish())
}
