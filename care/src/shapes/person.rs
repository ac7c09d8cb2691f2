//! What is answered about one person.
//!
//! The rule this module protects: *z-scores travel as hundredths, measures as the text that was typed*, so no screen
//! rounds anything again.

use super::{Age, Day, Due, Group};
use schema::growth::Sex;
use schema::{AreaCode, Label};
use serde::{Serialize, Serializer};
use sync_core::RecordId;

/// A person in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonRow {
    /// The member.
    pub id: RecordId,
    /// Her family; the member herself while that is not known.
    pub household: RecordId,
    /// Name as typed.
    pub name: String,
    /// `male` or `female`.
    pub sex: Option<&'static str>,
    /// Age today.
    pub age: Option<Age>,
    /// Name of the code of `relationship`.
    pub relationship: Option<&'static str>,
    /// Groups today; none for who died or moved out.
    pub groups: Vec<Group>,
    /// Not known to have died.
    pub alive: bool,
    /// The visit that is owed to her.
    pub due: Option<Due>,
    /// Completed weeks of the running pregnancy.
    pub gest_weeks: Option<i32>,
}

/// A visit in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VisitRow {
    /// The visit.
    pub id: RecordId,
    /// When.
    pub day: Day,
    /// For which group.
    pub group: Group,
    /// Who wrote it.
    pub author: Option<String>,
    /// Not sent yet.
    pub unsent: bool,
    /// Somebody must look.
    pub contested: bool,
    /// What was measured.
    pub figures: Vec<Figure>,
}

/// One measured value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// What it is.
    pub label: Label,
    /// The value as typed.
    pub text: String,
    /// Unit as printed.
    pub unit: &'static str,
}

/// A person with everything that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// As in a list.
    #[serde(flatten)]
    pub row: PersonRow,
    /// Where the record lives.
    pub area: AreaCode,
    /// Name of the head of the family.
    pub head: String,
    /// Neighbourhood unit.
    pub rt: String,
    /// Biological mother.
    pub mother: Option<Named>,
    /// Day of birth, as well as it is known.
    pub birth_day: Option<Day>,
    /// Visits, the newest first.
    pub visits: Vec<VisitRow>,
    /// The running pregnancy, else the last one.
    pub pregnancy: Option<PregnancyRow>,
    /// The couple that she or he is part of.
    pub couple: Option<CoupleRow>,
    /// The last consent.
    pub consent: Option<ConsentRow>,
    /// What a good colleague would say.
    pub advice: Vec<Advice>,
    /// Names of fields in which people saw different things.
    pub contested: Vec<&'static str>,
}

/// A person by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// The member.
    pub id: RecordId,
    /// Name as typed.
    pub name: String,
}

/// A pregnancy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PregnancyRow {
    /// The pregnancy.
    pub id: RecordId,
    /// Completed weeks, while it runs.
    pub weeks: Option<i32>,
    /// 1, 2 or 3, while it runs.
    pub trimester: Option<u8>,
    /// Expected day of delivery.
    pub edd: Option<Day>,
    /// Name of the code of `pregnancy_status`.
    pub status: &'static str,
}

/// A couple to be married.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoupleRow {
    /// The couple.
    pub id: RecordId,
    /// Day of the wedding.
    pub wedding: Option<Day>,
    /// Name of the code of `couple_outcome`.
    pub outcome: Option<&'static str>,
}

/// What a person agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConsentRow {
    /// The consent.
    pub id: RecordId,
    /// Names of the codes of `consent_purpose`.
    pub purposes: Vec<&'static str>,
    /// It was taken back.
    pub withdrawn: bool,
}

/// What a good colleague would say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// A name of [`crate::WORDS`].
    pub words: &'static str,
    /// How much it matters.
    pub weight: Weight,
    /// Figures and texts that the words speak of.
    #[serde(serialize_with = "as_object")]
    pub values: Vec<(&'static str, Said)>,
    /// The field it hangs on, in a form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
}

/// How much an advice matters, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Act now.
    Danger,
    /// Bring her to the midwife or health centre.
    Refer,
    /// The figure is more likely wrong than true.
    MeasureAgain,
    /// Keep an eye on it.
    Watch,
    /// Well done.
    Good,
    /// Worth knowing.
    Info,
}

/// One value of an advice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Said {
    /// A count.
    Number(i64),
    /// A text, or a decimal as text.
    Text(String),
}

fn as_object<S: Serializer>(values: &[(&'static str, Said)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(values.iter().map(|(name, value)| (name, value)))
}

/// How a child grew.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Growth {
    /// `male` or `female`.
    pub sex: &'static str,
    /// Day of birth.
    pub birth_day: Day,
    /// Each time something was measured, oldest first.
    pub points: Vec<GrowthPoint>,
    /// The standards of that sex.
    pub curves: Vec<Curve>,
}

/// What was measured at one visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GrowthPoint {
    /// The visit.
    pub visit: RecordId,
    /// Day of measuring.
    pub day: Day,
    /// Days since birth.
    pub age_days: i32,
    /// Weight.
    pub weight_kg: Option<String>,
    /// Length or height as measured.
    pub length_cm: Option<String>,
    /// Head circumference.
    pub head_cm: Option<String>,
    /// Length or height for age, hundredths of a standard deviation.
    pub haz: Option<i32>,
    /// Weight for age, hundredths of a standard deviation.
    pub waz: Option<i32>,
    /// Weight for length or height, hundredths of a standard deviation.
    pub whz: Option<i32>,
    /// One of them lies outside what WHO takes for possible.
    pub implausible: bool,
    /// `N`, `T`, `O` or `B`.
    pub trend: Option<&'static str>,
}

/// One standard as lines to draw.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Curve {
    /// Name as in the contract.
    pub standard: &'static str,
    /// `kg` or `cm`.
    pub unit: &'static str,
    /// Age in days; for weight for length or height, centimetres.
    pub x: Vec<u32>,
    /// Lines of -3 to 3 standard deviations.
    pub sd: Vec<Line>,
}

/// One line of a standard.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// Standard deviations.
    pub z: i32,
    /// Values at each `x`, rounded to two decimals.
    pub y: Vec<f64>,
}

/// The word of the contract for a sex.
pub(crate) fn sex_word(sex: Sex) -> &'static str {
    match sex {
        Sex::Male => "male",
        Sex::Female => "female",
    }
}
