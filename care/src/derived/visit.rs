//! The derived fields of a visit.
//!
//! The rule this module protects: *each section derives its own fields, and only when the visit is about its group.*

use super::{Gathered, bmi_tenths, map_tenths};
use crate::book::Book;
use crate::fact::{Member, Visit};
use crate::growing;
use crate::immunization;
use crate::numbers::{code, field::visit::*, kind};
use schema::Value;
use schema::growth::ZScore;
use sync_core::RecordId;

/// A meal of the last so many days counts as "receives meals".
const MEALS_WITHIN_DAYS: i32 = 30;

impl Book {
    pub(super) fn derive_visit(&self, record: Option<RecordId>, visit: &Visit, out: &mut Gathered) {
        let Some(day) = visit.day else { return };
        let Some((id, member)) = visit.subject.and_then(|id| self.member(id).map(|member| (id, member)))
        else {
            return;
        };
        let visits = self.visits(id, record);
        // Of two visits on one day the one that was made first counts first; a new one comes last.
        let is_earlier = |(other, one): &&(RecordId, &Visit)| {
            let is_before = record.is_none_or(|record| *other < record);
            one.day < Some(day) || (one.day == Some(day) && is_before)
        };
        let same = visits.iter().filter(|(_, one)| one.group == visit.group && one.counts());
        let earlier = same.filter(is_earlier);
        if visit.counts() {
            out.int(VISIT_NO, Some(earlier.count() as i64 + 1));
        }
        match visit.group {
            code::target_group::CATIN => self.derive_catin(visit, member, day, out),
            code::target_group::PREGNANT => self.derive_pregnant(visit, &visits, day, out),
            code::target_group::POSTPARTUM => {
                let delivery = self.pregnancy_at(visit).and_then(|(_, one)| one.delivery);
                let days = delivery.map(|delivery| i64::from(day - delivery)).filter(|days| *days >= 0);
                out.int(POSTPARTUM_DAYS_POSTPARTUM, days);
            }
            code::target_group::BADUTA | code::target_group::BALITA => {
                self.derive_child(visit, (id, member), &visits, out);
            }
            _ => {}
        }
    }

    fn derive_catin(&self, visit: &Visit, bride: &Member, day: i32, out: &mut Gathered) {
        let couple = visit.couple.and_then(|id| self.couple_of(id));
        let groom = couple.and_then(|couple| {
            let registered = couple.groom.and_then(|id| self.member(id)).and_then(|groom| groom.years(day));
            registered.or_else(|| Some(crate::age::age(couple.groom_birth?, day)?.years))
        });
        let bmi = bmi_tenths(visit.woman.weight, visit.woman.height);
        out.int(CATIN_AGE_YEARS, bride.years(day).map(i64::from));
        out.int(CATIN_GROOM_AGE_YEARS, groom.map(i64::from));
        out.decimal(CATIN_BMI, bmi);
        out.code(CATIN_FIT_TO_CONCEIVE, self.fit_to_conceive(visit, bride.years(day), bmi));
    }

    /// Ready to conceive (P30): of 21 to 35 years, neither thin nor heavy, arm and haemoglobin as they should be, not
    /// smoking. Code of `risk_level`; incomplete while something is not known and nothing is at risk.
    fn fit_to_conceive(&self, visit: &Visit, years: Option<i32>, bmi: Option<i64>) -> u16 {
        let worth_a_word = |topic: &str, units: i64| {
            let category = self.rules.topic(topic).and_then(|topic| topic.category(units));
            category.is_some_and(|category| category.name != "normal")
        };
        let years = years.map(i64::from);
        let known = [
            years.map(|years| worth_a_word("age_bride", years) || worth_a_word("age_pregnant", years)),
            bmi.map(|bmi| worth_a_word("bmi_woman", bmi)),
            visit.woman.muac.map(|muac| worth_a_word("muac_woman", muac)),
            visit.woman.hb.map(|hb| worth_a_word("hb_woman", hb)),
            (visit.woman.smokes != 0).then_some(visit.woman.smokes == code::yes_no::YES),
        ];
        if known.contains(&Some(true)) {
            code::risk_level::AT_RISK
        } else if known.contains(&None) {
            code::risk_level::INCOMPLETE
        } else {
            code::risk_level::IDEAL
        }
    }

    fn derive_pregnant(&self, visit: &Visit, visits: &[(RecordId, &Visit)], day: i32, out: &mut Gathered) {
        if let Some((id, pregnancy)) = self.pregnancy_at(visit) {
            let earlier = pregnancy.contacts(id, visits).any(|contact| contact < day);
            out.code(PREGNANT_CONTACT_PERIOD, self.contact_period(pregnancy, day, earlier));
            // Weight of the first trimester stands for that before the pregnancy, as on the forms (G1).
            let all = || std::iter::once(visit).chain(visits.iter().rev().map(|(_, one)| *one));
            let of_pregnancy =
                || all().filter(|one| one.pregnancy.is_none_or(|id| Some(id) == visit.pregnancy));
            let weight = of_pregnancy().find_map(|one| one.pregnant.weight_first_trimester).or_else(|| {
                let is_first = |one: &&Visit| {
                    let weeks = one.day.and_then(|day| pregnancy.weeks(day));
                    weeks.is_some_and(|weeks| crate::pregnancy::trimester(weeks) == 1)
                };
                of_pregnancy().filter(is_first).find_map(|one| one.woman.weight)
            });
            let height = all().find_map(|one| one.woman.height);
            out.decimal(PREGNANT_BMI_BEFORE, bmi_tenths(weight, height));
        }
        out.decimal(PREGNANT_MAP, visit.pregnant.pressure.map(map_tenths));
    }

    fn derive_child(
        &self,
        visit: &Visit,
        (id, child): (RecordId, &Member),
        visits: &[(RecordId, &Visit)],
        out: &mut Gathered,
    ) {
        let Some(day) = visit.measured_on() else { return };
        let age_days = child.age_days(day);
        out.int(CHILD_AGE_DAYS, age_days.map(i64::from));
        out.code(CHILD_WEIGHT_TREND, growing::trend(visit, visits));
        let assessment = growing::assessed(child, visit);
        let score = |score: Option<ZScore>| score.map(|score| i64::from(score.hundredths));
        out.decimal(CHILD_WAZ, assessment.and_then(|one| score(one.waz)));
        out.decimal(CHILD_HAZ, assessment.and_then(|one| score(one.haz)));
        out.decimal(CHILD_WHZ, assessment.and_then(|one| score(one.whz)));
        out.decimal(CHILD_BMIZ, assessment.and_then(|one| score(one.bmiz)));
        let given = immunization::given(visit, visits);
        let complete = age_days.map(|age| self.missing_doses(given, age, true).next().is_none());
        out.put(CHILD_IMMUNIZATION_COMPLETE, complete.map(Value::Bool));
        out.code(CHILD_DASHAT_RECEIVED, self.meals_received(id, day));
    }

    /// Code of `yes_no`; 0 where no kitchen is known.
    fn meals_received(&self, child: RecordId, day: i32) -> u16 {
        if self.all(kind::DASHAT_KITCHEN).next().is_none() {
            return 0;
        }
        let child = self.survivor(child);
        let received = self.all(kind::MEAL_SESSION).filter_map(|id| self.meal(id)).any(|meal| {
            let is_recent = meal.day.is_some_and(|on| (0..=MEALS_WITHIN_DAYS).contains(&(day - on)));
            is_recent && meal.recipients.iter().any(|one| self.survivor(*one) == child)
        });
        if received { code::yes_no::YES } else { code::yes_no::NO }
    }
}
