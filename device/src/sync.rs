//! Syncing: one step after the other, each of which can be the last.
//!
//! The rule this module protects: *every answer leads to one next step, and no step loses a change*. What comes next is
//! read from the store each time, so a sync that was cut off, or a device that was killed, goes on where it was.

mod ask;
mod exchange;
mod fork;
mod keys;
mod pull;
mod push;
mod report;
mod salvage;
mod snapshot;
mod token;

pub use report::{End, SyncReport};

use crate::store::{Fault, Limits};
use crate::transport::Transport;
use crate::{Device, Enrolled, Error, take};
use ed25519_dalek::VerifyingKey;
use std::collections::BTreeSet;
use sync_core::device::{Next, Recovery};
use sync_core::{ActorId, AreaCode, ErrorBody, ErrorCode};

/// Refusals that one sync lives with before it gives up for now.
const PATIENCE: u32 = 12;
/// Changes in one upload: about 30 bytes each, so a cut connection costs little.
const BATCH_CHANGES: usize = 220;

/// Why a step ended the sync, or must be followed by another.
enum Halt {
    /// Nothing more can be done now.
    End(End),
    /// The server refused.
    Refused(ErrorBody),
    /// The device itself failed.
    Failed(Error),
}

impl<E: Into<Error>> From<E> for Halt {
    fn from(error: E) -> Halt {
        Halt::Failed(error.into())
    }
}

/// What a step left to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Again,
    Done,
}

/// One sync.
struct Run<'a> {
    device: &'a mut Device,
    transport: &'a mut dyn Transport,
    now_s: i64,
    me: Enrolled,
    server: VerifyingKey,
    token: Option<String>,
    revoked: bool,
    limits: Option<Limits>,
    batch_changes: usize,
    /// Everything may be asked for at once, which is tried first and once.
    may_exchange: bool,
    /// The series that the last request spoke of.
    about: ActorId,
    /// Areas that were asked for again because they did not add up.
    asked_again: BTreeSet<AreaCode>,
    /// Areas whose records were offered to the server because they still did not.
    offered: BTreeSet<AreaCode>,
    /// Everything is coming anew.
    from_start: bool,
    /// Areas of which the server has said since then what they add up to.
    stood: BTreeSet<AreaCode>,
    report: SyncReport,
}

impl Device {
    /// Sends what was saved here, then takes in what others saved.
    ///
    /// # Errors
    /// [`Error::NotEnrolled`], and failures of the store; how far it came is on the disk. That the signal was lost or the
    /// server refused is no error: the report says so.
    pub fn sync(&mut self, transport: &mut dyn Transport, now_s: i64) -> Result<SyncReport, Error> {
        let mut run = Run::new(self, transport, now_s)?;
        run.report.end = match run.go() {
            Ok(()) => End::Done,
            Err(Halt::End(end)) => end,
            Err(Halt::Refused(body)) => End::Refused(body),
            Err(Halt::Failed(error)) => return Err(error),
        };
        let (revoked, mut report) = (run.revoked, run.report);
        report.revoked = revoked;
        report.counts = self.counts()?;
        Ok(report)
    }

    /// Asks for one more number: `author`'s own, or a second one, to keep values beside others without a signal.
    ///
    /// # Errors
    /// [`Error::NoSignal`], [`Error::Refused`].
    pub fn take_number(
        &mut self,
        transport: &mut dyn Transport,
        author: Option<crate::RecordId>,
        now_s: i64,
    ) -> Result<ActorId, Error> {
        let mut run = Run::new(self, transport, now_s)?;
        let given = run.ask_number(&serde_json::json!({}));
        let actor = given.map_err(|halt| match halt {
            Halt::Refused(body) | Halt::End(End::Refused(body)) => Error::Refused(body),
            Halt::End(_) => Error::NoSignal,
            Halt::Failed(error) => error,
        })?;
        self.store.tx(|store| crate::save::keep_number(store, actor, author))?;
        Ok(actor)
    }
}

