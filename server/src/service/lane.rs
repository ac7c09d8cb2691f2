//! Where uploads queue for the one connection that writes them.
//!
//! The rule this module protects: *one upload is one transaction in one lane, never split*. A lane puts what is queued
//! into one transaction, so many small uploads share one wait for the disk; if that transaction fails, each upload is
//! tried alone, so that a bad one hurts nobody. SQLite has one lane, PostgreSQL one per core; an upload's district and
//! first area choose it, so that uploads to one village do not wait for each other's locks.
//!
//! [`Lane::step`] is called by a thread in the server and by the simulator itself, which owns time.

use super::Fault;
use super::push::{Outcome, Upload, store_all};
use super::seal_key::KeySafe;
use crate::store::{Conn, DatabaseUrl, Error};
use schema::Schema;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

/// Uploads that may wait in one lane; then senders are told to come back.
const QUEUE_MAX: usize = 64;
/// Changes that share a transaction; a measure of memory and of how long others wait.
const CHANGES_PER_STEP: usize = 2000;

/// Answers one upload.
pub type Reply = Box<dyn FnOnce(Result<Outcome, Error>) + Send>;

/// An upload and who waits for it.
pub struct Job {
    /// The upload.
    pub upload: Upload,
    /// Told once, after the commit.
    pub reply: Reply,
}

/// The way into a lane.
#[derive(Clone)]
pub struct Entrance(SyncSender<Job>);

/// All lanes of a server, by their entrances.
#[derive(Clone)]
pub struct Lanes(Vec<Entrance>);

impl Lanes {
    /// Queues an upload in the lane of its first change's area, so that uploads to one village meet in one lane.
    ///
    /// # Errors
    /// When the lane is full, or has stopped: come back later.
    pub fn enter(&self, job: Job) -> Result<(), Fault> {
        let area = job.upload.batch.changes.first().map_or(0, |change| change.origin.area.0);
        let lane = self.0.get(area as usize % self.0.len().max(1));
        lane.ok_or_else(|| Fault::unavailable("lane: there is none"))?.enter(job)
    }

    /// Lanes for a database, each to be run by a thread: one for a file, `cores` for a server.
    pub fn new(
        url: &DatabaseUrl,
        cores: usize,
        keys: &KeySafe,
        schema: &'static Schema,
    ) -> (Lanes, Vec<Lane>) {
        let count = if matches!(url, DatabaseUrl::Sqlite(_)) { 1 } else { cores.max(1) };
        let made = (0..count).map(|_| Lane::new(url, keys.clone(), schema));
        let (entrances, lanes) = made.unzip();
        (Lanes(entrances), lanes)
    }
}

/// A queue and the connection that empties it.
pub struct Lane {
    queue: Receiver<Job>,
    url: DatabaseUrl,
    conn: Option<Conn>,
    keys: KeySafe,
    schema: &'static Schema,
    /// Taken from the queue, left for the next step.
    waiting: Option<Job>,
}

impl Entrance {
    /// Queues an upload.
    ///
    /// # Errors
    /// When the lane is full, or has stopped: come back later.
    pub fn enter(&self, job: Job) -> Result<(), Fault> {
        self.0.try_send(job).map_err(|refused| match refused {
            TrySendError::Full(_) => Fault::unavailable("lane: full"),
            TrySendError::Disconnected(_) => Fault::unavailable("lane: stopped"),
        })
    }
}

impl Lane {
    /// A lane that will write to this database, and its entrance.
    pub fn new(url: &DatabaseUrl, keys: KeySafe, schema: &'static Schema) -> (Entrance, Lane) {
        let (enter, queue) = sync_channel(QUEUE_MAX);
        let lane = Lane { queue, url: url.clone(), conn: None, keys, schema, waiting: None };
        (Entrance(enter), lane)
    }

    /// Works until every entrance is gone.
    pub fn run(mut self) {
        while let Some(job) = self.waiting.take().or_else(|| self.queue.recv().ok()) {
            self.waiting = Some(job);
            self.step();
        }
    }

    /// Stores what is queued, as far as one transaction may hold it. How many uploads were answered?
    pub fn step(&mut self) -> usize {
        let jobs = self.gather();
        if jobs.is_empty() {
            return 0;
        }
        let count = jobs.len();
        let uploads: Vec<&Upload> = jobs.iter().map(|job| &job.upload).collect();
        let outcomes: Vec<Result<Outcome, Error>> = match self.store(&uploads) {
            Ok(outcomes) => outcomes.into_iter().map(Ok).collect(),
            Err(error) if count == 1 => vec![Err(error)],
            Err(_) => uploads.iter().map(|upload| self.store_alone(upload)).collect(),
        };
        for (job, outcome) in jobs.into_iter().zip(outcomes) {
            (job.reply)(outcome);
        }
        count
    }

    fn store_alone(&mut self, upload: &Upload) -> Result<Outcome, Error> {
        let mut outcomes = self.store(&[upload])?;
        outcomes.pop().ok_or_else(|| Error::Broken("an upload without an outcome".into()))
    }

    fn store(&mut self, uploads: &[&Upload]) -> Result<Vec<Outcome>, Error> {
        let mut conn = match self.conn.take() {
            Some(conn) => conn,
            None => Conn::open(&self.url)?,
        };
        let stored = store_all(&mut conn, uploads, self.schema, &self.keys);
        // After an error the connection may be gone or in an unknown state: the next step opens a new one.
        if stored.is_ok() {
            self.conn = Some(conn);
        }
        stored
    }

    /// Uploads of one district that fit one transaction together.
    fn gather(&mut self) -> Vec<Job> {
        let mut jobs: Vec<Job> = Vec::new();
        let mut changes = 0;
        while let Some(job) = self.waiting.take().or_else(|| self.queue.try_recv().ok()) {
            let size = job.upload.batch.changes.len();
            let fits = jobs.first().is_none_or(|first| {
                first.upload.sender.district == job.upload.sender.district
                    && changes + size <= CHANGES_PER_STEP
            });
            if !fits {
                self.waiting = Some(job);
                break;
            }
            changes += size;
            jobs.push(job);
        }
        jobs
    }
}
