//! Serving over HTTP.
//!
//! The rule this module protects: *who was answered was served*: on a signal the server takes nothing new, finishes what
//! it began, and goes.

use crate::config::Serve;
use crate::log;
use crate::metrics::Metrics;
use crate::place::{Failure, open, read_secrets, world};
use crate::routes::{self, App, Site};
use crate::service::lane::Lanes;
use crate::service::life;
use crate::service::limiter::Limiter;
use crate::store::Pool;
use actix_web::middleware::from_fn;
use actix_web::web::Data;
use actix_web::{HttpServer, rt};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use schema::Schema;
use std::path::Path;
use std::time::Duration;

/// How long a request waits for a database connection.
const PATIENCE: Duration = Duration::from_secs(3);

/// How long requests that were begun may take after a signal to stop.
const GRACE_S: u64 = 25;

/// Serves until a signal comes.
///
/// # Errors
///
/// A text for whoever started it.
pub fn serve(options: &Serve) -> Result<(), Failure> {
    log::start(&options.log)?;
    let mut conn = open(&options.place)?;
    let life = life(&mut conn)?;
    drop(conn);
    let world = world(read_secrets(&options.place.secrets_path())?, options.limits());
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let (lanes, writers) =
        Lanes::new(&options.place.database, cores, &world.secrets.key_safe(), Schema::builtin());
    for lane in writers {
        std::thread::spawn(move || lane.run());
    }
    let app = Data::new(App {
        world,
        pool: Pool::new(&options.place.database, options.connections, PATIENCE),
        lanes,
        limiter: Limiter::default(),
        metrics: Metrics::new().map_err(|why| Failure::new("Penghitung gagal.", why))?,
        site: site(options.app.as_deref())?,
        behind_proxy: options.behind_proxy,
    });
    let tls = match (&options.tls_cert, &options.tls_key) {
        (Some(cert), Some(key)) => Some(tls(cert, key)?),
        _ => None,
    };
    tracing::info!(epoch = %life.epoch, database = %options.place.database, "starting");
    rt::System::new().block_on(run(options, app, tls)).map_err(|why| {
        Failure::new(
            format!("Tidak dapat melayani di {}.", options.listen),
            format!("Cannot serve at {}: {why}.", options.listen),
        )
    })
}

fn site(folder: Option<&Path>) -> Result<Site, Failure> {
    let Some(folder) = folder else { return Ok(Site::default()) };
    Site::read(folder).map_err(|why| {
        let name = folder.display();
        Failure::new(
            format!("Aplikasi di {name} tidak terbaca. Jalankan `cargo xtask app`."),
            format!("Cannot read the app in {name}: {why}. Run `cargo xtask app`."),
        )
    })
}

async fn run(options: &Serve, app: Data<App>, tls: Option<ServerConfig>) -> std::io::Result<()> {
    let server = HttpServer::new(move || {
        actix_web::App::new().wrap(from_fn(routes::observe)).configure(routes::configure(app.clone()))
    })
    .workers(options.workers)
    // Each may hold one connection or wait for one; more would only wait.
    .worker_max_blocking_threads(options.connections as usize * 2)
    .shutdown_timeout(GRACE_S);
    let server = match tls {
        Some(tls) => server.bind_rustls_0_23(options.listen, tls)?,
        None => server.bind(options.listen)?,
    };
    for (address, scheme) in server.addrs_with_scheme() {
        tracing::info!(%address, scheme, "listening");
    }
    server.run().await?;
    tracing::info!("stopped");
    Ok(())
}

fn tls(cert: &Path, key: &Path) -> Result<ServerConfig, Failure> {
    let broken = |path: &Path, why: &dyn std::fmt::Display| {
        let name = path.display();
        Failure::new(format!("Berkas TLS {name} tidak terbaca."), format!("Cannot read {name}: {why}."))
    };
    let chain: Result<Vec<_>, _> = CertificateDer::pem_file_iter(cert).and_then(Iterator::collect);
    let chain = chain.map_err(|why| broken(cert, &why))?;
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|why| broken(key, &why))?;
    ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, secret)
        .map_err(|why| Failure::new("Sertifikat dan kunci TLS tidak cocok.", why))
}
