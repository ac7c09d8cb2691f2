//! Commands that show.

use super::Trouble;
use device::{AreaCode, Device, Enrolled, RecordId};
use serde_json::json;
use std::io::{StdoutLock, Write};
use sync_core::Life;

fn out() -> StdoutLock<'static> {
    std::io::stdout().lock()
}

pub fn enrolled(me: &Enrolled) -> Result<(), Trouble> {
    writeln!(out(), "Terdaftar / enrolled: {} ({})", me.actor, me.role.name())?;
    writeln!(out(), "Wilayah / areas: {}", texts(&me.areas))?;
    Ok(())
}

pub fn record(device: &mut Device, record: RecordId) -> Result<(), Trouble> {
    writeln!(out(), "{}", serde_json::to_string_pretty(&device.view(record)?)?)?;
    Ok(())
}

pub fn list(device: &mut Device, kind: Option<&str>, area: Option<AreaCode>) -> Result<(), Trouble> {
    for record in device.records(kind, area)? {
        if record.life() == Life::Deleted {
            continue;
        }
        let kind = device.schema().kind(record.kind).map_or("?", |kind| kind.name.as_str());
        let fields = device.view_of(&record).unwrap_or_default();
        let line = json!({ "id": record.id, "kind": kind, "area": record.home.area, "fields": fields });
        writeln!(out(), "{line}")?;
    }
    Ok(())
}

pub fn status(device: &mut Device) -> Result<(), Trouble> {
    let me = device.enrolled()?;
    writeln!(out(), "{}", device.counts()?)?;
    writeln!(out(), "Perangkat / device: {} ({})", me.device, me.role.name())?;
    writeln!(out(), "Wilayah / areas: {}", texts(&device.scope()?))?;
    writeln!(out(), "Catatan / records: {}", device.store().count_records()?)?;
    for series in device.store().all_series()? {
        let standing = &series.standing;
        let (head, received) = (standing.head.seq, standing.received_seq());
        writeln!(out(), "Nomor / number {}: {head}, {received} diterima / received", standing.actor)?;
    }
    for edit in device.held()? {
        let reason = edit.held.reason;
        writeln!(out(), "Ditahan / held: {}: {} / {}", edit.dot, reason.label_id(), reason.label_en())?;
    }
    if let Some(offset_s) = device.store().session()?.clock_offset_s.filter(|offset_s| offset_s.abs() > 60) {
        writeln!(
            out(),
            "Jam perangkat berbeda {offset_s} detik dari server / the clock differs by {offset_s} s"
        )?;
    }
    Ok(())
}

fn texts(areas: &[AreaCode]) -> String {
    areas.iter().map(AreaCode::to_string).collect::<Vec<_>>().join(", ")
}
