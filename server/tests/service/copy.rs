//! A copy holds every row and every column.

use crate::catalogue::tables;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use lumbung_tests::{Database, Kind};
use server::on;
use server::store::{Conn, Error, Link, copy_data, copy_keys, snapshot, tables as all, tx};

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
        format!("INSERT INTO actor VALUES (3507, -9, {id}, 3, {hash}, 4, 5, 2)"),
        format!("INSERT INTO code VALUES ({hash}, 3507, 1, {id}, {id}, 5, 6, 7, {id})"),
        "INSERT INTO area VALUES (3507, 3507162013, 9, ID, 1)".replace("ID", id),
        format!("INSERT INTO record VALUES (3507, {id}, 3507162013, 12, 9, 20000, {hash})"),
        format!("INSERT INTO upload VALUES (3507, -9, 1, 3, 5, -6, {hash}, {hash})"),
        format!("INSERT INTO touch VALUES (3507, {id}, -9, 3)"),
        format!(
            "INSERT INTO quarantine VALUES (3507, -9, 3, 1, {id}, {yes}, 3507, 12, {id}, 2, 5, 6, {id}, 1)"
        ),
        format!("INSERT INTO conflict VALUES (3507, 3507162013, {id}, 1, {id}, 12, 1, 9)"),
        "INSERT INTO loss VALUES (3507, -9, 1, 3, 5, 6)".to_string(),
        format!("INSERT INTO departure VALUES (3507, 3507, 4, {id})"),
        format!("INSERT INTO salvage VALUES (3507, -9, 4, {id}, 3507, {id}, 5, {hash})"),
        format!("INSERT INTO match_token VALUES (3507, {id}, {id}, 12)"),
        format!("INSERT INTO access_log VALUES (3507, 1, 5, {id}, {id}, 'a', 3507, 'b', {hash})"),
        format!("INSERT INTO access_head VALUES (3507, 1, {hash})"),
        format!("INSERT INTO seal_key VALUES (3507, {id}, {hash}, -9, 5)"),
    ];
    for statement in statements {
        on!(conn, |c| c.batch_execute(&statement)).unwrap_or_else(|why| panic!("{statement}: {why}"));
    }
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

fn rows_of(conn: &mut Conn, table: &str) -> i64 {
    let count: Count =
        on!(conn, |c| diesel::sql_query(format!("SELECT count(*) AS n FROM {table}")).get_result(c)).unwrap();
    count.n
}

/// Most of the tables that [`fill`] fills, as text.
fn dump(conn: &mut Conn) -> String {
    macro_rules! rows {
        ($($table:ident: $row:ty;)*) => {
            [$(format!("{:?}", on!(conn, |c| all::$table::table.load::<$row>(c)).unwrap())),*].join("\n")
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
                    assert_eq!(on!(to, |c| all::seal_key::table.count().get_result::<i64>(c))?, 0);
                    Ok::<_, Error>(rows + copy_keys(from, to)?)
                })
            });
            assert_eq!(rows, Ok(19));
            assert_eq!(dump(&mut target_conn), said);
            // Only snapshots are left out, which anybody can make again.
            let empty: Vec<String> = tables(&mut target_conn)
                .into_iter()
                .filter(|table| rows_of(&mut target_conn, table) == 0)
                .collect();
            assert_eq!(empty, ["snapshot"]);
        }
    }
}
