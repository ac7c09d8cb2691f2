//! How far each actor's series is held.
//!
//! The rule this module protects: *the mark moves in the transaction that stores what it covers*, and whoever moves
//! marks first locks them, in ascending order.

use super::tables::actor;
use super::{Conn, Error};
use crate::{on, on_locked};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, Queryable, RunQueryDsl, Selectable, SelectableHelper};
use sync_core::{ActorId, ChainHash, Mark};

/// A series and its device.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = actor)]
pub struct ActorMark {
    /// District of the device.
    pub district: i64,
    #[diesel(column_name = number)]
    number: i64,
    /// Id of the device.
    pub device: Vec<u8>,
    seq: i64,
    chain: Vec<u8>,
    /// When the actor was given to the device.
    pub since_s: i64,
    /// When something of it last arrived.
    pub heard_at_s: Option<i64>,
}

impl ActorMark {
    /// The actor.
    pub fn actor(&self) -> ActorId {
        ActorId(self.number as u64)
    }

    /// How far its series is held.
    pub fn mark(&self) -> Mark {
        let mut chain = [0; 32];
        if self.chain.len() == chain.len() {
            chain.copy_from_slice(&self.chain);
        }
        Mark { seq: self.seq as u64, chain: ChainHash(chain) }
    }
}

/// The mark of an actor.
///
/// # Errors
/// When the database fails.
pub fn find(conn: &mut Conn, of: ActorId) -> Result<Option<ActorMark>, Error> {
    on!(conn, |c| actor::table
        .find(of.0 as i64)
        .select(ActorMark::as_select())
        .get_result(c)
        .optional())
}

/// The mark of an actor, locked until the transaction ends.
///
/// # Errors
/// When the database fails.
pub fn lock(conn: &mut Conn, of: ActorId) -> Result<Option<ActorMark>, Error> {
    on_locked!(conn, |c| actor::table.find(of.0 as i64).select(ActorMark::as_select()), get_result)
}

/// Moves the mark of an actor.
///
/// # Errors
/// When the database fails.
pub fn advance(conn: &mut Conn, of: ActorId, to: &Mark, heard_at_s: i64) -> Result<(), Error> {
    on!(conn, |c| diesel::update(actor::table.find(of.0 as i64))
        .set((
            actor::seq.eq(to.seq as i64),
            actor::chain.eq(&to.chain.0[..]),
            actor::heard_at_s.eq(heard_at_s),
        ))
        .execute(c))
    .map(drop)
}
