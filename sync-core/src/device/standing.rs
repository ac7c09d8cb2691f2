//! How far a device is with its server, and what comes next.
//!
//! The rule this module protects: *every answer of the server leads to one next step, and no step loses a change.*

use crate::error::ErrorBody;
use crate::{ActorId, AreaCode, Dot, Epoch, ErrorCode, HybridClock, Mark, Page, Receipt};
use ed25519_dalek::VerifyingKey;
use serde::{Deserialize, Serialize};

/// What a device must not forget, beside its changes and records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Its number.
    pub actor: ActorId,
    /// Its last saved change.
    pub head: Mark,
    /// The newest receipt; `None` before the first.
    pub receipt: Option<Receipt>,
    /// The life of the server that the cursor and the receipt belong to.
    pub epoch: Option<Epoch>,
    /// Where the next pull goes on; `None`: from the start.
    pub cursor: Option<String>,
    /// Areas it works in, as the server said last.
    pub scope: Vec<AreaCode>,
    /// Its clock.
    pub clock: HybridClock,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Send changes after this number.
    Push {
        /// The last number the server has receipted.
        after_seq: u64,
    },
    /// Ask for what is new.
    Pull,
}

/// What to do after the server refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recovery {
    /// Send again from this number on: the server lacks it.
    SendFrom {
        /// The first number it lacks.
        seq: u64,
    },
    /// The server lacks what it once receipted: show it the receipt, so that it opens a new epoch, lists what the device
    /// no longer holds as a loss, and the series can go on.
    ShowReceipt,
    /// This device has a twin: ask for a new number and relabel the changes after this one.
    Relabel {
        /// The last change that both twins share, as far as the server knows.
        after_seq: u64,
    },
    /// Get a new token, then the same again.
    Authenticate,
    /// Start the next pull from the beginning; what comes is merged.
    PullAll,
    /// Send less at once.
    SendLess,
    /// The same again after a while.
    Wait {
        /// Seconds.
        seconds: u32,
    },
    /// A person must act: the message says how.
    Stop,
}

/// Why an answer of the server is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    /// The signature is not that of the server the device was enrolled with.
    #[error("the receipt is not signed by this server")]
    Signature,
    /// It is about another series.
    #[error("the receipt is about another device")]
    Foreign,
    /// It says it holds more than was ever written, or something else than what was written.
    #[error("the receipt does not match what was written here")]
    Mismatch,
}

/// Seconds to wait when the server names none.
const WAIT_S: u32 = 60;

impl Standing {
    /// A device that has just been given its number.
    pub fn new(actor: ActorId, epoch: Epoch, scope: Vec<AreaCode>) -> Standing {
        Standing {
            actor,
            head: Mark::start(actor),
            receipt: None,
            epoch: Some(epoch),
            cursor: None,
            scope,
            clock: HybridClock::default(),
        }
    }

    /// Number of the last change with a receipt.
    pub fn received_seq(&self) -> u64 {
        self.receipt.as_ref().map_or(0, |receipt| receipt.seq)
    }

    /// Changes without a receipt.
    pub fn unsent(&self) -> u64 {
        self.head.seq - self.received_seq().min(self.head.seq)
    }

    /// Up to here the device may forget its own changes: every backup of the server holds them.
    pub fn forgettable_seq(&self) -> u64 {
        self.receipt.as_ref().map_or(0, |receipt| receipt.backed_up_seq.min(receipt.seq))
    }

    /// The name of the change that is saved next.
    pub fn next_dot(&self) -> Dot {
        Dot::new(self.actor, self.head.seq + 1)
    }

    /// First what people saved here goes out, then what others saved comes in.
    pub fn next(&self) -> Next {
        match self.unsent() {
            0 => Next::Pull,
            _ => Next::Push { after_seq: self.received_seq() },
        }
    }

    /// Takes a receipt. `own` tells the hash of the own series at a number, as far as the device still knows it.
    ///
    /// # Errors
    /// [`Doubt`]; the standing is unchanged then.
    pub fn on_receipt(
        &mut self,
        receipt: Receipt,
        server: &VerifyingKey,
        own: impl FnOnce(u64) -> Option<crate::ChainHash>,
    ) -> Result<(), Doubt> {
        if !receipt.is_signed_by(server) {
            return Err(Doubt::Signature);
        }
        if receipt.actor != self.actor {
            return Err(Doubt::Foreign);
        }
        let known = if receipt.seq == self.head.seq { Some(self.head.chain) } else { own(receipt.seq) };
        if receipt.seq > self.head.seq || known.is_some_and(|known| known != receipt.chain) {
            return Err(Doubt::Mismatch);
        }
        // A restored server holds less than it once receipted: the newer word counts, and the hole is sent again.
        self.settle_epoch(receipt.epoch);
        self.receipt = Some(receipt);
        Ok(())
    }

