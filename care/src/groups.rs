//! Which groups somebody belongs to on a day.
//!
//! The rule this module protects: *groups are derived, never typed*, and who died or moved out is in none. A child's
//! months are those of WHO (24 months end on day 730, 60 on day 1826), as in the conditions of the visit form; the
//! puerperium ends with the plan of visits (42 days). Teenage girls are those of 10 to 18 years who are not married
//! (Permenkes 25/2014); the reproductive age of a wife is 15 to 49 years.

use crate::book::Book;
use crate::fact::{Couple, Member, Pregnancy};
use crate::numbers::code;
use crate::shapes::Group;
use schema::growth::{Sex, completed_months};
use std::ops::RangeInclusive;
use sync_core::RecordId;

const BADUTA_MONTHS_END: u32 = 24;
const BALITA_MONTHS_END: u32 = 60;
const REPRODUCTIVE_YEARS: RangeInclusive<i32> = 15..=49;
const TEEN_YEARS: RangeInclusive<i32> = 10..=18;

impl Member {
    /// Not known to have died.
    pub(crate) fn is_alive(&self) -> bool {
        self.life != code::life_status::DECEASED
    }

    /// Lives, and lives here.
    pub(crate) fn is_here(&self) -> bool {
        self.is_alive() && self.residence != code::residence_status::MOVED_OUT
    }

    /// A wife of reproductive age: what makes a couple a PUS.
    pub(crate) fn is_wife_of_reproductive_age(&self, day: i32) -> bool {
        let is_married =
            self.marital == code::marital_status::MARRIED || self.relationship == code::relationship::WIFE;
        let is_of_age = || self.years(day).is_some_and(|years| REPRODUCTIVE_YEARS.contains(&years));
        self.sex == Some(Sex::Female) && is_married && is_of_age()
    }
}

impl Group {
    /// Name of its code.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Group::Catin => "catin",
            Group::Pregnant => "pregnant",
            Group::Postpartum => "postpartum",
            Group::Baduta => "baduta",
            Group::Balita => "balita",
            Group::Pus => "pus",
            Group::Teen => "teen",
            Group::Other => "other",
        }
    }

    /// The group of a code of `target_group`; families at risk without a group of their own count as `other`.
    pub fn of_code(code: u16) -> Group {
        let all = [Group::Catin, Group::Pregnant, Group::Postpartum, Group::Baduta, Group::Balita];
        let more = [Group::Pus, Group::Teen];
        all.into_iter().chain(more).find(|group| *group as u16 == code).unwrap_or(Group::Other)
    }

    /// The group of this name.
    pub fn named(name: &str) -> Option<Group> {
        (code::target_group::CATIN..=code::target_group::OTHER)
            .map(Group::of_code)
            .find(|group| group.name() == name)
    }
}

impl Book {
    /// The groups of a person on a day, the one that is visited for first.
    pub(crate) fn groups(&self, id: RecordId, member: &Member, day: i32) -> Vec<Group> {
        let family = self.home(member).and_then(|household| self.household(household));
        let has_moved = family.is_some_and(|family| family.residence == code::residence_status::MOVED_OUT);
        if !member.is_here() || has_moved {
            return Vec::new();
        }
        let is_pregnant = self.running_pregnancy(id).is_some();
        let gave_birth = !is_pregnant && self.delivery_within(id, day).is_some();
        let is_catin = !is_pregnant && self.running_couple(id, day).is_some();
        let months = member.birth.and_then(|birth| u32::try_from(day - birth).ok()).map(completed_months);
        let is_married = member.marital > 1 || member.relationship == code::relationship::WIFE;
        let is_teen = member.sex == Some(Sex::Female)
            && !is_married
            && member.years(day).is_some_and(|years| TEEN_YEARS.contains(&years));
        let accompanied = is_pregnant || gave_birth || is_catin;
        let all = [
            (Group::Pregnant, is_pregnant),
            (Group::Postpartum, gave_birth),
            (Group::Catin, is_catin),
            (Group::Baduta, months.is_some_and(|months| months < BADUTA_MONTHS_END)),
            (
                Group::Balita,
                months.is_some_and(|months| (BADUTA_MONTHS_END..BALITA_MONTHS_END).contains(&months)),
            ),
            (Group::Pus, !accompanied && member.is_wife_of_reproductive_age(day)),
            (Group::Teen, !accompanied && is_teen),
        ];
        let mut groups: Vec<Group> =
            all.into_iter().filter(|(_, belongs)| *belongs).map(|(group, _)| group).collect();
        if groups.is_empty() {
            groups.push(Group::Other);
        }
        groups
    }

    /// The pregnancy that runs: the one that began last. It runs until somebody says how it ended.
    pub(crate) fn running_pregnancy(&self, woman: RecordId) -> Option<(RecordId, &Pregnancy)> {
        let running =
            self.pregnancies(woman).filter(|(_, one)| one.status == code::pregnancy_status::ONGOING);
        running.max_by_key(|(id, one)| (one.lmp, *id))
    }

    /// The delivery whose puerperium holds on a day.
    pub(crate) fn delivery_within(&self, woman: RecordId, day: i32) -> Option<(RecordId, &Pregnancy)> {
        let days = || self.rules.visit_plan("postpartum").map_or(0, |plan| plan.to_day);
        let has_ended = |one: &Pregnancy| {
            matches!(one.status, code::pregnancy_status::LIVE_BIRTH | code::pregnancy_status::STILLBIRTH)
        };
        self.pregnancies(woman).find(|(_, one)| {
            has_ended(one) && one.delivery.is_some_and(|birth| (birth..=birth + days()).contains(&day))
        })
    }

    /// The couple that is still to be married on a day.
    pub(crate) fn running_couple(&self, person: RecordId, day: i32) -> Option<(RecordId, &Couple)> {
        self.couples(person)
            .find(|(_, one)| one.outcome == 0 && one.wedding.is_none_or(|wedding| wedding >= day))
    }
}
