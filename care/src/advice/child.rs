//! What to say about a child.
//!
//! The rule this module protects: *danger first, then doubt, then worry, then praise*: a figure that cannot be true is
//! measured again before anybody is worried by it.

use super::{Advising, decimal_said};
use crate::growing::{self, assessed, before, is_implausible};
use crate::immunization;
use crate::numbers::{code, field::visit::*};
use crate::read::has;
use crate::shapes::Said;
use schema::calendar;
use schema::growth::{Assessment, STANDING_FROM_DAYS, ZScore, completed_months};

/// A child does not get shorter; measuring twice differs by up to this, in tenths of a centimetre.
const SHORTER_BY_TENTHS_CM: i64 = 5;
/// A weight that is so much of the last one (percent), within [`JUMP_WITHIN_DAYS`], is doubted (assumption).
const UNLIKELY_LOSS_PERCENT: i64 = 85;
const UNLIKELY_GAIN_PERCENT: i64 = 135;
const JUMP_WITHIN_DAYS: i32 = 100;
/// A mistyped weight that is mended comes so near to the last one (percent).
const MENDED_WITHIN_PERCENT: i64 = 15;
/// Arm circumference speaks from this age on (`muac_child`).
const ARM_FROM_MONTHS: u32 = 6;
/// Up to this age milk is all a child needs.
const FOOD_FROM_MONTHS: u32 = 6;
/// Vitamin A is given in these months, from the age of six months on.
const VITAMIN_A_MONTHS: [u32; 2] = [2, 8];

