//! What screens ask.
//!
//! The rule this module protects: *a screen gets one answer ready to be shown.* The book knows; this passes it on.

use crate::Phone;
use crate::answer::answer;
use crate::forms::day_of;
use device::{Error, RecordId};
use wasm_bindgen::prelude::wasm_bindgen;

/// Most hits of a search.
const HITS_MAX: usize = 30;

#[wasm_bindgen]
impl Phone {
    /// Which language lists are read in: `id` or `en`.
    pub fn speak(&mut self, language: &str) {
        let language = if language == "en" { schema::Language::En } else { schema::Language::Id };
        self.known.book.speak(language);
    }

    /// Who is due today, and what these authors (JSON array of ids) did this week.
    pub fn today(&mut self, day: &str, authors: &str) -> String {
        let authors: Vec<RecordId> = serde_json::from_str(authors).unwrap_or_default();
        answer(day_of(day).and_then(|day| Ok(self.book()?.today(day, &authors))))
    }

    /// Families that match a filter: `{"rt"?, "group"?, "at_risk"?}`.
    pub fn families(&mut self, filter: &str, day: &str) -> String {
        let filter: care::FamilyFilter = filter_of(filter);
        answer(day_of(day).and_then(|day| Ok(self.book()?.families(&filter, day))))
    }

    /// A family and its people.
    pub fn family(&mut self, id: &str, day: &str) -> String {
        answer(self.ask(id, |book, id| Ok(book.family(id, day_of(day)?))))
    }

    /// Somebody.
    pub fn person(&mut self, id: &str, day: &str) -> String {
        answer(self.ask(id, |book, id| Ok(book.person(id, day_of(day)?))))
    }

    /// How a child grew, beside the curves; `null` when that cannot be said.
    pub fn growth(&mut self, id: &str) -> String {
        answer(self.ask(id, |book, id| Ok(book.growth(id))))
    }

    /// People and families whose names match.
    pub fn search(&mut self, text: &str, day: &str) -> String {
        answer(day_of(day).and_then(|day| Ok(self.book()?.search(text, day, HITS_MAX))))
    }

    /// Records of a small list that match a text (empty: all), newest first.
    pub fn rows(&mut self, kind: &str, text: &str, day: &str) -> String {
        answer(day_of(day).and_then(|day| Ok(self.book()?.rows(kind, text, day))))
    }

    /// Whom she can call.
    pub fn contacts(&mut self) -> String {
        answer(self.book().map(care::Book::contacts))
    }

    /// Colleagues in an area.
    pub fn colleagues(&mut self, area: &str) -> String {
        let area = area.parse().map_err(|_| Error::NotAValue("area".into()));
        answer(area.and_then(|area| Ok(self.book()?.colleagues(area))))
    }

    fn ask<T>(
        &mut self,
        id: &str,
        question: impl FnOnce(&care::Book, RecordId) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let id: RecordId = id.parse().map_err(|_| Error::NotAValue("id".into()))?;
        let id = self.device.name_now(id)?;
        question(self.book()?, id)
    }
}

/// A filter as a page says it.
fn filter_of(text: &str) -> care::FamilyFilter {
    let json: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    care::FamilyFilter {
        rt: json["rt"].as_str().filter(|rt| !rt.is_empty()).map(str::to_owned),
        group: json["group"].as_str().and_then(care::Group::named),
        at_risk: json["at_risk"].as_bool(),
    }
}
