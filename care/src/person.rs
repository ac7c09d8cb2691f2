//! A person with everything that is known of her.
//!
//! The rule this module protects: *what was seen is shown as it was typed, with who wrote it and whether somebody must
//! look*; a NIK is never among it.

use crate::book::Book;
use crate::fact::Visit;
use crate::numbers::{field::visit::*, kind};
use crate::pregnancy::trimester;
use crate::read::has;
use crate::shapes::{ConsentRow, CoupleRow, Day, Figure, Group, Named, Person, PregnancyRow, VisitRow};
use schema::{ValueType, decimal};
use sync_core::RecordId;

impl Book {
    /// A person on a day; `None` when no such member is known.
    pub fn person(&self, id: RecordId, day: i32) -> Option<Person> {
        let id = self.survivor(id);
        let member = self.member(id)?;
        let family = self.home(member).and_then(|household| self.household(household));
        let named = |id: RecordId| self.member(id).map(|member| Named { id, name: member.name.text.clone() });
        let mut visits = self.visits(id, None);
        visits.reverse();
        Some(Person {
            row: self.person_row(id, member, day),
            area: self.entry(id)?.area,
            head: family.map_or(String::new(), |family| family.head.text.clone()),
            rt: family.map_or(String::new(), |family| family.rt.clone()),
            mother: self.mother(member).and_then(named),
            birth_day: member.birth.map(Day),
            visits: visits.into_iter().filter_map(|(id, visit)| self.visit_row(id, visit)).collect(),
            pregnancy: self.pregnancy_row(id, day),
            couple: self.couple_row(id),
            consent: self.consent_row(id),
            advice: self.advice_about(id, day),
            contested: self.contested(id),
        })
    }

    /// A visit in a list; `None` while it has no day.
    fn visit_row(&self, id: RecordId, visit: &Visit) -> Option<VisitRow> {
        let entry = self.entry(id)?;
        Some(VisitRow {
            id,
            day: Day(visit.day?),
            group: Group::of_code(visit.group),
            author: self.author(entry),
            unsent: entry.unsent,
            contested: entry.needs_a_look(),
            figures: self.figures(visit),
        })
    }

    /// What was measured, in the order of the form.
    fn figures(&self, visit: &Visit) -> Vec<Figure> {
        let (child, woman) = (&visit.child, &visit.woman);
        // Of the three sections in which a woman is measured, the labels of one do for all.
        let numbers = [
            (PREGNANT_WEIGHT, 0, woman.weight),
            (PREGNANT_MUAC, 0, woman.muac),
            (PREGNANT_HB, 0, woman.hb),
            (CHILD_WEIGHT, 0, child.weight),
            (CHILD_LENGTH, 0, child.length),
            (CHILD_HEAD, 0, child.head),
            (CHILD_MUAC, 0, child.muac),
        ];
        let mut figures: Vec<Figure> =
            numbers.into_iter().filter_map(|(field, part, units)| self.figure(field, part, units?)).collect();
        if let Some((systolic, diastolic)) = visit.pregnant.pressure
            && let Some(figure) = self.figure(PREGNANT_BLOOD_PRESSURE, 0, systolic)
            && let Some(whole) = self.visit_field(PREGNANT_BLOOD_PRESSURE)
        {
            let text = format!("{}/{diastolic}", figure.text);
            figures.push(Figure { label: whole.label.clone(), text, unit: figure.unit });
        }
        figures
    }

    fn figure(&self, field: u16, part: usize, units: i64) -> Option<Figure> {
        let ValueType::Group(parts) = &self.visit_field(field)?.value else { return None };
        let part = parts.get(part)?;
        let scale = if let ValueType::Decimal { scale } = part.value { scale } else { 0 };
        Some(Figure { label: part.label.clone(), text: decimal::text(units, scale), unit: &part.unit })
    }

    fn visit_field(&self, field: u16) -> Option<&'static schema::Field> {
        self.schema.kind(kind::VISIT)?.field(field)
    }

    /// The running pregnancy, else the one that ended last.
    fn pregnancy_row(&self, woman: RecordId, day: i32) -> Option<PregnancyRow> {
        let running = self.running_pregnancy(woman);
        let last = || self.pregnancies(woman).max_by_key(|(id, one)| (one.delivery.or(one.lmp), *id));
        let (id, pregnancy) = running.or_else(last)?;
        let weeks = running.and_then(|_| pregnancy.weeks(day));
        Some(PregnancyRow {
            id,
            weeks,
            trimester: weeks.map(trimester),
            edd: pregnancy.expected().map(Day),
            status: self.code("pregnancy_status", pregnancy.status).map_or("", |code| &code.name),
        })
    }

    fn couple_row(&self, person: RecordId) -> Option<CoupleRow> {
        let couples = self.couples(person);
        let (id, couple) = couples.max_by_key(|(id, one)| (one.outcome == 0, one.wedding, *id))?;
        Some(CoupleRow {
            id,
            wedding: couple.wedding.map(Day),
            outcome: self.code("couple_outcome", couple.outcome).map(|code| code.name.as_str()),
        })
    }

    fn consent_row(&self, person: RecordId) -> Option<ConsentRow> {
        let consents = self.of(person, kind::CONSENT).filter_map(|id| self.consent(id).map(|one| (id, one)));
        let (id, consent) = consents.max_by_key(|(id, one)| (one.day, *id))?;
        let list = self.schema.enumeration("consent_purpose").map_or(&[][..], |list| &list.codes);
        let purposes = list.iter().filter(|code| has(consent.purposes, code.number));
        Some(ConsentRow {
            id,
            purposes: purposes.map(|code| code.name.as_str()).collect(),
            withdrawn: consent.is_withdrawn,
        })
    }
}
