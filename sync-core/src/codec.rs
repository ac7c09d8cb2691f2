//! Whole numbers, texts and values as bytes.
//!
//! The rule this module protects: *one value has one form, and damaged bytes are an error, never a panic and never a
//! wrong value.* Numbers are LEB128 varints (signed ones zigzag first) in their shortest form; a longer form is damage.

use schema::{AreaCode, Element, Value};
use uuid::Uuid;

/// Bytes that are not what they should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("damaged bytes: {0}")]
pub struct Damaged(pub &'static str);

/// Deepest nesting of groups that is read.
const DEPTH_MAX: u8 = 4;

/// Appends `n` as a varint.
pub fn put_u64(out: &mut Vec<u8>, mut n: u64) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// Appends `n` as a zigzag varint: small numbers of either sign are short.
pub fn put_i64(out: &mut Vec<u8>, n: i64) {
    put_u64(out, zigzag(n));
}

/// Appends the length and the bytes.
pub fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_u64(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Small numbers of either sign become small numbers: 0, -1, 1, -2, ... become 0, 1, 2, 3, ...
pub fn zigzag(n: i64) -> u64 {
    ((n << 1) ^ (n >> 63)) as u64
}

/// The other way.
pub fn unzigzag(n: u64) -> i64 {
    (n >> 1) as i64 ^ -((n & 1) as i64)
}

/// Appends the canonical bytes of a value: a tag and what follows it.
pub fn put_value(out: &mut Vec<u8>, value: &Value) {
    out.push(tag(value));
    put_payload(out, value);
}

/// First byte of a value.
pub fn tag(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Bool(false) => 1,
        Value::Bool(true) => 2,
        Value::Int(_) => 3,
        Value::Decimal(_) => 4,
        Value::Text(_) => 5,
        Value::Date(_) => 6,
        Value::Month(_) => 7,
        Value::DateTime { .. } => 8,
        Value::Code(_) => 9,
        Value::Ref(_) => 10,
        Value::Area(_) => 11,
        Value::Blob(_) => 12,
        Value::Group(_) => 13,
        Value::Sealed(_) => 14,
    }
}

fn put_payload(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null | Value::Bool(_) => {}
        Value::Int(n) | Value::Decimal(n) => put_i64(out, *n),
        Value::Text(text) => put_bytes(out, text.as_bytes()),
        Value::Date(n) | Value::Month(n) => put_i64(out, i64::from(*n)),
        Value::DateTime { at_s, offset_min } => {
            put_i64(out, *at_s);
            put_i64(out, i64::from(*offset_min));
        }
        Value::Code(code) => put_u64(out, u64::from(*code)),
        Value::Ref(id) => out.extend_from_slice(id.as_bytes()),
        Value::Area(area) => put_u64(out, area.0),
        Value::Blob(hash) => out.extend_from_slice(&hash[..]),
        Value::Group(parts) => {
            put_u64(out, parts.len() as u64);
            parts.iter().for_each(|part| put_value(out, part));
        }
        Value::Sealed(bytes) => put_bytes(out, bytes),
    }
}

/// First byte of an element.
pub fn element_tag(element: &Element) -> u8 {
    match element {
        Element::Whole => 0,
        Element::Code(_) => 1,
        Element::Ref(_) => 2,
        Element::Area(_) => 3,
        Element::Int(_) => 4,
        Element::Line { .. } => 5,
    }
}

/// The canonical bytes of an element.
pub fn element_bytes(element: &Element) -> Vec<u8> {
    let mut bytes = Vec::new();
    put_element(&mut bytes, element);
    bytes
}

/// Appends the canonical bytes of an element.
pub fn put_element(out: &mut Vec<u8>, element: &Element) {
    out.push(element_tag(element));
    match element {
        Element::Whole => {}
        Element::Code(code) => put_u64(out, u64::from(*code)),
        Element::Ref(id) => out.extend_from_slice(id.as_bytes()),
        Element::Area(area) => put_u64(out, area.0),
        Element::Int(n) => put_i64(out, *n),
        Element::Line { actor, seq, nth } => {
            out.extend_from_slice(&actor.to_be_bytes());
            put_u64(out, *seq);
            put_u64(out, u64::from(*nth));
        }
    }
}

