//! Forms that are open in front of somebody.
//!
//! The rule this module protects: *a form shows what the record shows, under what she typed, and what follows from both*:
//! the device reads and judges, the book knows the person; this only puts them side by side.

use crate::Phone;
use crate::answer::answer;
use care::{Advice, Double};
use device::{Error, FieldLook, Form, RecordId};
use schema::{Registers, calendar};
use serde::Serialize;
use serde_json::{Map, Value as Json, json};
use wasm_bindgen::prelude::wasm_bindgen;

/// An open form as a page shows it.
#[derive(Serialize)]
struct FormState {
    form: u32,
    kind: &'static str,
    record: Option<RecordId>,
    area: device::AreaCode,
    about: Option<care::About>,
    fields: Vec<FieldLook>,
    advice: Vec<Advice>,
    doubles: Vec<Double>,
    missing: Vec<String>,
}

#[wasm_bindgen]
impl Phone {
    /// A form for a new record, with what is `given` (JSON object by field): its number. A record whose natural key is given
    /// and that is here already is opened instead.
    pub fn blank(&mut self, kind: &str, area: &str, given: &str) -> String {
        answer(self.begun(kind, area, given))
    }

    fn begun(&mut self, kind: &str, area: &str, given: &str) -> Result<u32, Error> {
        let area = area.parse().map_err(|_| Error::NotAValue("area".into()))?;
        let given: Map<String, Json> =
            serde_json::from_str(given).map_err(|why| Error::NotAValue(why.to_string()))?;
        let mut form = self.device.blank(kind, area)?;
        self.type_all(&mut form, &given)?;
        if let Some(record) = self.device.named_by(&form)? {
            form = self.device.open(record)?;
            self.type_all(&mut form, &given)?;
        }
        Ok(self.hold(form))
    }

    fn type_all(&mut self, form: &mut Form, given: &Map<String, Json>) -> Result<(), Error> {
        given.iter().try_for_each(|(name, json)| self.device.type_over(form, name, json))
    }

    /// A form for a record as it is now: its number.
    pub fn open(&mut self, id: &str) -> String {
        let form = id.parse().map_err(|_| Error::NotAValue("id".into()));
        answer(form.and_then(|id| self.device.open(id)).map(|form| self.hold(form)))
    }

    /// A form that was put aside as a [`Phone::draft`]: its number.
    pub fn resume(&mut self, draft: &[u8]) -> String {
        answer(Form::of_bytes(draft).map(|form| self.hold(form)))
    }

    /// A form as bytes, to be put aside; empty when it is not open.
    pub fn draft(&self, form: u32) -> Vec<u8> {
        self.forms.get(&form).map(Form::to_bytes).unwrap_or_default()
    }

    fn hold(&mut self, form: Form) -> u32 {
        let number = self.forms.last_key_value().map_or(1, |(last, _)| last + 1);
        self.forms.insert(number, form);
        number
    }

    /// What a form shows now.
    pub fn look(&mut self, form: u32, day: &str) -> String {
        answer(self.looked(form, day))
    }

    fn looked(&mut self, number: u32, day: &str) -> Result<FormState, Error> {
        let day = day_of(day)?;
        let role = self.device.enrolled()?.role;
        let form = self.forms.get(&number).ok_or_else(closed)?.clone();
        let mut look = self.device.look(&form)?;
        let kind = look.kind();
        let book = self.book()?;
        let derived = book.derived(kind.number, form.record(), Registers::new(&look.registers()), day);
        look.derive(derived);
        let registers = look.registers();
        let registers = Registers::new(&registers);
        let context = book.context(kind.number, registers, day);
        let fields = look.fields(&context, role, &|author| book.name_of(author));
        let empty = |field: &&FieldLook| field.asked && field.demanded && field.value.is_null();
        Ok(FormState {
            form: number,
            kind: &kind.name,
            record: form.record(),
            area: form.area(),
            about: book.about(kind.number, form.record(), registers),
            missing: fields.iter().filter(empty).map(|field| field.name.clone()).collect(),
            fields,
            advice: book.advice(kind.number, form.record(), registers, day),
            doubles: if form.is_new() {
                book.doubles(kind.number, form.area(), registers, day)
            } else {
                Vec::new()
            },
        })
    }

    /// Puts what was typed for `name` or `name.element`, as JSON text, into a form; `null` takes it out.
    pub fn type_in(&mut self, form: u32, name: &str, typed: &str) -> String {
        answer(self.typed(form, name, typed))
    }

    fn typed(&mut self, number: u32, name: &str, typed: &str) -> Result<(), Error> {
        let json: Json = serde_json::from_str(typed).map_err(|why| Error::NotAValue(why.to_string()))?;
        let mut form = self.forms.get(&number).ok_or_else(closed)?.clone();
        self.device.type_over(&mut form, name, &json)?;
        self.forms.insert(number, form);
        Ok(())
    }

    /// Saves a form and closes it: `{"dot", "record"}`; or `{"stale": [..]}` when somebody saved meanwhile, and it stays open.
    pub fn save(&mut self, form: u32, author: &str, now_s: f64) -> String {
        answer(self.saved(form, author, now_s as i64, false))
    }

    /// The same beside the newer values, which she was shown and does not take.
    pub fn save_beside(&mut self, form: u32, author: &str, now_s: f64) -> String {
        answer(self.saved(form, author, now_s as i64, true))
    }

    fn saved(&mut self, number: u32, author: &str, now_s: i64, beside: bool) -> Result<Json, Error> {
        let author = author.parse().map_err(|_| Error::NotAValue("author".into()))?;
        let form = self.forms.get(&number).ok_or_else(closed)?.clone();
        let saved = match beside {
            true => self.device.save_beside(&form, author, now_s),
            false => self.device.save(&form, author, now_s),
        };
        match saved {
            Ok(saved) => {
                self.forms.remove(&number);
                Ok(json!({ "dot": saved.dot, "record": saved.record }))
            }
            Err(Error::Stale(stale)) => {
                let now = self.device.look(&form.emptied())?;
                let book = self.book()?;
                Ok(json!({ "stale": now.at(&stale.0, &|author| book.name_of(author)) }))
            }
            Err(error) => Err(error),
        }
    }

    /// Closes a form without saving it.
    pub fn close(&mut self, form: u32) {
        self.forms.remove(&form);
    }
}

/// Days since 1970 of a text.
pub(crate) fn day_of(text: &str) -> Result<i32, Error> {
    calendar::day(text).ok_or_else(|| Error::NotAValue("day".into()))
}

fn closed() -> Error {
    Error::NotAValue("form".into())
}
