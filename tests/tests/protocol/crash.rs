//! Power cuts, dead wires, wrong databases.

use lumbung_tests::people::{DUWET, PASSWORD};
use lumbung_tests::phone::Phone;
use lumbung_tests::proxy::{Proxy, Wire};
use lumbung_tests::{Database, Kind, Reply, Server, on_both};
use serde_json::{Value, json};
use server::store::{Error, tx};
use std::time::Duration;
use sync_core::ErrorCode;

pub fn unavailable(reply: &Reply) {
    reply.refused(ErrorCode::Unavailable);
    assert!(reply.header("retry-after").is_some());
}

/// Waits until `ask` answers 200: a connection pool needs a moment to notice.
pub fn comes_back(ask: impl Fn() -> Reply) {
    for _ in 0..100 {
        if ask().status == 200 {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("did not come back: {:?}", ask());
}

on_both! {
    fn what_was_answered_outlives_a_power_cut(server: Server) {
        let mut server = server;
        let admin = server.admin();
        let kader = server.add_person(&admin, "kader.satu", "kader", &[DUWET]);
        let phone = Phone::enrol(&server, &server.invite(&admin, &kader), 1);
        server.crash_and_restart();
        let session: Value = phone.ask(&server).ok();
        assert_eq!(session["epoch"], phone.enrolled.epoch.to_string());
        assert_eq!(server.get("/v1/people", Some(&admin)).ok::<Vec<Value>>().len(), 2);
        server.login("admin");
    }

    fn it_stops_when_asked(server: Server) {
        let mut server = server;
        assert_eq!(server.get("/health", None).status, 200);
        assert_eq!(server.stop(), Some(0));
        assert!(server.log().iter().any(|line| line.contains("stopped")));
        server.restart();
        assert_eq!(server.get("/ready", None).status, 200);
    }

    fn an_empty_database_is_not_served(database: Database) {
        let refused = Server::try_command(&database, &["serve", "--listen", "127.0.0.1:0"]);
        assert!(!refused.status.success());
        assert!(String::from_utf8(refused.stderr).unwrap().contains("lumbung admin init"));
        if database.kind == Kind::Sqlite {
            assert!(!database.folder().join("lumbung.sqlite").exists());
        }
    }

    fn a_beginning_that_failed_can_be_tried_again(database: Database) {
        let init = ["admin", "init", "--district", "35.07"];
        let nowhere = database.folder().join("tidak/ada");
        let mut refused = init.to_vec();
        refused.extend(["--secrets", nowhere.to_str().unwrap()]);
        assert!(!Server::try_command(&database, &refused).status.success());
        assert!(!Server::try_command(&database, &["admin", "init", "--district", "35"]).status.success());
        assert!(!Server::try_command(&database, &["admin", "init", "--district", "35.07.16"]).status.success());
        assert!(Server::try_command(&database, &init).status.success());
    }

    fn a_database_is_not_begun_twice(server: Server) {
        let again = server.command(&["admin", "init", "--district", "35.07"]);
        assert!(!again.status.success());
        server.admin();
    }
}

#[test]
fn a_wrong_url_is_refused_before_anything_is_made() {
    let database = Database::fresh(Kind::Sqlite);
    for url in ["lumbung.sqlite", "mysql://h/d", "sqlite://"] {
        let refused = Server::try_command(&database, &["serve", "--database", url]);
        assert!(!refused.status.success(), "{url}");
    }
}

#[test]
fn a_cut_wire_to_postgres_is_503_until_it_is_mended() {
    let (server, proxy) = behind_a_wire();
    let admin = server.admin();
    proxy.set(Wire::Cut);
    unavailable(&server.get("/ready", None));
    unavailable(&server.get("/v1/people", Some(&admin)));
    unavailable(&server.post("/v1/login", None, &json!({ "login": "admin", "password": PASSWORD })));
    assert_eq!(server.get("/health", None).status, 200);
    proxy.set(Wire::Whole);
    comes_back(|| server.get("/ready", None));
    comes_back(|| server.get("/v1/people", Some(&admin)));
}

#[test]
fn a_silent_wire_to_postgres_is_503_in_time() {
    let (server, proxy) = behind_a_wire();
    let admin = server.admin();
    proxy.set(Wire::Silent);
    unavailable(&server.get("/v1/people", Some(&admin)));
    assert_eq!(server.get("/health", None).status, 200);
    proxy.set(Wire::Whole);
    comes_back(|| server.get("/v1/people", Some(&admin)));
}

#[test]
fn a_locked_file_is_503_until_it_is_free() {
    let server = Server::fresh(Kind::Sqlite);
    server.admin();
    let mut other = server.database.conn();
    let login = || server.post("/v1/login", None, &json!({ "login": "admin", "password": PASSWORD }));
    let held: Result<(), Error> = tx(&mut other, |_| {
        unavailable(&login());
        Ok(())
    });
    held.unwrap();
    assert_eq!(login().status, 200);
}

/// A server whose PostgreSQL is behind a wire that can be cut, and that waits two seconds.
pub fn behind_a_wire() -> (Server, Proxy) {
    let mut database = Database::fresh(Kind::Postgres);
    let place = database.url.split('@').next_back().unwrap();
    let place = place.split('/').next().unwrap().to_string();
    let proxy = Proxy::to(&place);
    database.url = database.url.replace(&place, &format!("127.0.0.1:{}", proxy.port));
    let options = ["--answer-within-s", "2", "--request-burst", "10000"];
    (Server::with(database, &options), proxy)
}
