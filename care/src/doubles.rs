//! Is somebody who is to be registered here already?
//!
//! The rule this module protects: *a double is suggested with its reasons and never decided.* Names alone are not enough
//! where many share one: a day of birth, a mother or a family must speak for it too. Twins share birth and mother, so a
//! name that differs speaks against it, unless the child has no name yet ("By. Ny. Siti").

use crate::book::Book;
use crate::fact::Member;
use crate::names::Name;
use crate::numbers::{code, kind};
use crate::search::without_zeros;
use crate::shapes::{Double, Hit};
use schema::AreaCode;
use schema::growth::Sex;
use sync_core::RecordId;

/// Why somebody may be the same, by name.
pub const WHY: [&str; 8] = [
    "same_name",
    "similar_name",
    "same_rt",
    "same_birth_day",
    "near_birth_day",
    "same_mother",
    "same_household",
    "no_name_yet",
];

/// Names from this likeness on (Jaro-Winkler of how they sound, percent) are similar.
const SIMILAR_PERCENT: u32 = 88;
const SAME_NAME_SCORE: u32 = 60;
const SIMILAR_NAME_SCORE: u32 = 45;
/// Worth showing from here on.
const WORTH_SHOWING_SCORE: u32 = 70;
/// Births that are not known to the day may differ by so much.
const NEAR_BIRTH_DAYS: i32 = 45;
/// Doubles that are shown.
const SHOWN_MAX: usize = 5;
/// A child that is called by its mother.
const NAMELESS: [&str; 4] = ["by", "bayi", "anak", "putra"];

/// Reasons while they are gathered.
#[derive(Default)]
struct Reasons {
    score: u32,
    why: Vec<&'static str>,
}

impl Reasons {
    fn add(&mut self, score: u32, why: &'static str) {
        self.score += score;
        self.why.push(why);
    }

    /// Adds what the names say; `false` when they speak against it.
    fn names(&mut self, one: &Name, other: &Name) -> bool {
        if one.is_empty() || other.is_empty() {
            return false;
        }
        if one.sounds == other.sounds {
            self.add(SAME_NAME_SCORE, "same_name");
        } else if is_similar(&one.sounds, &other.sounds) {
            self.add(SIMILAR_NAME_SCORE, "similar_name");
        } else {
            return false;
        }
        true
    }
}

impl Book {
    /// Families that may be the one that is to be registered, the likeliest first: their heads' names are alike, and they
    /// live in the same neighbourhood unit or the names are equal. `area`: the village.
    pub fn doubles_of_family(&self, name: &str, rt: &str, area: AreaCode, day: i32) -> Vec<Double> {
        let name = Name::new(name);
        let mut doubles = Vec::new();
        for id in self.all(kind::HOUSEHOLD) {
            let Some(family) = self.household(id) else { continue };
            if !self.entry(id).is_some_and(|entry| area.contains(entry.area)) {
                continue;
            }
            let mut reasons = Reasons::default();
            if !reasons.names(&name, &family.head) {
                continue;
            }
            // In one village an equal name is worth a look by itself, a similar one only next door.
            reasons.score += 10;
            if !rt.trim().is_empty() && without_zeros(rt) == without_zeros(&family.rt) {
                reasons.add(25, "same_rt");
            }
            push(&mut doubles, reasons, |score| self.hit_of_family(id, score, day));
        }
        best(doubles)
    }

    /// People who may be the one that is to be registered, the likeliest first. What is `None` is not known and speaks
    /// for nothing. `birth` in days since 1970-01-01.
    pub fn doubles_of_person(&self, known: &NewPerson, day: i32) -> Vec<Double> {
        let name = Name::new(known.name);
        let mut doubles = Vec::new();
        for id in self.all(kind::MEMBER).filter(|id| Some(*id) != known.except) {
            let Some(member) = self.member(id) else { continue };
            if known.sex.zip(member.sex).is_some_and(|(one, other)| one != other) {
                continue;
            }
            let mut reasons = Reasons::default();
            let is_nameless = is_nameless(&name) || is_nameless(&member.name);
            if !reasons.names(&name, &member.name) && !is_nameless {
                continue;
            }
            let is_same_day = add_birth(&mut reasons, known.birth, member);
            let mother = known.mother.filter(|mother| self.mother(member) == Some(*mother));
            if mother.is_some() {
                reasons.add(25, "same_mother");
            }
            if known.household.is_some() && known.household == self.home(member) {
                reasons.add(20, "same_household");
            }
            if is_nameless && is_same_day && mother.is_some() {
                reasons.add(30, "no_name_yet");
            }
            push(&mut doubles, reasons, |score| self.hit_of_person(id, score, day));
        }
        best(doubles)
    }
}

/// What is known of somebody who is to be registered.
#[derive(Debug, Clone, Copy, Default)]
pub struct NewPerson<'a> {
    /// Name as typed so far.
    pub name: &'a str,
    /// Sex.
    pub sex: Option<Sex>,
    /// Birth in days since 1970-01-01.
    pub birth: Option<i32>,
    /// Biological mother.
    pub mother: Option<RecordId>,
    /// Family.
    pub household: Option<RecordId>,
    /// The record itself, when it was saved before.
    pub except: Option<RecordId>,
}

/// Adds what the births say. Are they the same day? Years apart speak against it.
fn add_birth(reasons: &mut Reasons, birth: Option<i32>, member: &Member) -> bool {
    let Some((one, other)) = birth.zip(member.birth) else { return false };
    let apart = (one - other).abs();
    let is_to_the_day = member.precision == code::date_precision::DAY;
    if apart == 0 && is_to_the_day {
        reasons.add(25, "same_birth_day");
        return true;
    }
    if apart <= NEAR_BIRTH_DAYS {
        reasons.add(15, "near_birth_day");
    } else if member.precision != code::date_precision::YEAR {
        reasons.score = reasons.score.saturating_sub(20);
    }
    false
}

fn is_nameless(name: &Name) -> bool {
    name.is_empty() || name.words.split(' ').next().is_some_and(|first| NAMELESS.contains(&first))
}

fn is_similar(one: &str, other: &str) -> bool {
    (strsim::jaro_winkler(one, other) * 100.0) as u32 >= SIMILAR_PERCENT
}

fn push(doubles: &mut Vec<Double>, reasons: Reasons, hit: impl FnOnce(u32) -> Option<Hit>) {
    if reasons.score >= WORTH_SHOWING_SCORE
        && let Some(hit) = hit(reasons.score)
    {
        doubles.push(Double { hit, why: reasons.why });
    }
}

fn best(mut doubles: Vec<Double>) -> Vec<Double> {
    crate::order::sort(&mut doubles, |one, other| {
        other.hit.score.cmp(&one.hit.score).then_with(|| one.hit.id.cmp(&other.hit.id))
    });
    doubles.truncate(SHOWN_MAX);
    doubles
}
