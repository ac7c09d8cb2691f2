//! Are the rules consistent, in themselves and with the schema?

use super::names::{NAME_TAKEN, NO_LABEL, NO_NAME, is_filled, is_snake_case};
use crate::fault::Fault;
use crate::model::{Enumeration, Schema};
use crate::rules::{
    BANDS, CLASSES, Category, DOSES, INDICATORS, POINTS, RISK, Rules, THRESHOLDS, TOPICS, Topic, VISITS,
};
use std::collections::BTreeSet;

/// Everything wrong with the rules, in the order of the files.
pub fn rule_faults(rules: &Rules, schema: &Schema) -> Vec<Fault> {
    let mut found = Vec::new();
    let mut names = BTreeSet::new();
    for topic in &rules.topics {
        let mut fault = |says: &str| found.push(Fault::about(TOPICS, &topic.name, says));
        if !is_snake_case(&topic.name) {
            fault(NO_NAME);
        }
        if !names.insert(&topic.name) {
            fault(NAME_TAKEN);
        }
        if !is_filled(&topic.label) || topic.unit.is_empty() {
            fault("lacks a label or its unit");
        }
        categories(topic, &mut found);
    }
    bands(rules, &mut found);
    visits(rules, schema.enumeration("target_group"), &mut found);
    doses(rules, schema.enumeration("immunization"), &mut found);
    indicators(rules, &mut found);
    risk(rules, &mut found);
    kampung_kb(rules, schema.enumeration("kkb_class"), &mut found);
    found
}

/// Classes exclude each other, and cover every number where the topic says so.
fn categories(topic: &Topic, found: &mut Vec<Fault>) {
    let mut names = BTreeSet::new();
    for category in &topic.categories {
        let mut fault = |says: &str| found.push(Fault::part(THRESHOLDS, &topic.name, &category.name, says));
        if !is_snake_case(&category.name) {
            fault(NO_NAME);
        }
        if !names.insert(&category.name) {
            fault(NAME_TAKEN);
        }
        if !is_filled(&category.label) {
            fault(NO_LABEL);
        }
        if category.lower.is_none() && category.upper.is_none() {
            fault("has neither end: fill lower or upper");
        }
        if category.first().zip(category.last()).is_some_and(|(first, last)| first > last) {
            fault("ends before it begins: mend lower or upper");
        }
    }
    let mut ordered: Vec<&Category> = topic.categories.iter().collect();
    ordered.sort_by_key(|category| category.first().unwrap_or(i64::MIN));
    for pair in ordered.windows(2) {
        let (ends, begins) = (pair[0].last(), pair[1].first());
        let mut fault = |says: &str| found.push(Fault::part(THRESHOLDS, &topic.name, &pair[1].name, says));
        match ends.zip(begins) {
            Some((ends, begins)) if begins > ends => {
                if topic.covers_all && begins != ends + 1 {
                    fault("leaves numbers out that are in no class, yet the topic covers all");
                }
            }
            _ => fault("overlaps the class below it: a number is in one class"),
        }
    }
    let open = |end: Option<&&Category>, bound: fn(&Category) -> Option<i64>| {
        end.is_some_and(|category| bound(category).is_none())
    };
    let covered = open(ordered.first(), Category::first) && open(ordered.last(), Category::last);
    if topic.categories.is_empty() || topic.covers_all && !covered {
        found.push(Fault::about(
            TOPICS,
            &topic.name,
            "lacks classes in rules/thresholds.csv for some numbers",
        ));
    }
}

fn bands(rules: &Rules, found: &mut Vec<Fault>) {
    let mut before = None;
    for band in &rules.pregnancy_bands {
        let week = format!("week {}", band.gest_week);
        let mut fault = |says: &str| found.push(Fault::about(BANDS, &week, says));
        if before.is_some_and(|before| band.gest_week <= before) {
            fault("does not follow the week above it: keep weeks ascending");
        }
        let is_mixed = |pair: Option<(i64, i64)>| pair.is_some_and(|(low, high)| low > high);
        if band.fetal_weight_g <= 0 || is_mixed(band.fundus_cm) || is_mixed(band.elsimil_weight_g) {
            fault("has a size that cannot be: mend it");
        }
        before = Some(band.gest_week);
    }
}

fn visits(rules: &Rules, groups: Option<&Enumeration>, found: &mut Vec<Fault>) {
    let starts = ["wedding", "pregnancy", "delivery", "month", "quarter"];
    for plan in &rules.visit_plans {
        let mut fault = |says: &str| found.push(Fault::about(VISITS, &plan.target_group, says));
        if groups.is_none_or(|groups| groups.code_named(&plan.target_group).is_none()) {
            fault("is no code of target_group");
        }
        if !starts.contains(&plan.counted_from.as_str()) {
            fault("counts from nowhere: write wedding, pregnancy, delivery, month or quarter");
        }
        if plan.visits == 0 || plan.from_day > plan.to_day {
            fault("plans no visits, or ends before it begins");
        }
        if !is_filled(&plan.label) {
            fault(NO_LABEL);
        }
    }
    let planned: BTreeSet<_> = rules.visit_plans.iter().map(|plan| plan.target_group.as_str()).collect();
    for group in planned {
        let defaults = rules.visit_plans.iter().filter(|plan| plan.default && plan.target_group == group);
        if defaults.count() != 1 {
            found.push(Fault::about(VISITS, group, "needs one default plan, neither more nor less"));
        }
    }
}

