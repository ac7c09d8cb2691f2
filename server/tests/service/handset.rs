//! A phone of the small world: what it saved, what it holds, and how far it is, by the core's own state machine.
//!
//! The rule this module protects: *only legal histories are played*: every edit says what this phone held of that field.

use lumbung_tests::fake::FakeEntropy;
use lumbung_tests::pen::{field_of, number_of};
use lumbung_tests::{Pen, Phone};
use schema::{Element, Value};
use server::service::Entropy;
use std::collections::BTreeMap;
use sync_core::device::{Next, Standing};
use sync_core::record::{birth, deletion};
use sync_core::{AreaCode, Batch, Change, Dot, Edit, Mark, Origin, Page, Receipt, Record, RecordId};

/// Dice that fall the same way for the same seed.
pub struct Dice(FakeEntropy);

impl Dice {
    /// The dice of this seed.
    pub fn new(seed: u64) -> Dice {
        Dice(FakeEntropy::new(seed))
    }

    /// A number below `bound`.
    pub fn below(&self, bound: usize) -> usize {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        (u64::from_be_bytes(bytes) % bound.max(1) as u64) as usize
    }

    /// Once in so many throws.
    pub fn once_in(&self, throws: usize) -> bool {
        self.below(throws) == 0
    }

    /// One of these.
    pub fn pick<'t, T>(&self, things: &'t [T]) -> &'t T {
        &things[self.below(things.len())]
    }
}

/// A phone.
pub struct Handset {
    pub phone: Phone,
    pub standing: Standing,
    /// Merged records, own changes included.
    pub records: BTreeMap<RecordId, Record>,
    /// How far its clock is ahead of the server's.
    ahead_s: i64,
    areas: Vec<AreaCode>,
    saved: Vec<Change>,
    /// By number of changes: the mark after so many.
    marks: Vec<Mark>,
}

impl Handset {
    /// A phone that was just enrolled, with a clock that may be wrong.
    pub fn new(pen: Pen, areas: &[AreaCode], ahead_s: i64) -> Handset {
        let enrolled = &pen.phone.enrolled;
        let standing = Standing::new(enrolled.actor, enrolled.epoch, areas.to_vec());
        let marks = vec![standing.head];
        let (phone, areas) = (pen.phone, areas.to_vec());
        Handset { phone, standing, records: BTreeMap::new(), ahead_s, areas, saved: Vec::new(), marks }
    }

    /// Its clock, when the server's says `now_s`.
    pub fn now_s(&self, now_s: i64) -> i64 {
        now_s + self.ahead_s
    }

    /// Saves something: mostly an edit of what it holds.
    pub fn save(&mut self, dice: &Dice, now_s: i64) {
        let known: Vec<RecordId> = self.records.keys().copied().collect();
        let dot = self.standing.next_dot();
        let (record, edits) = if known.is_empty() || dice.once_in(4) {
            (RecordId::of_dot(dot), vec![birth(), self.edit(None, "verval_status", Value::Code(1))])
        } else {
            let id = *dice.pick(&known);
            (id, vec![self.some_edit(dice, &self.records[&id])])
        };
        let origin = Origin {
            dot,
            stamp: self.standing.clock.tick(self.now_s(now_s)),
            author: RecordId::of_dot(dot),
            device_time_s: self.now_s(now_s),
            area: *dice.pick(&self.areas),
            form_version: 1,
            distrusted: false,
        };
        let change = Change { origin, record, kind: number_of("household"), edits };
        self.standing.head = self.standing.head.after(std::slice::from_ref(&change));
        self.marks.push(self.standing.head);
        match self.records.get_mut(&record) {
            Some(held) => _ = held.apply(&change),
            None => _ = self.records.insert(record, Record::of_change(&change)),
        }
        self.saved.push(change);
    }

    fn some_edit(&self, dice: &Dice, record: &Record) -> Edit {
        let text = |longest: usize| Value::Text("1".repeat(1 + dice.below(longest)).into());
        match dice.below(12) {
            // Of more than three letters this is held, and so is what only the district may write.
            0..=2 => self.edit(Some(record), "rt", text(4)),
            3 => self.edit(Some(record), "welfare_decile", Value::Int(1)),
            4 => self.edit(Some(record), "hamlet", text(9)),
            5 => deletion(record, self.standing.actor, Vec::new()),
            6..=8 => self.edit(Some(record), "residence_status", Value::Code(1 + dice.below(4) as u16)),
            _ => self.edit(Some(record), "verval_status", Value::Code(1 + dice.below(5) as u16)),
        }
    }

    fn edit(&self, record: Option<&Record>, field: &str, value: Value) -> Edit {
        let field = field_of("household", field);
        let register = record.and_then(|record| record.register(field, Element::Whole));
        let context = register.map(|register| register.context_for(self.standing.actor)).unwrap_or_default();
        Edit { field, element: Element::Whole, context, value }
    }

    /// What it sends now, if anything: everything without a receipt, sometimes only some of it, or again from before.
    pub fn batch(&self, dice: &Dice) -> Option<Batch> {
        let Next::Push { after_seq } = self.standing.next() else { return None };
        let from = if dice.once_in(3) { dice.below(after_seq as usize + 1) } else { after_seq as usize };
        let rest = self.saved.len() - after_seq as usize;
        let to = after_seq as usize + if dice.once_in(3) { 1 + dice.below(rest) } else { rest };
        let changes = self.saved[from..to].to_vec();
        Some(Batch { actor: self.standing.actor, before: self.marks[from], changes })
    }

    /// Takes a receipt: checks it as a phone must, and takes what is held out of its records.
    pub fn take_receipt(&mut self, receipt: Receipt) {
        let key = self.phone.enrolled.receipt_key().unwrap();
        let marks = &self.marks;
        let held = receipt.held.clone();
        self.standing.on_receipt(receipt, &key, |seq| Some(marks[seq as usize].chain)).unwrap();
        for held in held {
            let dot = Dot::new(self.standing.actor, held.seq);
            let change = self.saved[held.seq as usize - 1].clone();
            let Some(record) = self.records.get_mut(&change.record) else { continue };
            let place = held.place().expect("only edits are held here");
            record.withdraw(place, dot);
            if record.register(place.0, place.1).is_none() {
                // What stood there before can only come from the server.
                self.standing.cursor = None;
            }
        }
    }

    /// Takes a page in by merging.
    pub fn take_page(&mut self, page: &Page, now_s: i64) {
        let now_s = self.now_s(now_s);
        for came in &page.records {
            came.origins().iter().for_each(|origin| self.standing.clock.observe(origin.stamp, now_s));
            let held = self.records.entry(came.id).or_insert_with(|| came.clone());
            held.merge(came);
        }
        self.standing.on_page(page);
    }

    /// How far the server promised to hold its series.
    pub fn promised(&self) -> Mark {
        self.marks[self.standing.received_seq() as usize]
    }
}
