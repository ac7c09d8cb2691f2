//! The class of a Kampung KB, as its site computed it in 2023.
//!
//! The rule this module protects: *every profile has one class.* Each indicator gives points, each index is the mean of
//! its indicators, and which of the three indices reach 3.00 decides the class: eight lines, none left out.

use super::risk::over_facts;
use crate::Shown;
use crate::load::cell::Cell;
use crate::model::{Condition, Label};
use serde::{Deserialize, Serialize};

/// What conditions of the points may ask. Percentages are rounded to whole numbers before they are scored.
pub const FACTS: [&str; 15] = [
    "pokja",
    "pokja_members",
    "pokja_trained",
    "funding_sources",
    "poktan",
    "facilities",
    "plkb_attached",
    "regulation",
    "planning_data",
    "mechanisms",
    "agencies",
    "participation_percent",
    "cpr_percent",
    "mkjp_percent",
    "unmet_percent",
];

/// The three indices, in the order of [`KampungKb::classes`].
pub const INDICES: [&str; 3] = ["input", "process", "output"];

/// An index is good from here, in hundredths of a point.
pub const GOOD_HUNDREDTHS: i64 = 300;

/// How a Kampung KB is classed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct KampungKb {
    /// Indicators with their points.
    pub indicators: Vec<ScoredIndicator>,
    /// Which indices are good, and the code of `kkb_class` that follows.
    pub classes: Vec<([bool; 3], String)>,
}

/// One indicator of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoredIndicator {
    /// `input`, `process` or `output`.
    pub index: String,
    /// Name in `snake_case`.
    pub name: String,
    /// What people read.
    pub label: Label,
    /// Points and when they are given, over [`FACTS`]; the first that holds counts. `None` holds always.
    pub steps: Vec<(u8, Option<Condition>)>,
}

impl KampungKb {
    /// The three indices in hundredths of a point.
    pub fn indices<'a>(&self, facts: &dyn Fn(&str) -> Shown<'a>) -> [i64; 3] {
        INDICES.map(|index| {
            let indicators = self.indicators.iter().filter(|indicator| indicator.index == index);
            let points: Vec<i64> = indicators.map(|indicator| i64::from(indicator.points(facts))).collect();
            let count = points.len().max(1) as i64;
            // Half a hundredth is rounded up, as the site does.
            (points.iter().sum::<i64>() * 200 + count) / (2 * count)
        })
    }

    /// The code of `kkb_class` for these indices; `None` only when the table has a hole.
    pub fn class(&self, indices_hundredths: [i64; 3]) -> Option<&str> {
        let good = indices_hundredths.map(|index| index >= GOOD_HUNDREDTHS);
        self.classes.iter().find(|(line, _)| *line == good).map(|(_, class)| class.as_str())
    }
}

impl ScoredIndicator {
    /// The points that it gives.
    pub fn points<'a>(&self, facts: &dyn Fn(&str) -> Shown<'a>) -> u8 {
        let holds = |when: &Option<Condition>| when.as_ref().is_none_or(|when| when.holds(facts));
        self.steps.iter().find(|(_, when)| holds(when)).map_or(0, |(points, _)| *points)
    }
}

#[derive(Deserialize)]
pub(super) struct PointsRow {
    index: String,
    pub(super) indicator: String,
    label_id: String,
    label_en: String,
    points: u8,
    when: String,
    pub(super) source: String,
}

#[derive(Deserialize)]
pub(super) struct ClassRow {
    input: String,
    process: String,
    output: String,
    pub(super) class: String,
    pub(super) source: String,
}

/// Lines gathered by indicator.
pub(super) fn add_points(indicators: &mut Vec<ScoredIndicator>, row: PointsRow) -> Cell<()> {
    if !INDICES.contains(&row.index.as_str()) {
        return Err(format!("`{}` is no index: write input, process or output", row.index));
    }
    let when = if row.when.is_empty() { None } else { Some(over_facts(&row.when, &FACTS)?) };
    let step = (row.points, when);
    match indicators.iter_mut().find(|indicator| indicator.name == row.indicator) {
        Some(indicator) => indicator.steps.push(step),
        None => indicators.push(ScoredIndicator {
            index: row.index,
            name: row.indicator,
            label: Label { id: row.label_id, en: row.label_en },
            steps: vec![step],
        }),
    }
    Ok(())
}

pub(super) fn class(row: ClassRow) -> Cell<([bool; 3], String)> {
    let yes = crate::load::yes;
    Ok(([yes(&row.input)?, yes(&row.process)?, yes(&row.output)?], row.class))
}
