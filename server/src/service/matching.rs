//! Doubles that are certain: records with the same NIK or family card number.
//!
//! The rule this module protects: *a number is compared and never held*. It is opened in memory for a moment; what
//! rests is a token that only this server can make. Beyond the reader's scope it is only said that there is one.

use super::conflict::areas_asked;
use super::seal_key::KeySafe;
use super::{Caller, Fault};
use crate::store::match_token::{self, Bearer, Token};
use crate::store::{Conn, Error};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use schema::{Kind, Schema, Value};
use serde::Serialize;
use sha2::Sha256;
use std::collections::BTreeSet;
use sync_core::{AreaCode, Life, Opener, Place, Record, RecordId, Write};

/// Groups of one answer.
const MATCHES_MAX: usize = 200;

/// Makes tokens.
#[derive(Clone)]
pub struct Matcher([u8; 32]);

impl Matcher {
    /// A matcher with the server's matching secret.
    pub fn new(secret: &[u8; 32]) -> Matcher {
        Matcher(*secret)
    }

    /// The token of a number in a field; `None` when there is no digit in it. People write spaces and dots.
    fn token(&self, kind: u16, field: u16, number: &str) -> Option<Token> {
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        if digits.is_empty() {
            return None;
        }
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(&kind.to_be_bytes());
        mac.update(&field.to_be_bytes());
        mac.update(digits.as_bytes());
        let made: [u8; 32] = mac.finalize().into_bytes().into();
        made.first_chunk().copied()
    }

    /// The tokens of all numbers that survive in a record, and their fields.
    fn tokens(&self, record: &Record, kind: &Kind, opener: &dyn Opener) -> BTreeSet<(u16, Token)> {
        let Some(owner) = record.seal_owner(kind) else { return BTreeSet::new() };
        if record.life() == Life::Deleted {
            return BTreeSet::new();
        }
        let numbers = kind.fields.iter().filter(|field| field.is_identity_number());
        let registers = numbers.flat_map(|field| record.field(field.number));
        let writes =
            registers.flat_map(|(place, register)| register.siblings().iter().map(move |w| (*place, w)));
        let token = |(place, write): (Place, &Write)| {
            let Value::Text(number) = opener.open(owner, write.dot, place, &write.value)? else {
                return None;
            };
            Some((place.0, self.token(kind.number, place.0, &number)?))
        };
        writes.filter_map(token).collect()
    }
}

/// Does the record hold a number that could be matched?
fn has_number(record: &Record, schema: &Schema) -> bool {
    schema.kind(record.kind).is_some_and(|kind| {
        kind.fields.iter().any(|field| field.is_identity_number() && !record.field(field.number).is_empty())
    })
}

/// Lists the tokens of these records anew.
///
/// # Errors
/// When the database fails.
pub fn note<'r>(
    conn: &mut Conn,
    district: i64,
    records: impl IntoIterator<Item = &'r Record>,
    schema: &Schema,
    keys: &KeySafe,
) -> Result<(), Error> {
    let with_number: Vec<&Record> = records.into_iter().filter(|record| has_number(record, schema)).collect();
    if with_number.is_empty() {
        return Ok(());
    }
    let ring = keys.ring_for(conn, district, with_number.iter().copied(), schema)?;
    for record in with_number {
        let Some(kind) = schema.kind(record.kind) else { continue };
        let tokens: Vec<_> = keys.matcher.tokens(record, kind, &ring).into_iter().collect();
        match_token::replace(conn, district, record.id, &tokens)?;
    }
    Ok(())
}

/// Records that share a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Match {
    /// Kind of the records.
    pub kind: String,
    /// Name of the field that holds the number.
    pub field: String,
    /// Those in the areas that were asked about.
    pub records: Vec<Found>,
    /// How many there are elsewhere in the district.
    pub elsewhere: usize,
}

/// A record of a match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// The record.
    pub record: RecordId,
    /// Where it lives.
    pub area: AreaCode,
}

/// A page of matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Matches {
    /// In no order that means anything.
    pub matches: Vec<Match>,
    /// Where the next page goes on; `None` at the end. A page may be empty and have a next one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Records of the caller's areas, or of one of them, that share a number with another record.
///
/// # Errors
/// When `area` is not the caller's, `after` is no place, or the database fails.
pub fn list(
    conn: &mut Conn,
    caller: &Caller,
    area: Option<AreaCode>,
    after: Option<&str>,
    schema: &Schema,
) -> Result<Matches, Fault> {
    let district = caller.district.0 as i64;
    let asked = areas_asked(conn, caller, area)?;
    let after = after.map(read_place).transpose()?;
    let tokens = match_token::shared(conn, district, after, MATCHES_MAX)?;
    let next =
        tokens.last().filter(|_| tokens.len() == MATCHES_MAX).map(|token| URL_SAFE_NO_PAD.encode(token));
    let bearers = match_token::bearers(conn, district, &tokens)?;
    let groups = bearers.chunk_by(|a, b| a.token() == b.token());
    let matches = groups.filter_map(|group| matched(group, &asked, schema)).collect();
    Ok(Matches { matches, next })
}

fn matched(group: &[Bearer], asked: &[i64], schema: &Schema) -> Option<Match> {
    let (here, elsewhere): (Vec<&Bearer>, Vec<&Bearer>) =
        group.iter().partition(|bearer| asked.contains(&(bearer.area.0 as i64)));
    let first = here.first()?;
    let kind = schema.kind(first.kind as u16)?;
    let found = |bearer: &&Bearer| Found { record: bearer.record(), area: bearer.area };
    Some(Match {
        kind: kind.name.clone(),
        field: kind.field(first.field as u16)?.name.clone(),
        records: here.iter().map(found).collect(),
        elsewhere: elsewhere.len(),
    })
}

fn read_place(text: &str) -> Result<Token, Fault> {
    let bytes = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| Fault::bad_request("after: as the page before said"))
}
