//! When somebody is to be visited next, and what to think of on the way.
//!
//! The rule this module protects: *the plan of visits is that of `rules/visit_schedule.csv`; a day that the kader planned
//! herself comes first when it is earlier; a visit at which nobody was met does not count.*
//!
//! Monthly and quarterly plans count their days from the last visit. A child of 24 to 59 months whose last z-scores are
//! low or who did not gain is visited monthly, as a note of the plan says. In pregnancy the next week of contact counts,
//! after a delivery its first and last day, before a wedding the plan's visits at equal distances. Whoever was never
//! visited is due seven days after she was registered. A family at risk without anybody of these groups is visited
//! through the wife or head.

use crate::book::Book;
use crate::fact::{Fact, Member, Transfer, Visit};
use crate::growing;
use crate::numbers::{code, kind};
use crate::shapes::{Day, Due, Group, Urgency};
use sync_core::RecordId;

/// What can be marked on a visit that is owed or a family, by name.
pub const MARKS: [&str; 6] = ["new", "moved", "referral_open", "not_gaining", "planned", "never_visited"];

/// Between visits to a couple that was known late.
const BETWEEN_LATE_VISITS_DAYS: i32 = 7;
const DUE_WITHIN_DAYS: i32 = 7;
const SOON_WITHIN_DAYS: i32 = 14;
const FIRST_VISIT_WITHIN_DAYS: i32 = 7;
const NEW_WITHIN_DAYS: i32 = 30;
/// Where the last period is not known, a pregnant woman is visited as often as her forms come.
const PREGNANT_INTERVAL_DAYS: i32 = 28;

/// How soon a day is, seen from today.
pub(crate) fn urgency(due: i32, today: i32) -> Urgency {
    match due - today {
        ..0 => Urgency::Late,
        ahead if ahead <= DUE_WITHIN_DAYS => Urgency::Due,
        ahead if ahead <= SOON_WITHIN_DAYS => Urgency::Soon,
        _ => Urgency::Later,
    }
}

impl Book {
    /// The visit that is owed to a person, `None` when no plan is about her.
    pub(crate) fn due(&self, id: RecordId, member: &Member, day: i32) -> Option<Due> {
        let groups = self.groups(id, member, day);
        let group = *groups.first()?;
        let household = self.home(member)?;
        let visits = self.visits(id, None);
        let last = last_day(&visits);
        let written = self.entry(id).map_or(day, |entry| entry.written);
        let known = written.max(member.birth.unwrap_or(written)) + FIRST_VISIT_WITHIN_DAYS;
        let by_plan = match group {
            Group::Pregnant => self.due_in_pregnancy(id, &visits),
            Group::Postpartum => self.due_after_delivery(id, &visits, day),
            Group::Catin => self.due_before_wedding(id, &visits, day),
            Group::Baduta => Some(last.map_or(known, |last| last + self.interval_days("baduta"))),
            Group::Balita => {
                let plan = if self.needs_attention(member, &visits) { "baduta" } else { "balita" };
                Some(last.map_or(known, |last| last + self.interval_days(plan)))
            }
            Group::Pus | Group::Teen | Group::Other => self
                .is_visited_for_family(id, member, day)
                .then(|| last.map_or(known, |last| last + self.interval_days("krs_family_other"))),
        };
        let latest = visits.last().map(|(_, visit)| *visit);
        let planned = latest.and_then(|visit| visit.next.filter(|next| Some(*next) > visit.day));
        let due = match (by_plan, planned) {
            (Some(plan), Some(own)) => plan.min(own),
            (plan, own) => plan.or(own)?,
        };
        let mut marks = self.marks(household, day);
        mark_visits(&mut marks, &visits, last);
        if planned == Some(due) {
            marks.push("planned");
        }
        let family = self.household(household);
        Some(Due {
            person: id,
            household,
            name: member.name.text.clone(),
            head: family.map_or(String::new(), |family| family.head.text.clone()),
            rt: family.map_or(String::new(), |family| family.rt.clone()),
            group,
            urgency: urgency(due, day),
            day: Day(due),
            days_late: (day - due).max(0),
            last_visit: last.map(Day),
            marks,
        })
    }

