//! People: who may sign in or carry a phone.
//!
//! The rule this module protects: *somebody is always somewhere*: a person is made together with the areas she works
//! in, by one who may keep people there.

use super::access::{Doer, note};
use super::code::{Issued, Purpose};
use super::right::may_keep;
use super::{Caller, Fault, World, caller, code};
use crate::ids::PersonId;
use crate::store::assignment::Assignment;
use crate::store::person::Person;
use crate::store::{self, Conn, tx};
use schema::Role;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use sync_core::AreaCode;

/// A new person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPerson {
    /// 3 to 64 of `a-z 0-9 . _ -`, unique on the server.
    pub login: String,
    /// Short handle for lists; need not be a name.
    pub label: String,
    /// What she is to Lumbung.
    pub role: Role,
    /// Where she works from now on; at least one.
    pub areas: Vec<AreaCode>,
}

/// A person in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Her id.
    pub id: PersonId,
    /// Her login.
    pub login: String,
    /// Her handle.
    pub label: String,
    /// Her role.
    pub role: Role,
    /// May she do anything?
    pub active: bool,
    /// Where she works now.
    pub areas: Vec<AreaCode>,
}

/// Longest handle, in characters.
const LABEL_CHARS_MAX: usize = 80;

/// Longest page of a list.
pub const PAGE_MAX: usize = 500;

/// Adds a person to `district`.
///
/// # Errors
///
/// [`sync_core::ErrorCode::BadRequest`] for a malformed login or no area; [`sync_core::ErrorCode::Conflict`] when the
/// login is taken.
pub fn add(
    world: &World,
    conn: &mut Conn,
    doer: Doer<'_>,
    district: AreaCode,
    new: &NewPerson,
) -> Result<Listed, Fault> {
    check(district, new)?;
    let now_s = world.clock.now_s();
    let row = Person {
        district,
        id: PersonId::from_random(world.entropy.bytes()),
        login: new.login.clone(),
        password_hash: None,
        role: new.role,
        worker: None,
        label: new.label.clone(),
        active: true,
        created_at_s: now_s,
    };
    let mut areas = new.areas.clone();
    areas.sort_unstable();
    areas.dedup();
    tx(conn, |conn| {
        store::person::add(conn, &row)?;
        let detail = format!("person {} as {}", row.id, row.role.name());
        note(world, conn, district, doer, "person_add", None, detail)?;
        for area in &areas {
            let new = Assignment { district, person: row.id, area: *area, from_s: now_s, until_s: None };
            store::assignment::add(conn, &new)?;
            note(world, conn, district, doer, "assign", Some(*area), format!("person {}", row.id))?;
        }
        Ok::<_, Fault>(())
    })?;
    Ok(Listed::new(row, areas))
}

/// Adds a person as a caller, who must be allowed to keep her.
///
/// # Errors
///
/// As [`add`]; [`sync_core::ErrorCode::Forbidden`] when the caller may not.
pub fn add_as(world: &World, conn: &mut Conn, caller: &Caller, new: &NewPerson) -> Result<Listed, Fault> {
    if !may_keep(caller, new.role, &new.areas) {
        return Err(Fault::forbidden(format!("may not keep a {} there", new.role.name())));
    }
    add(world, conn, Doer::Caller(caller), caller.district, new)
}

/// Up to `limit` people the caller may keep, after the id `after`.
///
/// # Errors
///
/// Those of the store.
pub fn list(conn: &mut Conn, caller: &Caller, after: PersonId, limit: usize) -> Result<Vec<Listed>, Fault> {
    let mut kept = all_kept(conn, caller, after)?;
    kept.truncate(limit.clamp(1, PAGE_MAX));
    Ok(kept)
}

/// Everybody the caller may keep, after the id `after`: some thousands at most.
pub(super) fn all_kept(conn: &mut Conn, caller: &Caller, after: PersonId) -> Result<Vec<Listed>, Fault> {
    let mut areas: BTreeMap<PersonId, Vec<AreaCode>> = BTreeMap::new();
    for row in store::assignment::running(conn, caller.district)? {
        areas.entry(row.person).or_default().push(row.area);
    }
    let people = store::person::list(conn, caller.district, after)?.into_iter().map(|person| {
        let own = areas.remove(&person.id).unwrap_or_default();
        Listed::new(person, own)
    });
    Ok(people.filter(|person| may_keep(caller, person.role, &person.areas)).collect())
}

/// From now on the person may do nothing; what her devices have not sent has one door left.
///
/// # Errors
///
/// [`sync_core::ErrorCode::NotFound`] when the caller may not keep her.
pub fn deactivate(world: &World, conn: &mut Conn, caller: &Caller, id: PersonId) -> Result<(), Fault> {
    tx(conn, |conn| {
        let person = kept(conn, caller, id)?;
        if !person.active {
            return Ok(());
        }
        store::person::deactivate(conn, person.district, id)?;
        let detail = format!("person {id}");
        Ok(note(world, conn, person.district, Doer::Caller(caller), "person_deactivate", None, detail)?)
    })
}

/// Issues a code for somebody the caller keeps.
///
/// # Errors
///
/// [`sync_core::ErrorCode::NotFound`] when the caller may not keep her.
pub fn code(
    world: &World,
    conn: &mut Conn,
    caller: &Caller,
    id: PersonId,
    purpose: Purpose,
) -> Result<Issued, Fault> {
    let person = kept(conn, caller, id)?;
    if !person.active {
        return Err(Fault::not_found("person is deactivated"));
    }
    code::issue(world, conn, Doer::Caller(caller), &person, purpose)
}

/// The person, if the caller may keep her.
///
/// # Errors
///
/// [`sync_core::ErrorCode::NotFound`] when not: who is elsewhere is not there.
pub(super) fn kept(conn: &mut Conn, caller: &Caller, id: PersonId) -> Result<Person, Fault> {
    let person = store::person::find(conn, caller.district, id)?;
    let person = person.ok_or_else(|| Fault::not_found("person"))?;
    let areas = caller::areas_now(conn, caller.district, id)?;
    if may_keep(caller, person.role, &areas) {
        Ok(person)
    } else {
        Err(Fault::not_found("person of other areas"))
    }
}

fn check(district: AreaCode, new: &NewPerson) -> Result<(), Fault> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_".contains(c);
    if !(3..=64).contains(&new.login.len()) || !new.login.chars().all(allowed) {
        return Err(Fault::bad_request("a login is 3 to 64 of a-z 0-9 . _ -"));
    }
    if new.label.chars().count() > LABEL_CHARS_MAX {
        return Err(Fault::bad_request("label too long"));
    }
    if new.areas.is_empty()
        || !new.areas.iter().all(|area| area.level().is_some() && district.contains(*area))
    {
        return Err(Fault::bad_request("areas: at least one, all inside the district"));
    }
    Ok(())
}

impl Listed {
    fn new(person: Person, areas: Vec<AreaCode>) -> Listed {
        let Person { id, login, label, role, active, .. } = person;
        Listed { id, login, label, role, active, areas }
    }
}
