//! Every answer passes here: it gets a number, the reader's language, a line in the log and a place in the counters.
//!
//! The rule this module protects: *the log holds no personal data*: a line names the route, never the path or the query,
//! never a body, a login or an address.

use super::App;
use super::language::Language;
use crate::service::Fault;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::JsonPayloadError;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_LANGUAGE, HeaderName, HeaderValue, RETRY_AFTER, VARY};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpRequest, HttpResponse, ResponseError};
use sync_core::{ErrorBody, ErrorCode};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

impl ResponseError for Fault {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    fn error_response(&self) -> HttpResponse {
        refusal(self, Language::Indonesian)
    }
}

/// Around every request.
///
/// # Errors
///
/// Those of actix itself.
pub async fn observe(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let app = request.app_data::<Data<App>>().cloned();
    let Some(app) = app else { return next.call(request).await.map(ServiceResponse::map_into_boxed_body) };
    let started_ms = app.world.clock.now_ms();
    let id = format!("{:016x}", u64::from_be_bytes(app.world.entropy.bytes()));
    let language = Language::of(request.headers());
    let answer = next.call(request).await?.map_into_boxed_body();
    let fault = answer.response().error().map(fault_of);
    let mut answer = match &fault {
        Some(fault) => answer.into_response(refusal(fault, language)),
        None => answer,
    };
    if let Ok(id) = HeaderValue::from_str(&id) {
        answer.headers_mut().insert(REQUEST_ID, id);
    }
    note(&app, &answer, fault.as_ref(), &id, app.world.clock.now_ms() - started_ms);
    Ok(answer)
}

fn note(app: &App, answer: &ServiceResponse, fault: Option<&Fault>, id: &str, took_ms: i64) {
    let pattern = answer.request().match_pattern();
    let route = pattern.as_deref().unwrap_or("-");
    let method = answer.request().method().as_str();
    let status = answer.status().as_u16();
    app.metrics.answered(method, route, status, took_ms, fault.map(|fault| fault.code));
    match fault {
        Some(fault) if status >= 500 => {
            tracing::error!(id, method, route, status, took_ms, code = fault.code.name(), why = fault.log);
        }
        Some(fault) => {
            tracing::info!(id, method, route, status, took_ms, code = fault.code.name(), why = fault.log);
        }
        None => tracing::info!(id, method, route, status, took_ms),
    }
}

/// Our own refusals keep their code; what actix itself refuses (a broken header, a body cut short) is a bad request.
fn fault_of(error: &Error) -> Fault {
    let status = error.as_response_error().status_code();
    match error.as_error::<Fault>() {
        Some(fault) => fault.clone(),
        None if status == StatusCode::PAYLOAD_TOO_LARGE => {
            Fault::new(ErrorCode::TooLarge, "body over the limit")
        }
        None if status.is_server_error() => Fault::new(ErrorCode::Internal, format!("actix: {status}")),
        None => Fault::bad_request(format!("actix: {status}")),
    }
}

fn refusal(fault: &Fault, language: Language) -> HttpResponse {
    let mut response = HttpResponse::build(fault.status_code());
    if let Some(seconds) = fault.retry_after_s {
        response.insert_header((RETRY_AFTER, seconds.to_string()));
    }
    response.insert_header((CONTENT_LANGUAGE, language.tag())).insert_header((VARY, "accept-language")).json(
        ErrorBody {
            code: fault.code,
            message: language.text(fault.code).into(),
            retry_after_s: fault.retry_after_s,
            expected_seq: fault.expected_seq,
        },
    )
}

/// What is wrong with a JSON body. The parser's own text may quote the body, so the log gets only where it stopped.
pub(super) fn refuse_json(error: JsonPayloadError, _: &HttpRequest) -> Error {
    match error {
        JsonPayloadError::OverflowKnownLength { length, limit } => {
            Fault::new(ErrorCode::TooLarge, format!("{length} bytes of at most {limit}"))
        }
        JsonPayloadError::Overflow { limit } => {
            Fault::new(ErrorCode::TooLarge, format!("more than {limit} bytes"))
        }
        JsonPayloadError::ContentType => {
            Fault::new(ErrorCode::UnsupportedMedia, "not JSON by its content type")
        }
        JsonPayloadError::Deserialize(why) if why.is_data() => {
            Fault::bad_request(format!("json, column {}", why.column()))
        }
        JsonPayloadError::Deserialize(why) => {
            Fault::new(ErrorCode::BadBody, format!("json, column {}", why.column()))
        }
        _ => Fault::new(ErrorCode::BadBody, "body cut short"),
    }
    .into()
}
