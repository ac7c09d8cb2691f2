//! Which families are at risk of stunting: the rule as a truth table.
//!
//! The rule this module protects: *cut-offs differ between sources and years, so a verdict says by which version it was
//! reached.* A family is at risk when it is a target family and at least one factor that counts holds.

use crate::Shown;
use crate::load::cell::Cell;
use crate::model::{Condition, Label};
use serde::{Deserialize, Serialize};

/// What conditions of the rules may ask: numbers as numbers, the others as yes or no.
pub const FACTS: [&str; 13] = [
    "couple",
    "pregnant",
    "baduta",
    "balita",
    "catin",
    "water_risk",
    "toilet_risk",
    "modern_contraception",
    "low_education",
    "wife_age_years",
    "birth_gap_months",
    "living_children",
    "welfare_decile",
];

/// The version that screens families (definition of BKKBN, P9).
pub const SCREENING: &str = "screening_p9";
/// The version that looks at pregnancies (ELSIMIL, G1).
pub const PREGNANCY: &str = "pregnancy_g1";

/// One version of the rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskRule {
    /// Stored with each verdict.
    pub version: String,
    /// Whom it is about.
    pub target: RiskFactor,
    /// Factors in the order of the file.
    pub factors: Vec<RiskFactor>,
}

/// One line of the truth table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RiskFactor {
    /// Name in `snake_case`.
    pub name: String,
    /// What people read.
    pub label: Label,
    /// When it holds, over [`FACTS`].
    pub when: Condition,
    /// Makes a target family one at risk; else it is only reported.
    pub counts: bool,
    /// Marks of [`crate::load::sources`].
    pub source: String,
    /// What to beware of.
    pub note: String,
}

impl RiskRule {
    /// Is the rule about this family? `facts` gives what is known; what is not known is [`Shown::Empty`] and holds
    /// against nobody.
    pub fn is_target<'a>(&self, facts: &dyn Fn(&str) -> Shown<'a>) -> bool {
        self.target.when.holds(facts)
    }

    /// The factors that hold, those that are only reported too.
    pub fn holding<'r, 'a>(
        &'r self,
        facts: &'r dyn Fn(&str) -> Shown<'a>,
    ) -> impl Iterator<Item = &'r RiskFactor> {
        self.factors.iter().filter(|factor| factor.when.holds(facts))
    }

    /// The verdict.
    pub fn is_at_risk<'a>(&self, facts: &dyn Fn(&str) -> Shown<'a>) -> bool {
        self.is_target(facts) && self.holding(facts).any(|factor| factor.counts)
    }
}

#[derive(Deserialize)]
pub(super) struct RiskRow {
    pub(super) version: String,
    role: String,
    pub(super) factor: String,
    label_id: String,
    label_en: String,
    when: String,
    pub(super) source: String,
    note: String,
}

/// Lines gathered by version; the first line of a version says whom it is about.
pub(super) fn add(rules: &mut Vec<RiskRule>, row: RiskRow) -> Cell<()> {
    let factor = RiskFactor {
        name: row.factor,
        label: Label { id: row.label_id, en: row.label_en },
        when: over_facts(&row.when, &FACTS)?,
        counts: row.role == "counts",
        source: row.source,
        note: row.note,
    };
    let rule = rules.iter_mut().find(|rule| rule.version == row.version);
    match (row.role.as_str(), rule) {
        ("target", None) => {
            rules.push(RiskRule { version: row.version, target: factor, factors: Vec::new() })
        }
        ("counts" | "reported", Some(rule)) => rule.factors.push(factor),
        ("target", Some(_)) => return Err("is the second target of its version".to_owned()),
        _ => return Err("a version is one line `target`, then lines `counts` or `reported`".to_owned()),
    }
    Ok(())
}

/// A condition over whole numbers that asks only for known facts.
pub(super) fn over_facts(text: &str, facts: &[&str]) -> Cell<Condition> {
    let condition = Condition::parse(text, &|_| Some(0))?;
    let mut unknown = None;
    condition.visit(&mut |name, _| {
        if !facts.contains(&name) {
            unknown.get_or_insert_with(|| name.to_owned());
        }
    });
    match unknown {
        Some(name) => Err(format!("`{name}` is no fact: the facts are {}", facts.join(", "))),
        None => Ok(condition),
    }
}
