//! HTTP: parse, authorise, answer. One file per resource.
//!
//! The rule this module protects: *a route decides nothing*. Who may call it stands in the type of its first argument
//! ([`Anyone`], [`Permit`]); what happens is one call into `service`.

mod actors;
mod answer;
mod assignments;
mod challenge;
mod codes;
mod conflicts;
mod devices;
mod enrol;
mod errors;
mod exchange;
mod exports;
mod health;
mod keys;
mod language;
mod limits;
mod login;
mod losses;
mod matches;
mod metrics;
mod openapi;
mod parcels;
mod password;
mod people;
mod permit;
mod pin;
mod pull;
mod push;
mod quarantine;
mod records;
mod salvage;
mod schema;
mod site;
mod token;
mod witness;

pub use answer::observe;
pub use permit::{Anyone, Permit};
pub use site::Site;

use crate::metrics::Metrics;
use crate::service::lane::Lanes;
use crate::service::limiter::Limiter;
use crate::service::{Fault, World};
use crate::store::{Conn, Pool};
use actix_web::http::Method;
use actix_web::web::{self, Data, Json, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use std::time::Duration;
use sync_core::ErrorCode;

/// What all routes share.
pub struct App {
    /// Clock, dice, secrets and limits.
    pub world: World,
    /// Connections.
    pub pool: Pool,
    /// Where uploads are written.
    pub lanes: Lanes,
    /// Who asked how often.
    pub limiter: Limiter,
    /// What is counted.
    pub metrics: Metrics,
    /// The app's files; none when only the API is served.
    pub site: Site,
    /// A reverse proxy of ours stands in front: its word on the caller's address is taken.
    pub behind_proxy: bool,
}

/// What a route gives back.
pub type Answer<T> = Result<Json<T>, Fault>;

macro_rules! routes {
    ($($method:ident $path:literal $handler:path;)*) => {
        /// Every route: method and path. The API description is checked against it.
        pub const ROUTES: &[(&str, &str)] = &[$((stringify!($method), $path),)*];

        fn register(config: &mut ServiceConfig) {
            $(config.route($path, web::$method().to($handler));)*
        }
    };
}

routes! {
    // Anybody: machines that watch, people that read.
    get "/health" health::health;
    get "/ready" health::ready;
    get "/metrics" metrics::metrics;
    get "/openapi.json" openapi::openapi;
    get "/v1/limits" limits::limits;
    get "/v1/errors" errors::errors;
    get "/v1/schema" schema::document;
    // Becoming somebody.
    post "/v1/login" login::login;
    post "/v1/password" password::set_password;
    post "/v1/enrol" enrol::enrol;
    get "/v1/challenge" challenge::challenge;
    post "/v1/token" token::exchange_token;
    post "/v1/pin/reset" pin::reset_pin;
    // What proves itself by its signature.
    post "/v1/parcels" parcels::take_parcels;
    post "/v1/exchange" exchange::exchange;
    // Devices, for themselves.
    post "/v1/actors" actors::give_actor;
    post "/v1/keys" keys::keep_keys;
    post "/v1/push" push::push;
    post "/v1/witness" witness::bear_witness;
    post "/v1/salvage" salvage::offer_salvage;
    // Whoever works in an area.
    get "/v1/pull" pull::pull;
    get "/v1/areas/{area}/snapshot" pull::area_snapshot;
    get "/v1/records/{id}/history" records::record_history;
    // Those who answer for an area.
    get "/v1/conflicts" conflicts::open_conflicts;
    get "/v1/quarantine" quarantine::open_quarantine;
    get "/v1/matches" matches::list_matches;
    get "/v1/losses" losses::list_losses;
    get "/v1/salvage" salvage::list_salvage;
    get "/v1/export/{table}" exports::export_table;
    // Those who keep people.
    get "/v1/people" people::list_people;
    post "/v1/people" people::add_person;
    post "/v1/people/{id}/deactivate" people::deactivate_person;
    post "/v1/people/{id}/invite" codes::invite_person;
    post "/v1/people/{id}/reset" codes::reset_person;
    post "/v1/people/{id}/pin" codes::reset_pin_of_person;
    post "/v1/people/{id}/assignments" assignments::give_assignment;
    post "/v1/people/{id}/assignments/{area}/end" assignments::end_assignment;
    get "/v1/devices" devices::list_devices;
    post "/v1/devices/{id}/revoke" devices::revoke_device;
}

/// All routes, with the limits and the refusals of their arguments.
pub fn configure(app: Data<App>) -> impl FnOnce(&mut ServiceConfig) {
    move |config| {
        let bad_request = |why: &dyn std::fmt::Display| Fault::bad_request(why.to_string()).into();
        let body_bytes_max = app.world.limits.request_bytes_max;
        config
            .app_data(web::PayloadConfig::new(app.world.limits.upload_bytes_max))
            .app_data(web::JsonConfig::default().limit(body_bytes_max).error_handler(answer::refuse_json))
            .app_data(web::PathConfig::default().error_handler(move |why, _| bad_request(&why)))
            .app_data(web::QueryConfig::default().error_handler(move |why, _| bad_request(&why)))
            .app_data(app);
        register(config);
        config.default_service(web::to(otherwise));
    }
}

/// What is no route may be a file of the app.
async fn otherwise(app: Data<App>, request: HttpRequest) -> Result<HttpResponse, Fault> {
    let file = if request.method() == Method::GET { site::file(&app, &request) } else { None };
    file.ok_or_else(|| Fault::not_found("no such route"))
}

/// Runs `work` with a connection, away from the threads that speak HTTP. It always runs to its end, even when the
/// caller's signal dies; the caller waits no longer than the limits say.
///
/// # Errors
///
/// What `work` answers; [`ErrorCode::Unavailable`] when it does not in time.
pub async fn with_conn<T: Send + 'static>(
    app: &Data<App>,
    work: impl FnOnce(&World, &mut Conn) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let shared = app.clone();
    let job = web::block(move || work(&shared.world, &mut *shared.pool.take()?));
    match tokio::time::timeout(Duration::from_secs(app.world.limits.answer_within_s), job).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) => Err(Fault::new(ErrorCode::Internal, "the work panicked")),
        Err(_) => Err(Fault::unavailable("no answer in time")),
    }
}
