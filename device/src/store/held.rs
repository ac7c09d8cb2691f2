//! What the server keeps in quarantine of the device's changes.

use super::record::{bytes, id};
use super::tables::held::dsl;
use super::{Fault, Store};
use diesel::prelude::*;
use schema::Refusal;
use sync_core::codec::{Reader, element_bytes};
use sync_core::{ActorId, Dot, Held, RecordId};

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

type Row = (i64, i64, i64, i64, Vec<u8>, i64, Option<Vec<u8>>);

impl Store {
    /// Notes something that is held.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn keep_held(&mut self, edit: &HeldEdit) -> Result<(), Fault> {
        let element = edit.held.place.map(|(_, element)| element_bytes(&element)).unwrap_or_default();
        let row = (
            dsl::actor.eq(edit.dot.actor.0.cast_signed()),
            dsl::seq.eq(edit.dot.seq.cast_signed()),
            dsl::whole.eq(i64::from(edit.held.place.is_none())),
            dsl::field.eq(edit.held.place.map_or(0, |(field, _)| i64::from(field))),
            dsl::element.eq(element),
            dsl::reason.eq(i64::from(edit.held.reason.number())),
            dsl::record.eq(edit.record.map(bytes)),
        );
        self.run(|c| diesel::replace_into(dsl::held).values(row).execute(c))?;
        Ok(())
    }

    /// Everything that is held.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn held(&mut self) -> Result<Vec<HeldEdit>, Fault> {
        let rows: Vec<Row> = self.run(|c| dsl::held.load(c))?;
        rows.into_iter().map(edit).collect()
    }
}

fn edit((actor, seq, whole, field, element, reason, record): Row) -> Result<HeldEdit, Fault> {
    let damaged = || Fault::Damaged("held".into());
    let place = match whole {
        0 => Some((u16::try_from(field).map_err(|_| damaged())?, Reader::new(&element).element()?)),
        _ => None,
    };
    let reason = u8::try_from(reason).ok().and_then(Refusal::numbered).ok_or_else(damaged)?;
    let dot = Dot::new(ActorId(actor.cast_unsigned()), seq.cast_unsigned());
    let record = record.map(|bytes| id(&bytes)).transpose()?;
    Ok(HeldEdit { dot, held: Held { seq: dot.seq, place, reason }, record })
}
