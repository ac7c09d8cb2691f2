//! What numbers mean, at their very edges, and the truth tables, line by line.

use schema::rules::kampung_kb::INDICES;
use schema::rules::risk::{PREGNANCY, SCREENING};
use schema::{Rules, Shown};
use std::collections::BTreeMap;

#[test]
fn a_number_falls_into_its_class_at_the_very_edge() {
    let cases = [
        ("haz", -301, Some("severely_stunted")),
        ("haz", -300, Some("stunted")),
        ("haz", -201, Some("stunted")),
        ("haz", -200, Some("normal")),
        ("haz", 300, Some("normal")),
        ("haz", 301, Some("tall")),
        ("waz", 100, Some("normal")),
        ("waz", 101, Some("risk_of_overweight")),
        ("whz", 200, Some("risk_of_overweight")),
        ("whz", 201, Some("overweight")),
        ("bmiz", 301, Some("obese")),
        ("haz_implausible", -600, None),
        ("haz_implausible", -601, Some("too_low")),
        ("muac_woman", 234, Some("chronic_energy_deficiency")),
        ("muac_woman", 235, None),
        ("hb_pregnant", 109, Some("mild_anaemia")),
        ("hb_pregnant", 110, None),
        ("hb_pregnant", 69, Some("severe_anaemia")),
        ("bmi_woman", 185, Some("normal")),
        ("age_pregnant", 35, None),
        ("age_pregnant", 36, Some("too_old")),
        ("birth_weight", 2499, Some("low")),
        ("kpsp", 10, Some("as_expected")),
        ("kpsp", 8, Some("doubtful")),
        ("kpsp", 0, Some("deviation")),
    ];
    for (topic, units, wanted) in cases {
        let category = Rules::builtin().topic(topic).expect(topic).category(units);
        assert_eq!(category.map(|category| category.name.as_str()), wanted, "{topic} {units}");
    }
}

#[test]
fn schedules_have_their_defaults() {
    let rules = Rules::builtin();
    assert_eq!(rules.visit_plan("pregnant").map(|plan| plan.visits), Some(8));
    assert_eq!(rules.visit_plan("postpartum").map(|plan| plan.to_day), Some(42));
    assert_eq!(rules.visit_plan("teen"), None);
    assert_eq!(rules.pregnancy_band(28).and_then(|band| band.fundus_cm), Some((24, 30)));
    let not_basic = rules.doses.iter().filter(|dose| !dose.basic).map(|dose| dose.code.as_str());
    assert_eq!(not_basic.collect::<Vec<_>>(), ["je", "penta4", "mr2"]);
    let visited = rules.indicators.iter().filter(|one| one.among_visited).map(|one| one.id.as_str());
    assert_eq!(visited.collect::<Vec<_>>(), ["MAT-4", "FEED-1", "FEED-3", "CHD-2", "CHD-3"]);
    assert!(rules.indicator("NUT-1").is_some_and(|one| one.label.en.contains("Stunting")));
}

/// What is known of a family: `name`, `name = false` or `name = 3`, joined by commas.
fn facts(text: &'static str) -> impl Fn(&str) -> Shown<'static> {
    let fact = |fact: &'static str| match fact.split_once('=') {
        None => (fact.trim(), Shown::Bool(true)),
        Some((name, "false")) => (name.trim(), Shown::Bool(false)),
        Some((name, number)) => (name.trim(), Shown::Number(number.trim().parse().expect(number))),
    };
    let facts: BTreeMap<_, _> = text.split(',').filter(|text| !text.is_empty()).map(fact).collect();
    move |name| facts.get(name).copied().unwrap_or(Shown::Empty)
}

