//! Uploads.

use super::{Answer, App, Permit};
use crate::service::lane::Job;
use crate::service::push::{self, Outcome, Upload};
use crate::service::right::BringIn;
use crate::service::{Fault, World, push::Form};
use crate::store::Conn;
use actix_web::HttpRequest;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap};
use actix_web::web::{Bytes, Data, Json};
use std::time::Duration;
use sync_core::{ErrorCode, Receipt};
use tokio::sync::oneshot;

/// The device's clock at the moment of sending, in seconds since 1970.
const DEVICE_TIME: &str = "lumbung-device-time";

/// Changes of one actor, in; a signed receipt, out.
pub async fn push(
    permit: Permit<BringIn>,
    app: Data<App>,
    request: HttpRequest,
    body: Bytes,
) -> Answer<Receipt> {
    let form = form_of(request.headers())?;
    let device_time_s = device_time_s(&request);
    let caller = permit.into_caller();
    let read =
        move |world: &World, conn: &mut Conn| push::read(world, conn, &caller, form, &body, device_time_s);
    let upload = super::with_conn(&app, read).await?;
    enter(&app, upload).await.map(Json)
}

/// The device's clock as its request says.
pub(super) fn device_time_s(request: &HttpRequest) -> Option<i64> {
    request.headers().get(DEVICE_TIME).and_then(|time| time.to_str().ok()?.parse().ok())
}

/// Stores an upload and signs for it.
///
/// # Errors
///
/// What the lane answers; [`ErrorCode::Unavailable`] when it does not in time.
pub(super) async fn enter(app: &Data<App>, upload: Upload) -> Result<Receipt, Fault> {
    let (actor, district) = (upload.batch.actor, upload.sender.district);
    let (tell, told) = oneshot::channel();
    let reply = Box::new(move |outcome| drop(tell.send(outcome)));
    app.lanes.enter(Job { upload, reply })?;
    let patience = Duration::from_secs(app.world.limits.answer_within_s);
    let outcome = match tokio::time::timeout(patience, told).await {
        Ok(Ok(outcome)) => outcome?,
        Ok(Err(_)) => return Err(Fault::new(ErrorCode::Internal, "the lane dropped an upload")),
        Err(_) => return Err(Fault::unavailable("no answer of the lane in time")),
    };
    if let Outcome::Held { new, held, .. } = &outcome {
        app.metrics.pushed(*new, held.len());
    }
    super::with_conn(app, move |world, conn| push::receipt(world, conn, district, actor, &outcome)).await
}

fn form_of(headers: &HeaderMap) -> Result<Form, Fault> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = text(CONTENT_TYPE).split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match (kind.as_str(), text(CONTENT_ENCODING).trim()) {
        ("application/vnd.lumbung.batch", "" | "identity") => Ok(Form::Binary),
        ("application/json", "" | "identity") => Ok(Form::Json),
        ("application/json", "gzip") => Ok(Form::GzipJson),
        _ => Err(Fault::new(ErrorCode::UnsupportedMedia, "push: content type or encoding")),
    }
}
