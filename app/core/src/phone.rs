//! A device in a browser.
//!
//! The rule this module protects: *the browser carries, the device decides*. It is the same device as on a laptop, on a
//! shelf in memory: whoever calls stores [`Phone::changed`] in one transaction before she believes a `value`, fetches
//! what is `wanted` only after that, and brings the answer.

use crate::answer::answer;
use device::store::{Memory, Table};
use device::transport::Waiting;
use device::{AreaCode, Device, Entropy, Error, Form, Invitation, Record, Response, Store};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use sync_core::codec::{put_bytes, put_u64};
use wasm_bindgen::prelude::wasm_bindgen;

/// Rows that were stored before, on their way into a [`Phone`].
#[wasm_bindgen]
#[derive(Default)]
pub struct Rows(Vec<(Table, Vec<u8>, Vec<u8>)>);

#[wasm_bindgen]
impl Rows {
    /// None yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Rows {
        Rows::default()
    }

    /// One more, as [`Phone::changed`] named it. `false` for a table of a newer app: then nothing may be opened.
    pub fn put(&mut self, table: u8, key: &[u8], body: &[u8]) -> bool {
        let table = Table::numbered(table);
        self.0.extend(table.map(|table| (table, key.to_vec(), body.to_vec())));
        table.is_some()
    }
}

/// Chance that the browser gave and nobody used yet.
#[derive(Clone, Default)]
struct Dice(Arc<Mutex<VecDeque<u8>>>);

impl Entropy for Dice {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), Error> {
        let mut pool = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pool.len() < bytes.len() {
            return Err(Error::NoEntropy);
        }
        let count = bytes.len();
        bytes.iter_mut().zip(pool.drain(..count)).for_each(|(byte, chance)| *byte = chance);
        Ok(())
    }
}

/// A device in a browser.
#[wasm_bindgen]
pub struct Phone {
    device: Device,
    shelf: Memory,
    waiting: Waiting,
    dice: Dice,
    forms: BTreeMap<u32, Form>,
}

#[wasm_bindgen]
impl Phone {
    /// The device whose rows these are.
    #[wasm_bindgen(constructor)]
    pub fn new(rows: Rows) -> Phone {
        let (shelf, dice) = (Memory::filled(rows.0), Dice::default());
        let device = Device::new(Store::on(Box::new(shelf.clone())), Box::new(dice.clone()));
        Phone { device, shelf, waiting: Waiting::default(), dice, forms: BTreeMap::new() }
    }

    /// Takes chance in, for keys: at least 64 bytes before enrolling and before each save.
    pub fn stir(&mut self, chance: &[u8]) {
        self.dice.0.lock().unwrap_or_else(PoisonError::into_inner).extend(chance);
    }

    /// What is to be stored now, in one transaction: for each row that changed its table (1 byte), its key (a varint
    /// length and the bytes), and 0 when it went, or 1 and its body (length and bytes). Asked for once.
    pub fn changed(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        for (table, key, body) in self.shelf.changed() {
            out.push(table as u8);
            put_bytes(&mut out, &key);
            put_u64(&mut out, u64::from(body.is_some()));
            body.iter().for_each(|body| put_bytes(&mut out, body));
        }
        out
    }

    /// Trades a code for a number: `{"enrolled": ..}`, or what is `wanted` for it.
    pub fn enrol(&mut self, server: &str, code: &str, label: &str, now_s: f64) -> String {
        let invitation = Invitation::new(server, code, label);
        let enrolled = self.device.enrol(&mut self.waiting, &invitation, now_s as i64);
        answer(match (self.wanted(), enrolled) {
            (Some(wanted), _) => Ok(json!({ "wanted": wanted })),
            (None, enrolled) => enrolled.map(|enrolled| json!({ "enrolled": enrolled })),
        })
    }

    /// Goes on sending and receiving: what is `wanted` next, or the `report` when nothing is.
    pub fn sync(&mut self, now_s: f64) -> String {
        let report = self.device.sync(&mut self.waiting, now_s as i64);
        let wanted = self.wanted();
        answer(report.map(|report| match wanted {
            Some(wanted) => json!({ "wanted": wanted, "counts": report.counts }),
            None => {
                self.waiting.forget();
                json!({ "report": {
                    "done": report.is_done(),
                    "text": report.to_string(),
                    "end": report.end.to_string(),
                    "counts": report.counts,
                    "revoked": report.revoked,
                } })
            }
        }))
    }

    fn wanted(&self) -> Option<Json> {
        let request = self.waiting.wanted()?;
        let headers: Vec<_> = request.headers.iter().map(|(name, value)| [*name, value.as_str()]).collect();
        let is_post = request.method == device::transport::Method::Post;
        Some(
            json!({ "method": if is_post { "POST" } else { "GET" }, "path": request.path, "headers": headers }),
        )
    }

