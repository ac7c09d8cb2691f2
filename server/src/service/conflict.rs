//! What people saw differently, and who must decide.
//!
//! The rule this module protects: *a conflict is shown with everything a decision needs*: both values, who, when, with
//! which phone, and what each had seen; and the list is complete for the caller's areas.

use super::history::{field_name, kind_name};
use super::{Caller, Fault, pull};
use crate::store::conflict::{self, CasePlace, CaseRow};
use crate::store::{Conn, record};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use schema::Schema;
use schema::json::{element_text, field_json};
use serde::Serialize;
use sync_core::codec::Reader;
use sync_core::{AreaCode, Cause, Closed, Dot, Record, RecordId, Stamp};
use uuid::Uuid;

/// Cases of one answer.
const CASES_MAX: usize = 500;

/// An open case.
#[derive(Debug, Clone, Serialize)]
pub struct OpenCase {
    /// Function of record, register and dots: a decision names it.
    pub id: Uuid,
    /// Why a person must look.
    pub cause: Cause,
    /// The record.
    pub record: RecordId,
    /// Its kind.
    pub kind: String,
    /// Where it lives.
    pub area: AreaCode,
    /// Name of the field.
    pub field: String,
    /// Element of a set, map or list; empty for the whole field.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub element: String,
    /// What was written.
    pub candidates: Vec<Candidate>,
}

/// One of the values.
#[derive(Debug, Clone, Serialize)]
pub struct Candidate {
    /// The change that wrote it.
    pub dot: Dot,
    /// The worker who saved it.
    pub author: RecordId,
    /// Hybrid logical time.
    pub stamp: Stamp,
    /// The device's clock, in seconds since 1970.
    pub device_time_s: i64,
    /// What its author had seen there.
    pub seen: Vec<Dot>,
    /// The value; sealed ones stay sealed.
    pub value: serde_json::Value,
    /// This one is shown until somebody decides.
    pub shown: bool,
}

/// A page of open cases.
#[derive(Debug, Clone, Serialize)]
pub struct OpenCases {
    /// Ascending by record, field and element.
    pub cases: Vec<OpenCase>,
    /// Where the next page goes on; `None` at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Open cases of the caller's areas, or of one of them. `after` is what the page before said.
///
/// # Errors
/// When `area` is not the caller's, or the database fails.
pub fn open(
    conn: &mut Conn,
    caller: &Caller,
    area: Option<AreaCode>,
    after: Option<&str>,
    schema: &Schema,
) -> Result<OpenCases, Fault> {
    let areas = areas_asked(conn, caller, area)?;
    let after = after.map(read_place).transpose()?.unwrap_or((RecordId(Uuid::nil()), -1, Vec::new()));
    let rows = conflict::open_in(conn, caller.district.0 as i64, Some(&areas), &after, CASES_MAX)?;
    let full = rows.len() == CASES_MAX;
    let next = rows.last().filter(|_| full).map(place_text);
    let mut cases = Vec::with_capacity(rows.len());
    for row in &rows {
        if let Some(stored) = record::find(conn, row.district, record_of(row))? {
            cases.extend(case(row, &stored.record()?, schema));
        }
    }
    Ok(OpenCases { cases, next })
}

/// The codes of the areas a caller asks about: one of hers with all that lies in it, or all of hers.
///
/// # Errors
/// When it is not hers, or the database fails.
pub fn areas_asked(conn: &mut Conn, caller: &Caller, area: Option<AreaCode>) -> Result<Vec<i64>, Fault> {
    let scope = match area {
        Some(area) if caller.covers(area) => vec![area],
        Some(_) => return Err(Fault::forbidden("area out of scope")),
        None => caller.areas.clone(),
    };
    let rows = pull::areas_within(conn, caller.district, &scope)?;
    Ok(rows.iter().map(|row| row.code().0 as i64).collect())
}

/// `record.field.element`, the element in base64url.
fn place_text(row: &CaseRow) -> String {
    format!("{}.{}.{}", record_of(row), row.field, URL_SAFE_NO_PAD.encode(&row.element))
}

fn read_place(text: &str) -> Result<CasePlace, Fault> {
    let mut parts = text.splitn(3, '.');
    let place = (|| {
        let (record, field) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some((record, field, URL_SAFE_NO_PAD.decode(parts.next()?).ok()?))
    })();
    place.ok_or_else(|| Fault::bad_request("after: record.field.element"))
}

fn record_of(row: &CaseRow) -> RecordId {
    RecordId(Uuid::from_slice(&row.record).unwrap_or_default())
}

fn case(row: &CaseRow, record: &Record, schema: &Schema) -> Option<OpenCase> {
    let element = Reader::new(&row.element).element().ok()?;
    let place = (u16::try_from(row.field).ok()?, element);
    let cases = record.cases(schema, &Closed);
    let case = cases.iter().find(|case| case.place == place && case.cause as i16 == row.cause)?;
    let kind = schema.kind(record.kind);
    let field = kind.and_then(|kind| kind.field(place.0));
    let shown = record.shown(schema, place, &Closed).map(|shown| shown.dot);
    let register = record.register(place.0, place.1)?;
    let candidates = register.siblings().iter().filter_map(|write| {
        let origin = record.origin(write.dot)?;
        Some(Candidate {
            dot: write.dot,
            author: origin.author,
            stamp: origin.stamp,
            device_time_s: origin.device_time_s,
            seen: write.context.dots().to_vec(),
            value: field_json(&write.value, field, schema),
            shown: Some(write.dot) == shown,
        })
    });
    Some(OpenCase {
        id: case.id,
        cause: case.cause,
        record: record.id,
        kind: kind_name(kind, record.kind),
        area: record.home.area,
        field: field_name(kind, place.0),
        element: element_text(&element, field.map(|field| &field.shape), schema),
        candidates: candidates.collect(),
    })
}
