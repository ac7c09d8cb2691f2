//! A database that goes away in the middle of a push.
//!
//! The rule this suite protects: *no receipt is a lie, and no 503 is the last word*: what was being stored is there or
//! not, sending again is safe, and the server mends itself when the database is back.

use crate::crash::{behind_a_wire, comes_back, unavailable};
use diesel::connection::SimpleConnection;
use lumbung_tests::database::{postgres, until_waiting};
use lumbung_tests::proxy::{Proxy, Wire};
use lumbung_tests::{Kind, Pen, Pulled, Reply, Server};
use server::service::token::DeviceSession;
use server::store::{Conn, DatabaseUrl, Error, Link, tx};
use sync_core::ErrorCode;

/// A server behind a wire, a phone whose lane is warm, and two ways to the database that nobody cuts.
fn town() -> (Server, Proxy, Pen, [Conn; 2]) {
    let (server, proxy) = behind_a_wire();
    let mut pen = Pen::kader(&server, &server.admin(), "kader.satu", 1);
    pen.create("household", &[]);
    pen.push(&server);
    pen.create("household", &[]);
    let (admin, through) = (postgres(), &server.database.url);
    let place = [&admin, through].map(|url| url.rsplit_once('/').unwrap());
    let direct: DatabaseUrl = format!("{}/{}", place[0].0, place[1].1).parse().unwrap();
    (server, proxy, pen, [0, 1].map(|_| Conn::open(&direct).unwrap()))
}

fn execute(conn: &mut Conn, sql: &str) {
    let Link::Postgres(c) = &mut conn.link else { unreachable!("a PostgreSQL") };
    c.batch_execute(sql).unwrap();
}

/// Sends what is unsent; while the lane waits for a lock in the database, `meanwhile` happens.
fn push_and_meanwhile(server: &Server, pen: &Pen, watch: &mut Conn, meanwhile: impl FnOnce()) -> Reply {
    std::thread::scope(|scope| {
        let pushed = scope.spawn(|| pen.send(server, &pen.batch().to_bytes()));
        until_waiting(watch, 1);
        meanwhile();
        pushed.join().unwrap()
    })
}

/// The database is back: everything is pushed, and everybody can have it.
fn all_is_well(server: &Server, pen: &mut Pen) {
    comes_back(|| server.get("/ready", None));
    comes_back(|| pen.send(server, &pen.batch().to_bytes()));
    pen.push(server);
    let head = pen.phone.ask(server).ok::<DeviceSession>().heads.remove(0);
    assert_eq!((head.seq, head.chain), (pen.mark().seq, pen.mark().chain));
    assert_eq!(Pulled::all(server, &pen.token).proven().len(), pen.mark().seq as usize);
}

#[test]
fn a_wire_cut_while_a_push_is_stored_is_503_and_nothing_is_half_there() {
    let (server, proxy, mut pen, [mut holder, mut watch]) = town();
    execute(&mut holder, "BEGIN; SELECT * FROM area FOR UPDATE");
    let reply = push_and_meanwhile(&server, &pen, &mut watch, || proxy.set(Wire::Cut));
    unavailable(&reply);
    execute(&mut holder, "ROLLBACK");
    unavailable(&pen.send(&server, &pen.batch().to_bytes()));
    proxy.set(Wire::Whole);
    all_is_well(&server, &mut pen);
}

#[test]
fn a_wire_cut_at_the_commit_is_503_although_all_is_stored_and_sending_again_gets_the_receipt() {
    let (server, proxy, mut pen, [mut holder, mut watch]) = town();
    // The database is asked to commit, and is still at it when the wire is cut.
    execute(
        &mut holder,
        "CREATE FUNCTION waits() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN PERFORM pg_advisory_xact_lock(13); RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER waits AFTER INSERT ON upload DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION waits();
        SELECT pg_advisory_lock(13)",
    );
    let reply = push_and_meanwhile(&server, &pen, &mut watch, || proxy.set(Wire::Cut));
    unavailable(&reply);
    execute(&mut holder, "SELECT pg_advisory_unlock(13)");
    proxy.set(Wire::Whole);
    comes_back(|| server.get("/ready", None));
    let stored = || pen.phone.ask(&server).ok::<DeviceSession>().heads.remove(0).seq;
    assert!((0..1000).any(|_| stored() == 2), "the commit did not come through");
    // Something else under the same numbers is a fork: what is stored is what was sent.
    let mut other = pen.batch();
    other.changes[0].origin.device_time_s += 1;
    pen.send(&server, &other.to_bytes()).refused(ErrorCode::Fork);
    all_is_well(&server, &mut pen);
}

#[test]
fn a_silent_wire_while_a_push_is_stored_is_503_in_time() {
    let (server, proxy, mut pen, [mut holder, mut watch]) = town();
    execute(&mut holder, "BEGIN; SELECT * FROM area FOR UPDATE");
    let reply = push_and_meanwhile(&server, &pen, &mut watch, || proxy.set(Wire::Silent));
    unavailable(&reply);
    execute(&mut holder, "ROLLBACK");
    proxy.set(Wire::Whole);
    all_is_well(&server, &mut pen);
}

#[test]
fn a_database_that_ends_the_lanes_connection_is_there_again_at_the_next_push() {
    let (server, _proxy, mut pen, [mut holder, _]) = town();
    execute(
        &mut holder,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    // Connections on loan are tested first; the lane learns it by using its own.
    unavailable(&pen.send(&server, &pen.batch().to_bytes()));
    all_is_well(&server, &mut pen);
}

#[test]
fn a_file_that_somebody_locks_is_503_to_a_push_until_it_is_free() {
    let server = Server::fresh(Kind::Sqlite);
    let mut pen = Pen::kader(&server, &server.admin(), "kader.satu", 1);
    pen.create("household", &[]);
    pen.push(&server);
    pen.create("household", &[]);
    let held: Result<(), Error> = tx(&mut server.database.conn(), |_| {
        unavailable(&pen.send(&server, &pen.batch().to_bytes()));
        // Whoever reads does not wait.
        assert_eq!(Pulled::all(&server, &pen.token).proven().len(), 1);
        Ok(())
    });
    held.unwrap();
    all_is_well(&server, &mut pen);
}
