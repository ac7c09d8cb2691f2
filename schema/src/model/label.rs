//! What people read, in both languages.

use serde::{Deserialize, Serialize};

/// What a reader sees, in both languages of the house. Indonesian comes first everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Bahasa Indonesia.
    pub id: String,
    /// English.
    pub en: String,
}

/// A language of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Bahasa Indonesia.
    Id,
    /// English.
    En,
}

impl Language {
    /// Picks the text of this language.
    pub fn pick<T>(self, id: T, en: T) -> T {
        match self {
            Language::Id => id,
            Language::En => en,
        }
    }
}

impl Label {
    /// The text of a language.
    pub fn text(&self, language: Language) -> &str {
        language.pick(&self.id, &self.en)
    }
}
