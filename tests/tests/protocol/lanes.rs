//! Many phones, several villages, two servers on one database.
//!
//! The rule this suite protects: *one upload is one transaction, never split* (counterexample 13): whichever lane or server
//! it goes through, a receipt covers all of it, nobody locks anybody out, and a puller skips nothing.

use diesel::sql_types::BigInt;
use diesel::{QueryableByName, RunQueryDsl};
use lumbung_tests::people::{DUWET, ELSEWHERE, TUMPANG};
use lumbung_tests::{Pen, Pulled, Server, on_both};
use schema::Value;
use server::service::token::DeviceSession;
use server::store::Link;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use sync_core::{AreaCode, Dot, Record, RecordId};

const AREAS: [&str; 3] = [DUWET, TUMPANG, ELSEWHERE];
const ROUNDS: usize = 5;

/// Phones of people who work in all three villages.
fn pens(server: &Server, admin: &str) -> Vec<Pen> {
    let pen = |n: u8| Pen::of(server, admin, &format!("kader.{n}"), "kader", &AREAS, n);
    (1..=4).map(pen).collect()
}

/// Saves something in each village, up or down the list.
fn save_in_each(pen: &mut Pen, up: bool) {
    let mut areas: Vec<AreaCode> = AREAS.iter().map(|area| area.parse().unwrap()).collect();
    areas.sort_unstable();
    if !up {
        areas.reverse();
    }
    for area in areas {
        pen.area = area;
        pen.create("household", &[("rt", Value::Text("001".into()))]);
    }
}

/// Sends one upload through both servers at once, and gets two receipts for all of it.
fn push_through_both(pen: &mut Pen, servers: [&Server; 2]) {
    let (batch, sender) = (pen.batch(), &*pen);
    std::thread::scope(|scope| {
        for server in servers {
            let batch = &batch;
            scope.spawn(move || sender.receipted(&sender.send(server, &batch.to_bytes()), batch.after()));
        }
    });
    pen.settle();
}

/// Pulls from where it was until somebody says that all is sent, and then once more.
fn follow(server: &Server, token: &str, done: &AtomicBool) -> BTreeMap<RecordId, Record> {
    let mut all = Pulled::all(server, token);
    loop {
        let last = done.load(Ordering::SeqCst);
        let mut new = Pulled::since(server, token, &all.cursor);
        all.cursor.clone_from(&new.cursor);
        all.pages.append(&mut new.pages);
        if last {
            return all.proven();
        }
    }
}

/// The version of each village.
fn versions(server: &Server, token: &str) -> BTreeMap<AreaCode, u64> {
    let pages = Pulled::all(server, token).pages;
    pages.iter().flat_map(|page| &page.standings).map(|standing| (standing.area, standing.version)).collect()
}

on_both! {
    fn counterexample_13_two_lanes_and_two_servers_neither_lie_nor_deadlock(server: Server) {
        let admin = server.admin();
        let mut server = server;
        let (mut other, mut pens) = (server.beside(), pens(&server, &admin));
        let servers = [&server, &other];
        let done = AtomicBool::new(false);
        let followed = std::thread::scope(|scope| {
            let followers = servers.map(|server| scope.spawn(|| follow(server, &admin, &done)));
            std::thread::scope(|scope| {
                for (n, pen) in pens.iter_mut().enumerate() {
                    scope.spawn(move || {
                        for _ in 0..ROUNDS {
                            save_in_each(pen, n % 2 == 0);
                            push_through_both(pen, servers);
                        }
                    });
                }
            });
            // Nothing was edited yet: each version is one record, and none is missing.
            let each = (pens.len() * ROUNDS) as u64;
            assert_eq!(versions(&server, &admin).into_values().collect::<Vec<_>>(), [each; 3]);
            let shared = edit_what_lives_elsewhere(&mut pens, servers);
            done.store(true, Ordering::SeqCst);
            let followed = followers.map(|follower| follower.join().unwrap());
            for id in shared {
                assert_eq!(followed[0][&id].register(6, sync_core::Element::Whole).unwrap().siblings().len(), 4);
            }
            followed
        });
        let all = Pulled::all(&server, &admin).proven();
        assert_eq!(all.len(), pens.len() * ROUNDS * AREAS.len());
        assert!(followed.iter().all(|records| *records == all), "a puller skipped something");
        for pen in &pens {
            let heads = pen.phone.ask(&other).ok::<DeviceSession>().heads;
            assert_eq!((heads[0].seq, heads[0].chain), (pen.mark().seq, pen.mark().chain));
        }
        // Connections tell what they counted when they go.
        assert_eq!((server.stop(), other.stop()), (Some(0), Some(0)));
        assert_eq!(deadlocks(&server), 0);
    }
}

/// Every phone edits the same three records, one of each village, and says that it worked in the next village: what an
/// upload must lock is known only when its records were found. Gives the records.
fn edit_what_lives_elsewhere(pens: &mut [Pen], servers: [&Server; 2]) -> Vec<RecordId> {
    let first = pens[0].actor();
    let made: Vec<Dot> = (1..=3).map(|seq| Dot::new(first, seq)).collect();
    std::thread::scope(|scope| {
        for (n, pen) in pens.iter_mut().enumerate() {
            let made = &made;
            scope.spawn(move || {
                for round in 0..ROUNDS {
                    for step in 0..made.len() {
                        let at = if n % 2 == 0 { step } else { made.len() - 1 - step };
                        pen.area = AREAS[(at + n) % 3].parse().unwrap();
                        let seen = if pen.actor() == first { vec![] } else { vec![made[at]] };
                        let rt = Value::Text(format!("{n}{}", round % 10).into());
                        pen.edit("household", RecordId::of_dot(made[at]), "rt", rt, &seen);
                    }
                    push_through_both(pen, servers);
                }
            });
        }
    });
    made.into_iter().map(RecordId::of_dot).collect()
}

/// How often the database had to kill one of two who waited for each other; never in a file.
fn deadlocks(server: &Server) -> i64 {
    #[derive(QueryableByName)]
    struct Counted {
        #[diesel(sql_type = BigInt)]
        deadlocks: i64,
    }
    const QUERY: &str = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
    match server.database.conn().link {
        Link::Sqlite(_) => 0,
        Link::Postgres(mut c) => diesel::sql_query(QUERY).get_result::<Counted>(&mut c).unwrap().deadlocks,
    }
}
