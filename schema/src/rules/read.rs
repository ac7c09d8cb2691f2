//! From lines to [`Rules`].

use super::{
    Bound, Category, Dose, Indicator, KampungKb, PregnancyBand, RiskRule, RuleFiles, Rules, Topic, VisitPlan,
    kampung_kb, risk,
};
use crate::fault::Fault;
use crate::load::cell::Cell;
use crate::load::{Sources, known_sources, rows, sources_of, yes};
use crate::{Label, decimal};
use serde::Deserialize;

pub(crate) const TOPICS: &str = "rules/topics.csv";
pub(crate) const THRESHOLDS: &str = "rules/thresholds.csv";
pub(crate) const BANDS: &str = "rules/pregnancy_bands.csv";
pub(crate) const VISITS: &str = "rules/visit_schedule.csv";
pub(crate) const DOSES: &str = "rules/immunization_schedule.csv";
pub(crate) const INDICATORS: &str = "rules/indicators.csv";
pub(crate) const RISK: &str = "rules/krs_rules.csv";
pub(crate) const POINTS: &str = "rules/kampung_kb_points.csv";
pub(crate) const CLASSES: &str = "rules/kampung_kb_classes.csv";

#[derive(Deserialize)]
struct TopicRow {
    topic: String,
    label_id: String,
    label_en: String,
    unit: String,
    scale: u8,
    covers_all: String,
}

#[derive(Deserialize)]
struct CategoryRow {
    topic: String,
    category: String,
    label_id: String,
    label_en: String,
    lower: String,
    lower_op: String,
    upper: String,
    upper_op: String,
    source: String,
    note: String,
}

#[derive(Deserialize)]
struct BandRow {
    gest_week: u16,
    fetal_weight_g: i64,
    fundus_low_cm: Option<i64>,
    fundus_high_cm: Option<i64>,
    elsimil_weight_low_g: Option<i64>,
    elsimil_weight_high_g: Option<i64>,
    source: String,
}

#[derive(Deserialize)]
struct VisitRow {
    target_group: String,
    default: String,
    counted_from: String,
    visits: u16,
    from_day: i32,
    to_day: i32,
    label_id: String,
    label_en: String,
    source: String,
    note: String,
}

#[derive(Deserialize)]
struct DoseRow {
    code: String,
    due_day: u16,
    basic: String,
    endemic_only: String,
    source: String,
    note: String,
}

#[derive(Deserialize)]
struct IndicatorRow {
    id: String,
    group: String,
    name_id: String,
    name_en: String,
    definition: String,
    numerator: String,
    denominator: String,
    unit: String,
    level: String,
    period: String,
    disaggregation: String,
    among_visited: String,
    source: String,
    status: String,
    note: String,
}

impl Rules {
    /// Reads rules from their files. Whether they are consistent is for [`crate::check::rule_faults`] to say.
    ///
    /// # Errors
    /// The first thing that could not be read.
    pub fn load(files: &RuleFiles) -> Result<Rules, Fault> {
        let sources = sources_of(&files.sources)?;
        Ok(Rules {
            topics: topics(files, &sources)?,
            pregnancy_bands: read(BANDS, &files.pregnancy_bands, |row| row.source.clone(), band, &sources)?,
            visit_plans: read(VISITS, &files.visit_schedule, |row| row.source.clone(), visit, &sources)?,
            doses: read(DOSES, &files.immunization_schedule, |row| row.source.clone(), dose, &sources)?,
            indicators: read(INDICATORS, &files.indicators, |row| row.source.clone(), indicator, &sources)?,
            risk: risk_rules(files, &sources)?,
            kampung_kb: read_kampung_kb(files, &sources)?,
        })
    }
}

/// Every line of a file as a rule; a line that cannot be read says which it is (1 is the first after the heading).
fn read<Row: serde::de::DeserializeOwned, Rule>(
    file: &str,
    text: &str,
    source: impl Fn(&Row) -> String,
    rule: impl Fn(Row) -> Cell<Rule>,
    sources: &Sources,
) -> Result<Vec<Rule>, Fault> {
    let lines = rows::<Row>(file, text)?.into_iter().enumerate();
    lines
        .map(|(line, row)| {
            let read = known_sources(&source(&row), sources).and_then(|()| rule(row));
            read.map_err(|says| Fault::about(file, &format!("line {}", line + 1), says))
        })
        .collect()
}

