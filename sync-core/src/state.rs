//! The merged state of one record as stored bytes.
//!
//! The rule this module protects: *a state read back is the state that was written, and damaged bytes are an error.*
//! One row of a table holds one state; the record's id is the row's key and is not repeated. Most records were
//! written by one change: its dot, author and time stand once, and a register costs its number and its value.

use crate::change::{Context, Origin};
use crate::codec::{Damaged, Reader, put_element, put_i64, put_u64, put_value};
use crate::record::{Home, Place, Record};
use crate::register::{Register, Write};
use crate::{ActorId, Dot, RecordId, Stamp};
use schema::{AreaCode, Element};

/// First byte of a stored state.
const VERSION: u8 = 1;

/// The register has one write, of the first origin, that replaced nothing.
const PLAIN: u64 = 0;
/// The register is spelled out: number of writes, and for each its origin and context.
const FULL: u64 = 1;
/// The register belongs to the whole field.
const WHOLE: u64 = 0;
/// The register belongs to an element, which follows.
const ELEMENT: u64 = 2;

impl Record {
    /// Appends the stored bytes.
    pub fn put_state(&self, out: &mut Vec<u8>) {
        out.push(VERSION);
        put_u64(out, u64::from(self.kind));
        put_u64(out, self.home.area.0);
        put_origins(out, self.origins());
        match self.origins().iter().position(|origin| origin.dot == self.home.by) {
            Some(at) => put_u64(out, at as u64 + 1),
            None => {
                put_u64(out, 0);
                put_dot(out, self.home.by);
            }
        }
        put_u64(out, self.registers().len() as u64);
        let mut field_before = 0;
        for ((field, element), register) in self.registers() {
            self.put_register(out, *field - field_before, element, register);
            field_before = *field;
        }
    }

    fn put_register(&self, out: &mut Vec<u8>, field_step: u16, element: &Element, register: &Register) {
        let first = self.origins().first().map(|origin| origin.dot);
        let shape = if *element == Element::Whole { WHOLE } else { ELEMENT };
        let head = |form| u64::from(field_step) << 2 | shape | form;
        let put_place = |out: &mut Vec<u8>, form| {
            put_u64(out, head(form));
            if shape == ELEMENT {
                put_element(out, element);
            }
        };
        match register {
            Register::One(write) if write.context.is_empty() && Some(write.dot) == first => {
                put_place(out, PLAIN);
                put_value(out, &write.value);
            }
            _ => {
                put_place(out, FULL);
                put_u64(out, register.siblings().len() as u64);
                register.siblings().iter().for_each(|write| self.put_write(out, write));
            }
        }
    }

    fn put_write(&self, out: &mut Vec<u8>, write: &Write) {
        let origin = self.origins().binary_search_by_key(&write.dot, |origin| origin.dot);
        put_u64(out, origin.unwrap_or_default() as u64);
        put_u64(out, write.context.dots().len() as u64);
        write.context.dots().iter().for_each(|dot| put_dot(out, *dot));
        put_value(out, &write.value);
    }

    /// Reads stored bytes of the record `id`.
    ///
    /// # Errors
    /// When the bytes are not a state of this version.
    pub fn of_state(id: RecordId, bytes: &[u8]) -> Result<Record, Damaged> {
        let mut reader = Reader::new(bytes);
        if reader.byte()? != VERSION {
            return Err(Damaged("a state of another version"));
        }
        let kind = reader.small()?;
        let area = AreaCode(reader.u64()?);
        let origins = read_origins(&mut reader)?;
        let named: usize = reader.small()?;
        let by = match named.checked_sub(1) {
            Some(at) => origins.get(at).ok_or(Damaged("home by an unknown change"))?.dot,
            None => read_dot(&mut reader)?,
        };
        if named == 0 && origins.iter().any(|origin| origin.dot == by) {
            return Err(Damaged("a home in a longer form than needed"));
        }
        let count = reader.count()?;
        let mut registers: Vec<(Place, Register)> = Vec::with_capacity(count);
        let mut field = 0u16;
        for _ in 0..count {
            let head = reader.u64()?;
            let step = u16::try_from(head >> 2).map_err(|_| Damaged("field number out of range"))?;
            field = field.checked_add(step).ok_or(Damaged("field number out of range"))?;
            let element = if head & ELEMENT == 0 { Element::Whole } else { reader.element()? };
            if head & ELEMENT != 0 && element == Element::Whole {
                return Err(Damaged("an element in a longer form than needed"));
            }
            let place = (field, element);
            if registers.last().is_some_and(|(before, _)| *before >= place) {
                return Err(Damaged("registers out of order"));
            }
            registers.push((place, read_register(&mut reader, head & FULL != 0, &origins)?));
        }
        reader.end()?;
        let record = Record::from_parts(id, kind, Home { area, by }, origins, registers);
        if record.has_replaced_origins() {
            Err(Damaged("a change of which nothing survives"))
        } else {
            Ok(record)
        }
    }
}

