//! The first minute of a server, and the first minute after a restore.
//!
//! The rule this module protects: *every life of the data has a name of its own* (docs/decisions/0004), and the server
//! writes under a number of its own in each.

use super::access::Doer;
use super::code::{Issued, Purpose};
use super::person::NewPerson;
use super::{Fault, World, code, person};
use crate::store::server::Server;
use crate::store::{self, Conn, tx};
use schema::{AreaLevel, Role};
use sync_core::{ActorId, AreaCode, Epoch, ErrorCode};

/// Begins a new life of the data: the first, or the one after a restore.
///
/// # Errors
///
/// Those of the store.
pub fn begin_life(world: &World, conn: &mut Conn) -> Result<Epoch, Fault> {
    tx(conn, |conn| renew_life(world, conn))
}

/// The same within a transaction.
///
/// # Errors
///
/// Those of the store.
pub fn renew_life(world: &World, conn: &mut Conn) -> Result<Epoch, Fault> {
    let life = Server {
        epoch: Epoch(u128::from_be_bytes(world.entropy.bytes())),
        actor: ActorId(u64::from_be_bytes(world.entropy.bytes())),
    };
    let parent = store::server::find(conn)?.map(|server| server.epoch);
    store::server::begin(conn, &life, parent, world.clock.now_s())?;
    Ok(life.epoch)
}

/// Adds an admin of a whole district from the server's console, with a code to set her password.
///
/// # Errors
///
/// [`ErrorCode::BadRequest`] when `district` is none; [`ErrorCode::Conflict`] when the login is taken.
pub fn add_admin(world: &World, conn: &mut Conn, district: AreaCode, login: &str) -> Result<Issued, Fault> {
    if district.level() != Some(AreaLevel::District) {
        return Err(Fault::bad_request("an admin is of a district: four digits"));
    }
    let new = NewPerson {
        login: login.into(),
        label: login.into(),
        role: Role::DistrictAdmin,
        areas: vec![district],
    };
    person::add(world, conn, Doer::Console, district, &new)?;
    reset(world, conn, login)
}

/// A code to set a password, from the server's console: for the first admin, and for the last who forgot hers.
///
/// # Errors
///
/// [`ErrorCode::NotFound`] when nobody has that login.
pub fn reset(world: &World, conn: &mut Conn, login: &str) -> Result<Issued, Fault> {
    let person = store::person::find_by_login(conn, login)?;
    let person = person.ok_or_else(|| Fault::new(ErrorCode::NotFound, "nobody has that login"))?;
    code::issue(world, conn, Doer::Console, &person, Purpose::Password)
}
