//! Is a family at risk of stunting?
//!
//! The rule this module protects: *the verdict is that of the rule's file (`rules/krs_rules.csv`) on what is known of the
//! family today; what is not known holds against nobody.* The word of the field officer (`risk_override`) comes last.
//!
//! The facts: the wife is the youngest married woman of reproductive age; modern methods are all but none, traditional
//! and other; education is low when a parent has no more than primary school (assumption); the gap between births is
//! that of the two youngest children of the wife, twins apart; living children are hers, or those of her last pregnancy.

use crate::book::Book;
use crate::fact::{Fact, Member, Screening};
use crate::numbers::{code, kind};
use crate::shapes::Group;
use schema::rules::risk::{RiskFactor, SCREENING};
use schema::{Shown, calendar};
use sync_core::RecordId;

/// Births closer than this are one birth: twins, or two spellings of a day.
const ONE_BIRTH_DAYS: i32 = 100;

/// What the rule says of a family.
pub(crate) struct Verdict {
    pub(crate) is_target: bool,
    /// After the word of the field officer.
    pub(crate) is_at_risk: bool,
    pub(crate) factors: Vec<&'static RiskFactor>,
    pub(crate) version: &'static str,
}

/// What is known of a family. `None`: not known.
#[derive(Default)]
struct Facts {
    couple: bool,
    pregnant: bool,
    baduta: bool,
    balita: bool,
    catin: bool,
    water_risk: Option<bool>,
    toilet_risk: Option<bool>,
    modern_contraception: Option<bool>,
    low_education: Option<bool>,
    wife_age_years: Option<i64>,
    birth_gap_months: Option<i64>,
    living_children: Option<i64>,
    welfare_decile: Option<i64>,
}

impl Facts {
    fn shown(&self, name: &str) -> Shown<'static> {
        let yes = |known: Option<bool>| known.map_or(Shown::Empty, Shown::Bool);
        let number = |known: Option<i64>| known.map_or(Shown::Empty, Shown::Number);
        match name {
            "couple" => Shown::Bool(self.couple),
            "pregnant" => Shown::Bool(self.pregnant),
            "baduta" => Shown::Bool(self.baduta),
            "balita" => Shown::Bool(self.balita),
            "catin" => Shown::Bool(self.catin),
            "water_risk" => yes(self.water_risk),
            "toilet_risk" => yes(self.toilet_risk),
            "modern_contraception" => yes(self.modern_contraception),
            "low_education" => yes(self.low_education),
            "wife_age_years" => number(self.wife_age_years),
            "birth_gap_months" => number(self.birth_gap_months),
            "living_children" => number(self.living_children),
            "welfare_decile" => number(self.welfare_decile),
            _ => Shown::Empty,
        }
    }
}

impl Book {
    /// The last screening of a family that was not replaced.
    pub(crate) fn last_screening(&self, household: RecordId) -> Option<(RecordId, &Screening)> {
        let all =
            self.of(household, kind::RISK_SCREENING).filter_map(|id| self.screening(id).map(|one| (id, one)));
        all.filter(|(_, one)| !one.is_replaced).max_by_key(|(id, one)| (one.round, one.day, *id))
    }

    /// The verdict on a family by its last screening; `None` when it was never screened.
    pub(crate) fn last_verdict(&self, household: RecordId, day: i32) -> Option<Verdict> {
        let (_, screening) = self.last_screening(household)?;
        self.verdict(household, screening, day)
    }

    /// What the rule for families says of a screening.
    pub(crate) fn verdict(&self, household: RecordId, screening: &Screening, day: i32) -> Option<Verdict> {
        let rule = self.rules.risk_rule(SCREENING)?;
        let facts = self.risk_facts(household, screening, day);
        let shown = |name: &str| facts.shown(name);
        let is_target = rule.is_target(&shown);
        let factors: Vec<_> = rule.factors.iter().filter(|factor| factor.when.holds(&shown)).collect();
        let is_at_risk = match screening.correction {
            code::risk_override::CONFIRMED => true,
            code::risk_override::REFUTED => false,
            _ => is_target && factors.iter().any(|factor| factor.counts),
        };
        Some(Verdict { is_target, is_at_risk, factors, version: &rule.version })
    }

