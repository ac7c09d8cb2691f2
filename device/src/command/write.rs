//! Commands that save.

use super::{By, Trouble, field};
use device::{AreaCode, Device, RecordId, Saved, system_now_s};
use std::fs;
use std::io::BufRead;
use std::path::Path;

/// Changes in one exported file.
const BATCH_CHANGES: usize = 220;

pub fn add(device: &mut Device, kind: &str, fields: &[String], by: &By, now_s: i64) -> Result<(), Trouble> {
    let area = area(device, by)?;
    let mut form = device.blank(kind, area)?;
    field::set_all(device, &mut form, fields)?;
    let author = author(device, by)?;
    say(device.save(&form, author, now_s)?);
    Ok(())
}

/// Each line is saved, and said to be saved, before the next is read.
pub fn add_lines(device: &mut Device, kind: &str, by: &By) -> Result<(), Trouble> {
    let (area, author) = (area(device, by)?, author(device, by)?);
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let mut form = device.blank(kind, area)?;
        field::set_object(device, &mut form, &serde_json::from_str(&line)?)?;
        say(device.save(&form, author, system_now_s())?);
    }
    Ok(())
}

pub fn edit(
    device: &mut Device,
    record: RecordId,
    fields: &[String],
    by: &By,
    now_s: i64,
) -> Result<(), Trouble> {
    let mut form = device.open(record)?;
    field::set_all(device, &mut form, fields)?;
    let author = author(device, by)?;
    say(device.save(&form, author, now_s)?);
    Ok(())
}

pub fn delete(device: &mut Device, record: RecordId, by: &By, now_s: i64) -> Result<(), Trouble> {
    let author = author(device, by)?;
    let children = device.children_of(record)?;
    say(device.delete(record, children, author, now_s)?);
    Ok(())
}

pub fn export_unsent(device: &mut Device, folder: &Path) -> Result<(), Trouble> {
    fs::create_dir_all(folder)?;
    let mut changes = 0;
    for batch in device.unsent_batches(BATCH_CHANGES)? {
        let (first, last) = (batch.before.seq + 1, batch.after().seq);
        changes += batch.changes.len();
        fs::write(folder.join(format!("{}-{first}-{last}.lumbung", batch.actor)), batch.to_bytes())?;
    }
    println!("{changes} perubahan disalin / changes copied");
    Ok(())
}

fn say(saved: Saved) {
    println!("Tersimpan / saved: {} {}", saved.record, saved.dot);
}

fn area(device: &mut Device, by: &By) -> Result<AreaCode, Trouble> {
    let scope = device.scope()?;
    match (by.area, scope.as_slice()) {
        (Some(area), _) => Ok(area),
        (None, [only]) => Ok(*only),
        (None, _) => Err("sebutkan wilayahnya dengan --area / name the area with --area".into()),
    }
}

fn author(device: &mut Device, by: &By) -> Result<RecordId, Trouble> {
    match by.author {
        Some(author) => Ok(author),
        None => Ok(device.enrolled()?.author()),
    }
}
