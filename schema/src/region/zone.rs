//! The three time zones, by province.
//!
//! The rule this module protects: *a day is a day where people live.* The week of a sign-off and the age of a child
//! are counted in the zone of the village, whatever the phone's own setting says.

use std::fmt;

/// A time zone of Indonesia; none of them has summer time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeZone {
    /// Waktu Indonesia Barat: Sumatera, Java, Kalimantan Barat and Tengah.
    Wib,
    /// Waktu Indonesia Tengah: Bali, Nusa Tenggara, Sulawesi, the rest of Kalimantan.
    Wita,
    /// Waktu Indonesia Timur: Maluku and Papua.
    Wit,
}

impl TimeZone {
    /// The zone of a province (Keppres 41/1987; newer provinces follow the one they came from).
    pub fn of_province(province: u64) -> TimeZone {
        match province {
            51..=53 | 63..=65 | 71..=76 => TimeZone::Wita,
            81..=82 | 91..=97 => TimeZone::Wit,
            _ => TimeZone::Wib,
        }
    }

    /// Minutes ahead of UTC.
    pub fn offset_minutes(self) -> i16 {
        match self {
            TimeZone::Wib => 7 * 60,
            TimeZone::Wita => 8 * 60,
            TimeZone::Wit => 9 * 60,
        }
    }
}

impl fmt::Display for TimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TimeZone::Wib => "WIB",
            TimeZone::Wita => "WITA",
            TimeZone::Wit => "WIT",
        })
    }
}
