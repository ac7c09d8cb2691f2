//! What a caller gets when she pulls.

use crate::Client;
use std::collections::BTreeMap;
use sync_core::{AreaStanding, Bounds, Change, Digest, Page, Record, RecordId};

/// A page is read without bounds: a test trusts its server.
pub const BOUNDS: Bounds = Bounds { changes_max: 1 << 20, bytes_max: 1 << 28, numbers_max: 1 << 28 };

/// Everything that was new for a caller.
#[derive(Debug, Default)]
pub struct Pulled {
    /// Its pages, at least one.
    pub pages: Vec<Page>,
    /// Bytes of their bodies.
    pub bytes: usize,
    /// Where the next pull goes on.
    pub cursor: String,
}

impl Pulled {
    /// Pulls from the start until there is no more.
    #[track_caller]
    pub fn all(client: &Client, token: &str) -> Pulled {
        Pulled::since(client, token, "")
    }

    /// Pulls from a cursor, or from the start when it is empty, until there is no more.
    #[track_caller]
    pub fn since(client: &Client, token: &str, cursor: &str) -> Pulled {
        let mut pulled = Pulled { cursor: cursor.into(), ..Pulled::default() };
        while pulled.pages.last().is_none_or(|page| page.more) {
            let query =
                if pulled.cursor.is_empty() { String::new() } else { format!("?cursor={}", pulled.cursor) };
            let (page, bytes) = ask(client, token, &query);
            pulled.bytes += bytes;
            pulled.cursor.clone_from(&page.cursor);
            pulled.pages.push(page);
        }
        pulled
    }

    /// Its records, of a pull from the start, after looking that each standing is the sum of what was taken in up to it.
    #[track_caller]
    pub fn proven(&self) -> BTreeMap<RecordId, Record> {
        let mut held = BTreeMap::new();
        for page in &self.pages {
            take(&mut held, page);
            for standing in &page.standings {
                let here = held.values().filter(|record: &&Record| record.home.area == standing.area);
                assert_eq!(
                    Digest::of_all(here),
                    standing.digest,
                    "{} at {}",
                    standing.area,
                    standing.version
                );
            }
        }
        held
    }

    /// One page, which need not be the last.
    #[track_caller]
    pub fn page(client: &Client, token: &str, query: &str) -> Page {
        ask(client, token, query).0
    }

    /// The pages of a snapshot: each after its length in four bytes.
    #[track_caller]
    pub fn of_snapshot(mut bytes: &[u8]) -> Pulled {
        let mut pulled = Pulled { bytes: bytes.len(), ..Pulled::default() };
        while let Some((length, rest)) = bytes.split_first_chunk::<4>() {
            let (page, rest) = rest.split_at(u32::from_be_bytes(*length) as usize);
            pulled.pages.push(Page::of_bytes(page, &BOUNDS).expect("a page"));
            bytes = rest;
        }
        assert!(bytes.is_empty(), "a snapshot ends where its last page ends");
        pulled
    }

    /// Its records, taken in by merging as a client must.
    pub fn records(&self) -> BTreeMap<RecordId, Record> {
        let mut merged = BTreeMap::new();
        self.merge_into(&mut merged);
        merged
    }

    /// Takes its records in beside those that are held.
    pub fn merge_into(&self, held: &mut BTreeMap<RecordId, Record>) {
        self.pages.iter().for_each(|page| take(held, page));
    }

    /// The newest standing of an area.
    #[track_caller]
    pub fn standing(&self, area: &str) -> AreaStanding {
        let area = area.parse().expect("an area");
        let mut standings = self.pages.iter().flat_map(|page| &page.standings);
        *standings.rfind(|standing| standing.area == area).expect("a standing")
    }
}

/// The record that these changes of one record make.
#[track_caller]
pub fn record_of(changes: &[Change]) -> Record {
    let mut record = Record::of_change(&changes[0]);
    changes[1..].iter().for_each(|change| {
        record.apply(change);
    });
    record
}

/// A page, and the bytes of its body.
#[track_caller]
fn ask(client: &Client, token: &str, query: &str) -> (Page, usize) {
    let reply = client.get(&format!("/v1/pull{query}"), Some(token));
    assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
    (Page::of_bytes(&reply.body, &BOUNDS).expect("a page"), reply.body.len())
}

fn take(merged: &mut BTreeMap<RecordId, Record>, page: &Page) {
    for record in &page.records {
        merged.entry(record.id).or_insert_with(|| record.clone()).merge(record);
    }
}
