//! What the server keeps in quarantine of the device's changes.

use super::{Fault, Store, Table};
use schema::Refusal;
use sync_core::codec::{Reader, put_element};
use sync_core::{ActorId, Damaged, Dot, Held, RecordId};

/// Something of a change that the server keeps apart until a person has looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldEdit {
    /// The change.
    pub dot: Dot,
    /// What of it, and why.
    pub held: Held,
    /// The record it was meant for, if the change is still here.
    pub record: Option<RecordId>,
}

impl Store {
    /// Notes something that is held.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn keep_held(&mut self, edit: &HeldEdit) -> Result<(), Fault> {
        let mut key = [edit.dot.actor.0.to_be_bytes(), edit.dot.seq.to_be_bytes()].concat();
        if let Some((field, element)) = &edit.held.place {
            key.extend_from_slice(&field.to_be_bytes());
            put_element(&mut key, element);
        }
        let mut row = vec![edit.held.reason.number()];
        row.extend(edit.record.iter().flat_map(|record| record.0.into_bytes()));
        self.put(Table::Held, &key, &row)
    }

    /// Everything that is held.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn held(&mut self) -> Result<Vec<HeldEdit>, Fault> {
        let rows = self.all(Table::Held, &[])?;
        rows.iter().map(|(key, row)| read(key, row)).collect()
    }
}

fn read(key: &[u8], row: &[u8]) -> Result<HeldEdit, Fault> {
    let mut key = Reader::new(key);
    let actor = ActorId(u64::from_be_bytes(key.array()?));
    let dot =
        Dot::checked(actor, u64::from_be_bytes(key.array()?)).ok_or(Damaged("no change is named so"))?;
    let place = match key.left() {
        0 => None,
        _ => Some((u16::from_be_bytes(key.array()?), key.element()?)),
    };
    let mut row = Reader::new(row);
    let reason = Refusal::numbered(row.byte()?).ok_or(Damaged("no reason has this number"))?;
    let record = if row.left() == 0 { None } else { Some(RecordId(row.uuid()?)) };
    Ok(HeldEdit { dot, held: Held { seq: dot.seq, place, reason }, record })
}
