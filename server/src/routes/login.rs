//! People sign in.

use super::{Answer, Anyone, App, with_conn};
use crate::service::login::{self, LoginRequest, Session};
use actix_web::web::{Data, Json};

/// A password for a token.
pub async fn login(anyone: Anyone, app: Data<App>, request: Json<LoginRequest>) -> Answer<Session> {
    anyone.guess(&app, &request.login)?;
    with_conn(&app, move |world, conn| login::login(world, conn, &request)).await.map(Json)
}
