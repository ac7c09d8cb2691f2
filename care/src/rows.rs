//! Small lists: kitchens, recipes, groups, colleagues.
//!
//! The rule this module protects: *every kind is listed the same way: a title, a line below it, a day.* The newest comes
//! first where there are days, else the title decides.

use crate::book::{Book, Entry};
use crate::fact::{Fact, Worker};
use crate::names::{self, plain_words};
use crate::numbers::kind;
use crate::shapes::{Colleague, Contact, Day, Row, sex_word};
use schema::{AreaCode, Shape, ValueType, calendar};
use sync_core::RecordId;

/// Title, subtitle and day of a record.
type Said = (String, String, Option<i32>);

impl Book {
    /// Records of a kind whose title or subtitle has every word of `text`; all when it is empty. `day`: today.
    pub fn rows(&self, kind: &str, text: &str, day: i32) -> Vec<Row> {
        let Some(kind) = self.schema.kind_named(kind) else { return Vec::new() };
        let words = plain_words(text);
        let fits = |(title, subtitle, _): &Said| {
            if words.is_empty() {
                return true;
            }
            let shown: Vec<String> = names::words(&format!("{title} {subtitle}")).collect();
            words.iter().all(|word| shown.iter().any(|one| one.starts_with(word.as_str())))
        };
        let row = |id: RecordId| {
            let entry = self.entry(id)?;
            let said = self.said(entry);
            fits(&said).then(|| self.row(id, entry, said, &kind.name, day))
        };
        let mut rows: Vec<Row> = self.all(kind.number).filter_map(row).collect();
        crate::order::sort(&mut rows, |one, other| {
            other.day.cmp(&one.day).then_with(|| (&one.title, one.id).cmp(&(&other.title, other.id)))
        });
        rows
    }

    /// Colleagues with a mobile number who work now, by name.
    pub fn contacts(&self) -> Vec<Contact> {
        let contact = |id: RecordId| {
            let worker = self.worker(id).filter(|worker| worker.is_active && !worker.phone.is_empty())?;
            Some(Contact {
                name: worker.name.clone(),
                role: self.code("worker_role", worker.role).map_or("", |code| &code.name),
                phone: worker.phone.clone(),
            })
        };
        let mut contacts: Vec<Contact> = self.all(kind::WORKER).filter_map(contact).collect();
        crate::order::sort(&mut contacts, |one, other| {
            (&one.name, &one.phone).cmp(&(&other.name, &other.phone))
        });
        contacts
    }

    /// Workers who work in an area now, by name.
    pub fn colleagues(&self, area: AreaCode) -> Vec<Colleague> {
        let works_there = |worker: &&Worker| {
            worker.is_active && worker.areas.iter().any(|work| area.contains(*work) || work.contains(area))
        };
        let colleague = |id: RecordId| {
            let worker = self.worker(id).filter(works_there)?;
            Some(Colleague { author: id, name: worker.name.clone() })
        };
        let mut colleagues: Vec<Colleague> = self.all(kind::WORKER).filter_map(colleague).collect();
        crate::order::sort(&mut colleagues, |one, other| {
            (&one.name, one.author).cmp(&(&other.name, other.author))
        });
        colleagues
    }

    fn row(&self, id: RecordId, entry: &Entry, said: Said, kind: &'static str, today: i32) -> Row {
        let (title, subtitle, day) = said;
        let member = self.member(id);
        Row {
            id,
            kind,
            area: entry.area,
            title,
            subtitle,
            day: day.map(Day),
            unsent: entry.unsent,
            contested: entry.needs_a_look(),
            groups: member.map(|member| self.groups(id, member, today)).unwrap_or_default(),
            sex: member.and_then(|member| member.sex).map(sex_word),
        }
    }

    /// Title and subtitle of a record, for a heading.
    pub(crate) fn titled(&self, id: RecordId) -> Option<(String, String)> {
        let (title, subtitle, _) = self.said(self.entry(id)?);
        Some((title, subtitle))
    }

    /// What a line says of a record.
    fn said(&self, entry: &Entry) -> Said {
        let label = |list: &str, number: u16| {
            self.code(list, number).map_or("", |code| self.word(&code.label)).to_owned()
        };
        let rt = |rt: &str| if rt.is_empty() { String::new() } else { format!("RT {rt}") };
        let person = |id: Option<RecordId>| {
            id.and_then(|id| self.member(id)).map_or(String::new(), |member| member.name.text.clone())
        };
        let head = |id: Option<RecordId>| {
            id.and_then(|id| self.household(id)).map_or(String::new(), |family| family.head.text.clone())
        };
        match &entry.fact {
            Fact::Household(family) => (family.head.text.clone(), rt(&family.rt), family.registered),
            Fact::Member(member) => (member.name.text.clone(), head(member.household), None),
            Fact::Screening(one) => {
                let round = one.round.and_then(calendar::month_text).unwrap_or_default();
                (head(one.household), round, one.day)
            }
            Fact::Couple(couple) => (person(couple.bride), person(couple.groom), couple.wedding),
            Fact::Pregnancy(one) => {
                (person(one.mother), label("pregnancy_status", one.status), one.expected())
            }
            Fact::Visit(visit) => (person(visit.subject), label("target_group", visit.group), visit.day),
            Fact::Meal(meal) => {
                let kitchen = meal.kitchen.and_then(|id| self.entry(id)).map(|entry| self.said(entry).0);
                let portions = self.either("porsi", "portions");
                let cooked = meal.cooked.map_or(String::new(), |cooked| format!(", {cooked} {portions}"));
                (kitchen.unwrap_or_default(), format!("{}{cooked}", label("meal_slot", meal.slot)), meal.day)
            }
            Fact::Consent(consent) => (person(consent.subject), String::new(), consent.day),
            Fact::Worker(worker) => (worker.name.clone(), label("worker_role", worker.role), None),
            Fact::Transfer(transfer) => {
                let to = transfer.to.map_or(String::new(), |area| area.to_string());
                (head(transfer.household), to, transfer.day)
            }
            Fact::Message(message) => {
                (message.text.clone(), label("message_type", message.sort), Some(entry.written))
            }
            Fact::Same(_) => (String::new(), String::new(), None),
            Fact::Line(line) => self.said_of_line(entry, line),
        }
    }

    fn said_of_line(&self, entry: &Entry, line: &crate::fact::Line) -> Said {
        let (field, number) = line.code;
        let kind = self.schema.kind(entry.kind);
        let code =
            kind.and_then(|kind| kind.field(field)).and_then(|field| match (&field.shape, &field.value) {
                (Shape::One, ValueType::Code(list)) => self.schema.list(list)?.code(number),
                _ => None,
            });
        let label = code.map_or("", |code| self.word(&code.label));
        let of = line.of.and_then(|id| self.entry(id)).map(|owner| self.said(owner).0).unwrap_or_default();
        // A class is called by its type, since it has no name.
        if line.title.is_empty() {
            return (label.to_owned(), of, line.day);
        }
        let more = [line.subtitle.as_str(), label, of.as_str()].into_iter().find(|text| !text.is_empty());
        // The day on which a kitchen opened is no event.
        let day = line.day.filter(|_| entry.kind != kind::DASHAT_KITCHEN);
        (line.title.clone(), more.unwrap_or_default().to_owned(), day)
    }
}
