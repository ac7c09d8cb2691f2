//! The floor: a bare actix-web handler that stores the same rows in the same database, durably, and does nothing else.
//!
//! No token, no decoding, no validation, no merge, no history: the body is rows of an id and bytes, ready to insert.

use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpResponse, HttpServer, rt};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use server::store::{Conn, DatabaseUrl, Link};
use std::sync::Mutex;

diesel::table! {
    floor (id) {
        id -> Binary,
        state -> Binary,
    }
}

/// A row ready to insert.
#[derive(Insertable)]
#[diesel(table_name = floor)]
struct Row {
    id: Vec<u8>,
    state: Vec<u8>,
}

/// Rows as a body: 16 bytes of id, length as 32 bits, bytes.
pub fn body<'r>(rows: impl Iterator<Item = (&'r [u8; 16], &'r [u8])>) -> Vec<u8> {
    let mut out = Vec::new();
    for (id, state) in rows {
        out.extend_from_slice(id);
        out.extend_from_slice(&(state.len() as u32).to_be_bytes());
        out.extend_from_slice(state);
    }
    out
}

/// Serves on a free port, which it prints, until it is killed.
pub fn serve(url: &str) {
    let url: DatabaseUrl = url.parse().expect("a database URL");
    let mut conn = Conn::open(&url).expect("a connection");
    let kind = if matches!(conn.link, Link::Sqlite(_)) { "BLOB" } else { "BYTEA" };
    let tail = if kind == "BLOB" { " WITHOUT ROWID" } else { "" };
    let table = format!("CREATE TABLE floor (id {kind} NOT NULL PRIMARY KEY, state {kind} NOT NULL){tail}");
    match &mut conn.link {
        Link::Sqlite(c) => c.batch_execute(&table),
        Link::Postgres(c) => c.batch_execute(&table),
    }
    .expect("a table");
    let conn = Data::new(Mutex::new(conn));
    rt::System::new().block_on(async move {
        let server = HttpServer::new(move || {
            App::new()
                .app_data(conn.clone())
                .app_data(web::PayloadConfig::new(1 << 22))
                .route("/push", web::post().to(push))
        });
        let server = server.workers(2).bind("127.0.0.1:0").expect("a port");
        println!("{}", server.addrs()[0]);
        server.run().await.expect("serving");
    });
}

async fn push(conn: Data<Mutex<Conn>>, body: Bytes) -> HttpResponse {
    let stored = web::block(move || store(&mut conn.lock().expect("no panic before"), &body)).await;
    match stored {
        Ok(Ok(())) => HttpResponse::NoContent().finish(),
        _ => HttpResponse::InternalServerError().finish(),
    }
}

fn store(conn: &mut Conn, body: &[u8]) -> QueryResult<()> {
    let rows = rows(body);
    match &mut conn.link {
        Link::Sqlite(c) => bare_tx(c, "BEGIN IMMEDIATE", |c| {
            rows.iter().try_for_each(|row| diesel::insert_into(floor::table).values(row).execute(c).map(drop))
        }),
        Link::Postgres(c) => {
            bare_tx(c, "BEGIN", |c| diesel::insert_into(floor::table).values(&rows).execute(c).map(drop))
        }
    }
}

fn bare_tx<C: Connection>(
    c: &mut C,
    begin: &str,
    work: impl FnOnce(&mut C) -> QueryResult<()>,
) -> QueryResult<()> {
    c.batch_execute(begin)?;
    work(c)?;
    c.batch_execute("COMMIT")
}

fn rows(mut body: &[u8]) -> Vec<Row> {
    let mut rows = Vec::new();
    while let Some((id, rest)) = body.split_first_chunk::<16>() {
        let (length, rest) = rest.split_first_chunk::<4>().expect("a length");
        let (state, rest) = rest.split_at(u32::from_be_bytes(*length) as usize);
        rows.push(Row { id: id.to_vec(), state: state.to_vec() });
        body = rest;
    }
    rows
}
