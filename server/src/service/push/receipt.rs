//! What the sender gets for an upload.
//!
//! The rule this module protects: *a receipt is signed only after the commit*: whoever holds one can prove that the
//! server had everything up to its number on disk.

use super::Outcome;
use crate::service::{Fault, World, life};
use crate::store::Conn;
use sync_core::{ActorId, AreaCode, ErrorCode, Held, Mark, Receipt};

/// The receipt for an outcome, or the refusal that says where to go on.
///
/// # Errors
/// `seq_gap`, `fork` and `actor_taken` by name.
pub fn receipt(
    world: &World,
    conn: &mut Conn,
    district: AreaCode,
    actor: ActorId,
    outcome: &Outcome,
) -> Result<Receipt, Fault> {
    let refused = |code, seq| Fault {
        expected_seq: Some(seq),
        ..Fault::new(code, format!("push: actor of district {district}"))
    };
    match outcome {
        Outcome::Gap { expected } => Err(refused(ErrorCode::SeqGap, *expected)),
        Outcome::Fork { at } => Err(refused(ErrorCode::Fork, *at)),
        Outcome::ForeignActor => Err(Fault::new(ErrorCode::ActorTaken, "push: not the device's actor")),
        Outcome::Held { mark, backed_up_seq, held, .. } => {
            of_mark(world, conn, actor, *mark, *backed_up_seq, held)
        }
    }
}

/// The signed word that a series is held up to a mark, and by every backup up to `backed_up_seq`.
///
/// # Errors
/// When the database fails.
pub fn of_mark(
    world: &World,
    conn: &mut Conn,
    actor: ActorId,
    mark: Mark,
    backed_up_seq: u64,
    held: &[Held],
) -> Result<Receipt, Fault> {
    let epoch = life(conn)?.epoch;
    let key = world.secrets.receipt_key();
    Ok(Receipt::signed(&key, epoch, actor, mark, world.clock.now_s(), backed_up_seq, held))
}
