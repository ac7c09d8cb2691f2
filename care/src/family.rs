//! A family and everybody in it.
//!
//! The rule this module protects: *everybody is shown, those who died or moved out last*; what is counted counts only who
//! lives here.

use crate::book::Book;
use crate::fact::Member;
use crate::shapes::{Family, PersonRow, ScreeningRow, sex_word};
use schema::calendar;
use sync_core::RecordId;

impl Book {
    /// A family on a day; `None` when no such household is known.
    pub fn family(&self, id: RecordId, day: i32) -> Option<Family> {
        let id = self.survivor(id);
        let row = self.family_row(id, day)?;
        let family = self.household(id)?;
        let mut people: Vec<(RecordId, &Member)> = self.members(id).collect();
        let rank = |(id, member): &(RecordId, &Member)| {
            let relationship = if member.relationship == 0 { u16::MAX } else { member.relationship };
            (!member.is_here(), relationship, member.birth, *id)
        };
        crate::order::sort(&mut people, |one, other| rank(one).cmp(&rank(other)));
        let screening = self.last_screening(id).map(|(screening, one)| {
            let verdict = self.last_verdict(id, day);
            let factors = verdict.iter().flat_map(|verdict| &verdict.factors);
            ScreeningRow {
                id: screening,
                round: one.round.and_then(calendar::month_text).unwrap_or_default(),
                factors: factors.map(|factor| factor.label.clone()).collect(),
                at_risk: verdict.as_ref().map(|verdict| verdict.is_at_risk),
            }
        });
        Some(Family {
            row,
            area: self.entry(id)?.area,
            address: family.address.clone(),
            phone: family.phone.clone(),
            members: people.into_iter().map(|(id, member)| self.person_row(id, member, day)).collect(),
            screening_due: self.is_screening_due(id, day),
            screening,
            contested: self.contested(id),
        })
    }

    /// A person in a list.
    pub(crate) fn person_row(&self, id: RecordId, member: &Member, day: i32) -> PersonRow {
        let relationship = self.code("relationship", member.relationship);
        PersonRow {
            id,
            household: self.home(member).unwrap_or(id),
            name: member.name.text.clone(),
            sex: member.sex.map(sex_word),
            age: member.age(day),
            relationship: relationship.map(|code| code.name.as_str()),
            groups: self.groups(id, member, day),
            alive: member.is_alive(),
            due: self.due(id, member, day),
            gest_weeks: self.running_pregnancy(id).and_then(|(_, pregnancy)| pregnancy.weeks(day)),
        }
    }
}