impl Advising<'_> {
    pub(super) fn about_child(&mut self) {
        let age_days = self.visit.measured_on().and_then(|day| self.member.age_days(day));
        if self.visit.child.oedema == code::yes_no::YES {
            self.say("swelling_of_feet_refer_now", CHILD_OEDEMA, Vec::new());
        }
        self.doubt_length();
        let doubted = self.doubt_weight();
        self.doubt_position(age_days);
        if let Some(assessment) = assessed(self.member, self.visit) {
            self.judge_growth(&assessment);
        }
        self.judge_arm(age_days);
        if !doubted {
            self.judge_trend();
        }
        self.judge_development();
        self.look_after();
    }

    fn doubt_length(&mut self) {
        let Some(now) = self.visit.child.length else { return };
        let last = before(self.visit, self.visits, growing::length).and_then(growing::length);
        if let Some(last) = last.filter(|last| now < last - SHORTER_BY_TENTHS_CM) {
            let values = vec![("cm", decimal_said(now, 1)), ("last", decimal_said(last, 1))];
            self.say("shorter_than_last_time", CHILD_LENGTH, values);
        }
    }

    /// Says so when a weight is far from the last one. A slip of the finger is told from a real change.
    fn doubt_weight(&mut self) -> bool {
        let Some(now) = self.visit.child.weight else { return false };
        let Some(earlier) = before(self.visit, self.visits, growing::weight) else { return false };
        let (Some(last), Some(from), Some(to)) =
            (earlier.child.weight, earlier.measured_on(), self.visit.measured_on())
        else {
            return false;
        };
        let percent = now * 100 / last.max(1);
        if to - from > JUMP_WITHIN_DAYS || (UNLIKELY_LOSS_PERCENT..=UNLIKELY_GAIN_PERCENT).contains(&percent)
        {
            return false;
        }
        let near = |mended: i64| (mended - last).abs() * 100 <= last * MENDED_WITHIN_PERCENT;
        let mended = [now / 10, now * 10, swapped(now)].into_iter().find(|mended| near(*mended));
        let mut values = vec![("kg", decimal_said(now, 2)), ("last", decimal_said(last, 2))];
        match mended {
            Some(mended) => {
                values.push(("maybe", decimal_said(mended, 2)));
                self.say("weight_maybe_mistyped", CHILD_WEIGHT, values);
            }
            None => self.say("weight_changed_much", CHILD_WEIGHT, values),
        }
        true
    }

    fn doubt_position(&mut self, age_days: Option<u32>) {
        let stands = age_days.map(|days| days >= STANDING_FROM_DAYS);
        match (self.visit.child.position, stands) {
            (code::measure_position::STANDING, Some(false)) => {
                self.say("measure_lying_under_two", CHILD_LENGTH, Vec::new());
            }
            (code::measure_position::LYING, Some(true)) => {
                self.say("measure_standing_from_two", CHILD_LENGTH, Vec::new());
            }
            _ => {}
        }
    }

    fn judge_growth(&mut self, assessment: &Assessment) {
        if is_implausible(assessment) {
            self.say("measurement_unlikely", CHILD_WEIGHT, Vec::new());
        }
        let mut values = Vec::new();
        let scores = [
            ("haz", "haz_class", assessment.haz),
            ("waz", "waz_class", assessment.waz),
            ("whz", "whz_class", assessment.whz),
        ];
        for (name, class_name, score) in scores {
            let Some(score) = score.filter(|score| !score.implausible) else { continue };
            values.push((name, z_said(score)));
            if let Some(class) = self.class(name, i64::from(score.hundredths)) {
                values.push((class_name, Said::Text(class.to_owned())));
                self.judge_class(name, class, score);
            }
        }
        let is_normal = |score: Option<ZScore>, topic: &str| {
            score.and_then(|score| self.class(topic, i64::from(score.hundredths))) == Some("normal")
        };
        let all = is_normal(assessment.haz, "haz")
            && is_normal(assessment.waz, "waz")
            && is_normal(assessment.whz, "whz");
        let gains = growing::trend(self.visit, self.visits) != code::weight_trend::T;
        if all && gains {
            self.say("growing_well", CHILD_WEIGHT, Vec::new());
        }
        if !values.is_empty() {
            self.say("growth_result", CHILD_LENGTH, values);
        }
    }

    fn judge_class(&mut self, topic: &str, class: &str, score: ZScore) {
        let (words, field) = match (topic, class) {
            ("haz", "severely_stunted") => ("growth_needs_doctor", CHILD_LENGTH),
            ("haz", "stunted") => ("growth_needs_attention", CHILD_LENGTH),
            ("waz", "severely_underweight" | "underweight") => ("weight_needs_attention", CHILD_WEIGHT),
            ("whz", "severely_wasted") => ("weight_for_length_refer_now", CHILD_WEIGHT),
            ("whz", "wasted") => ("weight_for_length_refer", CHILD_WEIGHT),
            ("whz", "risk_of_overweight" | "overweight" | "obese") => ("weight_above_usual", CHILD_WEIGHT),
            _ => return,
        };
        self.say(words, field, vec![("z", z_said(score))]);
    }

    fn judge_arm(&mut self, age_days: Option<u32>) {
        let is_old_enough = age_days.is_some_and(|days| completed_months(days) >= ARM_FROM_MONTHS);
        let Some(arm) = self.visit.child.muac.filter(|_| is_old_enough) else { return };
        let values = vec![("cm", decimal_said(arm, 1))];
        match self.class("muac_child", arm) {
            Some("severe_acute_malnutrition") => self.say("arm_circumference_refer_now", CHILD_MUAC, values),
            Some(_) => self.say("arm_circumference_refer", CHILD_MUAC, values),
            None => {}
        }
    }

    fn judge_trend(&mut self) {
        let last = before(self.visit, self.visits, growing::weight);
        let pair = self.visit.child.weight.zip(last.and_then(growing::weight));
        match (growing::trend(self.visit, self.visits), pair) {
            (code::weight_trend::T, Some((now, last))) => {
                let values = vec![("kg", decimal_said(now, 2)), ("last", decimal_said(last, 2))];
                self.say("weight_not_rising_refer", CHILD_WEIGHT, values);
            }
            (code::weight_trend::N, Some((now, last))) => {
                self.say("gained_well", CHILD_WEIGHT, vec![("g", Said::Number((now - last) * 10))]);
            }
            (code::weight_trend::O, _) => self.say("not_weighed_last_month", CHILD_WEIGHT, Vec::new()),
            _ => {}
        }
    }

    fn judge_development(&mut self) {
        if let Some(score) = self.visit.child.kpsp {
            let values = vec![("score", Said::Number(score))];
            match self.class("kpsp", score) {
                Some("deviation") => self.say("development_refer", CHILD_KPSP_SCORE, values),
                Some("doubtful") => self.say("development_repeat_in_two_weeks", CHILD_KPSP_SCORE, values),
                _ => {}
            }
        }
        if self.visit.child.kka == code::kka_result::BELOW {
            self.say("development_card_below_line", CHILD_KKA_RESULT, Vec::new());
        }
        if has(self.visit.child.illness, code::illness::TB_CONTACT) {
            self.say("tuberculosis_contact_refer", CHILD_ILLNESS_2W, Vec::new());
        }
    }

    /// What is due today, whenever the visit was.
    fn look_after(&mut self) {
        let Some(age) = self.member.age_days(self.day) else { return };
        let given = immunization::given(self.visit, self.visits);
        let missing: Vec<_> = self.book.missing_doses(given, age, false).collect();
        if !missing.is_empty() {
            let doses: Vec<&str> = missing.iter().map(|code| code.label.id.as_str()).collect();
            let values =
                vec![("count", Said::Number(doses.len() as i64)), ("doses", Said::Text(doses.join(", ")))];
            self.say("immunization_due", CHILD_IMMUNIZATIONS, values);
        } else if given != 0 {
            self.say("immunization_complete", CHILD_IMMUNIZATIONS, Vec::new());
        }
        let is_milk_enough = completed_months(age) < FOOD_FROM_MONTHS;
        if is_milk_enough && self.visit.child.exclusive_breastfeeding == code::yes_no::YES {
            self.say("breast_milk_only", CHILD_EXCLUSIVE_BREASTFEEDING, Vec::new());
        }
        let month = calendar::date(self.day).map(|(_, month, _)| month);
        let is_time = month.is_some_and(|month| VITAMIN_A_MONTHS.contains(&month));
        if is_time && completed_months(age) >= ARM_FROM_MONTHS && self.visit.child.vitamin_a == 0 {
            self.say("vitamin_a_month", CHILD_VITAMIN_A, Vec::new());
        }
    }
}

/// A z-score as text with two decimals.
fn z_said(score: ZScore) -> Said {
    decimal_said(i64::from(score.hundredths), 2)
}

/// The digits on both sides of the point changed places: 6.81 was 8.61.
fn swapped(hundredths: i64) -> i64 {
    let (whole, tenth, rest) = (hundredths / 100, hundredths / 10 % 10, hundredths % 10);
    whole / 10 * 1000 + tenth * 100 + whole % 10 * 10 + rest
}
