//! Tokens of identity numbers, by record.
//!
//! The rule this module protects: *a token is all that is kept of a number in the open*: who has the table alone learns
//! which records share one, and no number.

use super::columns::{AreaColumn, Bytes};
use super::tables::{match_token, record};
use super::{Conn, Error};
use crate::on;
use diesel::dsl::count_star;
use diesel::prelude::*;
use sync_core::{AreaCode, RecordId};
use uuid::Uuid;

/// A token: the first half of an HMAC-SHA256.
pub type Token = [u8; 16];

/// A record that has a token, and where it lives.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Bearer {
    #[diesel(deserialize_as = Bytes<16>)]
    token: Bytes<16>,
    #[diesel(deserialize_as = Bytes<16>)]
    record: Bytes<16>,
    /// Number of the field that holds the number.
    pub field: i32,
    /// Number of the record's kind.
    pub kind: i32,
    /// Where it lives.
    #[diesel(deserialize_as = AreaColumn)]
    pub area: AreaCode,
}

impl Bearer {
    /// The token.
    pub fn token(&self) -> Token {
        self.token.0
    }

    /// The record.
    pub fn record(&self) -> RecordId {
        RecordId(Uuid::from_bytes(self.record.0))
    }
}

/// Puts the tokens of a record in place of what is listed for it.
///
/// # Errors
/// When the database fails.
pub fn replace(
    conn: &mut Conn,
    district: i64,
    record: RecordId,
    tokens: &[(u16, Token)],
) -> Result<(), Error> {
    let id = &record.0.as_bytes()[..];
    let listed =
        match_token::table.filter(match_token::district.eq(district)).filter(match_token::record.eq(id));
    on!(conn, |c| diesel::delete(listed).execute(c))?;
    let rows: Vec<_> = tokens
        .iter()
        .map(|(field, token)| {
            (
                match_token::district.eq(district),
                match_token::token.eq(&token[..]),
                match_token::record.eq(id),
                match_token::field.eq(i32::from(*field)),
            )
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    on!(conn, |c| diesel::insert_into(match_token::table).values(&rows).execute(c)).map(drop)
}

/// Tokens that more than one record has, ascending, after one of them, at most `limit`.
///
/// # Errors
/// When the database fails.
pub fn shared(
    conn: &mut Conn,
    district: i64,
    after: Option<Token>,
    limit: usize,
) -> Result<Vec<Token>, Error> {
    let after = after.map(Vec::from).unwrap_or_default();
    let tokens: Vec<Bytes<16>> = on!(conn, |c| match_token::table
        .filter(match_token::district.eq(district))
        .filter(match_token::token.gt(&after))
        .group_by(match_token::token)
        .having(count_star().gt(1))
        .select(match_token::token)
        .order(match_token::token)
        .limit(limit as i64)
        .load(c))?;
    Ok(tokens.into_iter().map(|token| token.0).collect())
}

/// The records that have these tokens, by token.
///
/// # Errors
/// When the database fails.
pub fn bearers(conn: &mut Conn, district: i64, tokens: &[Token]) -> Result<Vec<Bearer>, Error> {
    let tokens: Vec<&[u8]> = tokens.iter().map(|token| &token[..]).collect();
    on!(conn, |c| match_token::table
        .inner_join(
            record::table
                .on(record::district.eq(match_token::district).and(record::id.eq(match_token::record)))
        )
        .filter(match_token::district.eq(district))
        .filter(match_token::token.eq_any(&tokens))
        .order((match_token::token, match_token::record))
        .select((match_token::token, match_token::record, match_token::field, record::kind, record::area))
        .load(c))
}
