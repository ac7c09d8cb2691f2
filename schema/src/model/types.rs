//! What a field holds: type, shape, range.

use super::{AreaLevel, Label, ListName};
use serde::{Deserialize, Serialize};

/// One register, or a register per element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// One register.
    One,
    /// One register (of `Bool`, "is in") per element of this type.
    Set(ElementType),
    /// One register per key of this type.
    Map(ElementType),
    /// One register per line; the key is the dot that made the line.
    List,
}

/// What names an element of a set or map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ElementType {
    /// A code of the named enumeration.
    Code(ListName),
    /// A record of the named kind; of any kind when it is [`ANY_RECORD`].
    Ref(String),
    /// An area of this level.
    Area(AreaLevel),
    /// A whole number.
    Int,
}

/// In place of a kind's name in a reference: the record may be of any kind.
pub const ANY_RECORD: &str = "record";

/// Type of a value. Bytes are canonical, so equal states have equal digests; there are no floats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ValueType {
    /// Yes or no.
    Bool,
    /// Whole number.
    Int,
    /// Whole number of `10^-scale` units: weight 8.05 kg at scale 2 is 805.
    Decimal {
        /// Digits after the point, 0..=6.
        scale: u8,
    },
    /// UTF-8 text.
    Text,
    /// Calendar date.
    Date,
    /// Calendar month.
    Month,
    /// Moment with the zone's offset in minutes.
    DateTime,
    /// A code of the named enumeration.
    Code(ListName),
    /// A record of the named kind; of any kind when it is [`ANY_RECORD`].
    Ref(String),
    /// An area of this level.
    Area(AreaLevel),
    /// Content hash of a photo or file (32 bytes, hex in JSON). Carrying the file comes later.
    Blob,
    /// A tuple that only means something together; one register.
    Group(Vec<Part>),
}

impl ValueType {
    /// The word of the files: `int`, `decimal(2)`, `code`, ...
    pub fn word(&self) -> String {
        match self {
            ValueType::Bool => "bool".to_owned(),
            ValueType::Int => "int".to_owned(),
            ValueType::Decimal { scale } => format!("decimal({scale})"),
            ValueType::Text => "text".to_owned(),
            ValueType::Date => "date".to_owned(),
            ValueType::Month => "month".to_owned(),
            ValueType::DateTime => "datetime".to_owned(),
            ValueType::Code(_) => "code".to_owned(),
            ValueType::Ref(_) => "ref".to_owned(),
            ValueType::Area(_) => "area".to_owned(),
            ValueType::Blob => "blob".to_owned(),
            ValueType::Group(_) => "group".to_owned(),
        }
    }
}

/// One place of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Name within the group.
    pub name: String,
    /// What people call it.
    pub label: Label,
    /// Type; never a group again.
    pub value: ValueType,
    /// Unit as printed.
    pub unit: String,
    /// Constants of the schema.
    pub hard: Option<Range>,
    /// Constant part of "are you sure?".
    pub soft: Option<Range>,
    /// May not be null when the group is written.
    pub required: bool,
}

/// Closed interval in the smallest unit of the type: days since 1970-01-01 for a date, months since 1970-01 for a
/// month, characters for a text, `10^-scale` units for a decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// Lowest allowed.
    pub min: Option<i64>,
    /// Highest allowed.
    pub max: Option<i64>,
}

impl Range {
    /// Is `n` within?
    pub fn contains(&self, n: i64) -> bool {
        self.min.is_none_or(|min| n >= min) && self.max.is_none_or(|max| n <= max)
    }
}
