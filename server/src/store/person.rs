//! People: who signs in or carries a phone.

use super::columns::{AreaColumn, Bytes, RoleColumn};
use super::tables::person;
use super::{Conn, Error};
use crate::ids::PersonId;
use crate::on;
use diesel::prelude::*;
use schema::Role;
use sync_core::AreaCode;

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = person, treat_none_as_default_value = false)]
pub struct Person {
    /// The district she belongs to.
    #[diesel(serialize_as = AreaColumn, deserialize_as = AreaColumn)]
    pub district: AreaCode,
    /// Her id.
    pub id: PersonId,
    /// The name she signs in with, unique on the server.
    pub login: String,
    /// Argon2id in the PHC form; `None` until she sets a password.
    pub password_hash: Option<String>,
    /// What she is to Lumbung.
    #[diesel(serialize_as = RoleColumn, deserialize_as = RoleColumn)]
    pub role: Role,
    /// Id of her worker record, when she has one.
    pub worker: Option<Bytes<16>>,
    /// Short handle the admin chose.
    pub label: String,
    /// May she do anything?
    pub active: bool,
    /// Since when she is known.
    pub created_at_s: i64,
}

/// Adds a person; [`Error::Duplicate`] when the login is taken.
pub fn add(conn: &mut Conn, row: &Person) -> Result<(), Error> {
    on!(conn, |c| diesel::insert_into(person::table).values(row.clone()).execute(c)).map(drop)
}

/// The person with this id.
pub fn find(conn: &mut Conn, district: AreaCode, id: PersonId) -> Result<Option<Person>, Error> {
    let key = (AreaColumn::from(district), id);
    on!(conn, |c| person::table.find(key).select(Person::as_select()).get_result(c).optional())
}

/// The person with this login.
pub fn find_by_login(conn: &mut Conn, login: &str) -> Result<Option<Person>, Error> {
    on!(conn, |c| {
        person::table.filter(person::login.eq(login)).select(Person::as_select()).get_result(c).optional()
    })
}

/// The people of a district after the id `after`, by id.
pub fn list(conn: &mut Conn, district: AreaCode, after: PersonId) -> Result<Vec<Person>, Error> {
    on!(conn, |c| {
        person::table
            .filter(person::district.eq(AreaColumn::from(district)).and(person::id.gt(after)))
            .order(person::id)
            .select(Person::as_select())
            .load(c)
    })
}

/// Sets the password hash.
pub fn set_password(conn: &mut Conn, district: AreaCode, id: PersonId, hash: &str) -> Result<(), Error> {
    let key = (AreaColumn::from(district), id);
    let change = person::password_hash.eq(hash);
    on!(conn, |c| diesel::update(person::table.find(key)).set(change).execute(c)).map(drop)
}

/// From now on she may do nothing.
pub fn deactivate(conn: &mut Conn, district: AreaCode, id: PersonId) -> Result<(), Error> {
    let key = (AreaColumn::from(district), id);
    on!(conn, |c| diesel::update(person::table.find(key)).set(person::active.eq(false)).execute(c)).map(drop)
}
