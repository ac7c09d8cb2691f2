//! A form that is open in front of a person.
//!
//! The rule this module protects: *saving is compare-and-set* (counterexample 4). A form remembers what the person saw
//! in each field when it was opened. If somebody else saved meanwhile on the same device, the person is shown the
//! newer value first; nothing is replaced unseen.

use crate::natural_key::natural_id;
use crate::record::{Place, Record, birth};
use crate::{Change, Context, Dot, Edit, Origin, RecordId, TOMBSTONE};
use schema::{AreaCode, Element, Identity, Kind, Value};
use std::collections::BTreeMap;

/// Registers that changed under an open form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} values changed while the form was open: show them first", .0.len())]
pub struct Stale(pub Vec<Place>);

/// What a person who opened a form has seen, and has typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub(super) kind: u16,
    pub(super) area: AreaCode,
    /// `None` for a new record that gets its name from the change that makes it.
    pub(super) record: Option<RecordId>,
    pub(super) is_new: bool,
    pub(super) seen: BTreeMap<Place, Context>,
    pub(super) typed: BTreeMap<Place, Value>,
}

impl Form {
    /// A form for a record that does not exist yet. `record` is its name when it has a natural key.
    pub fn blank(kind: u16, area: AreaCode, record: Option<RecordId>) -> Form {
        let (seen, typed) = (BTreeMap::new(), BTreeMap::new());
        Form { kind, area, record, is_new: true, seen, typed }
    }

    /// A form for a record as it is now.
    pub fn open(record: &Record) -> Form {
        let seen = record.registers().iter().map(|(place, register)| (*place, register.seen()));
        Form {
            kind: record.kind,
            area: record.home.area,
            record: Some(record.id),
            is_new: false,
            seen: seen.collect(),
            typed: BTreeMap::new(),
        }
    }

    /// The same form with nothing typed.
    #[must_use]
    pub fn emptied(&self) -> Form {
        Form { typed: BTreeMap::new(), ..self.clone() }
    }

    /// Number of the record's kind.
    pub fn kind(&self) -> u16 {
        self.kind
    }

    /// Where the record lives.
    pub fn area(&self) -> AreaCode {
        self.area
    }

    /// The record, once it has a name.
    pub fn record(&self) -> Option<RecordId> {
        self.record
    }

    /// Is it for a record that does not exist yet?
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// Puts a value in; the last one counts.
    pub fn set(&mut self, field: u16, element: Element, value: Value) -> &mut Form {
        self.typed.insert((field, element), value);
        self
    }

    /// Takes out what was typed, as if it never had been.
    pub fn unset(&mut self, field: u16, element: Element) {
        self.typed.remove(&(field, element));
    }

    /// What was typed so far.
    pub fn typed(&self) -> &BTreeMap<Place, Value> {
        &self.typed
    }

    /// Has anything been typed?
    pub fn is_empty(&self) -> bool {
        self.typed.is_empty()
    }

    /// Gives a new record of a kind with a natural key its name. `false` when a field of the key is missing.
    pub fn settle_name(&mut self, kind: &Kind) -> bool {
        if self.record.is_none() && matches!(kind.identity, Identity::Natural(_)) {
            let typed = &self.typed;
            self.record = natural_id(kind, self.area, |field| typed.get(&(field, Element::Whole)));
            return self.record.is_some();
        }
        true
    }

    /// The change that saving makes. `current` is the record as the device holds it now; `origin` names the change and
    /// its moment. The form's area counts, not the origin's.
    ///
    /// # Errors
    /// [`Stale`] when a typed register was written since the form was opened, under whatever number.
    pub fn save(&self, current: Option<&Record>, origin: Origin) -> Result<Change, Stale> {
        self.save_unless(current, origin, |_| true)
    }

    /// As [`Form::save`], by somebody who was shown the newer values and wants hers kept beside them. `origin` names a
    /// second number of the installation: a number's own writes to a register are a chain, each has seen the one before.
    ///
    /// # Errors
    /// [`Stale`] when that very number wrote a typed register since the form was opened.
    pub fn save_beside(&self, current: Option<&Record>, origin: Origin) -> Result<Change, Stale> {
        self.save_unless(current, origin, |dot| dot.actor == origin.dot.actor)
    }

