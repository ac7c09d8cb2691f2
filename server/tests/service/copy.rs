//! A copy holds every row and every column.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use lumbung_tests::{Database, Kind};
use server::on;
use server::store::{Conn, Error, Link, copy_data, copy_keys, snapshot, tables, tx};

/// One row of every table, with a value in every column.
fn fill(conn: &mut Conn) {
    let (x16, x32) = if matches!(conn.link, Link::Sqlite(_)) {
        ("zeroblob(16)".to_string(), "zeroblob(32)".to_string())
    } else {
        (format!("decode('{}', 'hex')", "00".repeat(16)), format!("decode('{}', 'hex')", "00".repeat(32)))
    };
    let (id, hash) = (&x16, &x32);
    let yes = if matches!(conn.link, Link::Sqlite(_)) { "1" } else { "true" };
    let statements = [
        format!("INSERT INTO server VALUES (1, {id}, {id}, -1, 5)"),
        format!("INSERT INTO person VALUES (3507, {id}, 'a', 'b', 4, {id}, 'é', {yes}, 5)"),
        format!("INSERT INTO assignment VALUES (3507, {id}, 3507162013, 5, 6)"),
        format!("INSERT INTO device VALUES (3507, {id}, {id}, {hash}, 'a', 'b', 5, 6, 7, 8, -9)"),
        format!(
            "INSERT INTO actor (district, actor, device, seq, chain, since_s) VALUES (3507, -9, {id}, 3, {hash}, 4)"
        ),
        format!("INSERT INTO code VALUES ({hash}, 3507, 1, {id}, {id}, 5, 6, 7, {id})"),
        format!("INSERT INTO match_token VALUES (3507, {id}, {id}, 12)"),
        format!("INSERT INTO access_log VALUES (3507, 1, 5, {id}, {id}, 'a', 3507, 'b', {hash})"),
        format!("INSERT INTO access_head VALUES (3507, 1, {hash})"),
        format!("INSERT INTO seal_key VALUES (3507, {id}, {hash}, -9, 5)"),
    ];
    for statement in statements {
        on!(conn, |c| c.batch_execute(&statement)).unwrap_or_else(|why| panic!("{statement}: {why}"));
    }
}

/// The tables that [`fill`] fills, as text.
fn dump(conn: &mut Conn) -> String {
    macro_rules! rows {
        ($($table:ident: $row:ty;)*) => {
            [$(format!("{:?}", on!(conn, |c| tables::$table::table.load::<$row>(c)).unwrap())),*].join("\n")
        };
    }
    type Blob = Vec<u8>;
    rows! {
        server: (i16, Blob, Option<Blob>, i64, i64);
        person: (i64, Blob, String, Option<String>, i16, Option<Blob>, String, bool, i64);
        assignment: (i64, Blob, i64, i64, Option<i64>);
        device: (i64, Blob, Blob, Blob, String, String, i64, Option<i64>, Option<i64>, Option<i64>, Option<i64>);
        code: (Blob, i64, i16, Blob, Option<Blob>, i64, i64, Option<i64>, Option<Blob>);
        match_token: (i64, Blob, Blob, i32);
        access_log: (i64, i64, i64, Option<Blob>, Option<Blob>, String, Option<i64>, String, Blob);
        access_head: (i64, i64, Blob);
    }
}

#[test]
fn a_copy_is_the_same_in_all_four_directions() {
    for from in [Kind::Sqlite, Kind::Postgres] {
        let source = Database::fresh(from);
        let mut source_conn = source.migrated();
        fill(&mut source_conn);
        let said = dump(&mut source_conn);
        for to in [Kind::Sqlite, Kind::Postgres] {
            let target = Database::fresh(to);
            let mut target_conn = target.migrated();
            let rows = snapshot(&mut source_conn, |from| {
                tx(&mut target_conn, |to| {
                    // Keys stay where they are unless they are asked for.
                    let rows = copy_data(from, to)?;
                    assert_eq!(on!(to, |c| tables::seal_key::table.count().get_result::<i64>(c))?, 0);
                    Ok::<_, Error>(rows + copy_keys(from, to)?)
                })
            });
            assert_eq!(rows, Ok(10));
            assert_eq!(dump(&mut target_conn), said);
        }
    }
}
