//! Devices at hand, and what people do with them.

use crate::fake::{DUWET, NOW_S, Server, worker};
use device::{Device, Element, Invitation, RecordId, Saved, Store, SyncReport, Value};

/// Fields of a household.
pub const HEAD_NAME: u16 = 2;
pub const HAMLET: u16 = 4;
/// At most three characters.
pub const RW: u16 = 5;

/// A device in memory whose keys follow from `seed`.
pub fn bare(seed: u8) -> Device {
    with_store(Store::in_memory(), seed)
}

pub fn with_store(store: Store, seed: u8) -> Device {
    let mut next = seed;
    let entropy = move |bytes: &mut [u8]| {
        next = next.wrapping_add(101);
        bytes.fill(next);
    };
    Device::new(store, Box::new(entropy))
}

/// An enrolled one.
pub fn enrolled(server: &Server, seed: u8) -> Device {
    let mut device = bare(seed);
    device.enrol(&mut server.clone(), &invitation(seed), NOW_S).unwrap();
    device
}

pub fn invitation(seed: u8) -> Invitation {
    Invitation::new("http://localhost", &format!("code-{seed}"), "uji")
}

pub fn text(text: &str) -> Value {
    Value::Text(text.into())
}

/// Registers a family.
pub fn register(device: &mut Device, name: &str) -> Saved {
    let mut form = device.blank("household", DUWET).unwrap();
    form.set(HEAD_NAME, Element::Whole, text(name)).set(HAMLET, Element::Whole, text("Krajan"));
    device.save(&form, worker(), NOW_S).unwrap()
}

/// Writes a family's hamlet.
pub fn rename(device: &mut Device, record: RecordId, hamlet: &str) -> Saved {
    let mut form = device.open(record).unwrap();
    form.set(HAMLET, Element::Whole, text(hamlet));
    device.save(&form, worker(), NOW_S).unwrap()
}

/// Syncs, and expects that all goes well.
#[track_caller]
pub fn sync(device: &mut Device, server: &Server) -> SyncReport {
    let report = device.sync(&mut server.clone(), NOW_S).unwrap();
    assert!(report.is_done() && report.unequal.is_empty(), "{report}");
    report
}

/// Server and device hold the same records and the same series.
#[track_caller]
pub fn assert_same(device: &mut Device, server: &Server) {
    let world = server.world();
    let ours = device.records(None, None).unwrap();
    let theirs: Vec<_> = world.records.values().map(|(_, record)| record.clone()).collect();
    assert_eq!(ours.len(), theirs.len());
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert_eq!(ours, theirs);
    }
    for series in device.store().all_series().unwrap() {
        assert_eq!(world.series[&series.actor()].mark, series.standing.head);
        assert_eq!(series.standing.unsent(), 0);
    }
}