#[test]
fn a_family_is_at_risk_by_the_version_that_is_asked() {
    let cases = [
        (SCREENING, "", None, &[][..]),
        (SCREENING, "water_risk,toilet_risk", None, &["water", "toilet"]),
        (SCREENING, "couple", Some(false), &[]),
        (SCREENING, "couple,water_risk", Some(true), &["water"]),
        (SCREENING, "catin,toilet_risk", Some(true), &["toilet"]),
        (SCREENING, "couple,wife_age_years=19", Some(true), &["too_young"]),
        (SCREENING, "couple,wife_age_years=34", Some(false), &[]),
        (SCREENING, "couple,wife_age_years=35", Some(true), &["too_old"]),
        (SCREENING, "couple,wife_age_years=40", Some(true), &["too_old"]),
        (SCREENING, "couple,wife_age_years=41", Some(false), &[]),
        (SCREENING, "balita,birth_gap_months=23", Some(true), &["too_close"]),
        (SCREENING, "balita,birth_gap_months=24", Some(false), &[]),
        (SCREENING, "couple,living_children=3", Some(false), &[]),
        (SCREENING, "couple,living_children=4", Some(true), &["too_many"]),
        (SCREENING, "couple,pregnant=false,modern_contraception=false", Some(true), &["not_modern_fp"]),
        (SCREENING, "couple,pregnant,modern_contraception=false", Some(false), &[]),
        (SCREENING, "couple,welfare_decile=1,low_education", Some(false), &["low_welfare", "low_education"]),
        (PREGNANCY, "couple,wife_age_years=19", None, &["too_young"]),
        (PREGNANCY, "pregnant,wife_age_years=35", Some(false), &[]),
        (PREGNANCY, "pregnant,wife_age_years=36", Some(true), &["too_old"]),
        (PREGNANCY, "pregnant,birth_gap_months=47", Some(true), &["too_close"]),
        (PREGNANCY, "pregnant,living_children=3", Some(true), &["too_many"]),
    ];
    for (version, text, wanted, holding) in cases {
        let rule = Rules::builtin().risk_rule(version).expect(version);
        let facts = facts(text);
        let names: Vec<_> = rule.holding(&facts).map(|factor| factor.name.as_str()).collect();
        assert_eq!(names, holding, "{version}: {text}");
        assert_eq!(rule.is_target(&facts), wanted.is_some(), "{version}: {text}");
        assert_eq!(rule.is_at_risk(&facts), wanted == Some(true), "{version}: {text}");
    }
}

#[test]
fn a_kampung_kb_is_scored_and_classed() {
    let rule = &Rules::builtin().kampung_kb;
    let points = |name: &str, text| {
        let indicator = rule.indicators.iter().find(|indicator| indicator.name == name).expect(name);
        indicator.points(&facts(text))
    };
    let cases = [
        ("pokja", "", 1),
        ("pokja", "pokja", 2),
        ("pokja", "pokja,pokja_members=3", 3),
        ("pokja", "pokja,pokja_trained", 3),
        ("pokja", "pokja_members=3", 1),
        ("pokja", "pokja,pokja_members=3,pokja_trained", 4),
        ("funding", "funding_sources=4", 3),
        ("funding", "funding_sources=5", 4),
        ("facilities", "facilities=2", 3),
        ("support", "regulation", 2),
        ("participation", "participation_percent=9", 1),
        ("participation", "participation_percent=10", 2),
        ("participation", "participation_percent=31", 4),
        ("cpr", "cpr_percent=50", 3),
        ("mkjp", "mkjp_percent=22", 2),
        ("unmet_need", "unmet_percent=6", 4),
        ("unmet_need", "unmet_percent=13", 1),
    ];
    for (name, text, wanted) in cases {
        assert_eq!(points(name, text), wanted, "{name}: {text}");
    }
    let counts = INDICES.map(|index| rule.indicators.iter().filter(|one| one.index == index).count());
    assert_eq!(counts, [5, 3, 4]);
    assert_eq!(
        rule.indices(&facts("pokja,planning_data=1,cpr_percent=31,unmet_percent=13")),
        [120, 133, 125]
    );
    let class = |indices| rule.class(indices);
    assert_eq!(class([299, 299, 299]), Some("dasar"));
    assert_eq!(class([300, 100, 100]), Some("dasar"));
    assert_eq!(class([100, 100, 300]), Some("dasar"));
    assert_eq!(class([300, 300, 299]), Some("berkembang"));
    assert_eq!(class([300, 100, 300]), Some("mandiri"));
    assert_eq!(class([100, 300, 300]), Some("mandiri"));
    assert_eq!(class([300, 300, 300]), Some("berkelanjutan"));
}
