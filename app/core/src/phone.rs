//! A device in a browser: its life, its rows, its syncs.
//!
//! The rule this module protects: *the browser carries, the device decides*. It is the same device as on a laptop, on a
//! shelf in memory: whoever calls stores [`Phone::changed`] in one transaction before she believes a `value`, fetches
//! what is `wanted` only after that, and brings the answer.

use crate::answer::answer;
use crate::chance::Dice;
use crate::guide;
use crate::rows::{self, Rows};
use crate::shelf::Known;
use device::store::{Memory, Table};
use device::transport::Waiting;
use device::{Device, End, Form, Invitation, Response, Store, SyncReport};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use sync_core::ErrorCode;
use wasm_bindgen::prelude::wasm_bindgen;

/// A device in a browser.
#[wasm_bindgen]
pub struct Phone {
    pub(crate) device: Device,
    pub(crate) shelf: Memory,
    waiting: Waiting,
    dice: Dice,
    pub(crate) forms: BTreeMap<u32, Form>,
    pub(crate) known: Known,
}

#[wasm_bindgen]
impl Phone {
    /// The device whose rows these are, which reads and writes by this document of schema and rules (JSON).
    ///
    /// # Errors
    /// Where the document could not be read.
    #[wasm_bindgen(constructor)]
    pub fn new(rows: Rows, document: &[u8]) -> Result<Phone, String> {
        let (schema, rules) = guide::read(document)?;
        let (shelf, dice) = (rows.into_shelf(), Dice::default());
        let device = Device::with_schema(Store::on(Box::new(shelf.clone())), schema, Box::new(dice.clone()));
        let (waiting, forms, known) = (Waiting::default(), BTreeMap::new(), Known::new(schema, rules));
        Ok(Phone { device, shelf, waiting, dice, forms, known })
    }

    /// Takes chance in, for keys: at least 64 bytes before enrolling and before each save.
    pub fn stir(&mut self, chance: &[u8]) {
        self.dice.stir(chance);
    }

    /// What is to be stored now, in one transaction, in the form of [`Rows::load`]. Asked for once.
    pub fn changed(&mut self) -> Vec<u8> {
        let changed = self.shelf.changed();
        self.known.note(&changed);
        rows::write(changed.iter().map(|(table, key, body)| (*table, key.as_slice(), body.as_deref())))
    }

    /// Every row there is, in the same form: what may stand in place of all that was stored before.
    pub fn everything(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.shelf.each(|table, key, body| out.extend(rows::write([(table, key, Some(body))])));
        out
    }

    /// Trades a code for a number: `{"enrolled": ..}`, or what is `wanted` for it.
    pub fn enrol(&mut self, server: &str, code: &str, label: &str, now_s: f64) -> String {
        let invitation = Invitation::new(server, code, label);
        let enrolled = self.device.enrol(&mut self.waiting, &invitation, now_s as i64);
        answer(self.wanting(enrolled.map(|enrolled| json!({ "enrolled": enrolled }))))
    }

    /// Becomes somebody in a village of practice, without a server.
    pub fn practise(&mut self, now_s: f64) -> String {
        answer(self.device.practise(now_s as i64))
    }

    /// Goes on sending and receiving: what is `wanted` next, or the `report` when nothing is.
    pub fn sync(&mut self, now_s: f64) -> String {
        let report = self.device.sync(&mut self.waiting, now_s as i64);
        let wanted = self.wanted();
        answer(report.map(|report| match wanted {
            Some(wanted) => json!({ "wanted": wanted, "counts": report.counts }),
            None => {
                self.waiting.forget();
                json!({ "report": told(&report) })
            }
        }))
    }

    /// Asks for a second number, under which a value can be kept beside another: `{"number": ..}`, or what is `wanted` for
    /// it; `{"number": null}` when there is one already.
    pub fn second_number(&mut self, now_s: f64) -> String {
        answer(match self.device.marks() {
            Ok(marks) if marks.len() > 1 => Ok(json!({ "number": null })),
            Ok(_) => {
                let number = self.device.take_number(&mut self.waiting, None, now_s as i64);
                self.wanting(number.map(|number| json!({ "number": number })))
            }
            Err(error) => Err(error),
        })
    }

    /// What is wanted next, or else the end.
    fn wanting(&mut self, end: Result<Json, device::Error>) -> Result<Json, device::Error> {
        match self.wanted() {
            Some(wanted) => Ok(json!({ "wanted": wanted })),
            None => {
                self.waiting.forget();
                end
            }
        }
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
            let name = self.book()?.name_of(author).unwrap_or_else(|| enrolled.label.clone());
            Ok(json!({ "enrolled": enrolled, "author": author, "name": name, "scope": scope }))
        });
        answer(who)
    }

    /// What is saved and what the server has signed for.
    pub fn counts(&mut self) -> String {
        let records = self.shelf.count(Table::Home);
        answer(self.device.counts().map(|device::Counts { saved, received, held }| {
            json!({ "saved": saved, "received": received, "held": held, "records": records })
        }))
    }

    /// How far the server has signed, under each number.
    pub fn marks(&mut self) -> String {
        answer(self.device.marks())
    }

    /// When the oldest change without a receipt was saved, in seconds since 1970; `null` when there is none.
    pub fn unsent_since(&mut self) -> String {
        answer(self.device.unsent_since_s())
    }

    /// A saved change (its name as [`Phone::save`] gave it), signed, to be sealed to the server; empty when it is not here.
    pub fn parcel(&mut self, dot: &str) -> Vec<u8> {
        let parcel = dot.parse().ok().and_then(|dot| self.device.parcel(dot).ok());
        parcel.unwrap_or_default()
    }

    /// Takes a receipt (JSON) that somebody else fetched.
    pub fn take_receipt(&mut self, receipt: &str, now_s: f64) -> String {
        let receipt = serde_json::from_str(receipt).map_err(|_| device::Error::BadAnswer);
        answer(receipt.and_then(|receipt| self.device.take_receipt(&receipt, now_s as i64)))
    }
}

/// A report as pages need it.
fn told(report: &SyncReport) -> Json {
    let (end, wait_s, code) = match &report.end {
        End::Done => ("done", 0, None),
        End::NoSignal => ("no_signal", 0, None),
        End::Wait { seconds } => ("wait", *seconds, None),
        End::Refused(body) => ("refused", body.retry_after_s.unwrap_or(0), Some(body.code)),
        End::Doubt(_) => ("doubt", 0, None),
        End::BadAnswer => ("bad_answer", 0, None),
    };
    json!({
        "done": report.is_done(),
        "end": end,
        "wait_s": wait_s,
        "refused": code.map(refusal),
        "counts": report.counts,
        "revoked": report.revoked,
        "sent": report.sent,
        "came": report.came,
        "left": report.left,
    })
}

fn refusal(code: ErrorCode) -> Json {
    json!({ "code": code, "message": { "id": code.message_id(), "en": code.message_en() } })
}
