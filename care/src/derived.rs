//! Fields that nobody types: they follow from what was typed and from what is known.
//!
//! The rule this module protects: *a derived field is a function of what the form shows and of the book*, so it is the
//! same whoever computes it; what it needs and is not known leaves it empty. Values are in the unit of their field.

mod visit;

use crate::book::Book;
use crate::fact::{Fact, Pregnancy};
use crate::numbers::{code, field, kind};
use crate::read::Reader;
use schema::{Element, Registers, Value};
use sync_core::{Place, RecordId};

/// Derived values while they are gathered.
#[derive(Default)]
pub(crate) struct Gathered(Vec<(Place, Value)>);

impl Gathered {
    /// Puts a value in, when there is one.
    pub(crate) fn put(&mut self, field: u16, value: Option<Value>) {
        self.0.extend(value.map(|value| ((field, Element::Whole), value)));
    }

    /// A whole number.
    pub(crate) fn int(&mut self, field: u16, number: Option<i64>) {
        self.put(field, number.map(Value::Int));
    }

    /// A decimal in its smallest unit.
    pub(crate) fn decimal(&mut self, field: u16, units: Option<i64>) {
        self.put(field, units.map(Value::Decimal));
    }

    /// A code; 0 is none.
    pub(crate) fn code(&mut self, field: u16, number: u16) {
        self.put(field, (number != 0).then_some(Value::Code(number)));
    }
}

impl Book {
    /// The derived fields of a record that shows `registers`, ascending by place; those that nothing is known of are
    /// left out. `record`: its id, when it was saved before. `day`: today. The elements of `member.target_groups` are
    /// places with `true`.
    pub fn derived(
        &self,
        kind: u16,
        record: Option<RecordId>,
        registers: Registers,
        day: i32,
    ) -> Vec<(Place, Value)> {
        let mut out = Gathered::default();
        let read = Reader(registers);
        match (kind, Fact::read(kind, read)) {
            (_, Some(Fact::Visit(visit))) => self.derive_visit(record, &visit, &mut out),
            (_, Some(Fact::Pregnancy(pregnancy))) => {
                out.put(field::pregnancy::EDD_DATE, pregnancy.expected().map(Value::Date));
            }
            (_, Some(fact @ Fact::Screening(_))) => self.derive_screening(&fact, day, &mut out),
            (_, Some(Fact::Household(_))) => {
                let people = record.map(|id| self.members(id).filter(|(_, member)| member.is_here()).count());
                out.int(field::household::MEMBERS_TOTAL, people.map(|count| count as i64));
            }
            (_, Some(Fact::Member(member))) => {
                // Somebody who is new has no pregnancy and no couple: the groups of a nil id are those of age alone.
                let id = record.unwrap_or(RecordId(uuid::Uuid::nil()));
                for group in self.groups(id, &member, day) {
                    let place = (field::member::TARGET_GROUPS, Element::Code(group as u16));
                    out.0.push((place, Value::Bool(true)));
                }
                crate::order::sort(&mut out.0, |(one, _), (other, _)| one.cmp(other));
            }
            (kind::UPPKA_SALE, _) => {
                let quantity = read.number(field::uppka_sale::QUANTITY);
                let total = quantity
                    .zip(read.number(field::uppka_sale::UNIT_PRICE_IDR))
                    .map(|(hundredths, price)| rounded(i128::from(hundredths) * i128::from(price), 100));
                out.int(field::uppka_sale::TOTAL_IDR, total);
            }
            _ => {}
        }
        out.0
    }

    fn derive_screening(&self, fact: &Fact, day: i32, out: &mut Gathered) {
        use field::risk_screening::*;
        let Some(verdict) = self.verdict_of(fact, day) else { return };
        let holds = |name: &str| Some(Value::Bool(verdict.factors.iter().any(|factor| factor.name == name)));
        out.put(TOO_YOUNG, holds("too_young"));
        out.put(TOO_OLD, holds("too_old"));
        out.put(TOO_CLOSE, holds("too_close"));
        out.put(TOO_MANY, holds("too_many"));
        out.put(NOT_MODERN_FP, holds("not_modern_fp"));
        out.put(LOW_WELFARE, holds("low_welfare"));
        out.put(LOW_EDUCATION, holds("low_education"));
        out.put(RULE_VERSION, Some(Value::Text(verdict.version.into())));
        out.put(IS_TARGET_FAMILY, Some(Value::Bool(verdict.is_target)));
        // The verdict of the rule itself: the word of the field officer stands in a field of its own.
        let counts = verdict.factors.iter().any(|factor| factor.counts);
        out.put(IS_AT_RISK, Some(Value::Bool(verdict.is_target && counts)));
    }

    /// The pregnancy that a visit belongs to: the one it names, else the running one or that of the puerperium.
    pub(crate) fn pregnancy_at(&self, visit: &crate::fact::Visit) -> Option<(RecordId, &Pregnancy)> {
        let named = visit.pregnancy.and_then(|id| self.pregnancy_of(id).map(|one| (id, one)));
        named.or_else(|| match visit.group {
            code::target_group::PREGNANT => self.running_pregnancy(visit.subject?),
            code::target_group::POSTPARTUM => self.delivery_within(visit.subject?, visit.day?),
            _ => None,
        })
    }
}

/// `dividend / divisor`, rounded half away from zero; the numbers that come here are not negative.
pub(crate) fn rounded(dividend: i128, divisor: i128) -> i64 {
    i64::try_from((dividend + divisor / 2) / divisor).unwrap_or(i64::MAX)
}

/// Body mass index in tenths, from tenths of a kilogram and of a centimetre; `None` for what cannot be.
pub(crate) fn bmi_tenths(weight: Option<i64>, height: Option<i64>) -> Option<i64> {
    let (weight, height) = weight.zip(height).filter(|(weight, height)| *weight > 0 && *height > 0)?;
    let square = i128::from(height) * i128::from(height);
    Some(rounded(i128::from(weight) * 1_000_000, square))
}

/// Mean arterial pressure in tenths of mmHg: a third of the systolic and two thirds of the diastolic.
pub(crate) fn map_tenths((systolic, diastolic): (i64, i64)) -> i64 {
    rounded((i128::from(systolic) + 2 * i128::from(diastolic)) * 10, 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_rounded_once() {
        assert_eq!(bmi_tenths(Some(500), Some(1600)), Some(195), "50.0 kg and 160.0 cm are 19.53");
        assert_eq!(bmi_tenths(Some(500), Some(0)), None);
        assert_eq!(map_tenths((120, 80)), 933);
        assert_eq!(map_tenths((110, 80)), 900);
        assert_eq!(rounded(5, 10), 1);
    }
}
