//! What is wrong with a schema.
//!
//! The rule this module protects: *who reads a fault knows which line to change and how.*

use std::fmt;

/// One thing that makes a schema unfit for use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// File under `schema/`, such as `records/visit.csv`.
    pub file: String,
    /// Kind, enumeration or flag it is about; empty when it is about the file.
    pub about: String,
    /// Field or code; empty when it is about the whole.
    pub part: String,
    /// What is wrong and what to do.
    pub says: String,
}

impl Fault {
    /// A fault of a whole file.
    pub fn file(file: &str, says: impl Into<String>) -> Fault {
        Fault { file: file.to_owned(), about: String::new(), part: String::new(), says: says.into() }
    }

    /// A fault of a kind or enumeration.
    pub fn about(file: &str, about: &str, says: impl Into<String>) -> Fault {
        Fault { about: about.to_owned(), ..Fault::file(file, says) }
    }

    /// A fault of a field or code.
    pub fn part(file: &str, about: &str, part: &str, says: impl Into<String>) -> Fault {
        Fault { part: part.to_owned(), ..Fault::about(file, about, says) }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        match (self.about.is_empty(), self.part.is_empty()) {
            (true, _) => {}
            (false, true) => write!(f, ": {}", self.about)?,
            (false, false) => write!(f, ": {}.{}", self.about, self.part)?,
        }
        write!(f, ": {}", self.says)
    }
}

impl std::error::Error for Fault {}
