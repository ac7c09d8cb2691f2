//! Every row of one database into another, of either kind.
//!
//! The rule this module protects: *a copy holds every column of every row*: the rows are tuples of all columns, so a
//! column that is not named here does not compile. Snapshots are left out, since anybody can make them again, and the
//! keys of sealed values, which travel alone.

use super::{Conn, Error, Link, tables};
use crate::on;
use diesel::connection::DefaultLoadingMode;
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Bool, Integer, Nullable, SmallInt, SqlType, Text};

/// Rows kept in memory at once; an upload may be megabytes.
const ROWS_AT_ONCE: usize = 32;

/// What a column holds, as plain Rust.
trait Plain {
    type Rust;
}

macro_rules! plain {
    ($($sql:ty => $rust:ty,)*) => {
        $(impl Plain for $sql {
            type Rust = $rust;
        })*
    };
}
plain! {
    BigInt => i64,
    Binary => Vec<u8>,
    Bool => bool,
    Integer => i32,
    SmallInt => i16,
    Text => String,
}

impl<S: Plain + SqlType> Plain for Nullable<S> {
    type Rust = Option<S::Rust>;
}

macro_rules! copy_tables {
    ($from:expr, $to:expr, $($table:ident { $($column:ident)* })*) => {{
        let (from, to): (&mut Conn, &mut Conn) = ($from, $to);
        let mut rows = 0;
        $({
            type Row = ($(<<tables::$table::$column as Expression>::SqlType as Plain>::Rust,)*);
            let mut put = |chunk: &mut Vec<Row>| {
                rows += chunk.len() as u64;
                let values: Vec<_> =
                    chunk.drain(..).map(|($($column,)*)| ($(tables::$table::$column.eq($column),)*)).collect();
                on!(to, |c| diesel::insert_into(tables::$table::table).values(&values).execute(c)).map(drop)
            };
            from.count()?;
            match &mut from.link {
                Link::Sqlite(c) => {
                    in_chunks(tables::$table::table.load_iter::<Row, DefaultLoadingMode>(c)?, &mut put)
                }
                Link::Postgres(c) => {
                    in_chunks(tables::$table::table.load_iter::<Row, PgRowByRowLoadingMode>(c)?, &mut put)
                }
            }?;
        })*
        Ok(rows)
    }};
}

fn in_chunks<R>(
    rows: impl Iterator<Item = QueryResult<R>>,
    put: &mut impl FnMut(&mut Vec<R>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut chunk = Vec::with_capacity(ROWS_AT_ONCE);
    for row in rows {
        chunk.push(row?);
        if chunk.len() == ROWS_AT_ONCE {
            put(&mut chunk)?;
        }
    }
    if chunk.is_empty() { Ok(()) } else { put(&mut chunk) }
}

/// Copies all data into empty tables and gives the number of rows.
///
/// # Errors
///
/// When either database fails, or a table is not empty.
pub fn copy_data(from: &mut Conn, to: &mut Conn) -> Result<u64, Error> {
    copy_tables! {
        from, to,
        server { id epoch parent_epoch actor created_at_s }
        person { district id login password_hash role worker label active created_at_s }
        assignment { district person area from_s until_s }
        device {
            district id person public_key label app_version enrolled_at_s revoked_at_s last_seen_s unsent
            clock_offset_s
        }
        actor { district number device seq chain since_s heard_at_s backed_up_seq }
        code { hash district purpose person issued_by issued_at_s expires_at_s used_at_s used_by }
        area { district code version digest records }
        record { district id area kind version day state }
        upload { district actor first_seq last_seq received_at_s clock_offset_s chain body }
        touch { district record actor seq }
        quarantine {
            district actor seq field element whole area kind record reason received_at_s decided_at_s
            decided_by decision
        }
        conflict { district area record field element kind cause since_version }
        loss { district actor first_seq last_seq noted_at_s filled_at_s }
        departure { district area version record }
        salvage { district actor seq record area device at_s body }
        match_token { district token record field }
        access_log { district n at_s person device action area detail chain }
        access_head { district n chain }
    }
}

/// Copies the keys of sealed values into an empty table and gives their number.
///
/// # Errors
///
/// When either database fails, or the table is not empty.
pub fn copy_keys(from: &mut Conn, to: &mut Conn) -> Result<u64, Error> {
    copy_tables! {
        from, to,
        seal_key { district owner key_sealed made_by_actor at_s }
    }
}