fn put_dot(out: &mut Vec<u8>, dot: Dot) {
    out.extend_from_slice(&dot.actor.0.to_be_bytes());
    put_u64(out, dot.seq);
}

fn read_dot(reader: &mut Reader) -> Result<Dot, Damaged> {
    let actor = ActorId(u64::from_be_bytes(reader.array()?));
    Dot::checked(actor, reader.u64()?).ok_or(Damaged("no change has this number"))
}

/// Times are written as steps from the origin before, which is mostly the same hour or day.
fn put_origins(out: &mut Vec<u8>, origins: &[Origin]) {
    put_u64(out, origins.len() as u64);
    let mut second_before = 0;
    for origin in origins {
        put_dot(out, origin.dot);
        out.extend_from_slice(origin.author.0.as_bytes());
        let second = origin.stamp.at_s();
        put_i64(out, second - second_before);
        put_u64(out, origin.stamp.counter());
        put_i64(out, origin.device_time_s.wrapping_sub(second));
        put_u64(out, origin.area.0);
        put_u64(out, u64::from(origin.form_version) << 1 | u64::from(origin.distrusted));
        second_before = second;
    }
}

fn read_origins(reader: &mut Reader) -> Result<Vec<Origin>, Damaged> {
    let count = reader.count()?;
    let mut origins: Vec<Origin> = Vec::with_capacity(count);
    let mut second = 0i64;
    for _ in 0..count {
        let dot = read_dot(reader)?;
        if origins.last().is_some_and(|before| before.dot >= dot) {
            return Err(Damaged("origins out of order"));
        }
        let author = RecordId(reader.uuid()?);
        second = second.checked_add(reader.i64()?).ok_or(Damaged("time out of range"))?;
        let stamp = Stamp::new(second, reader.u64()?).ok_or(Damaged("time out of range"))?;
        let device_time_s = second.wrapping_add(reader.i64()?);
        let area = AreaCode(reader.u64()?);
        let form = reader.u64()?;
        let form_version = u16::try_from(form >> 1).map_err(|_| Damaged("form version out of range"))?;
        origins.push(Origin {
            dot,
            stamp,
            author,
            device_time_s,
            area,
            form_version,
            distrusted: form & 1 == 1,
        });
    }
    Ok(origins)
}

fn read_register(reader: &mut Reader, full: bool, origins: &[Origin]) -> Result<Register, Damaged> {
    let unknown = Damaged("written by an unknown change");
    let first = origins.first().ok_or(unknown)?.dot;
    if !full {
        return Ok(Register::One(Write { dot: first, context: Context::default(), value: reader.value()? }));
    }
    let count = reader.count()?;
    let mut writes: Vec<Write> = Vec::with_capacity(count);
    for _ in 0..count {
        let dot = origins.get(reader.small::<usize>()?).ok_or(unknown)?.dot;
        if writes.last().is_some_and(|before| before.dot >= dot) {
            return Err(Damaged("writes out of order"));
        }
        let seen = reader.count()?;
        let dots = (0..seen).map(|_| read_dot(reader)).collect::<Result<Vec<_>, _>>()?;
        let context = Context::of_ascending(dots).ok_or(Damaged("a context out of order"))?;
        writes.push(Write { dot, context, value: reader.value()? });
    }
    match &writes[..] {
        [] => return Err(Damaged("a register without a write")),
        [one] if one.dot == first && one.context.is_empty() => {
            return Err(Damaged("a register in a longer form than needed"));
        }
        _ => {}
    }
    Register::of_survivors(writes).ok_or(Damaged("a write that another one replaced"))
}
