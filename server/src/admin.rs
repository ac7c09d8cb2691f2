//! Admin work at the server itself: the first admin, the last forgotten password, a lost phone at night.
//!
//! The rule this module protects: *the console has no second way in*: it calls the same service functions as the routes
//! and writes into the same access log.

use crate::config::{Act, Place};
use crate::ids::DeviceId;
use crate::place::{Failure, create, make_secrets, open, read_secrets, undo_create, world, write_secrets};
use crate::service::access::{self, Doer};
use crate::service::code::{self, Issued, Purpose};
use crate::service::entropy::SystemEntropy;
use crate::service::person::{self, NewPerson};
use crate::service::{Limits, World, device, init, rebuild};
use crate::store::person::Person;
use crate::store::{self, Conn, migrate};
use schema::Schema;
use std::path::Path;
use sync_core::AreaCode;

/// Does it, and says what came of it.
///
/// # Errors
///
/// A text for whoever typed it.
pub fn run(place: &Place, act: &Act) -> Result<String, Failure> {
    match act {
        Act::Init { district, login } => start(place, *district, login),
        Act::Migrate => {
            migrate(&mut Conn::open(&place.database)?)?;
            Ok("Tabel sudah versi ini.\nThe tables are of this version.".into())
        }
        Act::RenewSecret { purpose } => renew_secret(&place.secrets_path(), purpose),
        _ => {
            let mut conn = open(place)?;
            let world = world(read_secrets(&place.secrets_path())?, Limits::default());
            with_data(&world, &mut conn, act)
        }
    }
}

fn start(place: &Place, district: AreaCode, login: &str) -> Result<String, Failure> {
    let mut conn = create(place)?;
    let begun = make_secrets(&place.secrets_path()).and_then(|secrets| {
        let world = world(secrets, Limits::default());
        init::begin_life(&world, &mut conn)?;
        Ok(init::add_admin(&world, &mut conn, district, login)?)
    });
    drop(conn);
    let issued = begun.map_err(|failure| undo_create(place, failure))?;
    let path = place.secrets_path();
    Ok(format!(
        "Siap. Rahasia di {0}: simpan di luar cadangan data.\nReady. Secrets in {0}: keep them outside data backups.\n{1}",
        path.display(),
        password_text(login, &issued)
    ))
}

fn renew_secret(path: &Path, purpose: &str) -> Result<String, Failure> {
    let mut secrets = read_secrets(path)?;
    if !secrets.renew(purpose, &SystemEntropy) {
        return Err(Failure::new("Tujuan tidak dikenal.", "Unknown purpose."));
    }
    write_secrets(path, &secrets)?;
    Ok("Diperbarui; mulai ulang server.\nRenewed; restart the server.".into())
}

fn with_data(world: &World, conn: &mut Conn, act: &Act) -> Result<String, Failure> {
    match act {
        Act::AddPerson { login, role, areas, label } => {
            let district = areas.first().map_or(AreaCode(0), |area| area.district());
            let new =
                NewPerson { login: login.clone(), label: label.clone(), role: *role, areas: areas.clone() };
            let person = person::add(world, conn, Doer::Console, district, &new)?;
            Ok(person.id.to_string())
        }
        Act::Invite { login } => {
            let person = find(conn, login)?;
            let issued = code::issue(world, conn, Doer::Console, &person, Purpose::Enrol)?;
            Ok(issued.code)
        }
        Act::Reset { login } => {
            let issued = init::reset(world, conn, login)?;
            Ok(password_text(login, &issued))
        }
        Act::Devices { district } => devices(conn, *district),
        Act::Revoke { device } => revoke(world, conn, *device),
        Act::AccessLog { district } => {
            let rows = access::verify(conn, *district)?;
            Ok(format!("{rows} baris, rantai utuh.\n{rows} rows, the chain is whole."))
        }
        Act::Rebuild { district } => {
            let keys = world.secrets.key_safe();
            Ok(rebuild::rebuild(conn, *district, Schema::builtin(), &keys)?.to_string())
        }
        Act::Init { .. } | Act::Migrate | Act::RenewSecret { .. } => {
            Err(Failure::new("Sudah.", "Done already."))
        }
    }
}

fn devices(conn: &mut Conn, district: AreaCode) -> Result<String, Failure> {
    let devices = store::device::list(conn, district)?;
    let line = |device: store::device::Device| {
        let standing = if device.revoked_at_s.is_some() { "dicabut/revoked" } else { "aktif/active" };
        let unsent = device.unsent.map_or("-".into(), |unsent| unsent.to_string());
        format!("{}\t{}\t{standing}\t{unsent}", device.id, device.person)
    };
    Ok(devices.into_iter().map(line).collect::<Vec<_>>().join("\n"))
}

fn revoke(world: &World, conn: &mut Conn, id: DeviceId) -> Result<String, Failure> {
    device::revoke_by(world, conn, Doer::Console, id, |_, _| Ok(()))?;
    Ok("Dicabut.\nRevoked.".into())
}

fn find(conn: &mut Conn, login: &str) -> Result<Person, Failure> {
    store::person::find_by_login(conn, login)?
        .ok_or_else(|| Failure::new("Tidak ada nama masuk itu.", "Nobody has that login."))
}

fn password_text(login: &str, issued: &Issued) -> String {
    format!(
        "Kode sekali pakai untuk membuat kata sandi {login}, berlaku 24 jam:\n\
         One-time code to set the password of {login}, valid for 24 hours:\n{}",
        issued.code
    )
}
