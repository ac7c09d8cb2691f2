//! Actors: the numbers devices write under, and how far the series of each is held.

use super::columns::{ActorColumn, AreaColumn, ChainColumn, SeqColumn};
use super::tables::actor;
use super::{Conn, Error};
use crate::ids::DeviceId;
use crate::{on, on_locked};
use diesel::prelude::*;
use sync_core::{ActorId, AreaCode, ChainHash, Mark};

/// A number a device writes under.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = actor, treat_none_as_default_value = false)]
pub struct Actor {
    /// The district of its device.
    #[diesel(serialize_as = AreaColumn, deserialize_as = AreaColumn)]
    pub district: AreaCode,
    /// The number.
    #[diesel(serialize_as = ActorColumn, deserialize_as = ActorColumn)]
    pub number: ActorId,
    /// Whose it is.
    pub device: DeviceId,
    /// The last change held; 0 before the first.
    #[diesel(serialize_as = SeqColumn, deserialize_as = SeqColumn)]
    pub seq: u64,
    /// Hash of the series up to it.
    #[diesel(serialize_as = ChainColumn, deserialize_as = ChainColumn)]
    pub chain: ChainHash,
    /// Since when it is known.
    pub since_s: i64,
    /// When something of it last arrived.
    pub heard_at_s: Option<i64>,
    /// Every backup that may still be restored holds the series up to here.
    #[diesel(serialize_as = SeqColumn, deserialize_as = SeqColumn)]
    pub backed_up_seq: u64,
}

impl Actor {
    /// How far its series is held.
    pub fn mark(&self) -> Mark {
        Mark { seq: self.seq, chain: self.chain }
    }
}

/// Numbers of one statement: SQLite takes at most 32,766 parameters.
const NUMBERS_PER_STATEMENT: usize = 1000;

/// Adds a number; [`Error::Duplicate`] when it is taken.
pub fn add(conn: &mut Conn, row: &Actor) -> Result<(), Error> {
    on!(conn, |c| diesel::insert_into(actor::table).values(row.clone()).execute(c)).map(drop)
}

/// The actor with this number.
pub fn find(conn: &mut Conn, number: ActorId) -> Result<Option<Actor>, Error> {
    let number = ActorColumn::from(number);
    on!(conn, |c| actor::table.find(number).select(Actor::as_select()).get_result(c).optional())
}

/// Those of these numbers that are known.
pub fn numbered(conn: &mut Conn, numbers: &[ActorId]) -> Result<Vec<Actor>, Error> {
    let mut all = Vec::with_capacity(numbers.len());
    for numbers in numbers.chunks(NUMBERS_PER_STATEMENT) {
        let numbers: Vec<ActorColumn> = numbers.iter().copied().map(ActorColumn::from).collect();
        all.extend(on!(conn, |c| actor::table
            .filter(actor::number.eq_any(&numbers))
            .select(Actor::as_select())
            .load(c))?);
    }
    Ok(all)
}

/// The actor with this number, locked until the transaction ends.
pub fn lock(conn: &mut Conn, number: ActorId) -> Result<Option<Actor>, Error> {
    let number = ActorColumn::from(number);
    on_locked!(conn, |c| actor::table.find(number).select(Actor::as_select()), get_result)
}

/// Moves how far a series is held, in the transaction that stores what the mark covers.
pub fn advance(conn: &mut Conn, number: ActorId, to: &Mark, heard_at_s: i64) -> Result<(), Error> {
    on!(conn, |c| {
        diesel::update(actor::table.find(ActorColumn::from(number)))
            .set((
                actor::seq.eq(SeqColumn::from(to.seq)),
                actor::chain.eq(ChainColumn::from(to.chain)),
                actor::heard_at_s.eq(heard_at_s),
            ))
            .execute(c)
    })
    .map(drop)
}

/// All numbers of a device, in the order they were given.
pub fn of_device(conn: &mut Conn, district: AreaCode, device: DeviceId) -> Result<Vec<Actor>, Error> {
    on!(conn, |c| {
        actor::table
            .filter(actor::district.eq(AreaColumn::from(district)).and(actor::device.eq(device)))
            .order((actor::since_s, actor::number))
            .select(Actor::as_select())
            .load(c)
    })
}

/// Notes that every backup that may still be restored holds a series up to `seq`.
pub fn note_backup(conn: &mut Conn, number: ActorId, seq: u64) -> Result<(), Error> {
    on!(conn, |c| {
        diesel::update(actor::table.find(ActorColumn::from(number)))
            .set(actor::backed_up_seq.eq(SeqColumn::from(seq)))
            .execute(c)
    })
    .map(drop)
}

/// Every actor there is, ascending.
pub fn all(conn: &mut Conn) -> Result<Vec<Actor>, Error> {
    on!(conn, |c| actor::table.order(actor::number).select(Actor::as_select()).load(c))
}
