//! What a good colleague would say about what was just typed.
//!
//! The rule this module protects: *an advice follows from a line of the rules or from an earlier visit, says what to do,
//! and never labels anybody.* What is said stands in the dictionary of the app under the words of [`WORDS`]; cut-offs
//! are those of `rules/thresholds.csv`. The gravest comes first.

mod child;
mod mother;
mod words;

pub use words::WORDS;

use crate::book::Book;
use crate::fact::{Fact, Member, Visit};
use crate::numbers::{code, field};
use crate::read::Reader;
use crate::shapes::{Advice, Day, Said, Weight};
use schema::{Registers, decimal};
use sync_core::RecordId;

/// Advice while it is gathered, about one visit.
pub(crate) struct Advising<'a> {
    pub(crate) book: &'a Book,
    pub(crate) visit: &'a Visit,
    pub(crate) member: &'a Member,
    /// The other visits to the person, ascending by day.
    pub(crate) visits: &'a [(RecordId, &'a Visit)],
    pub(crate) day: i32,
    said: Vec<Advice>,
}

impl Book {
    /// What to say about a visit that shows `registers`; nothing for other kinds. `record`: its id, when it was saved
    /// before. `day`: today. The gravest first, each of [`WORDS`].
    pub fn advice(&self, kind: u16, record: Option<RecordId>, registers: Registers, day: i32) -> Vec<Advice> {
        let Some(Fact::Visit(visit)) = Fact::read(kind, Reader(registers)) else { return Vec::new() };
        self.advice_on(record, &visit, day, true)
    }

    /// What to say about a person today: by her last visit in the group that she is in now, and what is due for her.
    pub(crate) fn advice_about(&self, id: RecordId, day: i32) -> Vec<Advice> {
        let Some(member) = self.member(id) else { return Vec::new() };
        let groups = self.groups(id, member, day);
        let Some(group) = groups.first().map(|group| *group as u16) else { return Vec::new() };
        let visits = self.visits(id, None);
        if let Some((last, visit)) = visits.iter().rev().find(|(_, one)| one.counts() && one.group == group) {
            return self.advice_on(Some(*last), visit, day, false);
        }
        // Nobody has seen her yet: what is known without a visit.
        let unseen = Visit::read(Reader(Registers::new(&[])));
        self.advice_on(None, &Visit { subject: Some(id), group, day: Some(day), ..unseen }, day, false)
    }

    /// `is_typed`: the visit is being typed; else it was saved and its day may be long past.
    fn advice_on(&self, record: Option<RecordId>, visit: &Visit, day: i32, is_typed: bool) -> Vec<Advice> {
        let Some((id, member)) = visit.subject.and_then(|id| self.member(id).map(|member| (id, member)))
        else {
            return Vec::new();
        };
        let visits = self.visits(id, record);
        let mut advising = Advising { book: self, visit, member, visits: &visits, day, said: Vec::new() };
        match visit.group {
            code::target_group::BADUTA | code::target_group::BALITA => advising.about_child(),
            code::target_group::PREGNANT => advising.about_pregnancy(),
            code::target_group::POSTPARTUM => advising.about_puerperium(),
            code::target_group::CATIN => advising.about_bride(),
            _ => {}
        }
        advising.about_everybody(is_typed);
        let mut said = advising.said;
        if !is_typed {
            // A figure that was saved cannot be measured again, and fields belong to a form.
            said.retain(|advice| {
                advice.weight != Weight::MeasureAgain && advice.words != "next_visit_suggested"
            });
            said.iter_mut().for_each(|advice| advice.field = None);
        }
        crate::order::sort(&mut said, |one, other| one.weight.cmp(&other.weight));
        said
    }
}

impl Advising<'_> {
    /// Says something, with the weight that stands beside its words.
    pub(crate) fn say(&mut self, words: &'static str, field: u16, values: Vec<(&'static str, Said)>) {
        debug_assert!(WORDS.iter().any(|(known, _)| *known == words), "{words} is not listed");
        let Some((_, weight)) = WORDS.iter().find(|(known, _)| *known == words) else { return };
        let kind = self.book.schema.kind(crate::numbers::kind::VISIT);
        let field = kind.and_then(|kind| kind.field(field)).map(|field| field.name.as_str());
        self.said.push(Advice { words, weight: *weight, values, field });
    }

    /// The name of the class of a number; `None` where no class is worth a word.
    pub(crate) fn class(&self, topic: &str, units: i64) -> Option<&'static str> {
        self.book.rules.topic(topic)?.category(units).map(|category| category.name.as_str())
    }

    /// The visits of the last referral, smoke in the house, and when to come again.
    fn about_everybody(&mut self, is_typed: bool) {
        use field::visit::{NEXT_VISIT_DATE, REFERRAL_OUTCOME, SMOKE_EXPOSURE};
        let last = if is_typed { self.visits.last().map(|(_, visit)| *visit) } else { Some(self.visit) };
        if let Some(day) = last.filter(|visit| visit.has_open_referral()).and_then(|visit| visit.day) {
            self.say("referral_still_open", REFERRAL_OUTCOME, vec![("since", day_said(day))]);
        }
        if self.visit.smoke == code::yes_no::YES {
            self.say("smoke_free_home", SMOKE_EXPOSURE, Vec::new());
        }
        if self.visit.next.is_none() && self.visit.counts() {
            let next = self.next_visit();
            if let Some(next) = next.filter(|next| *next > self.day) {
                self.say("next_visit_suggested", NEXT_VISIT_DATE, vec![("day", day_said(next))]);
            }
        }
    }

    /// The day of the next visit by the plan, when this one is made.
    fn next_visit(&self) -> Option<i32> {
        let day = self.visit.day?;
        match self.visit.group {
            code::target_group::PREGNANT => {
                let (_, pregnancy) = self.book.pregnancy_at(self.visit)?;
                self.book.next_contact(pregnancy, Some(day), day)
            }
            code::target_group::POSTPARTUM => {
                let delivery = self.book.pregnancy_at(self.visit)?.1.delivery?;
                Some(delivery + self.book.rules.visit_plan("postpartum")?.to_day)
            }
            code::target_group::CATIN => Some(day + self.book.interval_days("catin")),
            code::target_group::BADUTA => Some(day + self.book.interval_days("baduta")),
            code::target_group::BALITA => {
                let mut visits = self.visits.to_vec();
                visits.push((RecordId(uuid::Uuid::nil()), self.visit));
                let often = self.book.needs_attention(self.member, &visits);
                Some(day + self.book.interval_days(if often { "baduta" } else { "balita" }))
            }
            _ => None,
        }
    }
}

/// A decimal as text: 85 at scale 1 is `8.5`.
pub(crate) fn decimal_said(units: i64, scale: u8) -> Said {
    Said::Text(decimal::text(units, scale))
}

/// A day as `2026-11-27`.
pub(crate) fn day_said(day: i32) -> Said {
    Said::Text(schema::calendar::day_text(Day(day).0).unwrap_or_default())
}
