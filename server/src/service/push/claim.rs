//! What an edit claims to have seen, against what the server holds.
//!
//! The rule this module protects: *nobody hides what has not been sent yet*. A context replaces what it names; one that
//! runs ahead of a series would swallow that series' next writes unseen. People see only what the server gave them, so
//! an honest context never runs ahead: except of the device's own other numbers, and after a restore, when changes may
//! have been seen that went missing with it.

use super::Upload;
use crate::ids::DeviceId;
use crate::store::{Conn, Error, actor, server};
use std::collections::{BTreeMap, BTreeSet};
use sync_core::{ActorId, Change, Dot, Edit, TOMBSTONE, Tombstone};

/// How far the series are held that some uploads claim to have seen.
pub(super) struct Claimed {
    /// By actor: whose it is, and its last change held.
    held: BTreeMap<ActorId, (DeviceId, u64)>,
    /// After a restore nothing can be said.
    unknowable: bool,
}

impl Claimed {
    /// Looks up what these uploads claim to have seen.
    pub(super) fn by(conn: &mut Conn, uploads: &[&Upload]) -> Result<Claimed, Error> {
        let changes = uploads.iter().flat_map(|upload| &upload.batch.changes);
        let mut actors = BTreeSet::new();
        for edit in changes.flat_map(|change| &change.edits) {
            each_claim(edit, |dot| actors.extend([dot.actor]));
        }
        if actors.is_empty() {
            return Ok(Claimed { held: BTreeMap::new(), unknowable: false });
        }
        let actors: Vec<ActorId> = actors.into_iter().collect();
        let held = actor::numbered(conn, &actors)?;
        let held = held.into_iter().map(|row| (row.number, (row.device, row.seq))).collect();
        Ok(Claimed { held, unknowable: server::has_parent(conn)? })
    }

    /// Which edits of a change of `device` claim what nobody has sent? Positions, ascending.
    pub(super) fn beyond(&self, device: DeviceId, change: &Change) -> Vec<usize> {
        if self.unknowable {
            return Vec::new();
        }
        let ahead = |dot: Dot| match self.held.get(&dot.actor) {
            Some((whose, seq)) => *whose != device && dot.seq > *seq,
            None => true,
        };
        let lies = |edit: &Edit| {
            let mut any = false;
            each_claim(edit, |dot| any |= ahead(dot));
            any
        };
        (0..change.edits.len()).filter(|position| lies(&change.edits[*position])).collect()
    }
}

/// The dots of an edit's context, and of the clock of a deletion.
fn each_claim(edit: &Edit, mut see: impl FnMut(Dot)) {
    edit.context.dots().iter().copied().for_each(&mut see);
    if edit.field == TOMBSTONE
        && let Some(stone) = Tombstone::of_value(&edit.value)
    {
        stone.seen.dots().iter().copied().for_each(see);
    }
}
