//! Edits and changes that are kept apart until a person has looked.
//!
//! The rule this module protects: *nothing is refused, nothing is lost*: a row here names the register of a change that
//! the log holds; it never holds the value itself.

use super::tables::quarantine;
use super::{Conn, Error};
use crate::on;
use diesel::{
    BoolExpressionMethods, ExpressionMethods, Insertable, QueryDsl, Queryable, RunQueryDsl, Selectable,
    SelectableHelper,
};
use sync_core::{ActorId, Dot};

/// Something that is held.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = quarantine)]
pub struct HeldRow {
    /// District of the device.
    pub district: i64,
    /// Whose change.
    pub actor: i64,
    /// Which change.
    pub seq: i64,
    /// Number of the field; 0 when the whole change is held, and for the tombstone.
    pub field: i32,
    /// Canonical bytes of the element; empty when the whole change is held.
    pub element: Vec<u8>,
    /// The whole change is held.
    pub whole: bool,
    /// The area that the change names.
    pub area: i64,
    /// Number of the kind.
    pub kind: i32,
    /// The record.
    pub record: Option<Vec<u8>>,
    /// Number of the reason (`schema::Refusal`).
    pub reason: i16,
    /// When it arrived.
    pub received_at_s: i64,
}

/// Keeps these.
///
/// # Errors
/// When the database fails.
pub fn keep(conn: &mut Conn, rows: &[HeldRow]) -> Result<(), Error> {
    for row in rows {
        on!(conn, |c| diesel::insert_into(quarantine::table).values(row).execute(c))?;
    }
    Ok(())
}

/// What is held of an actor's changes `first ..= last`.
///
/// # Errors
/// When the database fails.
pub fn of_actor(
    conn: &mut Conn,
    district: i64,
    actor: ActorId,
    first: u64,
    last: u64,
) -> Result<Vec<HeldRow>, Error> {
    on!(conn, |c| quarantine::table
        .filter(quarantine::district.eq(district))
        .filter(quarantine::actor.eq(actor.0 as i64))
        .filter(quarantine::seq.between(first as i64, last as i64))
        .order((quarantine::seq, quarantine::field, quarantine::element))
        .select(HeldRow::as_select())
        .load(c))
}

/// Undecided rows of one change.
///
/// # Errors
/// When the database fails.
pub fn open_of(conn: &mut Conn, district: i64, dot: Dot) -> Result<Vec<HeldRow>, Error> {
    on!(conn, |c| quarantine::table
        .filter(quarantine::district.eq(district))
        .filter(quarantine::actor.eq(dot.actor.0 as i64))
        .filter(quarantine::seq.eq(dot.seq as i64))
        .filter(quarantine::decided_at_s.is_null())
        .order((quarantine::field, quarantine::element))
        .select(HeldRow::as_select())
        .load(c))
}

/// Undecided rows of these areas (`None`: of the whole district), after a row, at most `limit`, ascending by change.
///
/// # Errors
/// When the database fails.
pub fn open_in(
    conn: &mut Conn,
    district: i64,
    areas: Option<&[i64]>,
    after: Dot,
    limit: usize,
) -> Result<Vec<HeldRow>, Error> {
    let (actor, seq) = (after.actor.0 as i64, after.seq as i64);
    on!(conn, |c| {
        let mut rows = quarantine::table
            .filter(quarantine::district.eq(district))
            .filter(quarantine::decided_at_s.is_null())
            .filter(quarantine::actor.gt(actor).or(quarantine::actor.eq(actor).and(quarantine::seq.gt(seq))))
            .order((quarantine::actor, quarantine::seq, quarantine::field))
            .limit(limit as i64)
            .select(HeldRow::as_select())
            .into_boxed();
        if let Some(areas) = areas {
            rows = rows.filter(quarantine::area.eq_any(areas));
        }
        rows.load(c)
    })
}

impl HeldRow {
    /// The change.
    pub fn dot(&self) -> Dot {
        Dot::new(ActorId(self.actor as u64), self.seq as u64)
    }
}
