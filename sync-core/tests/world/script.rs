//! Random legal histories.

use super::phone::Clock;
use proptest::prelude::*;

/// Which field, which element of it, which value.
pub type Pick = (u8, u8, u8);

/// Something that happens.
#[derive(Debug, Clone)]
pub enum Step {
    /// Somebody makes a record.
    Create { at: u8, kind: u8, picks: Vec<Pick> },
    /// Somebody edits a record that the phone holds, having seen what it holds.
    Edit { at: u8, record: u8, picks: Vec<Pick> },
    /// Somebody opens a record and leaves the form open.
    Look { at: u8, record: u8 },
    /// Somebody saves such a form later, under the second number.
    SaveOldForm { at: u8, look: u8, picks: Vec<Pick> },
    /// Somebody deletes a record, or says that it is there after all.
    Delete { at: u8, record: u8, alive: bool },
    /// One phone hears from another.
    Send { from: u8, to: u8, way: Way, seed: u64 },
}

/// How.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// All changes it knows as such, in any order, some twice.
    Changes,
    /// Some of them.
    SomeChanges,
    /// The same, with the server's mark on stamps out of bounds.
    Marked,
    /// Merged states.
    States,
    /// Merged states as stored bytes.
    Stored,
    /// Merged states as they travel in a page.
    Bundled,
}

/// Any history.
pub fn scripts() -> impl Strategy<Value = (Vec<Clock>, Vec<Step>)> {
    let clock = prop_oneof![4 => Just(Clock::Right), 1 => Just(Clock::Year1970), 1 => Just(Clock::Year2099)];
    (proptest::collection::vec(clock, 2..=5), proptest::collection::vec(steps(), 4..40))
}

/// Any step.
pub fn steps() -> impl Strategy<Value = Step> {
    let picks = || proptest::collection::vec(any::<Pick>(), 1..8);
    let any = any::<u8>;
    let way = prop_oneof![
        2 => Just(Way::Changes),
        2 => Just(Way::SomeChanges),
        1 => Just(Way::Marked),
        2 => Just(Way::States),
        1 => Just(Way::Stored),
        1 => Just(Way::Bundled),
    ];
    prop_oneof![
        2 => (any(), any(), picks()).prop_map(|(at, kind, picks)| Step::Create { at, kind, picks }),
        6 => (any(), any(), picks()).prop_map(|(at, record, picks)| Step::Edit { at, record, picks }),
        1 => (any(), any()).prop_map(|(at, record)| Step::Look { at, record }),
        1 => (any(), any(), picks()).prop_map(|(at, look, picks)| Step::SaveOldForm { at, look, picks }),
        1 => (any(), any(), proptest::bool::ANY)
            .prop_map(|(at, record, alive)| Step::Delete { at, record, alive }),
        4 => (any(), any(), way, proptest::num::u64::ANY)
            .prop_map(|(from, to, way, seed)| Step::Send { from, to, way, seed }),
    ]
}
