//! Proof from a phone that this server forgot something.

use super::{Answer, App, Permit, with_conn};
use crate::service::right::OwnDevice;
use crate::service::witness::{self, Witness};
use actix_web::web::{Data, Json};
use sync_core::Receipt;

/// A receipt above the mark, in; a receipt of the new epoch, out.
pub async fn bear_witness(
    permit: Permit<OwnDevice>,
    app: Data<App>,
    witness: Json<Witness>,
) -> Answer<Receipt> {
    with_conn(&app, move |world, conn| witness::accept(world, conn, &permit, &witness)).await.map(Json)
}