    /// What is to be marked on a family.
    pub(crate) fn marks(&self, household: RecordId, day: i32) -> Vec<&'static str> {
        let mut marks = Vec::new();
        let since = |entry: &crate::book::Entry| match &entry.fact {
            Fact::Household(family) => family.registered.unwrap_or(entry.written),
            _ => entry.written,
        };
        if self.entry(household).is_some_and(|entry| (0..=NEW_WITHIN_DAYS).contains(&(day - since(entry)))) {
            marks.push("new");
        }
        let is_moving = |transfer: &Transfer| {
            matches!(transfer.status, code::transfer_status::ASKED | code::transfer_status::ACCEPTED)
        };
        if self.of(household, kind::TRANSFER).filter_map(|id| self.transfer(id)).any(is_moving) {
            marks.push("moved");
        }
        marks
    }

    /// Days between two visits of a plan that repeats; 0 when there is no such plan.
    pub(crate) fn interval_days(&self, group: &str) -> i32 {
        let plan = self.rules.visit_plan(group);
        plan.map_or(0, |plan| (plan.to_day - plan.from_day) / i32::from(plan.visits.max(1)))
    }

    fn due_in_pregnancy(&self, woman: RecordId, visits: &[(RecordId, &Visit)]) -> Option<i32> {
        let (id, pregnancy) = self.running_pregnancy(woman)?;
        let known = self.entry(id)?.written + FIRST_VISIT_WITHIN_DAYS;
        let last = pregnancy.contacts(id, visits).last();
        let next = self.next_contact(pregnancy, last, known);
        next.or_else(|| Some(last.map_or(known, |last| last + PREGNANT_INTERVAL_DAYS)))
    }

    /// Visits of the plan at equal distances, the first on its first day and the last on its last.
    fn due_after_delivery(&self, woman: RecordId, visits: &[(RecordId, &Visit)], day: i32) -> Option<i32> {
        let birth = self.delivery_within(woman, day)?.1.delivery?;
        let plan = self.rules.visit_plan("postpartum")?;
        let made = visits_since(visits, birth);
        let steps = i32::from(plan.visits) - 1;
        let next = birth + plan.from_day + (plan.to_day - plan.from_day) * made / steps.max(1);
        (made <= steps && last_day(visits).is_none_or(|last| last < next)).then_some(next)
    }

    /// Visits of the plan at equal distances from its first day on, the wedding itself being none; only to the bride.
    fn due_before_wedding(&self, person: RecordId, visits: &[(RecordId, &Visit)], day: i32) -> Option<i32> {
        let (id, couple) =
            self.running_couple(person, day).filter(|(_, one)| self.bride(one) == Some(person))?;
        let known = self.entry(id)?.written + FIRST_VISIT_WITHIN_DAYS;
        let plan = self.rules.visit_plan("catin")?;
        let Some(wedding) = couple.wedding else {
            return Some(last_day(visits).map_or(known, |last| last + self.interval_days("catin")));
        };
        let of_couple: Vec<_> = visits
            .iter()
            .copied()
            .filter(|(_, visit)| visit.couple == Some(id) || visit.group == code::target_group::CATIN)
            .collect();
        let made = visits_since(&of_couple, i32::MIN);
        let planned = wedding + plan.from_day + self.interval_days("catin") * made;
        // Whoever began late is not visited every day: a week lies between two visits, and the wedding ends them.
        let earliest =
            last_day(&of_couple).map_or(known, |last| last + BETWEEN_LATE_VISITS_DAYS).min(wedding);
        let next = planned.max(earliest);
        let is_over = last_day(&of_couple).is_some_and(|last| last >= next);
        (made < i32::from(plan.visits) && !is_over).then_some(next)
    }

    /// Is this the person through whom a family at risk is visited, in which no plan is about anybody else?
    fn is_visited_for_family(&self, id: RecordId, member: &Member, day: i32) -> bool {
        let Some(household) = self.home(member) else { return false };
        let here: Vec<_> = self.members(household).filter(|(_, member)| member.is_here()).collect();
        let rank = |(id, member): &(RecordId, &Member)| {
            let is_wife = member.is_wife_of_reproductive_age(day);
            (!is_wife, member.relationship != code::relationship::HEAD, *id)
        };
        // The verdict takes longest, so it is asked for last, and once for a family.
        let is_first = here.iter().map(rank).min().is_some_and(|(_, _, first)| first == id);
        let has_plan = || {
            here.iter().any(|(id, member)| {
                self.groups(*id, member, day).first().is_some_and(|group| *group <= Group::Balita)
            })
        };
        is_first && !has_plan() && self.last_verdict(household, day).is_some_and(|verdict| verdict.is_at_risk)
    }
}

fn mark_visits(marks: &mut Vec<&'static str>, visits: &[(RecordId, &Visit)], last: Option<i32>) {
    if last.is_none() {
        marks.push("never_visited");
    }
    if visits.last().is_some_and(|(_, visit)| visit.has_open_referral()) {
        marks.push("referral_open");
    }
    if growing::is_not_gaining(visits) {
        marks.push("not_gaining");
    }
}

impl Visit {
    /// Was she sent on, and nobody knows yet what became of it?
    pub(crate) fn has_open_referral(&self) -> bool {
        matches!(self.referral, code::facilitation_status::OFFERED | code::facilitation_status::ONGOING)
            && self.referral_outcome == 0
    }
}

/// The day of the last visit that counts.
fn last_day(visits: &[(RecordId, &Visit)]) -> Option<i32> {
    visits.iter().rev().find(|(_, visit)| visit.counts()).and_then(|(_, visit)| visit.day)
}

fn visits_since(visits: &[(RecordId, &Visit)], from: i32) -> i32 {
    let counted =
        visits.iter().filter(|(_, visit)| visit.counts() && visit.day.is_some_and(|day| day >= from));
    counted.count() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_late_once_it_has_passed() {
        let cases = [
            (-1, Urgency::Late),
            (0, Urgency::Due),
            (7, Urgency::Due),
            (8, Urgency::Soon),
            (14, Urgency::Soon),
            (15, Urgency::Later),
        ];
        for (ahead, wanted) in cases {
            assert_eq!(urgency(20_000 + ahead, 20_000), wanted, "{ahead} days ahead");
        }
    }

    #[test]
    fn intervals_are_those_of_the_plans() {
        let book = Book::new(schema::Schema::builtin(), schema::Rules::builtin());
        let days = ["baduta", "balita", "krs_family_other", "catin", "nobody"]
            .map(|group| book.interval_days(group));
        assert_eq!(days, [30, 91, 91, 30, 0]);
    }
}
