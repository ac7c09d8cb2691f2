//! What is answered, in the shapes that the app's contract names.
//!
//! The rule this module protects: *a field is called here what the contract (`app/src/phone/contract.ts`) calls it*, and
//! what is not known is null. Texts for people are names of dictionaries, never sentences.

mod list;
mod person;

pub use list::*;
pub use person::*;

use schema::{AreaCode, Label, calendar};
use serde::{Serialize, Serializer};
use sync_core::RecordId;

/// A day, in days since 1970-01-01; in JSON `2026-11-27`, null outside the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub i32);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        calendar::day_text(self.0).serialize(serializer)
    }
}

/// A group of people who are accompanied, in the order in which one person's are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(u16)]
pub enum Group {
    /// To be married.
    Catin = 1,
    /// Pregnant.
    Pregnant = 2,
    /// Gave birth up to 42 days ago.
    Postpartum = 3,
    /// Child of 0 to 23 months.
    Baduta = 4,
    /// Child of 24 to 59 months.
    Balita = 5,
    /// Other wife of reproductive age.
    Pus = 6,
    /// Teenage girl.
    Teen = 7,
    /// Everybody else.
    Other = 8,
}

/// How soon a visit is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// The day has passed.
    Late,
    /// Within 7 days.
    Due,
    /// Within 14 days.
    Soon,
    /// After that.
    Later,
}

/// How old somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Age {
    /// Completed years.
    pub years: i32,
    /// Completed months beyond the years.
    pub months: i32,
    /// Days beyond the months.
    pub days: i32,
    /// Only the year of birth is known.
    pub about: bool,
}

/// A visit that is owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    /// Whom to visit.
    pub person: RecordId,
    /// Her family.
    pub household: RecordId,
    /// Her name.
    pub name: String,
    /// Name of the head of her family.
    pub head: String,
    /// Neighbourhood unit.
    pub rt: String,
    /// For what.
    pub group: Group,
    /// How soon.
    pub urgency: Urgency,
    /// When.
    pub day: Day,
    /// Days since then, 0 when it is still to come.
    pub days_late: i32,
    /// The last visit at which she was met.
    pub last_visit: Option<Day>,
    /// Names of [`crate::MARKS`].
    pub marks: Vec<&'static str>,
}

/// What there is to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Today {
    /// Today.
    pub day: Day,
    /// Late, due and soon; the oldest day first.
    pub due: Vec<Due>,
    /// Visits that these people made in this ISO week.
    pub done_this_week: usize,
    /// The same, and what is due by Sunday.
    pub owed_this_week: usize,
    /// Kitchens, by name.
    pub kitchens: Vec<Kitchen>,
}

/// A kitchen and when it last cooked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kitchen {
    /// The kitchen.
    pub id: RecordId,
    /// Its name.
    pub name: String,
    /// Day of its last session.
    pub last_session: Option<Day>,
    /// Sessions in this ISO week.
    pub sessions_this_week: usize,
}

/// A family in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FamilyRow {
    /// The household.
    pub id: RecordId,
    /// Name of its head.
    pub head: String,
    /// Neighbourhood unit.
    pub rt: String,
    /// Community unit.
    pub rw: String,
    /// Hamlet.
    pub hamlet: String,
    /// People who live and live there.
    pub people: usize,
    /// Their groups, each once.
    pub groups: Vec<Group>,
    /// At risk of stunting by the last screening; `None`: never screened.
    pub at_risk: Option<bool>,
    /// The next visit.
    pub next_due: Option<Day>,
    /// How soon that is.
    pub urgency: Option<Urgency>,
    /// Names of [`crate::MARKS`].
    pub marks: Vec<&'static str>,
}

/// A family with everybody in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Family {
    /// As in a list.
    #[serde(flatten)]
    pub row: FamilyRow,
    /// Where it lives.
    pub area: AreaCode,
    /// Address as typed.
    pub address: String,
    /// Mobile number.
    pub phone: String,
    /// Its people, the dead and those who moved last.
    pub members: Vec<PersonRow>,
    /// It was not screened in this half-year.
    pub screening_due: bool,
    /// The last screening.
    pub screening: Option<ScreeningRow>,
    /// Names of fields in which people saw different things.
    pub contested: Vec<&'static str>,
}

/// A screening and its verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScreeningRow {
    /// The screening.
    pub id: RecordId,
    /// First month of its half-year: `2026-07`.
    pub round: String,
    /// The verdict, after the word of the field officer.
    pub at_risk: Option<bool>,
    /// Factors that hold, those that are only reported too.
    pub factors: Vec<Label>,
}