    fn save_unless(
        &self,
        current: Option<&Record>,
        origin: Origin,
        is_stale: impl Fn(&Dot) -> bool,
    ) -> Result<Change, Stale> {
        let mut stale = Vec::new();
        let mut edits = Vec::with_capacity(self.typed.len() + 1);
        for ((field, element), value) in &self.typed {
            let place = (*field, *element);
            let now = current.and_then(|record| record.register(*field, *element));
            let now = now.map(crate::Register::seen).unwrap_or_default();
            let seen = self.seen.get(&place).cloned().unwrap_or_default();
            if now.dots().iter().any(|dot| !seen.covers(*dot) && is_stale(dot)) {
                stale.push(place);
            }
            let context = seen.without(origin.dot.actor);
            edits.push(Edit { field: *field, element: *element, context, value: value.clone() });
        }
        if !stale.is_empty() {
            return Err(Stale(stale));
        }
        if self.is_new && !self.typed.contains_key(&(TOMBSTONE, Element::Whole)) {
            edits.insert(0, birth());
        }
        let record = self.record.unwrap_or_else(|| RecordId::of_dot(origin.dot));
        Ok(Change { origin: Origin { area: self.area, ..origin }, record, kind: self.kind, edits })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ActorId, Stamp};

    const A: ActorId = ActorId(1);
    const B: ActorId = ActorId(2);
    const HERE: AreaCode = AreaCode(3507162013);

    fn origin(actor: ActorId, seq: u64) -> Origin {
        Origin {
            dot: Dot::new(actor, seq),
            stamp: Stamp(seq),
            author: RecordId::of_dot(Dot::new(ActorId(9), 1)),
            device_time_s: 0,
            area: HERE,
            form_version: 1,
            distrusted: false,
        }
    }

    fn made() -> Record {
        let mut form = Form::blank(4, HERE, None);
        form.set(6, Element::Whole, Value::Text("001".into()));
        Record::of_change(&form.save(None, origin(A, 1)).expect("nothing to be stale"))
    }

    #[test]
    fn a_blank_form_makes_a_record_that_is_alive() {
        let record = made();
        assert_eq!(record.id, RecordId::of_dot(Dot::new(A, 1)));
        assert_eq!(record.field(TOMBSTONE)[0].1.siblings()[0].value, Value::Bool(false));
    }

    #[test]
    fn a_form_opened_before_another_save_is_stale() {
        let mut record = made();
        let mut late = Form::open(&record);
        late.set(6, Element::Whole, Value::Text("002".into()));
        let mut first = Form::open(&record);
        first.set(6, Element::Whole, Value::Text("003".into()));
        record.apply(&first.save(Some(&record), origin(A, 2)).expect("fresh"));
        for actor in [A, B] {
            assert_eq!(late.save(Some(&record), origin(actor, 3)), Err(Stale(vec![(6, Element::Whole)])));
        }
        let mut again = Form::open(&record);
        again.set(6, Element::Whole, Value::Text("002".into()));
        let change = again.save(Some(&record), origin(B, 1)).expect("seen now");
        assert_eq!(change.edits[0].context.dots(), [Dot::new(A, 2)]);
    }

    #[test]
    fn a_value_kept_beside_a_newer_one_stands_beside_it() {
        let mut record = made();
        let mut late = Form::open(&record);
        late.set(6, Element::Whole, Value::Text("002".into()));
        let mut first = Form::open(&record);
        first.set(6, Element::Whole, Value::Text("003".into()));
        record.apply(&first.save(Some(&record), origin(A, 2)).expect("fresh"));
        assert!(late.save_beside(Some(&record), origin(A, 3)).is_err());
        record.apply(&late.save_beside(Some(&record), origin(B, 1)).expect("a second number"));
        assert_eq!(record.field(6)[0].1.siblings().len(), 2);
    }
}
