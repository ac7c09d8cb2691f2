//! What a field obeys: when it is asked, and what concurrent values become.

use serde::{Deserialize, Serialize};

/// Must a field be filled?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Required {
    /// Always.
    Always,
    /// When the condition over other fields of the record holds.
    When(Condition),
    /// Never, but the form shows it only when the condition holds (if there is one).
    Optional(Option<Condition>),
}

/// When a conditional field is asked. Written in files as `field = a|b`, `field != a`, `field` (is true or `yes`),
/// `field > 0`, `field < 0`, `field filled`, `field empty`, joined by `&` (all) or `/` (any), read left to right
/// without brackets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// The field (or `field.part`) shows one of these (codes, `true`, `false`, numbers); for a set: has one of these.
    Is(String, Vec<String>),
    /// It shows none of these.
    IsNot(String, Vec<String>),
    /// It shows a number above this.
    Above(String, i64),
    /// It shows a number below this.
    Below(String, i64),
    /// It has any value.
    Filled(String),
    /// It has no value.
    Empty(String),
    /// All hold.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
}

/// What concurrent values of a field become, and whether a person must look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// Set once. Shows the value of the lowest dot; different values open a case.
    Immutable,
    /// Events: one register per dot, nothing is overwritten.
    Append,
    /// Computed by every node from the same inputs; never accepted from a device.
    Derived,
    /// Only PLKB, district or server write it; else as `Lww`.
    Server,
    /// Last writer wins by hybrid logical clock; actor and sequence break ties.
    Lww,
    /// As `Lww`, but empty never beats a value.
    LwwNonNull,
    /// Element of an add-wins set.
    SetUnion,
    /// The larger wins.
    Max,
    /// The earliest non-null wins (a withdrawal date).
    Earliest,
    /// Codes of the enumeration in this order, strongest first: a total order over the whole list.
    Priority(Vec<u16>),
    /// True wins.
    PriorityTrue,
    /// Largest minus smallest at most `units` (of the smallest unit): the better source is shown; else a case.
    /// On a group the first part is compared, other parts except the source must be equal.
    ReviewTol {
        /// Tolerance in the smallest unit of the type.
        units: i64,
    },
    /// Names: least similarity over all pairs at least this many per mille is `Lww`; else a case.
    ReviewSim {
        /// 850 for 0.85.
        per_mille: u16,
    },
    /// Different concurrent values open a case; the value last signed stays on display, else the last written.
    Review,
}