    /// Was the family not screened in the half-year of `day`?
    pub(crate) fn is_screening_due(&self, household: RecordId, day: i32) -> bool {
        let round = calendar::month_of(day).map(|month| month.div_euclid(6) * 6);
        self.last_screening(household).is_none_or(|(_, screening)| screening.round < round)
    }

    fn risk_facts(&self, household: RecordId, screening: &Screening, day: i32) -> Facts {
        let here: Vec<_> = self.members(household).filter(|(_, member)| member.is_here()).collect();
        let wives = here.iter().filter(|(_, member)| member.is_wife_of_reproductive_age(day));
        let wife = wives.max_by_key(|(_, member)| member.birth).copied();
        let mut facts = Facts {
            couple: wife.is_some(),
            water_risk: self.is_risky("water_source", screening.water),
            toilet_risk: self.is_risky("toilet", screening.toilet),
            welfare_decile: self.household(household).and_then(|family| family.decile),
            low_education: low_education(&here),
            ..Facts::default()
        };
        for (id, member) in &here {
            for group in self.groups(*id, member, day) {
                match group {
                    Group::Pregnant => facts.pregnant = true,
                    Group::Baduta => facts.baduta = true,
                    Group::Balita => facts.balita = true,
                    Group::Catin => facts.catin = true,
                    _ => {}
                }
            }
        }
        let Some((id, wife)) = wife else { return facts };
        facts.wife_age_years = wife.years(day).map(i64::from);
        facts.modern_contraception = (wife.contraception != 0).then(|| is_modern(wife.contraception));
        let children = self.of(id, kind::MEMBER).filter_map(|child| self.member(child));
        let living: Vec<&Member> =
            children.filter(|child| self.mother(child) == Some(id) && child.is_alive()).collect();
        let last =
            self.pregnancies(id).max_by_key(|(_, one)| one.lmp).and_then(|(_, one)| one.living_children);
        facts.living_children = last.max(Some(living.len() as i64).filter(|count| *count > 0));
        facts.birth_gap_months = birth_gap_months(&living);
        facts
    }

    fn is_risky(&self, list: &str, number: u16) -> Option<bool> {
        self.code(list, number).map(|code| code.risk == "risk")
    }

    /// The screening of a record that is being typed, or was saved.
    pub(crate) fn verdict_of(&self, fact: &Fact, day: i32) -> Option<Verdict> {
        let Fact::Screening(screening) = fact else { return None };
        self.verdict(screening.household?, screening, screening.day.unwrap_or(day))
    }
}

fn is_modern(contraception: u16) -> bool {
    !matches!(
        contraception,
        code::contraception::NONE | code::contraception::TRADITIONAL | code::contraception::OTHER
    )
}

fn low_education(here: &[(RecordId, &Member)]) -> Option<bool> {
    let is_parent = |member: &Member| matches!(member.relationship, code::relationship::HEAD..=3);
    let known = here.iter().filter(|(_, member)| is_parent(member) && member.education != 0);
    known.map(|(_, parent)| parent.education <= code::education::PRIMARY).reduce(|one, other| one || other)
}

fn birth_gap_months(children: &[&Member]) -> Option<i64> {
    let mut births: Vec<i32> = children.iter().filter_map(|child| child.birth).collect();
    crate::order::sort(&mut births, |one, other| other.cmp(one));
    let youngest = *births.first()?;
    let before = births.into_iter().find(|birth| youngest - birth > ONE_BIRTH_DAYS)?;
    crate::age::age(before, youngest).map(|gap| i64::from(gap.years * 12 + gap.months))
}
