//! An area by its official code, as a type.
//!
//! The rule this module protects: *where a record lives is told from its code alone*, so a phone can decide scope
//! without a list of the country.

use super::{district_of, dotted, level, lies_in, parse, time_zone};
use crate::AreaLevel;
use crate::region::{NotACode, TimeZone};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;
use std::str::FromStr;

/// A village (ten digits), subdistrict (six) or district (four) by its Kemendagri code read as a number:
/// `35.07.16.2013` is 3507162013. Text and JSON carry the dots.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AreaCode(pub u64);

impl AreaCode {
    /// Village, subdistrict or district, by the number of digits; `None` for a number that is no area.
    pub fn level(self) -> Option<AreaLevel> {
        level(self.0)
    }

    /// The district it lies in (itself for a district, and for a number that is no area).
    pub fn district(self) -> AreaCode {
        AreaCode(district_of(self.0).unwrap_or(self.0))
    }

    /// Does it contain `other` (or is it the same)?
    pub fn contains(self, other: AreaCode) -> bool {
        lies_in(other.0, self.0)
    }

    /// The zone whose days and weeks hold there; the westernmost for a number that is no area.
    pub fn time_zone(self) -> TimeZone {
        time_zone(self.0).unwrap_or(TimeZone::Wib)
    }
}

impl fmt::Display for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&dotted(self.0))
    }
}

impl fmt::Debug for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// With or without dots; a province is no area, since no record lives there.
impl FromStr for AreaCode {
    type Err = NotACode;
    fn from_str(text: &str) -> Result<AreaCode, NotACode> {
        let code = AreaCode(parse(text)?);
        code.level().map(|_| code).ok_or(NotACode)
    }
}

impl Serialize for AreaCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for AreaCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<AreaCode, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn area_codes_read_with_and_without_dots() {
        for (text, code) in [("35.07.16.2013", 3507162013), ("35.07.16", 350716), ("35.07", 3507)] {
            assert_eq!(text.parse(), Ok(AreaCode(code)));
            assert_eq!(code.to_string().parse(), Ok(AreaCode(code)));
            assert_eq!(AreaCode(code).to_string(), text);
            assert_eq!(AreaCode(code).district(), AreaCode(3507));
        }
        assert_eq!("35.07.1".parse::<AreaCode>(), Err(NotACode));
        assert_eq!("35".parse::<AreaCode>(), Err(NotACode));
        assert!(AreaCode(350716).contains(AreaCode(3507162013)));
        assert!(!AreaCode(350717).contains(AreaCode(3507162013)));
    }
}
