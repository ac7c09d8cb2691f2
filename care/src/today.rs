//! What there is to do today, and the families in a list.
//!
//! The rule this module protects: *nobody who is due is left out, and whoever waits longest comes first.*

use crate::book::Book;
use crate::fact::{Fact, Household};
use crate::numbers::kind;
use crate::search::without_zeros;
use crate::shapes::{Day, Due, FamilyFilter, FamilyRow, Kitchen, Today, Urgency};
use std::ops::RangeInclusive;
use sync_core::RecordId;

/// The days of the ISO week, Monday to Sunday, in which a day lies. 1970-01-01 was a Thursday.
pub(crate) fn week_of(day: i32) -> RangeInclusive<i32> {
    let monday = day - (day + 3).rem_euclid(7);
    monday..=monday + 6
}

impl Book {
    /// What there is to do on `day` for those of `me` who work on this phone.
    pub fn today(&self, day: i32, me: &[RecordId]) -> Today {
        let people = self.all(kind::MEMBER).filter_map(|id| self.member(id).map(|member| (id, member)));
        let mut due: Vec<Due> = people.filter_map(|(id, member)| self.due(id, member, day)).collect();
        due.retain(|due| due.urgency != Urgency::Later);
        crate::order::sort(&mut due, |one, other| {
            (one.day, &one.rt, &one.name).cmp(&(other.day, &other.rt, &other.name))
        });
        let week = week_of(day);
        let done_this_week = self.visits_made(&week, me);
        let open = due.iter().filter(|due| due.day.0 <= *week.end()).count();
        Today {
            day: Day(day),
            due,
            done_this_week,
            owed_this_week: done_this_week + open,
            kitchens: self.kitchens(&week),
        }
    }

    fn visits_made(&self, week: &RangeInclusive<i32>, me: &[RecordId]) -> usize {
        let is_mine = |id: &RecordId| {
            let Some(visit) = self.visit(*id).filter(|visit| visit.counts()) else { return false };
            let author = self.entry(*id).and_then(|entry| entry.author);
            let was_there = author.iter().chain(&visit.present).any(|worker| me.contains(worker));
            was_there && visit.day.is_some_and(|day| week.contains(&day))
        };
        self.all(kind::VISIT).filter(is_mine).count()
    }

    fn kitchens(&self, week: &RangeInclusive<i32>) -> Vec<Kitchen> {
        let kitchen = |id: RecordId| {
            let Fact::Line(line) = &self.entry(id)?.fact else { return None };
            let meals = self.of(id, kind::MEAL_SESSION).filter_map(|id| self.meal(id));
            let sessions: Vec<i32> = meals.filter_map(|meal| meal.day).collect();
            Some(Kitchen {
                id,
                name: line.title.clone(),
                last_session: sessions.iter().max().copied().map(Day),
                sessions_this_week: sessions.iter().filter(|day| week.contains(day)).count(),
            })
        };
        let mut kitchens: Vec<Kitchen> = self.all(kind::DASHAT_KITCHEN).filter_map(kitchen).collect();
        crate::order::sort(&mut kitchens, |one, other| (&one.name, one.id).cmp(&(&other.name, other.id)));
        kitchens
    }

    /// The families that `filter` lets through, by neighbourhood unit, then by name of the head.
    pub fn families(&self, filter: &FamilyFilter, day: i32) -> Vec<FamilyRow> {
        let lives_there = |family: &Household| {
            filter.rt.as_deref().is_none_or(|rt| without_zeros(rt) == without_zeros(&family.rt))
        };
        let wanted = |row: &FamilyRow| {
            filter.group.is_none_or(|group| row.groups.contains(&group))
                && filter.at_risk.is_none_or(|at_risk| row.at_risk == Some(at_risk))
        };
        // Made once for each row, since a sort compares a row many times.
        let sort_key = |row: &FamilyRow| {
            let rt = without_zeros(&row.rt).to_owned();
            (rt.len(), rt, row.head.to_lowercase(), row.id)
        };
        let there = self.all(kind::HOUSEHOLD).filter(|id| self.household(*id).is_some_and(lives_there));
        let rows = there.filter_map(|id| self.family_row(id, day)).filter(wanted);
        let mut rows: Vec<_> = rows.map(|row| (sort_key(&row), row)).collect();
        crate::order::sort(&mut rows, |(one, _), (other, _)| one.cmp(other));
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// A family in a list.
    pub(crate) fn family_row(&self, id: RecordId, day: i32) -> Option<FamilyRow> {
        let family = self.household(id)?;
        let mut next: Option<Due> = None;
        let mut marks = self.marks(id, day);
        let mut people = 0;
        for (person, member) in self.members(id).filter(|(_, member)| member.is_here()) {
            people += 1;
            let Some(due) = self.due(person, member, day) else { continue };
            for mark in &due.marks {
                if !marks.contains(mark) {
                    marks.push(mark);
                }
            }
            if next.as_ref().is_none_or(|next| due.day < next.day) {
                next = Some(due);
            }
        }
        Some(FamilyRow {
            id,
            head: family.head.text.clone(),
            rt: family.rt.clone(),
            rw: family.rw.clone(),
            hamlet: family.hamlet.clone(),
            people,
            groups: self.groups_of_family(id, day),
            at_risk: self.last_verdict(id, day).map(|verdict| verdict.is_at_risk),
            next_due: next.as_ref().map(|due| due.day),
            urgency: next.as_ref().map(|due| due.urgency),
            marks,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_begins_on_monday() {
        let day = |text| schema::calendar::day(text).expect("day");
        for text in ["2026-11-23", "2026-11-27", "2026-11-29"] {
            assert_eq!(week_of(day(text)), day("2026-11-23")..=day("2026-11-29"), "{text}");
        }
        assert_eq!(*week_of(-1).start(), -3);
    }
}
