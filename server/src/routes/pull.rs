//! What is new, and whole areas for a first sync.

use super::{App, Permit, with_conn};
use crate::service::pull::{self, Reached};
use crate::service::right::Known;
use crate::service::{Fault, snapshot};
use actix_web::http::header::{ACCEPT_RANGES, CONTENT_RANGE, ETAG, IF_NONE_MATCH, IF_RANGE, RANGE};
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use schema::Schema;
use serde::Deserialize;
use std::fmt::Write;
use sync_core::AreaCode;

const PAGE: &str = "application/vnd.lumbung.page";

/// How far the caller is.
#[derive(Debug, Deserialize)]
pub struct PullQuery {
    /// What the page before said.
    cursor: Option<String>,
    /// Versions of snapshots, `area:version,...`.
    have: Option<String>,
}

/// The next page.
pub async fn pull(
    permit: Permit<Known>,
    app: Data<App>,
    query: Query<PullQuery>,
) -> Result<HttpResponse, Fault> {
    let bytes = with_conn(&app, move |world, conn| {
        let reached = match (&query.cursor, &query.have) {
            (Some(cursor), _) => Reached::Cursor(cursor),
            (None, Some(have)) => Reached::Snapshots(have),
            (None, None) => Reached::Nothing,
        };
        let page = pull::page(conn, &permit, reached, Schema::builtin(), &world.secrets.key_safe())?;
        Ok(page.into_bytes())
    });
    Ok(HttpResponse::Ok().content_type(PAGE).body(bytes.await?))
}

/// A whole area; any part of it can be asked for again.
pub async fn area_snapshot(
    permit: Permit<Known>,
    app: Data<App>,
    area: Path<AreaCode>,
    request: HttpRequest,
) -> Result<HttpResponse, Fault> {
    let area = area.into_inner();
    let snapshot = with_conn(&app, move |world, conn| {
        if !permit.reads(area) {
            return Err(Fault::forbidden("snapshot: area out of scope"));
        }
        snapshot::of_area(conn, permit.district, area, Schema::builtin(), &world.secrets.key_safe())
    });
    let snapshot = snapshot.await?;
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    let mut etag = String::from("\"");
    snapshot.etag.iter().try_for_each(|byte| write!(etag, "{byte:02x}")).unwrap_or_default();
    etag.push('"');
    if header(IF_NONE_MATCH) == Some(&etag) {
        return Ok(HttpResponse::NotModified().insert_header((ETAG, etag)).finish());
    }
    let whole = snapshot.body.len();
    let from = header(RANGE).filter(|_| header(IF_RANGE).is_none_or(|etag_had| etag_had == etag));
    let from = from.and_then(start_of_range).filter(|from| *from < whole);
    let mut response = match from {
        Some(_) => HttpResponse::PartialContent(),
        None => HttpResponse::Ok(),
    };
    response
        .content_type("application/vnd.lumbung.pages")
        .insert_header((ETAG, etag))
        .insert_header((ACCEPT_RANGES, "bytes"))
        .insert_header(("lumbung-version", snapshot.version.to_string()));
    Ok(match from {
        Some(from) => response
            .insert_header((CONTENT_RANGE, format!("bytes {from}-{}/{whole}", whole - 1)))
            .body(snapshot.body[from..].to_vec()),
        None => response.body(snapshot.body),
    })
}

/// `bytes=n-`: a cut download goes on; other ranges are answered with the whole.
fn start_of_range(range: &str) -> Option<usize> {
    range.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok()
}
