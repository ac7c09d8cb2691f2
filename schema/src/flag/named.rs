//! The flags of `records/flags.csv` and what judges each.
//!
//! The rule this module protects: *a flag in the files has a judge here, and a judge here has a line in the files*
//! (the checker and a test hold it).

use super::{Case, dates, growth, identity, numbers, pregnancy};
use crate::model::ValueType;

/// A flag by name.
pub(crate) struct Named {
    pub(crate) name: &'static str,
    /// Can it judge a value of this type?
    pub(crate) fits: fn(&ValueType) -> bool,
    /// Is it raised? `None` when something it needs is not known.
    pub(super) raised: fn(&Case) -> Option<bool>,
}

/// The judge of a flag.
pub(crate) fn named(name: &str) -> Option<&'static Named> {
    Named::ALL.iter().find(|named| named.name == name)
}

const fn flag(name: &'static str, fits: fn(&ValueType) -> bool, raised: fn(&Case) -> Option<bool>) -> Named {
    Named { name, fits, raised }
}

impl Named {
    /// Every judge, in the order of the file.
    pub(crate) const ALL: &[Named] = &[
        flag("digits_only", text, identity::digits_only),
        flag("nik_form", text, identity::nik_form),
        flag("kk_form", text, identity::kk_form),
        flag("nik_matches_birth", text, identity::nik_matches_birth),
        flag("phone_form", text, identity::phone_form),
        flag("not_in_future", |value| date(value) || month(value), dates::not_in_future),
        flag("within_days", date, dates::within_days),
        flag("not_ahead_days", date, dates::not_ahead_days),
        flag("after_birth", date, dates::after_birth),
        flag("month_of_birth_date", month, dates::month_of_birth_date),
        flag("month_of_delivery", month, dates::month_of_delivery),
        flag("half_year_start", month, dates::half_year_start),
        flag("marriage_age", date, dates::marriage_age),
        flag("met_90_days_before", date, dates::met_90_days_before),
        flag("lmp_near", date, pregnancy::lmp_near),
        flag("after_lmp", date, pregnancy::after_lmp),
        flag("delivery_at_term", date, pregnancy::delivery_at_term),
        flag("gestation_matches_lmp", number, pregnancy::gestation_matches_lmp),
        flag("near_village", group, numbers::near_village),
        flag("after_visit", date, dates::after_visit),
        flag("next_visit_usual", date, dates::next_visit_usual),
        flag("measured_near_visit", date, dates::measured_near_visit),
        flag("weight_for_age", measured, growth::weight_for_age),
        flag("length_for_age", measured, growth::length_for_age),
        flag("head_for_age", measured, growth::head_for_age),
        flag("muac_for_age", measured, growth::muac_for_age),
        flag("position_for_age", measured, growth::position_for_age),
        flag("fundus_by_week", measured, pregnancy::fundus_by_week),
        flag("fetal_weight_by_week", measured, pregnancy::fetal_weight_by_week),
        flag("not_above", number, numbers::not_above),
        flag("portions_add_up", number, numbers::portions_add_up),
        flag("after_meeting", date, dates::after_meeting),
        flag("due_usual", date, dates::due_usual),
        flag("smaller_id_first", |value| matches!(value, ValueType::Ref(_)), numbers::smaller_id_first),
    ];
}

fn text(value: &ValueType) -> bool {
    *value == ValueType::Text
}

fn month(value: &ValueType) -> bool {
    *value == ValueType::Month
}

fn number(value: &ValueType) -> bool {
    matches!(value, ValueType::Int | ValueType::Decimal { .. })
}

fn group(value: &ValueType) -> bool {
    matches!(value, ValueType::Group(_))
}

/// A date, a moment, or a group led by one.
fn date(value: &ValueType) -> bool {
    match value {
        ValueType::Date | ValueType::DateTime => true,
        ValueType::Group(parts) => parts.first().is_some_and(|first| date(&first.value)),
        _ => false,
    }
}

/// A group led by the number that was measured.
fn measured(value: &ValueType) -> bool {
    matches!(value, ValueType::Group(parts) if parts.first().is_some_and(|first| number(&first.value)))
}
