//! What a caller gets when she pulls.

use crate::Client;
use std::collections::BTreeMap;
use sync_core::{Bounds, Digest, Page, Record, RecordId};

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
            let reply = client.get(&format!("/v1/pull{query}"), Some(token));
            assert_eq!(reply.status, 200, "{}", String::from_utf8_lossy(&reply.body));
            let page = Page::of_bytes(&reply.body, &BOUNDS).expect("a page");
            pulled.bytes += reply.body.len();
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
                let sum = here.fold(Digest::default(), |sum, record| sum.with(Digest::of(record)));
                assert_eq!(sum, standing.digest, "{} at {}", standing.area, standing.version);
            }
        }
        held
    }

    /// Its records, taken in by merging as a client must.
    pub fn records(&self) -> BTreeMap<RecordId, Record> {
        let mut merged = BTreeMap::new();
        self.pages.iter().for_each(|page| take(&mut merged, page));
        merged
    }
}

fn take(merged: &mut BTreeMap<RecordId, Record>, page: &Page) {
    for record in &page.records {
        let held = merged.entry(record.id).or_insert_with(|| record.clone());
        held.merge(record);
    }
}
