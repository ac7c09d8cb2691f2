//! A disk that is full, and has room again.
//!
//! The rule this suite protects: *who cannot store says so*: nothing acknowledged is lost, everybody is told to come back,
//! and nobody must start anything again.

use crate::crash::unavailable;
use diesel::connection::SimpleConnection;
use lumbung_tests::people::PASSWORD;
use lumbung_tests::{Kind, Pen, Pulled, Server, on_both};
use schema::Value;
use serde_json::json;
use server::store::Link;
use std::fs;
use std::process::Command;
use sync_core::RecordId;

/// Room for this much more.
const ROOM_BYTES: u64 = 300_000;

/// What PostgreSQL says when a table cannot grow.
const FULL: &str = "
    CREATE FUNCTION is_full() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'could not extend file \"base/16384/2619\": No space left on device'
            USING ERRCODE = 'disk_full', HINT = 'Check free disk space.';
    END $$;
    CREATE TRIGGER is_full BEFORE INSERT ON upload FOR EACH ROW WHEN (NEW.last_seq > 900) EXECUTE FUNCTION is_full()";

/// Lets the database grow a little and no further. A file's size has a limit that the running process feels as it would
/// feel a full disk; a PostgreSQL refuses as it does when it cannot extend a table.
fn fill(server: &Server) {
    match (server.database.kind, server.database.conn().link) {
        (Kind::Sqlite, _) => {
            let folder = fs::read_dir(server.database.folder()).unwrap();
            let largest = folder.map(|entry| entry.unwrap().metadata().unwrap().len()).max().unwrap();
            limit(server, &format!("{}:", largest + ROOM_BYTES));
        }
        (_, Link::Postgres(mut c)) => c.batch_execute(FULL).unwrap(),
        _ => unreachable!("a PostgreSQL"),
    }
}

/// Gives room again.
fn empty(server: &Server) {
    match server.database.conn().link {
        Link::Sqlite(_) => limit(server, "unlimited:"),
        Link::Postgres(mut c) => c.batch_execute("DROP TRIGGER is_full ON upload").unwrap(),
    }
}

fn limit(server: &Server, size: &str) {
    let pid = server.pid().to_string();
    let set = Command::new("prlimit").args(["--pid", &pid, &format!("--fsize={size}")]).status();
    assert!(set.expect("prlimit, of util-linux").success());
}

/// Saves households with a paragraph each.
fn save(pen: &mut Pen, count: usize) -> Vec<RecordId> {
    let text = |n: usize| Value::Text(format!("{n:05}").repeat(12).into());
    (0..count).map(|n| pen.create("household", &[("hamlet", text(n))])).collect()
}

on_both! {
    fn a_full_disk_is_503_until_there_is_room(server: Server) {
        let mut server = server;
        let admin = server.admin();
        let mut pen = Pen::kader(&server, &admin, "kader.satu", 1);
        let mut promised = save(&mut pen, 100);
        pen.push(&server);
        fill(&server);
        let refused = loop {
            assert!(pen.mark().seq < 20_000, "it never filled");
            let new = save(&mut pen, 100);
            let batch = pen.batch();
            let reply = pen.send(&server, &batch.to_bytes());
            if reply.status != 200 {
                break reply;
            }
            pen.receipted(&reply, batch.after());
            pen.settle();
            promised.extend(new);
        };
        unavailable(&refused);
        // It stays so as long as it is so, and whoever reads is answered.
        unavailable(&pen.send(&server, &pen.batch().to_bytes()));
        assert_eq!(server.get("/health", None).status, 200);
        let held = Pulled::all(&server, &admin).proven();
        assert!(promised.iter().all(|id| held.contains_key(id)));
        assert_eq!(held.len(), promised.len());
        empty(&server);
        pen.push(&server);
        assert_eq!(Pulled::all(&server, &admin).proven().len(), promised.len() + 100);
        server.login("admin");
        server.crash_and_restart();
        assert_eq!(Pulled::all(&server, &admin).proven().len(), promised.len() + 100);
        save(&mut pen, 1);
        pen.push(&server);
    }
}

#[test]
fn who_must_write_to_sign_in_waits_for_room() {
    let server = Server::fresh(Kind::Sqlite);
    server.admin();
    limit(&server, "0:");
    unavailable(&server.post("/v1/login", None, &json!({ "login": "admin", "password": PASSWORD })));
    empty(&server);
    server.login("admin");
}
