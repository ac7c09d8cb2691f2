//! A whole sync in one question.
//!
//! The rule this module protects: *it is the same as the questions one by one*: token, keys, push and pull in this order, each
//! by the service that answers it alone. What fails is told in its place, and what follows is done all the same; the device asks for it
//! again in the ordinary way.

use super::push::enter;
use super::{Anyone, App, schema, with_conn};
use crate::service::pull::{self, Reached};
use crate::service::push::{self, Form};
use crate::service::seal_key::{self, NewKeys};
use crate::service::token::{self, DeviceSession};
use crate::service::{Caller, Fault};
use actix_web::CustomizeResponder;
use actix_web::web::{Bytes, Data, Json};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::{Deserialize, Serialize};
use sync_core::{ErrorCode, Receipt, TokenRequest};

/// What a device asks at once.
#[derive(Deserialize)]
pub struct Exchange {
    token: TokenRequest,
    /// Keys of those who were registered since.
    keys: Option<NewKeys>,
    /// Batches, binary, base64; one for each number.
    #[serde(default)]
    push: Vec<String>,
    /// What the last page said.
    cursor: String,
}

/// The answers in the same order.
#[derive(Serialize)]
pub struct Exchanged {
    token: DeviceSession,
    /// `null`: they are kept, or there were none.
    keys: Option<ErrorCode>,
    push: Vec<Pushed>,
    page: Paged,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Pushed {
    Receipt(Receipt),
    Refused(ErrorCode),
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Paged {
    /// Base64.
    Page(String),
    Refused(ErrorCode),
}

/// Answers all of it.
pub async fn exchange(
    _: Anyone,
    app: Data<App>,
    body: Bytes,
) -> Result<CustomizeResponder<Json<Exchanged>>, Fault> {
    let asked: Exchange = serde_json::from_slice(&body).map_err(|why| Fault::bad_request(why.to_string()))?;
    let Exchange { token, keys, push, cursor } = asked;
    let device_time_s = token.device_time_s;
    let (session, caller) =
        with_conn(&app, move |world, conn| token::exchange_timely(world, conn, &token)).await?;
    let keys = match keys.filter(|_| !caller.revoked) {
        Some(keys) => {
            let who = caller.clone();
            with_conn(&app, move |world, conn| seal_key::keep(world, conn, &who, &keys)).await.err().map(code)
        }
        None => None,
    };
    let mut pushed = Vec::with_capacity(push.len());
    for batch in push {
        pushed.push(match take(&app, &caller, batch, device_time_s).await {
            Ok(receipt) => Pushed::Receipt(receipt),
            Err(fault) => Pushed::Refused(code(fault)),
        });
    }
    let page = match page(&app, caller, cursor).await {
        Ok(page) => Paged::Page(page),
        Err(fault) => Paged::Refused(code(fault)),
    };
    Ok(schema::versioned(Exchanged { token: session, keys, push: pushed, page }))
}

async fn take(app: &Data<App>, caller: &Caller, batch: String, device_time_s: i64) -> Result<Receipt, Fault> {
    let bytes =
        STANDARD_NO_PAD.decode(batch).map_err(|_| Fault::new(ErrorCode::BadBody, "exchange: base64"))?;
    let caller = caller.clone();
    let upload = with_conn(app, move |world, conn| {
        push::read(world, conn, &caller, Form::Binary, &bytes, Some(device_time_s))
    });
    enter(app, upload.await?).await
}

async fn page(app: &Data<App>, caller: Caller, cursor: String) -> Result<String, Fault> {
    if caller.revoked {
        return Err(Fault::new(ErrorCode::DeviceRevoked, "exchange: only the last door is open"));
    }
    with_conn(app, move |world, conn| {
        let reached = Reached::Cursor(&cursor);
        let keys = world.secrets.key_safe();
        Ok(STANDARD_NO_PAD
            .encode(pull::page(conn, &caller, reached, ::schema::Schema::builtin(), &keys)?.into_bytes()))
    })
    .await
}

/// For the answer; the log keeps why.
fn code(fault: Fault) -> ErrorCode {
    tracing::info!(code = fault.code.name(), why = %fault.log, "part of an exchange refused");
    fault.code
}
