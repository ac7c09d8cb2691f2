//! Areas of Indonesia by their official code.
//!
//! The rule this module protects: *the code of an area says where it lies.* A village code starts with the code of
//! its subdistrict (kecamatan), that with the code of its district (kabupaten or kota), that with the code of its
//! province. So placement, scope and time zone need no table, and a phone needs no national list.
//!
//! Codes are plain numbers here: 35.07.16.2013 (Duwet, Tumpang, Malang) is `3507162013`. They are the codes of the
//! Ministry of Home Affairs (Kemendagri), not those of the statistics office (BPS), which differ. Lists are
//! versioned ([`LIST`]): villages are split and merged, and an old record keeps the code it was written with.

mod code;
#[cfg(feature = "national-regions")]
mod national;
mod zone;

pub use code::AreaCode;
#[cfg(feature = "national-regions")]
pub use national::{Village, subdistrict_name, subdistricts, village, villages};
pub use zone::TimeZone;

use crate::AreaLevel;
use std::fmt;

/// The decree whose list is compiled in.
pub const LIST: &str = "Kepmendagri 300.2.2-2430/2025";

static PROVINCES: &str = include_str!("../region/provinces.csv");
static DISTRICTS: &str = include_str!("../region/districts.csv");

/// What kind of village; the first digit of the last four of its code says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum VillageKind {
    /// Urban village, led by a civil servant (1).
    Kelurahan,
    /// Rural village, led by an elected head (2).
    Desa,
    /// Customary village (3); fourteen, in Papua.
    DesaAdat,
}

/// A text that is no area code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotACode;

impl fmt::Display for NotACode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "not an area code: write 2 digits for a province, 4 for a district, 6 for a subdistrict or 10 for a \
             village, with or without dots (35.07.16.2013)",
        )
    }
}

impl std::error::Error for NotACode {}

/// Reads `35.07.16.2013` or `3507162013`, of any level from province down.
///
/// # Errors
///
/// [`NotACode`] when the digits do not form a code. Whether the area exists is another question ([`village`]).
pub fn parse(text: &str) -> Result<u64, NotACode> {
    let digits: String = text.trim().chars().filter(|c| *c != '.').collect();
    let code = digits.parse().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit())).ok_or(NotACode)?;
    if digits.len() != digit_count(code) || text.contains('.') && text.trim() != dotted(code) {
        return Err(NotACode);
    }
    (is_province(code) || level(code).is_some()).then_some(code).ok_or(NotACode)
}

/// The code with dots, as people write it: `35.07.16.2013`.
pub fn dotted(code: u64) -> String {
    let digits = code.to_string();
    match digits.len() {
        10 => format!("{}.{}.{}.{}", &digits[..2], &digits[2..4], &digits[4..6], &digits[6..]),
        6 => format!("{}.{}.{}", &digits[..2], &digits[2..4], &digits[4..]),
        4 => format!("{}.{}", &digits[..2], &digits[2..]),
        _ => digits,
    }
}

/// The level of a code by its length; `None` for a province (no records live there) and for anything else.
pub fn level(code: u64) -> Option<AreaLevel> {
    match digit_count(code) {
        10 => Some(AreaLevel::Village),
        6 => Some(AreaLevel::Subdistrict),
        4 => Some(AreaLevel::District),
        _ => None,
    }
}

/// The subdistrict (kecamatan) of a village or of itself.
pub fn subdistrict_of(code: u64) -> Option<u64> {
    match level(code)? {
        AreaLevel::Village => Some(code / 10_000),
        AreaLevel::Subdistrict => Some(code),
        AreaLevel::District => None,
    }
}

/// The district (kabupaten or kota) of a village, a subdistrict or of itself.
pub fn district_of(code: u64) -> Option<u64> {
    match level(code)? {
        AreaLevel::Village => Some(code / 1_000_000),
        AreaLevel::Subdistrict => Some(code / 100),
        AreaLevel::District => Some(code),
    }
}

/// The province of any area or of itself.
pub fn province_of(code: u64) -> Option<u64> {
    if is_province(code) { Some(code) } else { district_of(code).map(|district| district / 100) }
}

/// Does `code` lie in `area`, or is it `area`? `area` may be a province.
pub fn lies_in(code: u64, area: u64) -> bool {
    code == area
        || subdistrict_of(code) == Some(area)
        || district_of(code) == Some(area)
        || province_of(code) == Some(area)
}

/// Kelurahan, desa or desa adat; `None` when `code` is no village.
pub fn village_kind(code: u64) -> Option<VillageKind> {
    match (level(code)?, code / 1000 % 10) {
        (AreaLevel::Village, 1) => Some(VillageKind::Kelurahan),
        (AreaLevel::Village, 2) => Some(VillageKind::Desa),
        (AreaLevel::Village, 3) => Some(VillageKind::DesaAdat),
        _ => None,
    }
}

/// The zone whose days and weeks hold in an area.
pub fn time_zone(code: u64) -> Option<TimeZone> {
    province_of(code).map(TimeZone::of_province)
}

/// Name of a province: `Jawa Timur`.
pub fn province_name(code: u64) -> Option<&'static str> {
    lines(PROVINCES).find(|(province, _)| *province == code).map(|(_, name)| name)
}

/// Name of a district with its kind: `Kabupaten Malang`, `Kota Palembang`.
pub fn district_name(code: u64) -> Option<&'static str> {
    districts().find(|(district, _)| *district == code).map(|(_, name)| name)
}

/// Every province, ascending: code and name.
pub fn provinces() -> impl Iterator<Item = (u64, &'static str)> {
    lines(PROVINCES)
}

/// Every district, ascending: code and name.
pub fn districts() -> impl Iterator<Item = (u64, &'static str)> {
    lines(DISTRICTS)
}

/// `code,name` lines after a heading.
fn lines(text: &'static str) -> impl Iterator<Item = (u64, &'static str)> {
    text.lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .filter_map(|(code, name)| Some((code.parse().ok()?, name)))
}

fn is_province(code: u64) -> bool {
    digit_count(code) == 2
}

fn digit_count(code: u64) -> usize {
    code.checked_ilog10().map_or(1, |tens| tens as usize + 1)
}
