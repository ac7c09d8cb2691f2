//! The files that rules are made of, compiled in.

use std::borrow::Cow;

/// Texts of the files under `schema/rules/`, and of `schema/records/sources.csv` that explains their marks.
#[derive(Debug, Clone)]
pub struct RuleFiles {
    /// `topics.csv`: what is classed.
    pub topics: Cow<'static, str>,
    /// `thresholds.csv`: the classes.
    pub thresholds: Cow<'static, str>,
    /// `pregnancy_bands.csv`.
    pub pregnancy_bands: Cow<'static, str>,
    /// `visit_schedule.csv`.
    pub visit_schedule: Cow<'static, str>,
    /// `immunization_schedule.csv`.
    pub immunization_schedule: Cow<'static, str>,
    /// `indicators.csv`.
    pub indicators: Cow<'static, str>,
    /// `krs_rules.csv`: which families are at risk.
    pub krs_rules: Cow<'static, str>,
    /// `kampung_kb_points.csv`.
    pub kampung_kb_points: Cow<'static, str>,
    /// `kampung_kb_classes.csv`.
    pub kampung_kb_classes: Cow<'static, str>,
    /// `records/sources.csv`.
    pub sources: Cow<'static, str>,
}

impl RuleFiles {
    /// The files that were compiled in.
    pub fn builtin() -> RuleFiles {
        RuleFiles {
            topics: include_str!("../../rules/topics.csv").into(),
            thresholds: include_str!("../../rules/thresholds.csv").into(),
            pregnancy_bands: include_str!("../../rules/pregnancy_bands.csv").into(),
            visit_schedule: include_str!("../../rules/visit_schedule.csv").into(),
            immunization_schedule: include_str!("../../rules/immunization_schedule.csv").into(),
            indicators: include_str!("../../rules/indicators.csv").into(),
            krs_rules: include_str!("../../rules/krs_rules.csv").into(),
            kampung_kb_points: include_str!("../../rules/kampung_kb_points.csv").into(),
            kampung_kb_classes: include_str!("../../rules/kampung_kb_classes.csv").into(),
            sources: include_str!("../../records/sources.csv").into(),
        }
    }
}
