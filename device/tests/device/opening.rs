//! Files that cannot be read are never deleted.

use crate::fake::Server;
use crate::hand::{assert_same, invitation, register, sync, with_store};
use device::{Fault, Store};
use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use std::fs;
use std::path::Path;

fn fault_of(path: &Path) -> Fault {
    match Store::create(path) {
        Ok(_) => panic!("opened"),
        Err(fault) => fault,
    }
}

fn filled(path: &Path) -> Server {
    let server = Server::new();
    let mut device = with_store(Store::create(path).unwrap(), 1);
    device.enrol(&mut server.clone(), &invitation(1), crate::fake::NOW_S).unwrap();
    for n in 0..40 {
        register(&mut device, &format!("Keluarga {n}"));
    }
    server
}

#[test]
fn a_store_opened_again_is_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a b?#%.sqlite");
    let server = filled(&path);
    let mut device = with_store(Store::open(&path).unwrap(), 2);
    assert_eq!(device.counts().unwrap().saved, 40);
    sync(&mut device, &server);
    assert_same(&mut device, &server);
}

#[test]
fn one_that_is_not_there_is_not_made_by_opening() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none.sqlite");
    assert!(matches!(Store::open(&path), Err(Fault::Missing)));
    assert!(!path.exists());
}

#[test]
fn one_of_a_newer_program_is_set_aside_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lumbung.sqlite");
    filled(&path);
    let mut conn = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    conn.batch_execute("PRAGMA user_version = 9; CREATE TABLE later (a)").unwrap();
    drop(conn);
    let Fault::SetAside { aside, .. } = fault_of(&path) else { panic!("set aside") };
    assert!(!path.exists());
    let mut conn = SqliteConnection::establish(aside.to_str().unwrap()).unwrap();
    conn.batch_execute("DROP TABLE later; PRAGMA user_version = 1").unwrap();
    drop(conn);
    assert_eq!(with_store(Store::open(&aside).unwrap(), 1).counts().unwrap().saved, 40);
    Store::create(&path).expect("a new one can begin");
}

#[test]
fn a_damaged_one_is_set_aside_whole() {
    let folder = tempfile::tempdir().unwrap();
    for (name, damage) in [("head", 0usize), ("middle", 16_384)] {
        let path = folder.path().join(name);
        filled(&path);
        let mut bytes = fs::read(&path).unwrap();
        bytes[damage..damage + 4096].fill(0x5a);
        fs::write(&path, &bytes).unwrap();
        let Fault::SetAside { aside, .. } = fault_of(&path) else { panic!("set aside") };
        assert_eq!(fs::read(aside).unwrap(), bytes);
        assert!(!path.exists());
    }
}

#[test]
fn somebody_elses_file_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("theirs.sqlite");
    let mut conn = SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    conn.batch_execute("CREATE TABLE theirs (a)").unwrap();
    drop(conn);
    assert_eq!(fault_of(&path), Fault::Foreign);
    assert!(path.exists());
}
