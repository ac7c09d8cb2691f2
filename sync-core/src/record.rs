//! A record: registers by place, merged from the changes of everyone.
//!
//! The rule this module protects: *applying is idempotent and indifferent to order.* Whoever holds the same changes
//! holds the same record, whether they came one by one, twice, or as somebody else's merged state: a merged state
//! travels as the changes that survive in it.

use crate::change::{Change, Edit, Origin};
use crate::register::{Register, Write};
use crate::tombstone::{TOMBSTONE, Tombstone};
use crate::{Dot, RecordId};
use schema::{AreaCode, Element, Value};

/// A register's place in a record: field, and element of it.
pub type Place = (u16, Element);

/// Where a record lives, and which change says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Home {
    /// The area.
    pub area: AreaCode,
    /// The change: the one that made the record, or until that arrives, the smallest dot known.
    pub by: Dot,
}

/// The merged state of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its name.
    pub id: RecordId,
    /// Number of its kind.
    pub kind: u16,
    /// Where it lives.
    pub home: Home,
    /// Ascending by dot. Those whose writes were all replaced are gone.
    origins: Vec<Origin>,
    /// Ascending by place.
    registers: Vec<(Place, Register)>,
}

/// Is a record there?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Life {
    /// Shown.
    Alive,
    /// Deleted by somebody who had seen all of it.
    Deleted,
    /// Deleted by somebody who had not seen all of it: shown, and a person decides.
    Contested,
}

impl Record {
    /// The record that a change makes, or leaves when it is the first to arrive.
    pub fn of_change(change: &Change) -> Record {
        let edits = change.edits.iter();
        let dot = change.origin.dot;
        let register = |edit: &Edit| ((edit.field, edit.element), Register::One(write(dot, edit)));
        Record {
            id: change.record,
            kind: change.kind,
            home: Home { area: change.origin.area, by: dot },
            origins: if change.edits.is_empty() { Vec::new() } else { vec![change.origin] },
            registers: edits.map(register).collect(),
        }
    }

    /// Parts read from stored bytes; `origins` and `registers` ascend.
    pub(crate) fn from_parts(
        id: RecordId,
        kind: u16,
        home: Home,
        origins: Vec<Origin>,
        registers: Vec<(Place, Register)>,
    ) -> Record {
        Record { id, kind, home, origins, registers }
    }

    /// Takes a change in. Did anything change? A change of another record or kind is left alone.
    pub fn apply(&mut self, change: &Change) -> bool {
        if change.record != self.id || change.kind != self.kind {
            return false;
        }
        let mut changed = self.settle_home(Home { area: change.origin.area, by: change.origin.dot });
        changed |= self.settle_origin(&change.origin);
        for edit in &change.edits {
            changed |= self.put((edit.field, edit.element), write(change.origin.dot, edit), &change.origin);
        }
        if changed {
            self.forget_replaced_origins();
        }
        changed
    }

    /// Takes in what another replica holds of the same record. Did anything change?
    /// Another record is left alone.
    pub fn merge(&mut self, other: &Record) -> bool {
        if other.id != self.id || other.kind != self.kind {
            return false;
        }
        let mut changed = self.settle_home(other.home);
        for change in other.changes() {
            changed |= self.apply(&change);
        }
        changed
    }

    /// What survives, as the changes that wrote it, ascending by dot: the form in which a state travels.
    pub fn changes(&self) -> Vec<Change> {
        let change = |origin: &Origin| Change {
            origin: *origin,
            record: self.id,
            kind: self.kind,
            edits: self.writes_of(origin.dot).map(|(place, write)| edit(place, write)).collect(),
        };
        self.origins.iter().map(change).collect()
    }

    /// The same without a copy, for those who need the record no more.
    pub fn into_changes(self) -> Vec<Change> {
        let [origin] = self.origins[..] else { return self.changes() };
        let edit = |((field, element), register)| match register {
            Register::One(Write { context, value, .. }) => Some(Edit { field, element, context, value }),
            Register::Several(_) => None,
        };
        // One change cannot write a register twice: where one survives, every register holds one write.
        let edits = self.registers.into_iter().filter_map(edit).collect();
        vec![Change { origin, record: self.id, kind: self.kind, edits }]
    }

    /// Registers with their place, ascending.
    pub fn registers(&self) -> &[(Place, Register)] {
        &self.registers
    }

    /// The register at a place.
    pub fn register(&self, field: u16, element: Element) -> Option<&Register> {
        let place = self.registers.binary_search_by_key(&(field, element), |(place, _)| *place).ok()?;
        Some(&self.registers[place].1)
    }

    /// All registers of a field, ascending by element.
    pub fn field(&self, field: u16) -> &[(Place, Register)] {
        let from = self.registers.partition_point(|(place, _)| place.0 < field);
        let count = self.registers[from..].partition_point(|(place, _)| place.0 == field);
        &self.registers[from..from + count]
    }

    /// Who, when and where of the changes that survive, ascending by dot.
    pub fn origins(&self) -> &[Origin] {
        &self.origins
    }

    /// Who, when and where of a surviving write.
    pub fn origin(&self, dot: Dot) -> Option<&Origin> {
        self.origins.binary_search_by_key(&dot, |origin| origin.dot).ok().map(|place| &self.origins[place])
    }

