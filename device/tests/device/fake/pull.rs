//! Out, and whole areas.

use super::push::BOUNDS;
use super::{Answer, World, json_of, refusal};
use device::transport::{Request, Response};
use device::{AreaCode, Record};
use serde_json::json;
use std::collections::BTreeMap;
use sync_core::{AreaStanding, Digest, ErrorCode, Page, SealKey};

type Reached = BTreeMap<AreaCode, u64>;

impl World {
    /// Cursor: `epoch.scope.area:version,...`.
    pub(super) fn pull(&self, query: &str) -> Answer {
        let mut scope = Some(self.scope.clone());
        let mut reached = Reached::new();
        if let Some(cursor) = query.strip_prefix("cursor=") {
            let mut parts = cursor.splitn(3, '.');
            if parts.next() != Some(&self.epoch.to_string()) {
                return Err(refusal(ErrorCode::EpochChanged));
            }
            scope = scope.filter(|_| parts.next() != Some(&self.scope_text()));
            reached = pairs(parts.next().unwrap_or_default());
        } else if let Some(have) = query.strip_prefix("have=") {
            reached = pairs(have);
        }
        reached.retain(|area, _| self.is_in_scope(*area));
        let from_start = !query.starts_with("cursor=");
        Ok(Response::new(200, self.page(reached, scope, from_start).into_bytes()))
    }

    pub(super) fn salvage(&mut self, request: &Request) -> Answer {
        let page = Page::of_bytes(&request.body, &BOUNDS).map_err(|_| refusal(ErrorCode::BadBody))?;
        let kept = page.records.len();
        self.salvaged.extend(page.records);
        Ok(json_of(&json!({ "kept": kept })))
    }

    fn page(&self, mut reached: Reached, scope: Option<Vec<AreaCode>>, from_start: bool) -> Page {
        let mut left = self.page_records;
        let (mut records, mut standings, mut more) = (Vec::new(), Vec::new(), false);
        for (area, version) in self.versions.iter().filter(|(area, _)| self.is_in_scope(**area)) {
            let from = reached.get(area).copied().unwrap_or_default();
            if from >= *version {
                standings.extend(from_start.then(|| self.standing(*area, *version)));
                continue;
            }
            let new = self.records.values().filter(|(at, record)| record.home.area == *area && *at > from);
            let mut new: Vec<&(u64, Record)> = new.collect();
            new.sort_by_key(|(at, _)| *at);
            let whole = new.len() <= left;
            new.truncate(left);
            left -= new.len();
            more |= !whole;
            let upto = if whole { *version } else { new.last().map_or(from, |(at, _)| *at) };
            reached.insert(*area, upto);
            if whole {
                standings.push(self.standing(*area, *version));
            }
            records.extend(new.into_iter().map(|(_, record)| record.clone()));
        }
        let cursor = format!("{}.{}.{}", self.epoch, self.scope_text(), text(&reached));
        let keys = self.keys_of(&records);
        Page { epoch: self.epoch, cursor, more, scope, standings, departed: Vec::new(), records, keys }
    }

    fn keys_of(&self, records: &[Record]) -> Vec<(usize, SealKey)> {
        let key = |(at, record): (usize, &Record)| Some((at, self.keys.get(&record.id)?.clone()));
        records.iter().enumerate().filter_map(key).collect()
    }

    fn standing(&self, area: AreaCode, version: u64) -> AreaStanding {
        let here = self.records.values().map(|(_, record)| record).filter(|record| record.home.area == area);
        AreaStanding { area, version, digest: Digest::of_all(here) }
    }

    pub(super) fn snapshot(&self, path: &str, request: &Request) -> Answer {
        let area = path.strip_prefix("/v1/areas/").and_then(|rest| rest.strip_suffix("/snapshot"));
        let area: AreaCode = area.and_then(|area| area.parse().ok()).ok_or(refusal(ErrorCode::NotFound))?;
        let version = *self.versions.get(&area).ok_or(refusal(ErrorCode::NotFound))?;
        let records = self.records.values().filter(|(_, record)| record.home.area == area);
        let records: Vec<Record> = records.map(|(_, record)| record.clone()).collect();
        let mut body = Vec::new();
        for chunk in records.chunks(self.page_records) {
            let (records, keys) = (chunk.to_vec(), self.keys_of(chunk));
            let page = Page { cursor: "of one area".into(), keys, ..Page::of_records(self.epoch, records) };
            let page = page.into_bytes();
            body.extend_from_slice(&(page.len() as u32).to_be_bytes());
            body.extend_from_slice(&page);
        }
        let etag = format!("\"{version}\"");
        let from = request.header("range").filter(|_| request.header("if-range") == Some(&etag));
        let from = from.and_then(|text| text.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok());
        let mut answer = match from {
            Some(from) => Response::new(206, body.split_off(from)),
            None => Response::new(200, body),
        };
        answer.headers = vec![("etag".into(), etag), ("lumbung-version".into(), version.to_string())];
        Ok(answer)
    }

    fn is_in_scope(&self, area: AreaCode) -> bool {
        self.scope.iter().any(|own| own.contains(area))
    }

    fn scope_text(&self) -> String {
        self.scope.iter().map(|area| area.0.to_string()).collect::<Vec<_>>().join("-")
    }
}

fn text(reached: &Reached) -> String {
    let pairs = reached.iter().map(|(area, version)| format!("{}:{version}", area.0));
    pairs.collect::<Vec<_>>().join(",")
}

fn pairs(text: &str) -> Reached {
    let pair = |pair: &str| {
        let (area, version) = pair.split_once(':')?;
        Some((area.parse().ok()?, version.parse().ok()?))
    };
    text.split(',').filter_map(pair).collect()
}
