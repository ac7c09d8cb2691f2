//! Everything that can be said, by name.
//!
//! The rule this module protects: *whoever speaks to the kader has words for each of these*: the app compares its
//! dictionary with this list. Names say what to do or what was seen, never what somebody is.

use crate::shapes::Weight::{self, Danger, Good, Info, MeasureAgain, Refer, Watch};

/// Names of what can be said, and how much it matters.
pub const WORDS: [(&str, Weight); 50] = [
    // Children.
    ("swelling_of_feet_refer_now", Danger),
    ("weight_for_length_refer_now", Danger),
    ("arm_circumference_refer_now", Danger),
    ("weight_for_length_refer", Refer),
    ("arm_circumference_refer", Refer),
    ("growth_needs_doctor", Refer),
    ("weight_not_rising_refer", Refer),
    ("development_refer", Refer),
    ("tuberculosis_contact_refer", Refer),
    ("shorter_than_last_time", MeasureAgain),
    ("weight_changed_much", MeasureAgain),
    ("weight_maybe_mistyped", MeasureAgain),
    ("measurement_unlikely", MeasureAgain),
    ("measure_lying_under_two", MeasureAgain),
    ("measure_standing_from_two", MeasureAgain),
    ("growth_needs_attention", Watch),
    ("weight_needs_attention", Watch),
    ("weight_above_usual", Watch),
    ("development_repeat_in_two_weeks", Watch),
    ("development_card_below_line", Watch),
    ("immunization_due", Watch),
    ("gained_well", Good),
    ("growing_well", Good),
    ("immunization_complete", Good),
    ("breast_milk_only", Good),
    ("growth_result", Info),
    ("not_weighed_last_month", Info),
    ("vitamin_a_month", Info),
    // Women.
    ("haemoglobin_refer_now", Danger),
    ("bleeding_refer_now", Danger),
    ("blood_pressure_after_birth_refer_now", Danger),
    ("blood_pressure_and_protein_refer_now", Danger),
    ("baby_not_moving_refer_now", Danger),
    ("blood_pressure_refer", Refer),
    ("haemoglobin_refer", Refer),
    ("mother_arm_circumference_refer", Refer),
    ("complication_refer", Refer),
    ("blood_sugar_refer", Refer),
    ("baby_heart_rate_refer", Refer),
    ("weeks_differ_from_last_period", MeasureAgain),
    ("haemoglobin_slightly_low", Watch),
    ("iron_tablets_missing", Watch),
    ("plan_birth_in_facility", Watch),
    ("delay_pregnancy_until_ready", Watch),
    ("weight_before_pregnancy", Watch),
    ("pregnancy_weeks", Info),
    // Everybody.
    ("referral_still_open", Watch),
    ("smoke_free_home", Watch),
    ("overdue_delivery_ask", Watch),
    ("next_visit_suggested", Info),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_said_once() {
        let mut names: Vec<&str> = WORDS.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), WORDS.len());
        let is_plain = |name: &&str| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        assert!(names.iter().all(is_plain));
        assert!(names.iter().all(|name| !name.contains("stunt") && !name.contains("wast")));
    }
}
