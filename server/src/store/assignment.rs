//! Assignments: who works where, and since when. They are ended, never removed.

use super::columns::AreaColumn;
use super::tables::assignment;
use super::{Conn, Error};
use crate::ids::PersonId;
use crate::on;
use diesel::prelude::*;
use sync_core::AreaCode;

/// Work of one person in one area for a time.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = assignment, treat_none_as_default_value = false)]
pub struct Assignment {
    /// The district of the person.
    #[diesel(serialize_as = AreaColumn, deserialize_as = AreaColumn)]
    pub district: AreaCode,
    /// Who.
    pub person: PersonId,
    /// Where: the area and everything in it.
    #[diesel(serialize_as = AreaColumn, deserialize_as = AreaColumn)]
    pub area: AreaCode,
    /// Its first second.
    pub from_s: i64,
    /// The second after its last; `None` while it runs.
    pub until_s: Option<i64>,
}

/// Adds an assignment. One that ended within the second in which it began never ran, and runs now.
pub fn add(conn: &mut Conn, row: &Assignment) -> Result<(), Error> {
    on!(conn, |c| diesel::insert_into(assignment::table)
        .values(row.clone())
        .on_conflict((assignment::district, assignment::person, assignment::area, assignment::from_s))
        .do_update()
        .set(assignment::until_s.eq(row.until_s))
        .execute(c))
    .map(drop)
}

/// All assignments a person ever had, oldest first.
pub fn of_person(conn: &mut Conn, district: AreaCode, person: PersonId) -> Result<Vec<Assignment>, Error> {
    on!(conn, |c| {
        assignment::table
            .filter(assignment::district.eq(AreaColumn::from(district)).and(assignment::person.eq(person)))
            .order((assignment::from_s, assignment::area))
            .select(Assignment::as_select())
            .load(c)
    })
}

/// All running assignments of a district.
pub fn running(conn: &mut Conn, district: AreaCode) -> Result<Vec<Assignment>, Error> {
    on!(conn, |c| {
        assignment::table
            .filter(assignment::district.eq(AreaColumn::from(district)).and(assignment::until_s.is_null()))
            .order((assignment::person, assignment::area))
            .select(Assignment::as_select())
            .load(c)
    })
}

/// Ends the running assignment of a person in exactly this area; how many there were.
pub fn end(
    conn: &mut Conn,
    district: AreaCode,
    person: PersonId,
    area: AreaCode,
    now_s: i64,
) -> Result<usize, Error> {
    on!(conn, |c| {
        diesel::update(assignment::table)
            .filter(assignment::district.eq(AreaColumn::from(district)))
            .filter(assignment::person.eq(person))
            .filter(assignment::area.eq(AreaColumn::from(area)))
            .filter(assignment::until_s.is_null())
            .set(assignment::until_s.eq(now_s))
            .execute(c)
    })
}