fn doses(rules: &Rules, list: Option<&Enumeration>, found: &mut Vec<Fault>) {
    let mut names = BTreeSet::new();
    let mut due_day = 0;
    for dose in &rules.doses {
        let mut fault = |says: &str| found.push(Fault::about(DOSES, &dose.code, says));
        if list.is_none_or(|list| list.code_named(&dose.code).is_none()) {
            fault("is no code of immunization");
        }
        if !names.insert(dose.code.as_str()) {
            fault(NAME_TAKEN);
        }
        if dose.basic && dose.endemic_only {
            fault("is given in some districts only, so it cannot be basic everywhere");
        }
        if dose.due_day < due_day {
            fault("is due before the dose above it: keep days ascending");
        }
        due_day = dose.due_day;
    }
    for code in list.iter().flat_map(|list| &list.codes) {
        if !names.contains(code.name.as_str()) {
            found.push(Fault::about(DOSES, &code.name, "is an immunisation without a due day"));
        }
    }
}

fn indicators(rules: &Rules, found: &mut Vec<Fault>) {
    let mut ids = BTreeSet::new();
    for indicator in &rules.indicators {
        let mut fault = |says: &str| found.push(Fault::about(INDICATORS, &indicator.id, says));
        if !ids.insert(&indicator.id) {
            fault("has an id that is taken: ids are unique");
        }
        if !is_id(&indicator.id) {
            fault("has no id: write letters, a hyphen and a number");
        }
        if !is_filled(&indicator.label) {
            fault(NO_LABEL);
        }
        if [&indicator.numerator, &indicator.unit, &indicator.level, &indicator.period]
            .iter()
            .any(|text| text.is_empty())
        {
            fault("lacks numerator, unit, level or period");
        }
        if indicator.denominator.is_empty() && indicator.unit.starts_with('%') {
            fault("is a share of nothing: fill the denominator");
        }
        if !matches!(indicator.status.as_str(), "sourced" | "assumption" | "unverified" | "disputed") {
            fault("has an unknown status: write sourced, assumption, unverified or disputed");
        }
    }
}

fn risk(rules: &Rules, found: &mut Vec<Fault>) {
    for rule in &rules.risk {
        let mut names = BTreeSet::new();
        for factor in std::iter::once(&rule.target).chain(&rule.factors) {
            let mut fault = |says: &str| found.push(Fault::part(RISK, &rule.version, &factor.name, says));
            if !is_snake_case(&factor.name) {
                fault(NO_NAME);
            }
            if !names.insert(&factor.name) {
                fault(NAME_TAKEN);
            }
            if !is_filled(&factor.label) {
                fault(NO_LABEL);
            }
        }
        if !rule.factors.iter().any(|factor| factor.counts) {
            found.push(Fault::about(
                RISK,
                &rule.version,
                "has no factor that counts, so nobody is ever at risk",
            ));
        }
    }
}

fn kampung_kb(rules: &Rules, list: Option<&Enumeration>, found: &mut Vec<Fault>) {
    for indicator in &rules.kampung_kb.indicators {
        let mut fault = |says: &str| found.push(Fault::about(POINTS, &indicator.name, says));
        if !is_snake_case(&indicator.name) || !is_filled(&indicator.label) {
            fault("lacks a name or a label");
        }
        let descends = indicator.steps.is_sorted_by(|above, below| above.0 > below.0);
        let (last, others) = match indicator.steps.split_last() {
            Some((last, others)) => (last.1.is_none(), others.iter().all(|(_, when)| when.is_some())),
            None => (false, false),
        };
        if !descends || !last || !others {
            fault("gives points in falling steps, and the last step holds always: mend `points` or `when`");
        }
    }
    let classes = &rules.kampung_kb.classes;
    let lines: BTreeSet<_> = classes.iter().map(|(good, _)| good).collect();
    if lines.len() != 8 || classes.len() != 8 {
        found.push(Fault::file(CLASSES, "needs each of the eight combinations once"));
    }
    for (_, class) in classes {
        if list.is_none_or(|list| list.code_named(class).is_none()) {
            found.push(Fault::about(CLASSES, class, "is no code of kkb_class"));
        }
    }
}

fn is_id(id: &str) -> bool {
    id.split_once('-').is_some_and(|(group, number)| {
        !group.is_empty()
            && group.bytes().all(|byte| byte.is_ascii_uppercase())
            && number.parse::<u8>().is_ok()
    })
}