    /// Takes note of a page that was merged and stored. Did the epoch change, so that everything must be compared?
    pub fn on_page(&mut self, page: &Page) -> bool {
        let changed = self.settle_epoch(page.epoch);
        self.cursor = Some(page.cursor.clone());
        if let Some(scope) = &page.scope {
            self.scope.clone_from(scope);
        }
        changed
    }

    /// A new life of the server: cursors of the old one do not hold.
    fn settle_epoch(&mut self, epoch: Epoch) -> bool {
        let changed = self.epoch.is_some_and(|known| known != epoch);
        if changed {
            self.cursor = None;
        }
        self.epoch = Some(epoch);
        changed
    }

    /// What to do after an error. `oldest_held` is the smallest number of an own change that is still stored here.
    pub fn on_error(&mut self, error: &ErrorBody, oldest_held: u64) -> Recovery {
        let seq = error.expected_seq.unwrap_or(1);
        match error.code {
            // It once said that it holds this: its data went back, and it must learn that before anything else.
            ErrorCode::SeqGap if seq < oldest_held || seq <= self.received_seq() => Recovery::ShowReceipt,
            ErrorCode::SeqGap => Recovery::SendFrom { seq },
            ErrorCode::Fork => Recovery::Relabel { after_seq: seq.saturating_sub(1) },
            ErrorCode::EpochChanged => {
                self.cursor = None;
                Recovery::PullAll
            }
            ErrorCode::Unauthorized => Recovery::Authenticate,
            ErrorCode::TooLarge => Recovery::SendLess,
            ErrorCode::RateLimited | ErrorCode::Unavailable | ErrorCode::Internal => {
                Recovery::Wait { seconds: error.retry_after_s.unwrap_or(WAIT_S) }
            }
            // Damage on the way: the same bytes again.
            ErrorCode::BadBody => Recovery::Wait { seconds: 0 },
            _ => Recovery::Stop,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::SigningKey;

    const ACTOR: ActorId = ActorId(5);

    fn standing(saved: u64) -> Standing {
        let mut standing = Standing::new(ACTOR, Epoch(1), Vec::new());
        standing.head = Mark { seq: saved, chain: crate::ChainHash([saved as u8; 32]) };
        standing
    }

    fn receipt(key: &SigningKey, epoch: u128, seq: u64) -> Receipt {
        let mark = Mark { seq, chain: crate::ChainHash([seq as u8; 32]) };
        Receipt::signed(key, Epoch(epoch), ACTOR, mark, 0, 0, &[])
    }

    #[test]
    fn only_a_true_receipt_says_sent() {
        let key = SigningKey::from_bytes(&[1; 32]);
        let server = key.verifying_key();
        let mut standing = standing(3);
        assert_eq!(standing.next(), Next::Push { after_seq: 0 });
        let forged = receipt(&SigningKey::from_bytes(&[2; 32]), 1, 3);
        assert_eq!(standing.on_receipt(forged, &server, |_| None), Err(Doubt::Signature));
        assert_eq!(standing.on_receipt(receipt(&key, 1, 4), &server, |_| None), Err(Doubt::Mismatch));
        let other = Some(crate::ChainHash([9; 32]));
        assert_eq!(standing.on_receipt(receipt(&key, 1, 2), &server, |_| other), Err(Doubt::Mismatch));
        assert_eq!(standing.unsent(), 3);
        assert_eq!(standing.on_receipt(receipt(&key, 1, 3), &server, |_| None), Ok(()));
        assert_eq!((standing.unsent(), standing.next()), (0, Next::Pull));
    }

    #[test]
    fn a_restored_server_gets_the_hole_again_and_is_asked_for_everything() {
        let key = SigningKey::from_bytes(&[1; 32]);
        let mut standing = standing(3);
        standing.cursor = Some("old".into());
        standing.on_receipt(receipt(&key, 1, 3), &key.verifying_key(), |_| None).expect("true");
        standing.on_receipt(receipt(&key, 2, 1), &key.verifying_key(), |_| None).expect("true");
        assert_eq!(standing.next(), Next::Push { after_seq: 1 });
        assert_eq!((standing.cursor, standing.epoch), (None, Some(Epoch(2))));
    }

    #[test]
    fn every_refusal_has_a_next_step() {
        let body = |code, expected_seq| ErrorBody {
            code,
            message: String::new(),
            retry_after_s: Some(7),
            expected_seq,
        };
        let mut standing = standing(9);
        let mut after = |code, seq| standing.on_error(&body(code, seq), 4);
        assert_eq!(after(ErrorCode::SeqGap, Some(6)), Recovery::SendFrom { seq: 6 });
        assert_eq!(after(ErrorCode::SeqGap, Some(2)), Recovery::ShowReceipt);
        assert_eq!(after(ErrorCode::Fork, Some(6)), Recovery::Relabel { after_seq: 5 });
        assert_eq!(after(ErrorCode::Unavailable, None), Recovery::Wait { seconds: 7 });
        assert_eq!(after(ErrorCode::Forbidden, None), Recovery::Stop);
    }
}
