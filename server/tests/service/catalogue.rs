//! Both databases end in the same logical schema, and diesel's tables are that schema.

use diesel::prelude::*;
use diesel::sql_types::Text;
use lumbung_tests::{Database, Kind};
use server::on;
use server::store::{Conn, Link, Standing, migrate, standing, tables as all};
use std::collections::BTreeSet;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Columns as `table.column type [not null] [place in the primary key]`.
const SQLITE_COLUMNS: &str = "
    SELECT m.name || '.' || c.name || CASE c.type WHEN 'INTEGER' THEN ' int' WHEN 'BLOB' THEN ' bytes' ELSE ' text' END
        || CASE c.\"notnull\" WHEN 1 THEN ' not null' ELSE '' END
        || CASE c.pk WHEN 0 THEN '' ELSE ' key ' || c.pk END AS line
    FROM sqlite_master m JOIN pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE '__diesel%'";

const POSTGRES_COLUMNS: &str = "
    SELECT c.table_name || '.' || c.column_name
        || CASE c.data_type WHEN 'text' THEN ' text' WHEN 'bytea' THEN ' bytes' ELSE ' int' END
        || CASE c.is_nullable WHEN 'NO' THEN ' not null' ELSE '' END
        || coalesce(' key ' || k.ordinal_position, '') AS line
    FROM information_schema.columns c
    LEFT JOIN information_schema.table_constraints t
        ON t.table_name = c.table_name AND t.table_schema = c.table_schema AND t.constraint_type = 'PRIMARY KEY'
    LEFT JOIN information_schema.key_column_usage k
        ON k.constraint_name = t.constraint_name AND k.table_schema = c.table_schema AND k.column_name = c.column_name
    WHERE c.table_schema = 'public' AND c.table_name NOT LIKE '\\_\\_diesel%'";

/// Indexes other than primary keys as `table (columns) [unique]`, and foreign keys as `table (columns) -> table (..)`.
const SQLITE_KEYS: &str = "
    SELECT m.name || ' (' || (SELECT group_concat(i.name, ', ') FROM pragma_index_info(l.name) i) || ')'
        || CASE l.\"unique\" WHEN 1 THEN ' unique' ELSE '' END AS line
    FROM sqlite_master m JOIN pragma_index_list(m.name) l
    WHERE m.type = 'table' AND l.origin <> 'pk' AND m.name NOT LIKE '__diesel%'
    UNION ALL
    SELECT m.name || ' (' || group_concat(f.\"from\", ', ') || ') -> ' || f.\"table\"
        || ' (' || group_concat(f.\"to\", ', ') || ')'
    FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
    WHERE m.type = 'table' GROUP BY m.name, f.id, f.\"table\"";

const POSTGRES_KEYS: &str = "
    SELECT i.indrelid::regclass || ' (' || (
            SELECT string_agg(a.attname, ', ' ORDER BY k.place)
            FROM unnest(i.indkey) WITH ORDINALITY AS k (number, place)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number)
        || ')' || CASE WHEN i.indisunique THEN ' unique' ELSE '' END AS line
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND NOT i.indisprimary
    UNION ALL
    SELECT f.conrelid::regclass || ' (' || (
            SELECT string_agg(a.attname, ', ' ORDER BY k.place)
            FROM unnest(f.conkey) WITH ORDINALITY AS k (number, place)
            JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.number)
        || ') -> ' || f.confrelid::regclass || ' (' || (
            SELECT string_agg(a.attname, ', ' ORDER BY k.place)
            FROM unnest(f.confkey) WITH ORDINALITY AS k (number, place)
            JOIN pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.number) || ')'
    FROM pg_constraint f WHERE f.contype = 'f'";

fn lines(conn: &mut Conn, sqlite: &str, postgres: &str) -> BTreeSet<String> {
    let query = if matches!(conn.link, Link::Sqlite(_)) { sqlite } else { postgres };
    let lines: Vec<Line> = on!(conn, |c| diesel::sql_query(query).load(c)).unwrap();
    lines.into_iter().map(|line| line.line).collect()
}

/// The names of all tables.
pub fn tables(conn: &mut Conn) -> BTreeSet<String> {
    let columns = lines(conn, SQLITE_COLUMNS, POSTGRES_COLUMNS);
    columns.iter().map(|line| line.split('.').next().unwrap().to_string()).collect()
}

#[test]
fn both_databases_end_in_the_same_schema() {
    let databases = [Database::fresh(Kind::Sqlite), Database::fresh(Kind::Postgres)];
    let [sqlite, postgres] = databases.each_ref().map(|database| {
        let mut conn = database.migrated();
        let columns = lines(&mut conn, SQLITE_COLUMNS, POSTGRES_COLUMNS);
        let keys = lines(&mut conn, SQLITE_KEYS, POSTGRES_KEYS);
        (columns, keys)
    });
    assert!(sqlite.0.len() > 100 && sqlite.1.len() > 5, "{sqlite:?}");
    assert_eq!(sqlite.0, postgres.0);
    assert_eq!(sqlite.1, postgres.1);
}

#[test]
fn every_table_leads_with_the_district() {
    let database = Database::fresh(Kind::Sqlite);
    let columns = lines(&mut database.migrated(), SQLITE_COLUMNS, "");
    let of = |end: &str| -> BTreeSet<String> {
        let lines = columns.iter().filter(|line| line.contains(end));
        lines.map(|line| line.split('.').next().unwrap().to_string()).collect()
    };
    let all: BTreeSet<String> =
        columns.iter().map(|line| line.split('.').next().unwrap().to_string()).collect();
    let without: Vec<_> = all.difference(&of(".district ")).cloned().collect();
    assert_eq!(without, ["server"]);
}

macro_rules! read_every_table {
    ($conn:expr, $($table:ident)*) => {{
        $(on!($conn, |c| all::$table::table.limit(0).execute(c))
            .unwrap_or_else(|why| panic!("{}: {why}", stringify!($table)));)*
        [$(stringify!($table)),*]
    }};
}

#[test]
fn diesel_reads_every_table_of_both() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let database = Database::fresh(kind);
        let mut conn = database.migrated();
        let read = read_every_table!(
            &mut conn,
            server person assignment device actor code area record upload touch quarantine conflict loss snapshot
            departure salvage seal_key match_token access_log access_head
        );
        assert_eq!(BTreeSet::from(read.map(String::from)), tables(&mut conn));
    }
}

#[test]
fn a_database_says_how_far_it_is() {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        let database = Database::fresh(kind);
        let mut conn = Conn::create(&database.url()).unwrap();
        assert_eq!(standing(&mut conn), Ok(Standing::Empty));
        migrate(&mut conn).unwrap();
        assert_eq!(standing(&mut conn), Ok(Standing::Current));
        migrate(&mut conn).unwrap();
        assert_eq!(standing(&mut conn), Ok(Standing::Current));
    }
}
