//! One phone of the demo: a real device that saves what people planned.
//!
//! The rule this module protects: *the phone saves before anybody sends*; what a plan says becomes a change of the
//! device itself, in its own series.

use crate::Trouble;
use crate::air::{Tally, through};
use device::{Change, Device, Dot, HttpTransport, Invitation, SealKey, Store, SyncReport, SystemEntropy};
use device::{RecordId, system_now_s};
use fixtures::Dice;
use schema::{Schema, SealOwner};
use std::collections::BTreeMap;

/// A phone.
pub struct Handset {
    /// The device.
    pub device: Device,
    /// Its number.
    pub actor: device::ActorId,
    /// Is everything sent and taken in?
    pub done: bool,
    fed: usize,
}

impl Handset {
    /// Enrols a new phone with a code.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn enrol(base: &str, wire: &mut HttpTransport, code: &str, label: &str) -> Result<Handset, Trouble> {
        let mut device = Device::new(Store::in_memory(), Box::new(SystemEntropy));
        let me = device.enrol(wire, &Invitation::new(base, code, label), system_now_s())?;
        Ok(Handset { device, actor: me.actor, done: false, fed: 0 })
    }

    /// Saves what is new in a planned series.
    ///
    /// # Errors
    /// When the device does not take it.
    pub fn save(
        &mut self,
        series: &[Change],
        schema: &Schema,
        key_of: &dyn Fn(RecordId) -> SealKey,
    ) -> Result<(), Trouble> {
        for planned in &series[self.fed..] {
            let at = planned.origin;
            let registers = schema.kind(planned.kind).and_then(|kind| kind.seal_owner);
            let keys = match registers {
                Some(SealOwner::Itself) => vec![(planned.record, key_of(planned.record))],
                _ => Vec::new(),
            };
            self.device.save_made(at.author, at.area, at.form_version, at.device_time_s, |origin| {
                Ok::<_, device::Error>((Change { origin, ..planned.clone() }, keys))
            })?;
            self.done = false;
        }
        self.fed = series.len();
        Ok(())
    }

    /// Meets signal for a moment.
    ///
    /// # Errors
    /// When the device itself fails.
    pub fn sync(
        &mut self,
        wire: &mut HttpTransport,
        tally: &mut Tally,
        dice: Option<&mut Dice>,
        now_s: i64,
    ) -> Result<SyncReport, Trouble> {
        let report = through(wire, tally, dice, |air| self.device.sync(air, now_s))?;
        self.done = report.is_done();
        Ok(report)
    }

    /// Everything it saved, as the server took it: without what is held there; and how many changes are held.
    ///
    /// # Errors
    /// When the device itself fails.
    pub fn taken(&mut self) -> Result<(Vec<Change>, usize), Trouble> {
        let mut changes = self.device.store().changes_after(Dot::new(self.actor, 0), usize::MAX >> 1)?;
        let mut held: BTreeMap<u64, Vec<Option<(u16, device::Element)>>> = BTreeMap::new();
        for edit in self.device.held()? {
            held.entry(edit.dot.seq).or_default().push(edit.held.place);
        }
        for change in &mut changes {
            if let Some(places) = held.get(&change.origin.dot.seq) {
                let whole = places.contains(&None);
                change.edits.retain(|edit| !whole && !places.contains(&Some((edit.field, edit.element))));
            }
        }
        changes.retain(|change| !change.edits.is_empty());
        Ok((changes, held.len()))
    }
}
