//! Histories as they are played.
//!
//! The rule this module protects: *after every step every phone holds what it must*, not only at the end.

use super::oracle::{Told, Truth};
use super::phone::{Clock, Phone, marked};
use super::road::travelled;
use super::script::{Pick, Step, Way};
use super::{DUWET, Dice, NOW_S, values};
use schema::{Identity, Kind, Schema};
use std::collections::BTreeMap;
use sync_core::natural_key::natural_id;
use sync_core::record::{birth, deletion};
use sync_core::{Change, Context, Edit, Element, Place, Record, RecordId, TOMBSTONE, Value};

/// Kinds that are played: dot-made and natural, with groups, sets, maps, lists, sealed values.
const KINDS: [&str; 7] = [
    "household",
    "member",
    "visit",
    "meal_session",
    "menu_recipe",
    "kampung_kb_monthly",
    "accompaniment_target",
];

/// Phones, all that was ever saved on them, and the truth about it.
#[derive(Clone)]
pub struct World {
    /// The phones.
    pub phones: Vec<Phone>,
    /// Every change.
    pub changes: Vec<Change>,
    /// What must be true.
    pub truth: Truth,
    /// The time.
    pub now_s: i64,
    schema: &'static Schema,
}

impl World {
    /// Plays a history and looks after every step whether each phone holds what it must.
    pub fn played(clocks: &[Clock], steps: &[Step]) -> World {
        let mut world = World {
            phones: clocks.iter().enumerate().map(|(nth, clock)| Phone::new(nth, *clock)).collect(),
            changes: Vec::new(),
            truth: Truth::default(),
            now_s: NOW_S,
            schema: Schema::builtin(),
        };
        for step in steps {
            world.now_s += 600;
            world.play(step);
        }
        world
    }

    /// One step.
    pub fn play(&mut self, step: &Step) {
        let at = |phone: &u8| usize::from(*phone) % self.phones.len();
        match step {
            Step::Create { at: phone, kind, picks } => self.create(at(phone), *kind, picks),
            Step::Edit { at: phone, record, picks } => {
                let phone = at(phone);
                if let Some(record) = self.pick_record(phone, *record) {
                    let told = self.phones[phone].told.clone();
                    self.edit(phone, 0, &record, &told, picks);
                }
            }
            Step::Look { at: phone, record } => {
                let phone = at(phone);
                if let Some(record) = self.pick_record(phone, *record) {
                    let told = self.phones[phone].told.clone();
                    self.phones[phone].looks.push((record, told));
                }
            }
            Step::SaveOldForm { at: phone, look, picks } => {
                let phone = at(phone);
                let looks = &self.phones[phone].looks;
                if !looks.is_empty() {
                    let (record, told) = looks[usize::from(*look) % looks.len()].clone();
                    self.edit(phone, 1, &record, &told, picks);
                }
            }
            Step::Delete { at: phone, record, alive } => {
                let phone = at(phone);
                if let Some(record) = self.pick_record(phone, *record) {
                    self.delete(phone, &record, *alive);
                }
            }
            Step::Send { from, to, way, seed } => self.send(at(from), at(to), *way, *seed),
        }
    }

    fn pick_record(&self, phone: usize, pick: u8) -> Option<Record> {
        let records = &self.phones[phone].records;
        records.values().nth(usize::from(pick) % records.len().max(1)).cloned()
    }

    fn create(&mut self, phone: usize, kind: u8, picks: &[Pick]) {
        let kind = self.schema.kind_named(KINDS[usize::from(kind) % KINDS.len()]).expect("a kind");
        let mut origin = self.phones[phone].origin(0, self.now_s);
        let mut edits = BTreeMap::from([((TOMBSTONE, Element::Whole), Value::Bool(false))]);
        let mut record = RecordId::of_dot(origin.dot);
        if let Identity::Natural(key) = &kind.identity {
            // Few keys, in one area, so that phones meet.
            origin.area = DUWET;
            for number in key {
                let field = kind.field(*number).expect("a field");
                let pick = picks.first().map_or(0, |pick| pick.2 % 2);
                edits.insert((*number, Element::Whole), values::plain_value(self.schema, field, pick));
            }
            let value_of = |number| edits.get(&(number, Element::Whole));
            record = natural_id(kind, DUWET, value_of).expect("a whole key");
        }
        self.typed(kind, origin.dot, None, picks, &mut edits);
        let held = self.phones[phone].records.get(&record).cloned();
        let context = |(field, element): Place| {
            let register = held.as_ref().and_then(|held| held.register(field, element));
            register.map(|register| register.context_for(origin.dot.actor)).unwrap_or_default()
        };
        let edit = |(place, value): (Place, Value)| edit_of(place, context(place), value);
        let change =
            Change { origin, record, kind: kind.number, edits: edits.into_iter().map(edit).collect() };
        let told = self.phones[phone].told.clone();
        self.save(phone, change, &told);
    }

