//! The reader's language.
//!
//! The rule this module protects: *Bahasa Indonesia unless English is asked for*.

use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderMap};
use sync_core::ErrorCode;

/// The two languages of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Bahasa Indonesia.
    Indonesian,
    /// English.
    English,
}

impl Language {
    /// The language a request prefers, by `Accept-Language`.
    pub fn of(headers: &HeaderMap) -> Language {
        let text = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mut best = (0.0, Language::Indonesian);
        for part in text.split(',') {
            let (tag, weight) = part.split_once(';').unwrap_or((part, "q=1"));
            let weight: f32 = weight.trim().strip_prefix("q=").and_then(|q| q.parse().ok()).unwrap_or(0.0);
            let language =
                match tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
                    "id" | "in" | "ms" | "jv" | "su" | "mad" => Language::Indonesian,
                    "en" => Language::English,
                    _ => continue,
                };
            if weight > best.0 {
                best = (weight, language);
            }
        }
        best.1
    }

    /// The text of an error code.
    pub fn text(self, code: ErrorCode) -> &'static str {
        match self {
            Language::Indonesian => code.message_id(),
            Language::English => code.message_en(),
        }
    }

    /// Its tag.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Indonesian => "id",
            Language::English => "en",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    #[test]
    fn english_only_when_it_is_preferred() {
        let of = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(text));
            Language::of(&headers)
        };
        assert_eq!(Language::of(&HeaderMap::new()), Language::Indonesian);
        for text in ["", "id", "id-ID,en;q=0.8", "fr", "jv, en;q=0.9", "en;q=0.3, id;q=0.4", "en;q=x"] {
            assert_eq!(of(text), Language::Indonesian, "{text}");
        }
        for text in ["en", "en-GB,id;q=0.9", "fr, en;q=0.1", "id;q=0.1, EN"] {
            assert_eq!(of(text), Language::English, "{text}");
        }
    }
}
