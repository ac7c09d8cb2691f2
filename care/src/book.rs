//! Everything that is known of a place, ready to be asked.
//!
//! The rule this module protects: *a record is read when it changes, never when a screen asks.* One map holds the facts
//! of each record, another says who belongs to whom; both are kept up to date record by record. They are asked for one
//! name at a time, so they are hashed: names are random, and nobody outside chooses them to collide.

use crate::fact::{
    Consent, Couple, Fact, Household, Meal, Member, Message, Pregnancy, Screening, Transfer, Visit, Worker,
    opened,
};
use crate::numbers::kind;
use crate::read::Reader;
use rustc_hash::FxHashMap;
use schema::{Label, Language, Register, Registers, Rules, Schema, Value, calendar};
use std::borrow::Cow;
use std::collections::BTreeSet;
use sync_core::{AreaCode, Dot, Life, Opener, Place, Record, RecordId, TOMBSTONE};
use uuid::Uuid;

/// Under this id stand all records of a kind.
const ALL: RecordId = RecordId(Uuid::nil());

/// What is known of every record that matters. See the [crate] for how to ask.
pub struct Book {
    pub(crate) schema: &'static Schema,
    pub(crate) rules: &'static Rules,
    language: Language,
    entries: FxHashMap<RecordId, Entry>,
    /// By owner and kind of what belongs to it: the records that belong, ascending.
    links: FxHashMap<(RecordId, u16), Vec<RecordId>>,
    /// By record: those that it was said to be the same as.
    pub(crate) doubles: FxHashMap<RecordId, Vec<RecordId>>,
    /// Records that a person must look at.
    pub(crate) disputed: BTreeSet<RecordId>,
}

/// One record.
pub(crate) struct Entry {
    pub(crate) kind: u16,
    pub(crate) area: AreaCode,
    pub(crate) unsent: bool,
    /// Deleted by somebody who had not seen all of it.
    pub(crate) is_in_question: bool,
    /// Numbers of the fields in which people saw different things.
    pub(crate) contested: Vec<u16>,
    /// Who wrote the oldest change that survives.
    pub(crate) author: Option<RecordId>,
    /// Everybody who wrote, where a person must look.
    pub(crate) disputants: Vec<RecordId>,
    /// The day on which it was written, days since 1970-01-01 where it lives.
    pub(crate) written: i32,
    pub(crate) fact: Fact,
}

/// Opens what is asked for, and nothing else: a NIK stays sealed.
struct Needed<'a> {
    fields: &'static [u16],
    opener: &'a dyn Opener,
}

impl Opener for Needed<'_> {
    fn open(&self, owner: RecordId, dot: Dot, place: Place, value: &Value) -> Option<Value> {
        let is_needed = self.fields.contains(&place.0);
        is_needed.then(|| self.opener.open(owner, dot, place, value))?
    }
}

