//! Changes that went missing here, as devices that had pulled them still hold them.

use super::columns::{ActorColumn, AreaColumn, SeqColumn};
use super::tables::salvage;
use super::{Conn, Error};
use crate::ids::DeviceId;
use crate::on;
use diesel::prelude::*;
use sync_core::{ActorId, AreaCode, Dot};

/// What survived of a change on some device.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = salvage, treat_none_as_default_value = false)]
pub struct Salvaged {
    /// District.
    #[diesel(serialize_as = AreaColumn, deserialize_as = AreaColumn)]
    pub district: AreaCode,
    /// Whose change.
    #[diesel(serialize_as = ActorColumn, deserialize_as = ActorColumn)]
    pub actor: ActorId,
    /// Its number.
    #[diesel(serialize_as = SeqColumn, deserialize_as = SeqColumn)]
    pub seq: u64,
    /// The record it wrote to, 16 bytes.
    pub record: Vec<u8>,
    /// Where that record lives.
    #[diesel(serialize_as = AreaColumn, deserialize_as = AreaColumn)]
    pub area: AreaCode,
    /// The device that brought it.
    pub device: DeviceId,
    /// When.
    pub at_s: i64,
    /// A bundle of the one change.
    pub body: Vec<u8>,
}

impl Salvaged {
    /// The name of the change.
    pub fn dot(&self) -> Dot {
        Dot::new(self.actor, self.seq)
    }
}

/// What is kept of a change.
///
/// # Errors
/// When the database fails.
pub fn find(conn: &mut Conn, district: AreaCode, dot: Dot) -> Result<Option<Salvaged>, Error> {
    let key = (AreaColumn::from(district), ActorColumn::from(dot.actor), SeqColumn::from(dot.seq));
    on!(conn, |c| salvage::table.find(key).select(Salvaged::as_select()).get_result(c).optional())
}

/// Keeps a row in place of what is kept of the same change.
///
/// # Errors
/// When the database fails.
pub fn keep(conn: &mut Conn, row: &Salvaged) -> Result<(), Error> {
    let dot = row.dot();
    let key = (AreaColumn::from(row.district), ActorColumn::from(dot.actor), SeqColumn::from(dot.seq));
    on!(conn, |c| diesel::delete(salvage::table.find(key)).execute(c))?;
    on!(conn, |c| diesel::insert_into(salvage::table).values(row.clone()).execute(c)).map(drop)
}

/// Rows of a district after a change, ascending, at most `limit`.
///
/// # Errors
/// When the database fails.
pub fn after(
    conn: &mut Conn,
    district: AreaCode,
    after: Option<Dot>,
    limit: usize,
) -> Result<Vec<Salvaged>, Error> {
    let (actor, seq) = after.map_or((i64::MIN, -1), |dot| (dot.actor.0.cast_signed(), dot.seq.cast_signed()));
    on!(conn, |c| salvage::table
        .filter(salvage::district.eq(AreaColumn::from(district)))
        .filter(salvage::actor.gt(actor).or(salvage::actor.eq(actor).and(salvage::seq.gt(seq))))
        .order((salvage::actor, salvage::seq))
        .limit(limit as i64)
        .select(Salvaged::as_select())
        .load(c))
}