    /// Body of what is wanted.
    pub fn wanted_body(&self) -> Vec<u8> {
        self.waiting.wanted().map(|request| request.body.clone()).unwrap_or_default()
    }

    /// The answer has come: status, headers as `[["name", "value"], ..]` with names in lower case, and the body. `cut`: the
    /// signal was lost before its end.
    pub fn came(&mut self, status: u16, headers: &str, body: &[u8], cut: bool) {
        let headers = serde_json::from_str(headers).unwrap_or_default();
        self.waiting.came(Ok(Response { status, headers, body: body.to_vec(), cut }));
    }

    /// No answer came.
    pub fn lost(&mut self) {
        self.waiting.came(Err(device::NoSignal("no answer".into())));
    }

    /// Who the device is and where it works; a fault before it is enrolled.
    pub fn who(&mut self) -> String {
        let who = self.device.enrolled().and_then(|enrolled| {
            let (author, scope) = (enrolled.author(), self.device.scope()?);
            Ok(json!({ "enrolled": enrolled, "author": author, "scope": scope }))
        });
        answer(who)
    }

    /// What is saved and what the server has signed for.
    pub fn counts(&mut self) -> String {
        answer(self.device.counts())
    }

    /// Records of a kind in an area (empty: everywhere), each as `{"id", "area", "life", "fields"}`.
    pub fn list(&mut self, kind: &str, area: &str) -> String {
        answer(self.listed(kind, area))
    }

    fn listed(&mut self, kind: &str, area: &str) -> Result<Vec<Json>, Error> {
        let area: Option<AreaCode> = area.parse().ok();
        let records = self.device.records(Some(kind), area)?;
        records.iter().map(|record| self.shown(record)).collect()
    }

    /// A record.
    pub fn record(&mut self, id: &str) -> String {
        let id = id.parse().map_err(|_| Error::NotAValue("id".into()));
        let record = id.and_then(|id| self.device.record(id));
        answer(record.and_then(|record| self.shown(&record)))
    }

    fn shown(&mut self, record: &Record) -> Result<Json, Error> {
        let kind = self.device.schema().kind(record.kind).map(|kind| kind.name.as_str());
        let life = match record.life() {
            sync_core::Life::Alive => "alive",
            sync_core::Life::Deleted => "deleted",
            sync_core::Life::Contested => "contested",
        };
        let fields = self.device.view_of(record)?;
        Ok(json!({ "id": record.id, "kind": kind, "area": record.home.area, "life": life, "fields": fields }))
    }

    /// A form for a new record: its number.
    pub fn blank(&mut self, kind: &str, area: &str) -> String {
        let form = area.parse().map_err(|_| Error::NotAValue("area".into()));
        answer(form.and_then(|area| self.device.blank(kind, area)).map(|form| self.hold(form)))
    }

    /// A form for a record as it is now: its number.
    pub fn open(&mut self, id: &str) -> String {
        let form = id.parse().map_err(|_| Error::NotAValue("id".into()));
        answer(form.and_then(|id| self.device.open(id)).map(|form| self.hold(form)))
    }

    fn hold(&mut self, form: Form) -> u32 {
        let number = self.forms.last_key_value().map_or(1, |(last, _)| last + 1);
        self.forms.insert(number, form);
        number
    }

    /// Puts what was typed for `name` or `name.element`, as JSON text, into a form.
    pub fn type_in(&mut self, form: u32, name: &str, typed: &str) -> String {
        let json = serde_json::from_str(typed).map_err(|why| Error::NotAValue(why.to_string()));
        let done = json.and_then(|json: Json| {
            let form = self.forms.get_mut(&form).ok_or_else(closed)?;
            self.device.type_in(form, name, &json)
        });
        answer(done)
    }

    /// Saves a form and closes it: `{"dot", "record"}`. It stays open when it could not be saved.
    pub fn save(&mut self, form: u32, author: &str, now_s: f64) -> String {
        answer(self.saved(form, author, now_s as i64))
    }

    fn saved(&mut self, number: u32, author: &str, now_s: i64) -> Result<Json, Error> {
        let author = author.parse().map_err(|_| Error::NotAValue("author".into()))?;
        let form = self.forms.get(&number).ok_or_else(closed)?;
        let saved = self.device.save(form, author, now_s)?;
        self.forms.remove(&number);
        Ok(json!({ "dot": saved.dot, "record": saved.record }))
    }

    /// Closes a form without saving it.
    pub fn close(&mut self, form: u32) {
        self.forms.remove(&form);
    }
}

fn closed() -> Error {
    Error::NotAValue("form".into())
}

/// A kind of records with its fields, as the forms are made from it.
#[wasm_bindgen]
pub fn kind(name: &str) -> String {
    answer(schema::Schema::builtin().kind_named(name).ok_or("no such kind"))
}

/// A closed list with its codes and labels.
#[wasm_bindgen]
pub fn list(name: &str) -> String {
    answer(schema::Schema::builtin().enumeration(name).ok_or("no such list"))
}
