//! What the book knows for a form: whom it is about, what its flags are judged by, who may be there already.
//!
//! The rule this module protects: *a form that is being filled is judged by the same facts as a record that was saved.*

use crate::book::Book;
use crate::doubles::NewPerson;
use crate::fact::{Fact, Member, Pregnancy};
use crate::numbers::{code, kind};
use crate::read::Reader;
use crate::shapes::{About, Day, Double, Seen};
use schema::flag::Context;
use schema::{AreaCode, Registers};
use sync_core::RecordId;

impl Book {
    /// What the flags of a record that shows `registers` are judged by. `day`: when it is saved, as far as can be believed.
    pub fn context(&self, kind: u16, registers: Registers, day: i32) -> Context {
        let mut context =
            Context { believed_day: day, pregnancy_bands: &self.rules.pregnancy_bands, ..Context::default() };
        let person = |context: &mut Context, member: &Member| {
            let is_known = member.precision != code::date_precision::YEAR;
            context.birth_day = member.birth.filter(|_| is_known);
            context.sex = member.sex;
        };
        let pregnancy = |context: &mut Context, pregnancy: &Pregnancy| {
            context.lmp_day = pregnancy.lmp;
            context.delivery_day = pregnancy.delivery;
        };
        match Fact::read(kind, Reader(registers)) {
            Some(Fact::Member(member)) => person(&mut context, &member),
            Some(Fact::Pregnancy(one)) => pregnancy(&mut context, &one),
            Some(Fact::Visit(visit)) => {
                if let Some(member) = visit.subject.and_then(|id| self.member(id)) {
                    person(&mut context, member);
                }
                if let Some((_, one)) = self.pregnancy_at(&visit) {
                    pregnancy(&mut context, one);
                }
            }
            Some(Fact::Couple(couple)) => {
                let visits = couple.bride.map(|bride| self.visits(bride, None)).unwrap_or_default();
                context.first_visit_day = visits.iter().find_map(|(_, visit)| visit.day);
            }
            _ => {}
        }
        context
    }

    /// Whom or what a form is about; `None` when it is somebody new.
    pub fn about(&self, kind: u16, record: Option<RecordId>, registers: Registers) -> Option<About> {
        let fact = Fact::read(kind, Reader(registers))?;
        let owner = if record.is_some() && fact.belongs_to().is_none() { record } else { fact.belongs_to() };
        let (title, subtitle) = self.titled(owner?)?;
        Some(About { title, subtitle })
    }

    /// Families or people who may be whom a form for somebody new registers.
    pub fn doubles(&self, kind: u16, area: AreaCode, registers: Registers, day: i32) -> Vec<Double> {
        match Fact::read(kind, Reader(registers)) {
            Some(Fact::Household(family)) => self.doubles_of_family(&family.head.text, &family.rt, area, day),
            Some(Fact::Member(member)) => {
                let known = NewPerson {
                    name: &member.name.text,
                    sex: member.sex,
                    birth: member.birth,
                    mother: self.mother(&member),
                    household: self.home(&member),
                    except: None,
                };
                self.doubles_of_person(&known, day)
            }
            _ => Vec::new(),
        }
    }

    /// Name of a worker.
    pub fn name_of(&self, worker: RecordId) -> Option<String> {
        self.worker(worker).filter(|worker| !worker.name.is_empty()).map(|worker| worker.name.clone())
    }

    /// Records that are sealed under the key of this one, beside itself.
    pub fn belonging_to(&self, owner: RecordId) -> Vec<RecordId> {
        let kinds = [kind::VISIT, kind::PREGNANCY, kind::COUPLE, kind::MEMBER, kind::TRANSFER];
        kinds.into_iter().flat_map(|kind| self.of(owner, kind)).collect()
    }

    /// What a record is called, of which kind it is and when it was written; `None` for one that is not known.
    pub fn seen(&self, id: RecordId) -> Option<Seen> {
        let entry = self.entry(id)?;
        let (title, _) = self.titled(id)?;
        let kind = self.schema.kind(entry.kind)?.name.as_str();
        Some(Seen { record: id, kind, title, day: Day(entry.written) })
    }

    /// Records that one of these authors wrote to and in which people saw different things.
    pub fn disputed(&self, authors: &[RecordId]) -> Vec<Seen> {
        let is_own = |id: &RecordId| {
            let entry = self.entry(*id);
            entry.is_some_and(|entry| entry.disputants.iter().any(|author| authors.contains(author)))
        };
        self.disputed.iter().copied().filter(is_own).filter_map(|id| self.seen(id)).collect()
    }

    /// What others ask (`question`) or tell (`message`) these workers, or everybody, until it is closed; newest first.
    pub fn messages(&self, workers: &[RecordId]) -> Vec<(&'static str, Seen)> {
        let is_hers = |worker: Option<RecordId>| worker.is_some_and(|worker| workers.contains(&worker));
        let letter = |id: RecordId| {
            let message = self.message(id).filter(|message| !message.is_closed)?;
            let is_to_her = message.to.is_none() || is_hers(message.to);
            let is_from_her = is_hers(self.entry(id)?.author);
            let is_question = message.sort == code::message_type::QUESTION;
            let word = if is_question { "question" } else { "message" };
            (is_to_her && !is_from_her).then(|| self.seen(id).map(|seen| (word, seen)))?
        };
        let mut letters: Vec<(&'static str, Seen)> = self.all(kind::MESSAGE).filter_map(letter).collect();
        crate::order::sort(&mut letters, |(_, one), (_, other)| other.day.cmp(&one.day));
        letters
    }
}
