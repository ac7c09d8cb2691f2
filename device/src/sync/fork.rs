//! The server has another history under one of the device's numbers: somewhere there is a twin.

use super::{End, Halt, Run};
use crate::twin;
use serde_json::json;
use std::collections::BTreeMap;
use sync_core::{ActorId, ErrorBody};

impl Run<'_> {
    /// Gives the branch after a number a number of its own.
    pub(super) fn relabel(&mut self, old: ActorId, after_seq: u64, refusal: ErrorBody) -> Result<(), Halt> {
        let schema = self.device.schema;
        let branch = twin::branch(&mut self.device.store, old, after_seq, schema)?;
        let branch = branch.ok_or(Halt::End(End::Refused(refusal)))?;
        // What the server holds of the device's other numbers can no longer be rewritten.
        let given = self.token_for(Vec::new())?;
        let received: BTreeMap<ActorId, u64> =
            given.heads.iter().map(|head| (head.actor, head.seq)).collect();
        let fork = json!({ "actor": old, "after_seq": after_seq, "branch": branch.hash });
        if self.ask_number(&json!({ "fork": fork }))? != branch.actor {
            return Err(Halt::End(End::BadAnswer));
        }
        twin::relabel(&mut self.device.store, old, &branch, &received, schema)?;
        self.report.relabelled.push((old, branch.actor));
        Ok(())
    }

    /// A fork was told before a token was given. Where the branch leaves is told when it is pushed, and what is pushed
    /// first is all that a token without heads is used for.
    pub(super) fn authenticate_forked(&mut self, refusal: ErrorBody) -> Result<(), Halt> {
        if crate::read::unsent(&mut self.device.store)? == 0 {
            return Err(Halt::End(End::Refused(refusal)));
        }
        self.token_for(Vec::new()).map(|_| ())
    }
}
