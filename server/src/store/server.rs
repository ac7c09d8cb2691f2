//! The one row that says which life of its data this server is in.

use super::columns::{ActorColumn, EpochColumn};
use super::tables::server;
use super::{Conn, Error};
use crate::{on, on_locked};
use diesel::prelude::*;
use sync_core::{ActorId, Epoch};

/// This life of the server's data.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = server)]
pub struct Server {
    /// Random name of this life.
    #[diesel(deserialize_as = EpochColumn)]
    pub epoch: Epoch,
    /// The number under which the server itself writes, new in each life.
    #[diesel(deserialize_as = ActorColumn)]
    pub actor: ActorId,
}

/// The row; `None` before `init`.
pub fn find(conn: &mut Conn) -> Result<Option<Server>, Error> {
    on!(conn, |c| server::table.find(1).select(Server::as_select()).get_result(c).optional())
}

/// The row, locked until the transaction ends.
pub fn lock(conn: &mut Conn) -> Result<Option<Server>, Error> {
    on_locked!(conn, |c| server::table.find(1).select(Server::as_select()), get_result)
}

/// Begins a life: the first, or one after `parent`. The row stays one, so that who waits for it finds the new life in it.
pub fn begin(conn: &mut Conn, life: &Server, parent: Option<Epoch>, now_s: i64) -> Result<(), Error> {
    let row = (
        server::epoch.eq(EpochColumn::from(life.epoch)),
        server::parent_epoch.eq(parent.map(EpochColumn::from)),
        server::actor.eq(ActorColumn::from(life.actor)),
        server::created_at_s.eq(now_s),
    );
    on!(conn, |c| diesel::insert_into(server::table)
        .values((server::id.eq(1), row))
        .on_conflict(server::id)
        .do_update()
        .set(row)
        .execute(c))
    .map(drop)
}

/// Did another life go before this one? Then changes may have been seen that went missing.
pub fn has_parent(conn: &mut Conn) -> Result<bool, Error> {
    let known = on!(conn, |c| server::table
        .find(1)
        .select(server::parent_epoch.is_not_null())
        .get_result(c)
        .optional())?;
    Ok(known.unwrap_or_default())
}
