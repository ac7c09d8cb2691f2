//! What to say about a bride, a pregnant woman and one who gave birth.
//!
//! The rule this module protects: *danger signs send her on at once; everything else is for the midwife to judge.*

use super::{Advising, day_said, decimal_said};
use crate::derived::{bmi_tenths, map_tenths};
use crate::numbers::{code, field::visit::*};
use crate::pregnancy::trimester;
use crate::read::has;
use crate::shapes::Said;

/// Weeks by the last period and weeks that were told may differ by this (note of `pregnant_gest_age_weeks`).
const WEEKS_DIFFER_MAX: i64 = 2;
/// From this week on a baby is felt to move, and its heart heard (topic `fetal_heart_rate`).
const MOVES_FROM_WEEK: i32 = 20;

impl Advising<'_> {
    pub(super) fn about_pregnancy(&mut self) {
        let pregnancy = self.book.pregnancy_at(self.visit).map(|(_, pregnancy)| pregnancy);
        let weeks = pregnancy.zip(self.visit.day).and_then(|(pregnancy, day)| pregnancy.weeks(day));
        let expected = pregnancy.and_then(|pregnancy| pregnancy.expected());
        self.judge_pressure();
        self.judge_blood("hb_pregnant", PREGNANT_HB);
        self.judge_arm_of_woman(PREGNANT_MUAC);
        self.judge_baby(weeks);
        let typed = self.visit.pregnant.typed_weeks.zip(weeks);
        if let Some((typed, counted)) =
            typed.filter(|(typed, counted)| (typed - i64::from(*counted)).abs() > WEEKS_DIFFER_MAX)
        {
            let values = vec![("weeks", Said::Number(typed)), ("counted", Said::Number(i64::from(counted)))];
            self.say("weeks_differ_from_last_period", PREGNANT_GEST_AGE_WEEKS, values);
        }
        let tablets = [self.visit.pregnant.tablets_received, self.visit.pregnant.tablets_taken];
        if tablets.contains(&code::yes_no::NO) {
            self.say("iron_tablets_missing", PREGNANT_TTD_TAKEN, Vec::new());
        }
        self.judge_birth_plan(pregnancy.and_then(|pregnancy| pregnancy.living_children));
        if let Some(days) = expected.map(|expected| self.day - expected).filter(|days| *days > 0) {
            self.say(
                "overdue_delivery_ask",
                PREGNANT_GEST_AGE_WEEKS,
                vec![("days", Said::Number(days.into()))],
            );
        }
        let weeks_today = pregnancy.and_then(|pregnancy| pregnancy.weeks(self.day));
        if let Some((weeks, expected)) = weeks_today.zip(expected) {
            let values = vec![
                ("weeks", Said::Number(weeks.into())),
                ("trimester", Said::Number(trimester(weeks).into())),
                ("edd", day_said(expected)),
            ];
            self.say("pregnancy_weeks", PREGNANT_GEST_AGE_WEEKS, values);
        }
    }

    pub(super) fn about_puerperium(&mut self) {
        let bleeds = has(self.visit.postpartum.complications, code::pp_complication::BLEEDING);
        let has_pressure = has(self.visit.postpartum.complications, code::pp_complication::HYPERTENSION);
        if bleeds {
            self.say("bleeding_refer_now", POSTPARTUM_COMPLICATION_TYPES, Vec::new());
        }
        if has_pressure {
            self.say("blood_pressure_after_birth_refer_now", POSTPARTUM_COMPLICATION_TYPES, Vec::new());
        }
        if self.visit.postpartum.complication == code::yes_no::YES && !bleeds && !has_pressure {
            self.say("complication_refer", POSTPARTUM_COMPLICATION, Vec::new());
        }
        self.judge_blood("hb_woman", POSTPARTUM_HB);
        self.judge_arm_of_woman(POSTPARTUM_MUAC);
        if self.visit.postpartum.exclusive_breastfeeding == code::yes_no::YES {
            self.say("breast_milk_only", POSTPARTUM_EXCLUSIVE_BREASTFEEDING, Vec::new());
        }
    }

    pub(super) fn about_bride(&mut self) {
        self.judge_blood("hb_woman", CATIN_HB);
        self.judge_arm_of_woman(CATIN_MUAC);
        let day = self.visit.day.unwrap_or(self.day);
        let years = self.member.years(day).map(i64::from);
        if let Some(years) = years.filter(|years| self.class("age_bride", *years).is_some()) {
            self.say("delay_pregnancy_until_ready", CATIN_AGE_YEARS, vec![("years", Said::Number(years))]);
        }
        self.judge_weight_of_woman(self.visit.woman.weight, CATIN_WEIGHT);
    }

    fn judge_pressure(&mut self) {
        let Some(pressure) = self.visit.pregnant.pressure else { return };
        let map = map_tenths(pressure);
        if self.class("map_pregnant", map).is_none() {
            return;
        }
        let values = vec![
            ("systolic", Said::Number(pressure.0)),
            ("diastolic", Said::Number(pressure.1)),
            ("map", decimal_said(map, 1)),
        ];
        let with_protein = self.visit.pregnant.proteinuria == code::pos_neg_na::POSITIVE;
        let words =
            if with_protein { "blood_pressure_and_protein_refer_now" } else { "blood_pressure_refer" };
        self.say(words, PREGNANT_BLOOD_PRESSURE, values);
    }

    /// Severe anaemia has its class in pregnancy only; the same number is as grave outside it.
    fn judge_blood(&mut self, topic: &str, field: u16) {
        let Some(hb) = self.visit.woman.hb else { return };
        let values = vec![("g_dl", decimal_said(hb, 1))];
        if self.class("hb_pregnant", hb) == Some("severe_anaemia") {
            self.say("haemoglobin_refer_now", field, values);
            return;
        }
        match self.class(topic, hb) {
            Some("mild_anaemia") => self.say("haemoglobin_slightly_low", field, values),
            Some(_) => self.say("haemoglobin_refer", field, values),
            None => {}
        }
    }

    fn judge_arm_of_woman(&mut self, field: u16) {
        let Some(arm) = self.visit.woman.muac else { return };
        if self.class("muac_woman", arm).is_some() {
            self.say("mother_arm_circumference_refer", field, vec![("cm", decimal_said(arm, 1))]);
        }
    }

    fn judge_baby(&mut self, weeks: Option<i32>) {
        if let Some(glucose) = self.visit.pregnant.glucose
            && self.class("glucose_random_pregnant", glucose) == Some("high")
        {
            self.say("blood_sugar_refer", PREGNANT_GLUCOSE, vec![("mg_dl", Said::Number(glucose))]);
        }
        if weeks.is_none_or(|weeks| weeks < MOVES_FROM_WEEK) {
            return;
        }
        if self.visit.pregnant.movement == code::pos_neg_na::NEGATIVE {
            self.say("baby_not_moving_refer_now", PREGNANT_FETAL_MOVEMENT, Vec::new());
        }
        if let Some(rate) = self.visit.pregnant.heart_rate
            && self.class("fetal_heart_rate", rate).is_some()
        {
            let values = vec![("per_minute", Said::Number(rate))];
            self.say("baby_heart_rate_refer", PREGNANT_FETAL_HEART_RATE, values);
        }
    }

    /// Age, height and number of children ask for a birth where help is near.
    fn judge_birth_plan(&mut self, children: Option<i64>) {
        let day = self.visit.day.unwrap_or(self.day);
        let known = [
            ("age_pregnant", self.member.years(day).map(i64::from)),
            ("height_pregnant", self.visit.woman.height),
            ("living_children_pregnant", children),
        ];
        let holds = |(topic, units): &(&str, Option<i64>)| {
            units.is_some_and(|units| self.class(topic, units).is_some())
        };
        if known.iter().any(holds) {
            self.say("plan_birth_in_facility", PREGNANT_HEIGHT, Vec::new());
        }
        self.judge_weight_of_woman(self.visit.pregnant.weight_first_trimester, PREGNANT_WEIGHT_T1);
    }

    fn judge_weight_of_woman(&mut self, weight: Option<i64>, field: u16) {
        let Some(bmi) = bmi_tenths(weight, self.visit.woman.height) else { return };
        if let Some(class) = self.class("bmi_woman", bmi).filter(|class| *class != "normal") {
            let values = vec![("bmi", decimal_said(bmi, 1)), ("class", Said::Text(class.to_owned()))];
            self.say("weight_before_pregnancy", field, values);
        }
    }
}
