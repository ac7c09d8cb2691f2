//! The merged table, streamed.

use super::{App, Permit, with_conn};
use crate::service::export::{Export, Filter, Format};
use crate::service::right::PullTables;
use crate::service::{Fault, access, week};
use actix_web::HttpResponse;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::web::{Bytes, Data, Path, Query};
use schema::Schema;
use serde::Deserialize;
use sync_core::AreaCode;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// Chunks that wait for a slow reader; then the database is asked no further.
const CHUNKS_WAITING: usize = 2;

/// Which rows, in which form.
#[derive(Debug, Deserialize)]
pub struct ExportQuery {
    /// In this area and all that lies in it.
    area: Option<AreaCode>,
    /// Whose day lies in this ISO week, `2026-W48`.
    week: Option<String>,
    /// After this row: `area:version` as the row says.
    after: Option<String>,
    /// At most so many rows.
    limit: Option<usize>,
    /// Why somebody's identity is needed; without it the table is pseudonymous. Logged.
    purpose: Option<String>,
}

/// `visit.csv`, `visit.ndjson`, or `all.ndjson`.
pub async fn export_table(
    permit: Permit<PullTables>,
    app: Data<App>,
    table: Path<String>,
    query: Query<ExportQuery>,
) -> Result<HttpResponse, Fault> {
    let (kind, format) = table_of(&table)?;
    let query = query.into_inner();
    let filter = Filter {
        kind,
        area: query.area,
        days: query.week.as_deref().map(week::days).transpose()?,
        after: query.after.as_deref().map(place).transpose()?,
        limit: query.limit,
        identified: query.purpose.is_some(),
    };
    let purpose = query.purpose;
    let export = with_conn(&app, move |world, conn| {
        if let Some(purpose) = &purpose {
            access::identified(world, conn, &permit, purpose)?;
        }
        Export::start(conn, &permit, filter, format, Schema::builtin())
    });
    let mut export = export.await?;
    let (send, receive) = mpsc::channel::<Result<Bytes, Fault>>(CHUNKS_WAITING);
    let shared = app.clone();
    // One thread of the pool holds one connection until the table is out; a reader who goes away ends it.
    actix_web::rt::task::spawn_blocking(move || {
        let keys = shared.world.secrets.key_safe();
        let mut conn = match shared.pool.take() {
            Ok(conn) => conn,
            Err(error) => return drop(send.blocking_send(Err(error.into()))),
        };
        loop {
            let chunk = match export.chunk(&mut conn, &keys) {
                Ok(Some(bytes)) => Ok(Bytes::from(bytes)),
                Ok(None) => return,
                Err(error) => Err(error.into()),
            };
            let failed = chunk.is_err();
            if send.blocking_send(chunk).is_err() || failed {
                return;
            }
        }
    });
    let (media, extension) = match format {
        Format::Csv => ("text/csv; charset=utf-8", "csv"),
        Format::Ndjson => ("application/x-ndjson", "ndjson"),
    };
    let name = format!("attachment; filename=\"lumbung.{extension}\"");
    Ok(HttpResponse::Ok()
        .content_type(media)
        .insert_header((CONTENT_DISPOSITION, name))
        .streaming(ReceiverStream::new(receive)))
}

fn table_of(name: &str) -> Result<(Option<u16>, Format), Fault> {
    let (kind, extension) = name.rsplit_once('.').ok_or_else(|| Fault::not_found("export: kind.format"))?;
    let format = match extension {
        "csv" => Format::Csv,
        "ndjson" => Format::Ndjson,
        _ => return Err(Fault::not_found("export: csv or ndjson")),
    };
    if kind == "all" {
        return Ok((None, format));
    }
    let kind = Schema::builtin().kind_named(kind).ok_or_else(|| Fault::not_found("export: no such kind"))?;
    Ok((Some(kind.number), format))
}

fn place(text: &str) -> Result<(AreaCode, u64), Fault> {
    let place =
        text.split_once(':').and_then(|(area, version)| Some((area.parse().ok()?, version.parse().ok()?)));
    place.ok_or_else(|| Fault::bad_request("after: area:version"))
}