fn topics(files: &RuleFiles, sources: &Sources) -> Result<Vec<Topic>, Fault> {
    let mut topics = Vec::new();
    for row in rows::<TopicRow>(TOPICS, &files.topics)? {
        let covers_all = yes(&row.covers_all).map_err(|says| Fault::about(TOPICS, &row.topic, says))?;
        topics.push(Topic {
            name: row.topic,
            label: Label { id: row.label_id, en: row.label_en },
            unit: row.unit,
            scale: row.scale,
            covers_all,
            categories: Vec::new(),
        });
    }
    for row in rows::<CategoryRow>(THRESHOLDS, &files.thresholds)? {
        let fault = |says: String| Fault::part(THRESHOLDS, &row.topic, &row.category, says);
        let topic = topics.iter_mut().find(|topic| topic.name == row.topic);
        let topic = topic.ok_or_else(|| fault("is of no topic: add it to rules/topics.csv".to_owned()))?;
        known_sources(&row.source, sources).map_err(fault)?;
        let lower = bound(&row.lower, &row.lower_op, (">", ">="), topic.scale).map_err(fault)?;
        let upper = bound(&row.upper, &row.upper_op, ("<", "<="), topic.scale).map_err(fault)?;
        topic.categories.push(Category {
            name: row.category,
            label: Label { id: row.label_id, en: row.label_en },
            lower,
            upper,
            source: row.source,
            note: row.note,
        });
    }
    Ok(topics)
}

fn risk_rules(files: &RuleFiles, sources: &Sources) -> Result<Vec<RiskRule>, Fault> {
    let mut rules = Vec::new();
    for row in rows::<risk::RiskRow>(RISK, &files.krs_rules)? {
        let (version, factor) = (row.version.clone(), row.factor.clone());
        let added = known_sources(&row.source, sources).and_then(|()| risk::add(&mut rules, row));
        added.map_err(|says| Fault::part(RISK, &version, &factor, says))?;
    }
    Ok(rules)
}

fn read_kampung_kb(files: &RuleFiles, sources: &Sources) -> Result<KampungKb, Fault> {
    let mut indicators = Vec::new();
    for row in rows::<kampung_kb::PointsRow>(POINTS, &files.kampung_kb_points)? {
        let name = row.indicator.clone();
        let added =
            known_sources(&row.source, sources).and_then(|()| kampung_kb::add_points(&mut indicators, row));
        added.map_err(|says| Fault::about(POINTS, &name, says))?;
    }
    let classes = read(
        CLASSES,
        &files.kampung_kb_classes,
        |row: &kampung_kb::ClassRow| row.source.clone(),
        kampung_kb::class,
        sources,
    )?;
    Ok(KampungKb { indicators, classes })
}

/// One end of a class; `signs` are the one that leaves the number out and the one that takes it in.
fn bound(number: &str, sign: &str, signs: (&str, &str), scale: u8) -> Cell<Option<Bound>> {
    let inclusive = match sign {
        "" if number.is_empty() => return Ok(None),
        sign if sign == signs.0 => false,
        sign if sign == signs.1 => true,
        _ => return Err(format!("`{sign}` is no sign for this end: write {} or {}", signs.0, signs.1)),
    };
    let units = decimal::parse(number, scale);
    let units = units
        .ok_or_else(|| format!("`{number}` is no number with at most {scale} digits after the point"))?;
    Ok(Some(Bound { units, inclusive }))
}

fn band(row: BandRow) -> Cell<PregnancyBand> {
    let pair = |low: Option<i64>, high: Option<i64>| match (low, high) {
        (Some(low), Some(high)) => Ok(Some((low, high))),
        (None, None) => Ok(None),
        _ => Err("has one end of a band: fill both or neither".to_owned()),
    };
    Ok(PregnancyBand {
        gest_week: row.gest_week,
        fetal_weight_g: row.fetal_weight_g,
        fundus_cm: pair(row.fundus_low_cm, row.fundus_high_cm)?,
        elsimil_weight_g: pair(row.elsimil_weight_low_g, row.elsimil_weight_high_g)?,
        source: row.source,
    })
}

fn visit(row: VisitRow) -> Cell<VisitPlan> {
    Ok(VisitPlan {
        default: yes(&row.default)?,
        target_group: row.target_group,
        counted_from: row.counted_from,
        visits: row.visits,
        from_day: row.from_day,
        to_day: row.to_day,
        label: Label { id: row.label_id, en: row.label_en },
        source: row.source,
        note: row.note,
    })
}

fn dose(row: DoseRow) -> Cell<Dose> {
    Ok(Dose {
        basic: yes(&row.basic)?,
        endemic_only: yes(&row.endemic_only)?,
        code: row.code,
        due_day: row.due_day,
        source: row.source,
        note: row.note,
    })
}

fn indicator(row: IndicatorRow) -> Cell<Indicator> {
    Ok(Indicator {
        among_visited: yes(&row.among_visited)?,
        id: row.id,
        group: row.group,
        label: Label { id: row.name_id, en: row.name_en },
        definition: row.definition,
        numerator: row.numerator,
        denominator: row.denominator,
        unit: row.unit,
        level: row.level,
        period: row.period,
        disaggregation: row.disaggregation,
        source: row.source,
        status: row.status,
        note: row.note,
    })
}
