//! Which immunisations a child should have had.
//!
//! The rule this module protects: *due days are those of `rules/immunization_schedule.csv`, and a dose that was once
//! ticked stays given.* Doses for endemic districts are not asked for, since no district says here that it is one.

use crate::book::Book;
use crate::fact::Visit;
use crate::read::has;
use schema::Code;
use sync_core::RecordId;

/// Codes of `immunization` as bits: those of this visit and of the others to the child.
pub(crate) fn given(visit: &Visit, visits: &[(RecordId, &Visit)]) -> u64 {
    visits.iter().fold(visit.child.immunizations, |given, (_, one)| given | one.child.immunizations)
}

impl Book {
    /// The doses that are due at an age in days and not given, by due day. `only_basic`: without boosters.
    pub(crate) fn missing_doses(
        &self,
        given: u64,
        age_days: u32,
        only_basic: bool,
    ) -> impl Iterator<Item = &'static Code> {
        let list = self.schema.enumeration("immunization");
        let due = self.rules.doses.iter().filter(move |dose| {
            u32::from(dose.due_day) <= age_days && !dose.endemic_only && (dose.basic || !only_basic)
        });
        due.filter_map(move |dose| list?.code_named(&dose.code))
            .filter(move |code| code.number < 64 && !has(given, code.number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doses_fall_due_on_their_day() {
        let book = Book::new(schema::Schema::builtin(), schema::Rules::builtin());
        let missing = |given, age_days, only_basic| -> Vec<&str> {
            book.missing_doses(given, age_days, only_basic).map(|code| code.name.as_str()).collect()
        };
        assert_eq!(missing(0, 29, true), ["hb0"]);
        assert_eq!(missing(1 << 1, 30, true), ["bcg", "opv1"]);
        let basic = (1..=20_u64).fold(0, |bits, code| bits | 1 << code);
        assert!(missing(basic, 304, false).is_empty(), "je is for endemic districts");
        let without_boosters = basic & !(1 << 10 | 1 << 20);
        assert!(missing(without_boosters, 548, true).is_empty());
        assert_eq!(missing(without_boosters, 548, false), ["penta4", "mr2"]);
    }
}