    /// Is the record there, deleted, or in question?
    pub fn life(&self) -> Life {
        let Some(register) = self.register(TOMBSTONE, Element::Whole) else { return Life::Alive };
        let stones: Vec<_> =
            register.siblings().iter().map(|write| (write, Tombstone::of_value(&write.value))).collect();
        if stones.iter().all(|(_, stone)| stone.is_none()) {
            return Life::Alive;
        }
        let buried = |(stone_write, stone): &(&Write, Option<Tombstone>)| {
            stone.as_ref().is_some_and(|stone| self.is_within(stone_write.dot, stone))
        };
        let nobody_says_alive = stones.iter().all(|(_, stone)| stone.is_some());
        if nobody_says_alive && stones.iter().any(buried) { Life::Deleted } else { Life::Contested }
    }

    /// Had the deleter seen every surviving write of the record?
    fn is_within(&self, deleted_by: Dot, stone: &Tombstone) -> bool {
        let own = |dot: Dot| dot.actor == deleted_by.actor && dot.seq <= deleted_by.seq;
        let others = self.registers.iter().filter(|((field, _), _)| *field != TOMBSTONE);
        others
            .flat_map(|(_, register)| register.siblings())
            .all(|write| own(write.dot) || stone.seen.covers(write.dot))
    }

    /// Takes out one write, which the server holds in quarantine. `true` when the register is empty now although
    /// something had been there before: only another replica can fill it again.
    pub fn withdraw(&mut self, place: Place, dot: Dot) -> bool {
        let Ok(at) = self.registers.binary_search_by_key(&place, |(place, _)| *place) else { return false };
        let (place, register) = self.registers.remove(at);
        let hides = register.siblings().iter().any(|write| write.dot == dot && !write.context.is_empty());
        match register.without(dot) {
            Some(rest) => self.registers.insert(at, (place, rest)),
            None => {
                self.forget_replaced_origins();
                return hides;
            }
        }
        self.forget_replaced_origins();
        false
    }

    fn put(&mut self, place: Place, write: Write, origin: &Origin) -> bool {
        let changed = match self.registers.binary_search_by_key(&place, |(place, _)| *place) {
            Ok(at) => self.registers[at].1.put(write),
            Err(at) => {
                self.registers.insert(at, (place, Register::One(write)));
                true
            }
        };
        if changed && let Err(at) = self.origins.binary_search_by_key(&origin.dot, |known| known.dot) {
            self.origins.insert(at, *origin);
        }
        changed
    }

    /// Where the surviving changes alone would say that it lives.
    pub(crate) fn home_of_survivors(&self) -> Option<Home> {
        let homes = self.origins.iter().map(|origin| Home { area: origin.area, by: origin.dot });
        homes.min_by_key(|home| self.rank(home))
    }

    fn rank(&self, home: &Home) -> (bool, Dot) {
        (self.id.dot() != Some(home.by), home.by)
    }

    /// The change that made the record says where it lives; until it arrives, the smallest dot known. A smallest
    /// of a set does not depend on the order in which it was found.
    fn settle_home(&mut self, other: Home) -> bool {
        let better = self.rank(&other) < self.rank(&self.home);
        if better {
            self.home = other;
        }
        better
    }

    /// The server's mark on a stamp reaches whoever holds the change without it.
    fn settle_origin(&mut self, other: &Origin) -> bool {
        match self.origins.binary_search_by_key(&other.dot, |origin| origin.dot) {
            Ok(at) if other.distrusted && !self.origins[at].distrusted => {
                self.origins[at].distrusted = true;
                true
            }
            _ => false,
        }
    }

    fn forget_replaced_origins(&mut self) {
        let registers = &self.registers;
        self.origins.retain(|origin| survives(registers, origin.dot));
    }

    /// Is a change kept of which nothing survives?
    pub(crate) fn has_replaced_origins(&self) -> bool {
        self.origins.iter().any(|origin| !survives(&self.registers, origin.dot))
    }

    fn writes_of(&self, dot: Dot) -> impl Iterator<Item = (Place, &Write)> {
        let siblings = self
            .registers
            .iter()
            .flat_map(|(place, register)| register.siblings().iter().map(move |write| (*place, write)));
        siblings.filter(move |(_, write)| write.dot == dot)
    }
}

/// Is anything left of what `dot` wrote?
fn survives(registers: &[(Place, Register)], dot: Dot) -> bool {
    registers.iter().any(|(_, register)| register.siblings().iter().any(|write| write.dot == dot))
}

fn write(dot: Dot, edit: &Edit) -> Write {
    Write { dot, context: edit.context.clone(), value: edit.value.clone() }
}

fn edit((field, element): Place, write: &Write) -> Edit {
    Edit { field, element, context: write.context.clone(), value: write.value.clone() }
}

/// A deletion of `record` by `actor`, who sees all of it and these live children.
pub fn deletion(record: &Record, actor: crate::ActorId, children: Vec<RecordId>) -> Edit {
    let dots = record.registers.iter().flat_map(|(_, register)| register.siblings()).map(|write| write.dot);
    let seen = crate::change::Context::new(dots);
    let context = record.register(TOMBSTONE, Element::Whole).map(|register| register.context_for(actor));
    Edit {
        field: TOMBSTONE,
        element: Element::Whole,
        context: context.unwrap_or_default(),
        value: Tombstone { seen, children }.to_value(),
    }
}

/// What every create writes: the record is there.
pub fn birth() -> Edit {
    Edit {
        field: TOMBSTONE,
        element: Element::Whole,
        context: crate::change::Context::default(),
        value: Value::Bool(false),
    }
}
