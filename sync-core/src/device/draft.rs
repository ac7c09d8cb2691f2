//! A form that was put aside, as bytes.
//!
//! The rule this module protects: *what was typed outlives the app that was typing it*, together with what the person had
//! seen, so that saving a draft of last week is still compare-and-set.

use super::Form;
use crate::codec::{Damaged, Reader, put_element, put_u64, put_value};
use crate::record::Place;
use crate::{ActorId, AreaCode, Context, Dot, RecordId};
use std::collections::BTreeMap;

/// First byte; a draft of a newer app is not read by an older one.
const VERSION: u8 = 1;
/// Bits of the second byte.
const IS_NEW: u8 = 1;
const IS_NAMED: u8 = 2;

impl Form {
    /// As bytes, which hold what was typed in the open: whoever stores them encrypts them.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out =
            vec![VERSION, u8::from(self.is_new) * IS_NEW + u8::from(self.record.is_some()) * IS_NAMED];
        put_u64(&mut out, self.kind.into());
        put_u64(&mut out, self.area.0);
        out.extend(self.record.iter().flat_map(|record| *record.0.as_bytes()));
        put_u64(&mut out, self.seen.len() as u64);
        for (place, context) in &self.seen {
            put_place(&mut out, place);
            put_u64(&mut out, context.dots().len() as u64);
            for dot in context.dots() {
                out.extend_from_slice(&dot.actor.0.to_be_bytes());
                put_u64(&mut out, dot.seq);
            }
        }
        put_u64(&mut out, self.typed.len() as u64);
        for (place, value) in &self.typed {
            put_place(&mut out, place);
            put_value(&mut out, value);
        }
        out
    }

    /// Read back.
    ///
    /// # Errors
    /// [`Damaged`]: cut, of a newer version, or no draft.
    pub fn of_bytes(bytes: &[u8]) -> Result<Form, Damaged> {
        let mut reader = Reader::new(bytes);
        if reader.byte()? != VERSION {
            return Err(Damaged("version of a draft"));
        }
        let bits = reader.byte()?;
        let (kind, area) = (reader.small()?, AreaCode(reader.u64()?));
        let record = if bits & IS_NAMED == 0 { None } else { Some(RecordId(reader.uuid()?)) };
        let (mut seen, mut typed) = (BTreeMap::new(), BTreeMap::new());
        for _ in 0..reader.count()? {
            let place = place(&mut reader)?;
            let mut dots = Vec::new();
            for _ in 0..reader.count()? {
                dots.push(Dot::new(ActorId(u64::from_be_bytes(reader.array()?)), reader.u64()?));
            }
            seen.insert(place, Context::of_ascending(dots).ok_or(Damaged("order of what was seen"))?);
        }
        for _ in 0..reader.count()? {
            let place = place(&mut reader)?;
            typed.insert(place, reader.value()?);
        }
        reader.end()?;
        Ok(Form { kind, area, record, is_new: bits & IS_NEW != 0, seen, typed })
    }
}

fn put_place(out: &mut Vec<u8>, (field, element): &Place) {
    put_u64(out, u64::from(*field));
    put_element(out, element);
}

fn place(reader: &mut Reader) -> Result<Place, Damaged> {
    Ok((reader.small()?, reader.element()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Change, Edit, Origin, Record, Stamp};
    use schema::{Element, Value};

    #[test]
    fn a_draft_reads_back_and_damage_is_told() {
        let dot = Dot::new(ActorId(7), 3);
        let origin = Origin {
            dot,
            stamp: Stamp(1),
            author: RecordId::of_dot(dot),
            device_time_s: 0,
            area: AreaCode(3507162013),
            form_version: 1,
            distrusted: false,
        };
        let edit = |field, value| Edit { field, element: Element::Whole, context: Context::default(), value };
        let edits = vec![edit(0, Value::Bool(false)), edit(6, Value::Text("001".into()))];
        let record = Record::of_change(&Change { origin, record: RecordId::of_dot(dot), kind: 4, edits });
        let mut open = Form::open(&record);
        open.set(6, Element::Whole, Value::Text("002".into())).set(11, Element::Code(2), Value::Bool(true));
        let mut blank = Form::blank(9, AreaCode(3507162013), None);
        blank.set(91, Element::Whole, Value::Group([Value::Decimal(805), Value::Null].into()));
        for form in [open, blank] {
            let bytes = form.to_bytes();
            assert_eq!(Form::of_bytes(&bytes), Ok(form));
            for cut in 0..bytes.len() {
                assert!(Form::of_bytes(&bytes[..cut]).is_err(), "cut at {cut}");
            }
        }
        assert!(Form::of_bytes(&[2, 0, 4, 0, 0, 0]).is_err());
    }
}
