//! What is counted, for Prometheus.
//!
//! The rule this module protects: *a counter names routes and codes, never people or places*, and the number of its
//! series is bounded.

use crate::service::Fault;
use crate::store::Pool;
use prometheus::{
    Encoder, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, Opts, Registry, TextEncoder,
};
use sync_core::ErrorCode;

/// All counters.
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
    refusals: IntCounterVec,
    connections: IntGauge,
    changes: IntCounter,
    held: IntCounter,
}

impl Metrics {
    /// New ones, all at zero.
    ///
    /// # Errors
    ///
    /// When a name is malformed or used twice.
    pub fn new() -> Result<Metrics, prometheus::Error> {
        let metrics = Metrics {
            registry: Registry::new(),
            requests: IntCounterVec::new(
                Opts::new("lumbung_requests_total", "Requests answered."),
                &["method", "route", "status"],
            )?,
            seconds: HistogramVec::new(
                HistogramOpts::new("lumbung_request_seconds", "Time until the answer was ready.").buckets(
                    vec![0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0],
                ),
                &["route"],
            )?,
            refusals: IntCounterVec::new(
                Opts::new("lumbung_refusals_total", "Requests refused, by error code."),
                &["code"],
            )?,
            connections: IntGauge::new("lumbung_database_connections", "Open connections of the pool.")?,
            changes: IntCounter::new("lumbung_changes_total", "Changes received for the first time.")?,
            held: IntCounter::new("lumbung_held_total", "Edits and changes put into quarantine.")?,
        };
        metrics.registry.register(Box::new(metrics.requests.clone()))?;
        metrics.registry.register(Box::new(metrics.seconds.clone()))?;
        metrics.registry.register(Box::new(metrics.refusals.clone()))?;
        metrics.registry.register(Box::new(metrics.connections.clone()))?;
        metrics.registry.register(Box::new(metrics.changes.clone()))?;
        metrics.registry.register(Box::new(metrics.held.clone()))?;
        Ok(metrics)
    }

    /// Counts what an upload brought.
    pub fn pushed(&self, new: usize, held: usize) {
        self.changes.inc_by(new as u64);
        self.held.inc_by(held as u64);
    }

    /// Counts one answer.
    pub fn answered(&self, method: &str, route: &str, status: u16, took_ms: i64, refused: Option<ErrorCode>) {
        // Anybody can invent a method; only the usual ones get a series.
        let method =
            if ["GET", "POST", "PUT", "DELETE", "HEAD"].contains(&method) { method } else { "other" };
        self.requests.with_label_values(&[method, route, &status.to_string()]).inc();
        self.seconds.with_label_values(&[route]).observe(took_ms.max(0) as f64 / 1000.0);
        if let Some(code) = refused {
            self.refusals.with_label_values(&[code.name()]).inc();
        }
    }

    /// All counters in the text format of Prometheus.
    ///
    /// # Errors
    ///
    /// [`ErrorCode::Internal`] when they cannot be written.
    pub fn text(&self, pool: &Pool) -> Result<Vec<u8>, Fault> {
        self.connections.set(pool.open().into());
        let mut text = Vec::new();
        TextEncoder::new()
            .encode(&self.registry.gather(), &mut text)
            .map_err(|why| Fault::new(ErrorCode::Internal, format!("metrics: {why}")))?;
        Ok(text)
    }
}
