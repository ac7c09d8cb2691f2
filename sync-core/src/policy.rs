//! What concurrent values of a register become.
//!
//! The rule this module protects: *a policy is a function of the set of siblings and of the value last signed, and of
//! nothing else* (counterexamples 7 and 15). Every answer is the same for every order in which the siblings are given,
//! and every tie ends in (stamp, actor, sequence). No policy takes a value away: all siblings stay in the register.

mod name;

use crate::{Dot, Stamp};
use schema::{Policy, Schema, Value, ValueType};
use std::cmp::Reverse;

/// Who measures better, best first.
const SOURCES: [&str; 5] = ["facility", "midwife", "posyandu", "cadre", "copied"];

/// One surviving value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sibling<'a> {
    /// The value, opened when it was sealed and the key is at hand.
    pub value: &'a Value,
    /// The change that wrote it.
    pub dot: Dot,
    /// When, by its author's clock.
    pub stamp: Stamp,
    /// The stamp lay beyond the skew bound: it sorts lowest.
    pub distrusted: bool,
}

/// What is shown, and whether a person must look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Position of the sibling that is shown.
    pub shown: usize,
    /// Open a case: people saw different things, and no rule may choose.
    pub review: bool,
}

/// What a policy may know of its field.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// Type of the value.
    pub value: &'a ValueType,
    /// The newest schema at hand.
    pub schema: &'a Schema,
}

/// Decides among at least one sibling. `signed` is the value that was last signed for the register.
pub fn resolve(ground: &Ground, siblings: &[Sibling], signed: Option<&Value>) -> Verdict {
    let differ = siblings.iter().any(|sibling| sibling.value != siblings[0].value);
    let silent = |shown| Verdict { shown, review: false };
    let newest = || best(siblings, |_| ());
    if !differ {
        return silent(newest());
    }
    match ground.policy {
        Policy::Immutable => Verdict { shown: lowest(siblings), review: true },
        Policy::Lww | Policy::Server | Policy::Append | Policy::Derived => silent(newest()),
        Policy::LwwNonNull => silent(best(siblings, |sibling| !sibling.value.is_null())),
        Policy::SetUnion | Policy::PriorityTrue => {
            silent(best(siblings, |sibling| *sibling.value == Value::Bool(true)))
        }
        Policy::Max => silent(best(siblings, |sibling| number(sibling.value))),
        Policy::Earliest => silent(best(siblings, |sibling| number(sibling.value).map(Reverse))),
        Policy::Priority(order) => silent(best(siblings, |sibling| Reverse(rank(order, sibling.value)))),
        Policy::ReviewTol { units } if is_close(ground, siblings, *units) => {
            silent(best(siblings, |sibling| Reverse(source_rank(ground, sibling.value))))
        }
        Policy::ReviewSim { per_mille } if are_similar(siblings, *per_mille) => silent(newest()),
        Policy::ReviewTol { .. } | Policy::ReviewSim { .. } | Policy::Review => {
            Verdict { shown: best(siblings, |sibling| Some(sibling.value) == signed), review: true }
        }
    }
}

/// The sibling with the highest merit; among equals the newest.
fn best<M: Ord>(siblings: &[Sibling], merit: impl Fn(&Sibling) -> M) -> usize {
    let order = |sibling: &Sibling| (merit(sibling), !sibling.distrusted, sibling.stamp, sibling.dot);
    let places = 0..siblings.len();
    places.max_by_key(|place| order(&siblings[*place])).unwrap_or_default()
}

fn lowest(siblings: &[Sibling]) -> usize {
    (0..siblings.len()).min_by_key(|place| siblings[*place].dot).unwrap_or_default()
}

/// The number that a value is, or that the first part of a group is.
fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Int(n) | Value::Decimal(n) => Some(*n),
        Value::Date(n) | Value::Month(n) => Some(i64::from(*n)),
        Value::DateTime { at_s, .. } => Some(*at_s),
        Value::Group(parts) => number(parts.first()?),
        _ => None,
    }
}

/// Place in a total order; what is not in it comes last.
fn rank(order: &[u16], value: &Value) -> usize {
    let place = match value {
        Value::Code(code) => order.iter().position(|listed| listed == code),
        _ => None,
    };
    place.unwrap_or(order.len())
}

/// Position of the part that says who measured.
fn source_part(value: &ValueType) -> Option<usize> {
    let ValueType::Group(parts) = value else { return None };
    parts.iter().position(|part| part.name == "measured_by")
}

fn source_rank(ground: &Ground, value: &Value) -> usize {
    let rank = || {
        let Value::Group(parts) = value else { return None };
        let Value::Code(code) = parts.get(source_part(ground.value)?)? else { return None };
        let name = &ground.schema.enumeration("measured_by")?.code(*code)?.name;
        SOURCES.iter().position(|source| source == name)
    };
    rank().unwrap_or(SOURCES.len())
}

/// Are all numbers within the tolerance (largest minus smallest), and all other parts but the source equal?
fn is_close(ground: &Ground, siblings: &[Sibling], units: i64) -> bool {
    let numbers: Option<Vec<i64>> = siblings.iter().map(|sibling| number(sibling.value)).collect();
    let Some(numbers) = numbers else { return false };
    let spread = numbers.iter().max().zip(numbers.iter().min());
    let close = spread.is_some_and(|(max, min)| max.abs_diff(*min) <= units.unsigned_abs());
    let source = source_part(ground.value);
    let others = |value: &Value| match value {
        Value::Group(parts) => {
            let other = |place: &usize| *place > 0 && Some(*place) != source;
            (0..parts.len()).filter(other).map(|place| parts[place].clone()).collect()
        }
        _ => Vec::new(),
    };
    let first = others(siblings[0].value);
    close && siblings.iter().all(|sibling| others(sibling.value) == first)
}

/// Is the least similar pair similar enough? Sealed values that could not be opened are similar to nothing.
fn are_similar(siblings: &[Sibling], per_mille: u16) -> bool {
    let texts: Option<Vec<&str>> = siblings
        .iter()
        .map(|sibling| if let Value::Text(text) = sibling.value { Some(&**text) } else { None })
        .collect();
    let Some(texts) = texts else { return false };
    let pairs = texts.iter().enumerate().flat_map(|(i, a)| texts[i + 1..].iter().map(move |b| (a, b)));
    pairs.map(|(a, b)| name::similarity_per_mille(a, b)).min().is_none_or(|least| least >= per_mille)
}
