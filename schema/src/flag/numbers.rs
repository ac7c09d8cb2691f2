//! Flags of numbers, places and ids.

use super::Case;
use crate::{Value, registers};

/// How far from its village a home may lie.
const VILLAGE_MARGIN_M: i64 = 5_000;

/// Larger than the named field of the record.
pub(super) fn not_above(case: &Case) -> Option<bool> {
    Some(number(case.value)? > case.record.number(case.parameter)?)
}

/// Other than the portions of named recipients and of groups together. Without any of them nothing can differ.
pub(super) fn portions_add_up(case: &Case) -> Option<bool> {
    let record = case.record;
    let registers = |field: &str| record.kind.field_named(field).map(|field| record.registers.present(field));
    // Portions of a person have one digit after the point.
    let tenths = registers("recipients")?.map(|register| registers::part(register.value, 1).and_then(number));
    let whole =
        registers("served_by_group")?.map(|register| number(register.value).map(|n| n.saturating_mul(10)));
    let (mut sum, mut lines) = (0_i64, 0);
    for portions in tenths.chain(whole) {
        sum = sum.saturating_add(portions?);
        lines += 1;
    }
    let served = number(case.value)?.saturating_mul(10);
    (lines > 0).then_some(served != sum)
}

/// More than 5 km outside the village.
pub(super) fn near_village(case: &Case) -> Option<bool> {
    Some(case.record.context.village_distance_m? > VILLAGE_MARGIN_M)
}

/// Not smaller than `larger_id`.
pub(super) fn smaller_id_first(case: &Case) -> Option<bool> {
    match (case.value, case.record.value("larger_id")?) {
        (Value::Ref(smaller), Value::Ref(larger)) => Some(smaller >= larger),
        _ => None,
    }
}

fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Int(number) | Value::Decimal(number) => Some(*number),
        _ => None,
    }
}