impl<'a> Run<'a> {
    fn new(device: &'a mut Device, transport: &'a mut dyn Transport, now_s: i64) -> Result<Run<'a>, Error> {
        let me = device.enrolled()?;
        let session = device.store.session()?;
        let holds = (session.token_from_s..session.token_until_s).contains(&now_s);
        Ok(Run {
            server: me.receipt_key().ok_or(Error::BadAnswer)?,
            about: me.actor,
            token: session.token.filter(|_| holds),
            limits: session.limits,
            revoked: false,
            batch_changes: BATCH_CHANGES,
            may_exchange: true,
            asked_again: BTreeSet::new(),
            offered: BTreeSet::new(),
            from_start: false,
            stood: BTreeSet::new(),
            report: SyncReport::default(),
            device,
            transport,
            now_s,
            me,
        })
    }

    fn go(&mut self) -> Result<(), Halt> {
        let mut patience = PATIENCE;
        loop {
            match self.step() {
                Ok(Step::Done) => return Ok(()),
                Ok(Step::Again) => {}
                Err(Halt::Refused(body)) if patience > 0 => {
                    patience -= 1;
                    self.recover(body)?;
                }
                Err(halt) => return Err(halt),
            }
        }
    }

    fn step(&mut self) -> Result<Step, Halt> {
        if self.token.is_none() {
            if std::mem::take(&mut self.may_exchange)
                && let Some(step) = self.exchange()?
            {
                return Ok(step);
            }
            return self.authenticate().map(|()| Step::Again);
        }
        if !self.revoked && self.send_keys()? == Step::Again {
            return Ok(Step::Again);
        }
        for series in self.device.store.all_series()? {
            if let Next::Push { after_seq } = series.standing.next() {
                return self.push(&series, after_seq).map(|()| Step::Again);
            }
        }
        if self.revoked {
            return Ok(Step::Done);
        }
        // How large a batch may be is asked in the first sync: those that follow are then one question.
        self.limits()?;
        self.pull()
    }

    /// What the core says must follow a refusal.
    fn recover(&mut self, body: ErrorBody) -> Result<(), Halt> {
        // Its last door is open still: what it has is taken into quarantine.
        if body.code == ErrorCode::DeviceRevoked && !self.revoked {
            self.revoked = true;
            // The token is of before: only one that knows it opens the last door.
            self.token = None;
            return Ok(());
        }
        let about = self.about;
        let all = self.device.store.all_series()?;
        let series = all.into_iter().find(|series| series.actor() == about);
        let mut series = series.ok_or(Error::NotEnrolled)?;
        let oldest = self.device.store.oldest_held(about)?.unwrap_or(series.standing.head.seq + 1);
        match series.standing.on_error(&body, oldest) {
            Recovery::Authenticate => {
                self.token = None;
                Ok(())
            }
            Recovery::PullAll => {
                self.device.store.tx(|store| {
                    store.forget_areas()?;
                    take::pull_again(store, None)
                })?;
                Ok(())
            }
            Recovery::SendLess => self.send_less(body),
            // What comes next is read from the standing.
            Recovery::SendFrom { .. } | Recovery::Wait { seconds: 0 } => Ok(()),
            Recovery::ShowReceipt => self.show_receipt(&series, body.expected_seq.unwrap_or(1)),
            Recovery::Wait { seconds } => Err(Halt::End(End::Wait { seconds })),
            Recovery::Relabel { .. } if self.token.is_none() => self.authenticate_forked(body),
            Recovery::Relabel { after_seq } => self.relabel(about, after_seq, body),
            Recovery::Stop => Err(Halt::End(End::Refused(body))),
        }
    }

    fn send_less(&mut self, body: ErrorBody) -> Result<(), Halt> {
        self.limits = None;
        self.batch_changes /= 2;
        if self.batch_changes == 0 { Err(Halt::End(End::Refused(body))) } else { Ok(()) }
    }

    fn store<T>(&mut self, work: impl FnOnce(&mut crate::Store) -> Result<T, Fault>) -> Result<T, Halt> {
        work(&mut self.device.store).map_err(Halt::from)
    }
}
