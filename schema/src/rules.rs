//! What numbers mean, when something is due, and what is counted: the files under `schema/rules/`.
//!
//! The rule this module protects: *a cut-off, a schedule or a definition that programmes may change is a line in a file
//! with its source, never a number in code.* Bounds are exact whole numbers of the topic's smallest unit, and each says whether it belongs to
//! its class.

mod files;
pub mod kampung_kb;
mod read;
pub mod risk;

pub use files::RuleFiles;
pub use kampung_kb::KampungKb;
pub(crate) use read::{BANDS, CLASSES, DOSES, INDICATORS, POINTS, RISK, THRESHOLDS, TOPICS, VISITS};
pub use risk::RiskRule;

use crate::model::Label;
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// Every rule, of one version of the schema.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// What a number means, by topic.
    pub topics: Vec<Topic>,
    /// Fundal height and fetal weight by week, ascending.
    pub pregnancy_bands: Vec<PregnancyBand>,
    /// How often each target group is visited.
    pub visit_plans: Vec<VisitPlan>,
    /// When each immunisation is due, by due day.
    pub doses: Vec<Dose>,
    /// What is counted.
    pub indicators: Vec<Indicator>,
    /// Which families are at risk, version by version.
    pub risk: Vec<RiskRule>,
    /// How a Kampung KB is classed.
    pub kampung_kb: KampungKb,
}

/// One number that falls into classes: HAZ, haemoglobin in pregnancy, birth weight, ...
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Name in `snake_case`.
    pub name: String,
    /// What is classed, and of whom.
    pub label: Label,
    /// Unit as printed.
    pub unit: String,
    /// Digits after the point: bounds and values are whole numbers of `10^-scale` units.
    pub scale: u8,
    /// Does every number fall into a class? Else the classes are the ones worth a word.
    pub covers_all: bool,
    /// Classes that exclude each other.
    pub categories: Vec<Category>,
}

/// One class of a [`Topic`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Name in `snake_case`.
    pub name: String,
    /// What people read. Not for screens that a family sees: say it kindly there.
    pub label: Label,
    /// Where it begins; `None`: no lowest number.
    pub lower: Option<Bound>,
    /// Where it ends; `None`: no highest number.
    pub upper: Option<Bound>,
    /// Marks of [`crate::load::sources`], joined by commas.
    pub source: String,
    /// Which edition, and what to beware of.
    pub note: String,
}

/// An end of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bound {
    /// The number, in the smallest unit of the topic.
    pub units: i64,
    /// Does the number itself belong to the class?
    pub inclusive: bool,
}

/// One week of pregnancy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PregnancyBand {
    /// Completed weeks since the last period.
    pub gest_week: u16,
    /// Reference fetal weight in grams.
    pub fetal_weight_g: i64,
    /// Usual fundal height in whole centimetres, lowest and highest; `None` in weeks without a band.
    pub fundus_cm: Option<(i64, i64)>,
    /// The band of fetal weight on the ELSIMIL form in grams, for comparison; flags use the reference.
    pub elsimil_weight_g: Option<(i64, i64)>,
    /// Marks of [`crate::load::sources`].
    pub source: String,
}

/// How often a target group is visited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitPlan {
    /// Code of the enumeration `target_group`.
    pub target_group: String,
    /// The plan that holds where the district has set none: one for each group.
    pub default: bool,
    /// What days are counted from: `wedding`, `pregnancy` (last period), `delivery`, `month` or `quarter` (its first
    /// day).
    pub counted_from: String,
    /// Visits in that time.
    pub visits: u16,
    /// First day of the time, counted from `counted_from`.
    pub from_day: i32,
    /// Last day of the time.
    pub to_day: i32,
    /// The plan in words.
    pub label: Label,
    /// Marks of [`crate::load::sources`].
    pub source: String,
    /// How sure it is.
    pub note: String,
}

/// One immunisation of the routine schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dose {
    /// Code of the enumeration `immunization`.
    pub code: String,
    /// Days after birth on which it is due.
    pub due_day: u16,
    /// Part of complete basic immunisation (indicator CHD-1).
    pub basic: bool,
    /// Given only in districts where the disease is endemic.
    pub endemic_only: bool,
    /// Marks of [`crate::load::sources`].
    pub source: String,
    /// What to beware of.
    pub note: String,
}

/// Something that is counted: its definition, not its figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// `NUT-1`: never reused.
    pub id: String,
    /// Group in `snake_case`.
    pub group: String,
    /// What people read.
    pub label: Label,
    /// In a sentence, where the name does not say it.
    pub definition: String,
    /// What is counted.
    pub numerator: String,
    /// Out of what; empty for a count.
    pub denominator: String,
    /// Unit as printed.
    pub unit: String,
    /// Lowest level it is shown at; `+`: and every level above.
    pub level: String,
    /// Over what time.
    pub period: String,
    /// What it is broken down by.
    pub disaggregation: String,
    /// Measured among those visited: exempt from the rule that denominators come from the list.
    pub among_visited: bool,
    /// Marks of [`crate::load::sources`].
    pub source: String,
    /// `sourced`, `assumption`, `unverified` or `disputed`.
    pub status: String,
    /// Edges, and what to print beside it.
    pub note: String,
}

impl Rules {
    /// The rules that were compiled in.
    ///
    /// # Panics
    /// Never in a built program: a test of this crate loads and checks these very files.
    #[expect(clippy::expect_used, reason = "the files are part of the program, and a test loads them")]
    pub fn builtin() -> &'static Rules {
        static BUILTIN: OnceLock<Rules> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            Rules::load(&RuleFiles::builtin()).expect("the files under schema/rules are sound")
        })
    }

    /// The topic of this name.
    pub fn topic(&self, name: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.name == name)
    }

    /// The band of a week of pregnancy.
    pub fn pregnancy_band(&self, gest_week: u16) -> Option<&PregnancyBand> {
        pregnancy_band(&self.pregnancy_bands, gest_week)
    }

    /// The plan of a target group where the district has set none.
    pub fn visit_plan(&self, target_group: &str) -> Option<&VisitPlan> {
        self.visit_plans.iter().find(|plan| plan.default && plan.target_group == target_group)
    }

    /// The version of the rule on families at risk: [`risk::SCREENING`] or [`risk::PREGNANCY`].
    pub fn risk_rule(&self, version: &str) -> Option<&RiskRule> {
        self.risk.iter().find(|rule| rule.version == version)
    }

    /// The indicator of this id.
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.id == id)
    }
}

/// The band of a week of pregnancy; `bands` ascend by week.
pub fn pregnancy_band(bands: &[PregnancyBand], gest_week: u16) -> Option<&PregnancyBand> {
    let at = bands.binary_search_by_key(&gest_week, |band| band.gest_week);
    at.ok().map(|at| &bands[at])
}

impl Topic {
    /// The class of a number in the smallest unit; `None` where no class is worth a word.
    pub fn category(&self, units: i64) -> Option<&Category> {
        self.categories.iter().find(|category| category.contains(units))
    }
}

impl Category {
    /// Is the number, in the smallest unit of the topic, in this class?
    pub fn contains(&self, units: i64) -> bool {
        self.first().is_none_or(|first| units >= first) && self.last().is_none_or(|last| units <= last)
    }

    /// The lowest number in the class.
    pub fn first(&self) -> Option<i64> {
        self.lower.map(|bound| if bound.inclusive { bound.units } else { bound.units + 1 })
    }

    /// The highest number in the class.
    pub fn last(&self) -> Option<i64> {
        self.upper.map(|bound| if bound.inclusive { bound.units } else { bound.units - 1 })
    }
}
