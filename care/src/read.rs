//! Reading facts out of what a record shows.
//!
//! The rule this module protects: *what is empty, sealed or of another type is not known*; nothing here guesses or
//! fails.

use schema::{Element, Registers, Value, registers};
use sync_core::RecordId;

/// The fields of one record, by number.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a>(pub(crate) Registers<'a>);

impl<'a> Reader<'a> {
    /// A whole number, or a decimal in the smallest unit of its scale.
    pub(crate) fn number(self, field: u16) -> Option<i64> {
        number(self.0.one(field)?)
    }

    /// Part `nth` of a group as a number.
    pub(crate) fn part(self, field: u16, nth: usize) -> Option<i64> {
        number(registers::part(self.0.one(field)?, nth)?)
    }

    /// Number of the code, 0 when there is none.
    pub(crate) fn code(self, field: u16) -> u16 {
        self.0.one(field).map_or(0, code)
    }

    /// Part `nth` of a group as number of a code, 0 when there is none.
    pub(crate) fn part_code(self, field: u16, nth: usize) -> u16 {
        self.0.one(field).and_then(|group| registers::part(group, nth)).map_or(0, code)
    }

    /// Yes or no.
    pub(crate) fn yes(self, field: u16) -> Option<bool> {
        match self.0.one(field)? {
            Value::Bool(yes) => Some(*yes),
            _ => None,
        }
    }

    /// Days since 1970-01-01 of a date, of the date that leads a group, or of a moment where it was meant.
    pub(crate) fn day(self, field: u16) -> Option<i32> {
        i32::try_from(registers::day(self.0.one(field)?)?).ok()
    }

    /// Months since 1970-01.
    pub(crate) fn month(self, field: u16) -> Option<i32> {
        match self.0.one(field)? {
            Value::Month(month) => Some(*month),
            _ => None,
        }
    }

    /// Text, empty when there is none.
    pub(crate) fn text(self, field: u16) -> &'a str {
        match self.0.one(field) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    /// Another record.
    pub(crate) fn id(self, field: u16) -> Option<RecordId> {
        match self.0.one(field)? {
            Value::Ref(id) => Some(RecordId(*id)),
            _ => None,
        }
    }

    /// The codes in a set as bits: code 1 is bit 1. Codes from 64 on are left out.
    pub(crate) fn codes(self, field: u16) -> u64 {
        let mut bits = 0;
        for register in self.0.of(field) {
            if let (Element::Code(code @ 0..64), Value::Bool(true)) = (register.element, register.value) {
                bits |= 1 << code;
            }
        }
        bits
    }

    /// The records that are elements of a set, or that a map has a value for.
    pub(crate) fn ids(self, field: u16) -> Vec<RecordId> {
        let there =
            self.0.of(field).iter().filter(|one| !matches!(one.value, Value::Null | Value::Bool(false)));
        let id = |element| if let Element::Ref(id) = element { Some(RecordId(id)) } else { None };
        there.filter_map(|one| id(one.element)).collect()
    }
}

/// Is a code among these bits of [`Reader::codes`]?
pub(crate) fn has(bits: u64, code: u16) -> bool {
    code < 64 && bits & (1 << code) != 0
}

/// The middle of a month, in days since 1970-01-01: where only the month is known.
pub(crate) fn middle_of(month: i32) -> Option<i32> {
    schema::calendar::day(&format!("{}-15", schema::calendar::month_text(month)?))
}

fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Int(number) | Value::Decimal(number) => Some(*number),
        _ => None,
    }
}

fn code(value: &Value) -> u16 {
    if let Value::Code(number) = value { *number } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use schema::Register;

    #[test]
    fn what_is_of_another_type_is_not_known() {
        let values = [
            Value::Text("7".into()),
            Value::Group(Box::new([Value::Decimal(85), Value::Null])),
            Value::DateTime { at_s: -3600, offset_min: 60 },
            Value::Bool(true),
        ];
        let mut registers: Vec<Register> = (1..)
            .zip(&values)
            .map(|(field, value)| Register { field, element: Element::Whole, value })
            .collect();
        registers[3].element = Element::Code(5);
        let read = Reader(Registers::new(&registers));
        assert_eq!((read.number(1), read.code(1), read.text(1)), (None, 0, "7"));
        assert_eq!((read.part(2, 0), read.part(2, 1), read.part_code(2, 1)), (Some(85), None, 0));
        assert_eq!((read.day(3), read.day(2)), (Some(0), None));
        assert_eq!((read.codes(4), read.ids(4)), (1 << 5, vec![]));
        assert!(has(1 << 5, 5) && !has(1 << 5, 4) && !has(u64::MAX, 64));
        assert_eq!(middle_of(0), Some(14));
    }
}