    /// An edit by somebody who sees `seen`, and was told as much.
    fn edit(&mut self, phone: usize, number: usize, seen: &Record, told: &Told, picks: &[Pick]) {
        let kind = self.schema.kind(seen.kind).expect("a kind");
        let origin = self.phones[phone].origin(number, self.now_s);
        let mut values = BTreeMap::new();
        self.typed(kind, origin.dot, Some(seen), picks, &mut values);
        // A device refuses to write to a register under a number whose newest write the form had not seen.
        let own = |place: Place| {
            let change = |change: &&Change| {
                change.record == seen.id
                    && change.origin.dot.actor == origin.dot.actor
                    && change.edits.iter().any(|edit| (edit.field, edit.element) == place)
            };
            self.changes.iter().rfind(change).map(|change| change.origin.dot)
        };
        values.retain(|place, _| own(*place).is_none_or(|newest| told.knows((seen.id, *place), newest)));
        let edit = |((field, element), value): (Place, Value)| {
            let register = seen.register(field, element);
            let context = register.map(|register| register.context_for(origin.dot.actor));
            edit_of((field, element), context.unwrap_or_default(), value)
        };
        let edits = values.into_iter().map(edit).collect();
        self.save(phone, Change { origin, record: seen.id, kind: seen.kind, edits }, told);
    }

    fn delete(&mut self, phone: usize, record: &Record, alive: bool) {
        let origin = self.phones[phone].origin(0, self.now_s);
        let mut edit = deletion(record, origin.dot.actor, vec![values::some_record(phone as u8)]);
        if alive {
            edit.value = birth().value;
        }
        let told = self.phones[phone].told.clone();
        self.save(phone, Change { origin, record: record.id, kind: record.kind, edits: vec![edit] }, &told);
    }

    /// The values that `picks` stand for.
    fn typed(
        &self,
        kind: &Kind,
        dot: sync_core::Dot,
        seen: Option<&Record>,
        picks: &[Pick],
        values: &mut BTreeMap<Place, Value>,
    ) {
        let key: &[u16] = if let Identity::Natural(key) = &kind.identity { key } else { &[] };
        for (field, element, value) in picks {
            let field = &kind.fields[usize::from(*field) % kind.fields.len()];
            if key.contains(&field.number) {
                continue;
            }
            let element = values::element(self.schema, field, *element, dot, seen);
            let value = values::value(self.schema, field, *value, dot, element);
            values.entry((field.number, element)).or_insert(value);
        }
    }

    fn save(&mut self, phone: usize, change: Change, told: &Told) {
        assert!(change.is_well_formed(), "{change:?}");
        for edit in &change.edits {
            let spot = (change.record, (edit.field, edit.element));
            self.truth.write(spot, change.origin.dot, edit.value.clone(), told);
        }
        self.phones[phone].log.push(self.changes.len());
        self.changes.push(change);
        self.receive(phone, &self.changes[self.changes.len() - 1].clone());
        self.check(phone);
    }

    fn send(&mut self, from: usize, to: usize, way: Way, seed: u64) {
        match way {
            Way::Changes | Way::SomeChanges | Way::Marked => {
                let mut log = self.phones[from].log.clone();
                let mut dice = Dice(seed);
                dice.shuffle(&mut log);
                if way == Way::SomeChanges {
                    log.truncate(log.len() / 2);
                }
                log.extend_from_within(..log.len() / 3);
                for place in log {
                    let change = self.changes[place].clone();
                    self.receive(to, &if way == Way::Marked { marked(&change, self.now_s) } else { change });
                    if !self.phones[to].log.contains(&place) {
                        self.phones[to].log.push(place);
                    }
                }
            }
            Way::States | Way::Stored | Way::Bundled => {
                let states: Vec<Record> = self.phones[from].records.values().cloned().collect();
                for state in travelled(&states, way) {
                    self.truth.tell_record(&mut self.phones[to].told, &state);
                    self.phones[to].merge(&state);
                }
            }
        }
        self.check(to);
    }

    /// A change reaches a phone.
    pub fn receive(&mut self, phone: usize, change: &Change) {
        for edit in &change.edits {
            let spot = (change.record, (edit.field, edit.element));
            self.truth.tell(&mut self.phones[phone].told, spot, change.origin.dot);
        }
        let now_s = self.now_s;
        self.phones[phone].apply(change, now_s);
    }

    fn check(&self, phone: usize) {
        let phone = &self.phones[phone];
        phone.records.values().for_each(|record| self.truth.check(&phone.told, record));
    }
}

fn edit_of((field, element): Place, context: Context, value: Value) -> Edit {
    Edit { field, element, context, value }
}