/// Reads from the front of a slice.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// A reader at the start of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { rest: bytes }
    }

    /// Bytes not read yet.
    #[inline]
    pub fn left(&self) -> usize {
        self.rest.len()
    }

    /// Nothing may follow.
    ///
    /// # Errors
    /// When bytes are left.
    pub fn end(&self) -> Result<(), Damaged> {
        if self.rest.is_empty() { Ok(()) } else { Err(Damaged("bytes after the end")) }
    }

    /// The next `count` bytes.
    ///
    /// # Errors
    /// When there are fewer.
    #[inline]
    pub fn take(&mut self, count: usize) -> Result<&'a [u8], Damaged> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(Damaged("cut short"))?;
        self.rest = rest;
        Ok(taken)
    }

    /// The next `N` bytes.
    ///
    /// # Errors
    /// When there are fewer.
    #[inline]
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], Damaged> {
        let (taken, rest) = self.rest.split_first_chunk::<N>().ok_or(Damaged("cut short"))?;
        self.rest = rest;
        Ok(*taken)
    }

    /// One byte.
    ///
    /// # Errors
    /// At the end.
    #[inline]
    pub fn byte(&mut self) -> Result<u8, Damaged> {
        let (first, rest) = self.rest.split_first().ok_or(Damaged("cut short"))?;
        self.rest = rest;
        Ok(*first)
    }

    /// A varint.
    ///
    /// # Errors
    /// When it is cut short, longer than needed, or above 64 bits.
    #[inline]
    pub fn u64(&mut self) -> Result<u64, Damaged> {
        match self.byte()? {
            first @ ..0x80 => Ok(u64::from(first)),
            first => self.longer_u64(first),
        }
    }

    fn longer_u64(&mut self, first: u8) -> Result<u64, Damaged> {
        let mut n = u64::from(first & 0x7f);
        for shift in (7..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                return Err(Damaged("number above 64 bits"));
            }
            n |= bits << shift;
            if byte < 0x80 {
                return if byte == 0 { Err(Damaged("number in a longer form than needed")) } else { Ok(n) };
            }
        }
        Err(Damaged("number above 64 bits"))
    }

    /// A zigzag varint.
    ///
    /// # Errors
    /// As [`Reader::u64`].
    #[inline]
    pub fn i64(&mut self) -> Result<i64, Damaged> {
        self.u64().map(unzigzag)
    }

    /// A varint that fits `T`.
    ///
    /// # Errors
    /// As [`Reader::u64`], or when it does not fit.
    #[inline]
    pub fn small<T: TryFrom<u64>>(&mut self) -> Result<T, Damaged> {
        T::try_from(self.u64()?).map_err(|_| Damaged("number out of its range"))
    }

    /// A zigzag varint that fits `T`.
    ///
    /// # Errors
    /// As [`Reader::u64`], or when it does not fit.
    #[inline]
    pub fn small_signed<T: TryFrom<i64>>(&mut self) -> Result<T, Damaged> {
        T::try_from(self.i64()?).map_err(|_| Damaged("number out of its range"))
    }

    /// A number of things that follow, each at least one byte long, so that a lie cannot ask for memory.
    ///
    /// # Errors
    /// When there cannot be so many.
    #[inline]
    pub fn count(&mut self) -> Result<usize, Damaged> {
        let count = self.small::<usize>()?;
        if count > self.left() { Err(Damaged("count beyond the end")) } else { Ok(count) }
    }

    /// Length and bytes.
    ///
    /// # Errors
    /// When there are fewer.
    pub fn bytes(&mut self) -> Result<&'a [u8], Damaged> {
        let count = self.count()?;
        self.take(count)
    }

    /// A UUID.
    ///
    /// # Errors
    /// When it is cut short.
    pub fn uuid(&mut self) -> Result<Uuid, Damaged> {
        Ok(Uuid::from_bytes(self.array()?))
    }

    /// A value.
    ///
    /// # Errors
    /// When the bytes are not the canonical form of one.
    pub fn value(&mut self) -> Result<Value, Damaged> {
        self.value_within(DEPTH_MAX)
    }

    fn value_within(&mut self, depth: u8) -> Result<Value, Damaged> {
        Ok(match self.byte()? {
            0 => Value::Null,
            1 => Value::Bool(false),
            2 => Value::Bool(true),
            3 => Value::Int(self.i64()?),
            4 => Value::Decimal(self.i64()?),
            5 => Value::Text(self.text()?.into()),
            6 => Value::Date(self.small_signed()?),
            7 => Value::Month(self.small_signed()?),
            8 => Value::DateTime { at_s: self.i64()?, offset_min: self.small_signed()? },
            9 => Value::Code(self.small()?),
            10 => Value::Ref(self.uuid()?),
            11 => Value::Area(AreaCode(self.u64()?)),
            12 => Value::Blob(Box::new(self.array()?)),
            13 => {
                let depth = depth.checked_sub(1).ok_or(Damaged("groups nested too deep"))?;
                let count = self.count()?;
                // A lie about the count cannot ask for much.
                let mut parts = Vec::with_capacity(count.min(32));
                for _ in 0..count {
                    parts.push(self.value_within(depth)?);
                }
                Value::Group(parts.into())
            }
            14 => Value::Sealed(self.bytes()?.into()),
            _ => return Err(Damaged("no value has this tag")),
        })
    }

    fn text(&mut self) -> Result<&'a str, Damaged> {
        std::str::from_utf8(self.bytes()?).map_err(|_| Damaged("text is not UTF-8"))
    }

    /// An element.
    ///
    /// # Errors
    /// When the bytes are not the canonical form of one.
    pub fn element(&mut self) -> Result<Element, Damaged> {
        Ok(match self.byte()? {
            0 => Element::Whole,
            1 => Element::Code(self.small()?),
            2 => Element::Ref(self.uuid()?),
            3 => Element::Area(AreaCode(self.u64()?)),
            4 => Element::Int(self.i64()?),
            5 => Element::Line {
                actor: u64::from_be_bytes(self.array()?),
                seq: self.u64()?,
                nth: self.small()?,
            },
            _ => return Err(Damaged("no element has this tag")),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{elements, values};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_value_reads_back_and_has_one_form(value in values()) {
            let mut bytes = Vec::new();
            put_value(&mut bytes, &value);
            let mut reader = Reader::new(&bytes);
            prop_assert_eq!(reader.value(), Ok(value));
            prop_assert_eq!(reader.end(), Ok(()));
        }

        #[test]
        fn an_element_reads_back(element in elements()) {
            let mut bytes = Vec::new();
            put_element(&mut bytes, &element);
            prop_assert_eq!(Reader::new(&bytes).element(), Ok(element));
        }

        #[test]
        fn any_bytes_are_a_value_in_canonical_form_or_damage(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let mut reader = Reader::new(&bytes);
            if let Ok(value) = reader.value() {
                let mut again = Vec::new();
                put_value(&mut again, &value);
                prop_assert_eq!(&again[..], &bytes[..bytes.len() - reader.left()]);
            }
        }

        #[test]
        fn numbers_of_either_sign_read_back(n in any::<i64>()) {
            let mut bytes = Vec::new();
            put_i64(&mut bytes, n);
            prop_assert_eq!(Reader::new(&bytes).i64(), Ok(n));
        }
    }

    #[test]
    fn long_forms_and_lies_are_damage() {
        assert_eq!(Reader::new(&[0x80, 0x00]).u64(), Err(Damaged("number in a longer form than needed")));
        assert!(Reader::new(&[0xff; 10]).u64().is_err());
        assert_eq!(Reader::new(&[5]).bytes(), Err(Damaged("count beyond the end")));
        let nested = [13, 1, 13, 1, 13, 1, 13, 1, 13, 1, 0];
        assert_eq!(Reader::new(&nested).value(), Err(Damaged("groups nested too deep")));
    }
}