macro_rules! lookups {
    ($($(#[$doc:meta])* $name:ident: $variant:ident($fact:ty)),* $(,)?) => {$(
        $(#[$doc])*
        pub(crate) fn $name(&self, id: RecordId) -> Option<&$fact> {
            match self.entries.get(&id).map(|entry| &entry.fact) {
                Some(Fact::$variant(fact)) => Some(fact),
                _ => None,
            }
        }
    )*};
}

impl Book {
    /// A book without records.
    pub fn new(schema: &'static Schema, rules: &'static Rules) -> Book {
        Book {
            schema,
            rules,
            language: Language::Id,
            entries: FxHashMap::default(),
            links: FxHashMap::default(),
            doubles: FxHashMap::default(),
            disputed: BTreeSet::new(),
        }
    }

    /// In which language lists are read; Bahasa Indonesia until it is said.
    pub fn speak(&mut self, language: Language) {
        self.language = language;
    }

    /// The text of the language that is spoken.
    pub(crate) fn word(&self, label: &'static Label) -> &'static str {
        self.either(&label.id, &label.en)
    }

    /// The Indonesian text, or the English one.
    pub(crate) fn either(&self, id: &'static str, en: &'static str) -> &'static str {
        self.language.pick(id, en)
    }

    /// Is a sealed field of this kind ever opened? Where none is, [`Book::put`] asks for no key.
    pub fn opens(kind: u16) -> bool {
        !opened(kind).is_empty()
    }

    /// Takes a record in, or what became of it. A deleted one goes; one whose deletion is contested stays. `unsent`:
    /// it holds a change that nobody has sent yet.
    pub fn put(&mut self, record: &Record, opener: &dyn Opener, unsent: bool) {
        self.remove(record.id);
        let life = record.life();
        if life == Life::Deleted {
            return;
        }
        let view = record.view(self.schema, &Needed { fields: opened(record.kind), opener });
        let mut registers = Vec::with_capacity(view.len());
        let mut contested = Vec::new();
        for shown in view.iter().filter(|shown| shown.place.0 != TOMBSTONE) {
            if shown.review && contested.last() != Some(&shown.place.0) {
                contested.push(shown.place.0);
            }
            registers.push(Register { field: shown.place.0, element: shown.place.1, value: &shown.value });
        }
        let Some(fact) = Fact::read(record.kind, Reader(Registers::new(&registers))) else { return };
        let area = record.home.area;
        let oldest = record.origins().first();
        let offset_min = area.time_zone().offset_minutes();
        let written = oldest.map_or(0, |origin| calendar::day_at(origin.device_time_s, offset_min));
        let is_in_question = life == Life::Contested;
        let is_disputed = is_in_question || !contested.is_empty();
        let authors = record.origins().iter().map(|origin| origin.author);
        let entry = Entry {
            kind: record.kind,
            area,
            unsent,
            is_in_question,
            disputants: authors.filter(|_| is_disputed).collect(),
            contested,
            author: oldest.map(|origin| origin.author),
            written: i32::try_from(written).unwrap_or(0),
            fact,
        };
        for owner in owners(&entry) {
            let belonging = self.links.entry((owner, record.kind)).or_default();
            let at = match belonging.last() {
                Some(last) if *last >= record.id => belonging.partition_point(|id| *id < record.id),
                _ => belonging.len(),
            };
            // A person who belongs to another in two ways stands there once.
            if belonging.get(at) != Some(&record.id) {
                belonging.insert(at, record.id);
            }
        }
        if let Some(ends) = entry.ends() {
            self.join(ends);
        }
        if entry.needs_a_look() {
            self.disputed.insert(record.id);
        }
        self.entries.insert(record.id, entry);
    }

    /// Forgets a record.
    pub fn remove(&mut self, id: RecordId) {
        let Some(entry) = self.entries.remove(&id) else { return };
        for owner in owners(&entry) {
            if let Some(belonging) = self.links.get_mut(&(owner, entry.kind))
                && let Ok(at) = belonging.binary_search(&id)
            {
                belonging.remove(at);
            }
        }
        if let Some(ends) = entry.ends() {
            self.part(ends);
        }
        self.disputed.remove(&id);
    }

    /// Number of records that are kept.
    pub fn records(&self) -> usize {
        self.entries.len()
    }

    lookups! {
        /// A family.
        household: Household(Household),
        /// A person.
        member: Member(Member),
        /// A screening.
        screening: Screening(Screening),
        /// A couple to be married.
        couple_of: Couple(Couple),
        /// A pregnancy.
        pregnancy_of: Pregnancy(Pregnancy),
        /// A visit.
        visit: Visit(Visit),
        /// A cooking session.
        meal: Meal(Meal),
        /// What a person agreed to.
        consent: Consent(Consent),
        /// Who works here.
        worker: Worker(Worker),
        /// A family that goes elsewhere.
        transfer: Transfer(Transfer),
        /// A question, an answer or a notice.
        message: Message(Message),
    }

    /// Anything that is kept of a record.
    pub(crate) fn entry(&self, id: RecordId) -> Option<&Entry> {
        self.entries.get(&id)
    }

    /// Records of `kind` that belong to `owner` or a double of it, by id: those of one phone in the order in which they
    /// were made. Of doubles only the one that stands for them.
    pub(crate) fn of(&self, owner: RecordId, kind: u16) -> impl DoubleEndedIterator<Item = RecordId> {
        let ids = self.belonging(owner, kind);
        (0..ids.len()).map(move |at| ids[at])
    }

    fn belonging(&self, owner: RecordId, kind: u16) -> Cow<'_, [RecordId]> {
        let of_one = |owner| self.links.get(&(owner, kind)).map_or(&[][..], Vec::as_slice);
        if self.doubles.is_empty() {
            return Cow::Borrowed(of_one(owner));
        }
        let all = self.joined(owner).into_iter().flat_map(of_one).copied();
        let mut all: Vec<RecordId> = all.filter(|id| self.survivor(*id) == *id).collect();
        crate::order::sort(&mut all, RecordId::cmp);
        Cow::Owned(all)
    }

    /// All records of a kind, by id.
    pub(crate) fn all(&self, kind: u16) -> impl DoubleEndedIterator<Item = RecordId> {
        self.of(ALL, kind)
    }

    /// The people of a family.
    pub(crate) fn members(&self, household: RecordId) -> impl Iterator<Item = (RecordId, &Member)> {
        let members = self.of(household, kind::MEMBER);
        let home = Some(self.survivor(household));
        members.filter_map(move |id| {
            self.member(id).filter(|member| self.home(member) == home).map(|member| (id, member))
        })
    }

    /// The visits to a person, without `except`, which is being typed; oldest first.
    pub(crate) fn visits(&self, person: RecordId, except: Option<RecordId>) -> Vec<(RecordId, &Visit)> {
        let visits = self.of(person, kind::VISIT).filter(|id| Some(*id) != except);
        let mut visits: Vec<_> = visits.filter_map(|id| self.visit(id).map(|visit| (id, visit))).collect();
        crate::order::sort(&mut visits, |(id, one), (other_id, other)| {
            (one.day, id).cmp(&(other.day, other_id))
        });
        visits
    }

    /// The pregnancies of a woman.
    pub(crate) fn pregnancies(&self, woman: RecordId) -> impl Iterator<Item = (RecordId, &Pregnancy)> {
        self.of(woman, kind::PREGNANCY).filter_map(|id| self.pregnancy_of(id).map(|one| (id, one)))
    }

    /// The couples that a person belongs to.
    pub(crate) fn couples(&self, person: RecordId) -> impl Iterator<Item = (RecordId, &Couple)> {
        self.of(person, kind::COUPLE).filter_map(|id| self.couple_of(id).map(|one| (id, one)))
    }

    /// The names of the fields in which people saw different things.
    pub(crate) fn contested(&self, id: RecordId) -> Vec<&'static str> {
        let Some(entry) = self.entry(id) else { return Vec::new() };
        let Some(kind) = self.schema.kind(entry.kind) else { return Vec::new() };
        let fields = entry.contested.iter().filter_map(|number| kind.field(*number));
        fields.map(|field| field.name.as_str()).collect()
    }

    /// The name of a code, and what people read; `None` for a number that the list has not.
    pub(crate) fn code(&self, list: &str, number: u16) -> Option<&'static schema::Code> {
        self.schema.enumeration(list)?.code(number)
    }

    /// Name of the worker who wrote a record, where it is known.
    pub(crate) fn author(&self, entry: &Entry) -> Option<String> {
        self.name_of(entry.author?)
    }
}

impl Entry {
    /// Two records that it says are the same.
    fn ends(&self) -> Option<[RecordId; 2]> {
        if let Fact::Same(same) = &self.fact { same.ends() } else { None }
    }

    /// Must a person look at it?
    pub(crate) fn needs_a_look(&self) -> bool {
        self.is_in_question || !self.contested.is_empty()
    }
}

/// Under which names a record is found.
fn owners(entry: &Entry) -> impl Iterator<Item = RecordId> + use<> {
    [Some(ALL), entry.fact.belongs_to(), entry.fact.belongs_to_also()].into_iter().flatten()
}
