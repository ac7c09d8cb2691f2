//! Commands that show.

use super::Trouble;
use device::{AreaCode, Device, Enrolled, RecordId};
use serde_json::json;
use sync_core::Life;

pub fn enrolled(me: &Enrolled) {
    println!("Terdaftar / enrolled: {} ({})", me.actor, me.role.name());
    println!("Wilayah / areas: {}", texts(&me.areas));
}

pub fn record(device: &mut Device, record: RecordId) -> Result<(), Trouble> {
    println!("{}", serde_json::to_string_pretty(&device.view(record)?)?);
    Ok(())
}

pub fn list(device: &mut Device, kind: Option<&str>, area: Option<AreaCode>) -> Result<(), Trouble> {
    for record in device.records(kind, area)? {
        if record.life() == Life::Deleted {
            continue;
        }
        let kind = device.schema().kind(record.kind).map_or("?", |kind| kind.name.as_str());
        let fields = device.view(record.id).unwrap_or_default();
        let line = json!({ "id": record.id, "kind": kind, "area": record.home.area, "fields": fields });
        println!("{line}");
    }
    Ok(())
}

pub fn status(device: &mut Device) -> Result<(), Trouble> {
    let me = device.enrolled()?;
    println!("{}", device.counts()?);
    println!("Perangkat / device: {} ({})", me.device, me.role.name());
    println!("Wilayah / areas: {}", texts(&device.scope()?));
    println!("Catatan / records: {}", device.store().count_records()?);
    for series in device.store().all_series()? {
        let standing = &series.standing;
        let (head, received) = (standing.head.seq, standing.received_seq());
        println!("Nomor / number {}: {head}, {received} diterima / received", standing.actor);
    }
    for edit in device.held()? {
        let reason = edit.held.reason;
        println!("Ditahan / held: {}: {} / {}", edit.dot, reason.label_id(), reason.label_en());
    }
    if let Some(offset_s) = device.store().session()?.clock_offset_s.filter(|offset_s| offset_s.abs() > 60) {
        println!("Jam perangkat berbeda {offset_s} detik dari server / the clock differs by {offset_s} s");
    }
    Ok(())
}

fn texts(areas: &[AreaCode]) -> String {
    areas.iter().map(AreaCode::to_string).collect::<Vec<_>>().join(", ")
}
