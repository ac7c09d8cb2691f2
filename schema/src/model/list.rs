//! Closed lists and their codes.

use super::Label;
use serde::{Deserialize, Serialize};

/// Name of a closed list, and where it stands among [`super::Schema::enumerations`], so that judging a value compares one
/// name and searches none. In files and JSON it is the name alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct ListName {
    name: String,
    /// A hint: [`super::Schema::list`] looks whether the list that stands there has this name.
    at: u16,
}

impl ListName {
    /// The name, and where it stands in `lists`, which are in ascending order of name.
    pub fn resolved(name: &str, lists: &[Enumeration]) -> ListName {
        let at = named(name, lists).and_then(|at| u16::try_from(at).ok()).unwrap_or(u16::MAX);
        ListName { name: name.to_owned(), at }
    }

    /// The list of this name, without searching when the hint is right.
    pub(super) fn found_in<'l>(&self, lists: &'l [Enumeration]) -> Option<&'l Enumeration> {
        match lists.get(usize::from(self.at)) {
            Some(list) if list.name == self.name => Some(list),
            _ => named(&self.name, lists).map(|at| &lists[at]),
        }
    }
}

/// Where the list of this name stands; `lists` are in ascending order of name.
pub(super) fn named(name: &str, lists: &[Enumeration]) -> Option<usize> {
    lists.binary_search_by(|list| list.name.as_str().cmp(name)).ok()
}

impl std::ops::Deref for ListName {
    type Target = str;
    fn deref(&self) -> &str {
        &self.name
    }
}

impl From<String> for ListName {
    fn from(name: String) -> ListName {
        ListName { name, at: u16::MAX }
    }
}

impl From<ListName> for String {
    fn from(list: ListName) -> String {
        list.name
    }
}

impl std::fmt::Display for ListName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)
    }
}

/// A closed list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enumeration {
    /// Name as in the files.
    pub name: String,
    /// Codes in ascending order of `number`.
    pub codes: Vec<Code>,
}

/// One code of a closed list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// Wire number, 1..=65535, never reused.
    pub number: u16,
    /// Name in `snake_case`.
    pub name: String,
    /// What people read.
    pub label: Label,
    /// In a set, excludes every other code (`none`).
    pub exclusive: bool,
    /// `ok` or `risk` for water and toilet; else empty.
    pub risk: String,
}

impl Enumeration {
    /// The code with this wire number.
    pub fn code(&self, number: u16) -> Option<&Code> {
        // Dense from 1 in nearly every list, as the fields of a kind.
        match self.codes.get(usize::from(number).wrapping_sub(1)) {
            Some(code) if code.number == number => Some(code),
            _ => self.codes.binary_search_by_key(&number, |c| c.number).ok().map(|i| &self.codes[i]),
        }
    }

    /// The code of this name.
    pub fn code_named(&self, name: &str) -> Option<&Code> {
        self.codes.iter().find(|code| code.name == name)
    }
}
