//! The air between phones and server: what is lost in it, and what came through.
//!
//! The rule this module protects: *what arrived is counted where it arrives*, behind whatever loses requests and
//! before whatever loses replies.

use device::transport::{Fate, Flaky, Method};
use device::{ActorId, HttpTransport, NoSignal, Request, Response, Transport};
use fixtures::Dice;
use std::collections::BTreeMap;
use sync_core::{Batch, Bounds};

/// The demo trusts its phones.
const BOUNDS: Bounds = Bounds { changes_max: 1 << 20, bytes_max: 1 << 28, numbers_max: 1 << 28 };
/// Of a thousand uploads: never arrive, lose the reply, arrive twice.
const FATES: [(Fate, u32); 4] =
    [(Fate::Through, 840), (Fate::LoseRequest, 60), (Fate::LoseReply, 80), (Fate::Twice, 20)];

/// What went through the air.
#[derive(Debug, Default)]
pub struct Tally {
    /// Changes that reached the server and were answered with a receipt, every time they did.
    pub delivered: u64,
    /// Of these, changes that it had been given before.
    pub again: u64,
    /// Uploads that never arrived.
    pub requests_lost: u64,
    /// Uploads whose receipt never came back.
    pub replies_lost: u64,
    /// Bytes of uploads.
    pub up_bytes: u64,
    upto: BTreeMap<ActorId, u64>,
}

/// A wire that counts.
struct Counted<'a> {
    wire: &'a mut HttpTransport,
    tally: &'a mut Tally,
}

/// Is it an upload?
fn is_push(request: &Request) -> bool {
    request.method == Method::Post && request.path == "/v1/push"
}

impl Transport for Counted<'_> {
    fn send(&mut self, request: &Request) -> Result<Response, NoSignal> {
        let answer = self.wire.send(request)?;
        if is_push(request) && (200..300).contains(&answer.status) {
            self.tally.note(&request.body);
        }
        Ok(answer)
    }
}

impl Tally {
    fn note(&mut self, body: &[u8]) {
        let Ok(batch) = Batch::of_bytes(body, &BOUNDS) else { return };
        let upto = self.upto.entry(batch.actor).or_default();
        self.again += batch.changes.iter().filter(|change| change.origin.dot.seq <= *upto).count() as u64;
        self.delivered += batch.changes.len() as u64;
        self.up_bytes += body.len() as u64;
        *upto = batch.after().seq.max(*upto);
    }
}

/// Gives `work` the air of a village: uploads are lost now and then when there are `dice`.
pub fn through<T>(
    wire: &mut HttpTransport,
    tally: &mut Tally,
    dice: Option<&mut Dice>,
    work: impl FnOnce(&mut dyn Transport) -> T,
) -> T {
    let Some(dice) = dice else { return work(&mut Counted { wire, tally }) };
    let (mut requests_lost, mut replies_lost) = (0, 0);
    let fate = |request: &Request, _| {
        let fate = if is_push(request) { dice.weighted(&FATES) } else { Fate::Through };
        requests_lost += u64::from(fate == Fate::LoseRequest);
        replies_lost += u64::from(fate == Fate::LoseReply);
        fate
    };
    let done = work(&mut Flaky::new(Counted { wire, tally: &mut *tally }, fate));
    tally.requests_lost += requests_lost;
    tally.replies_lost += replies_lost;
    done
}
