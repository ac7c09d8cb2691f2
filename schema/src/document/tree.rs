//! The document read from a JSON tree.
//!
//! The rule this module protects: *a phone pays for what it reads, not for how it could be read.* Serde makes code for each
//! type and each way to write it; here one small function per type looks its fields up by name, which is a tenth of the bytes
//! in WebAssembly. What a newer server added is left aside; notes and sources, which no phone shows, may be missing. A test
//! holds it against serde.

use crate::model::{
    AreaLevel, Code, Condition, ElementType, Enumeration, Field, Flag, Identity, Keeping, Kind, Label,
    ListName, Part, Policy, Range, Required, Roles, Schema, SealOwner, Section, Shape, ValueType,
};
use crate::rules::kampung_kb::ScoredIndicator;
use crate::rules::risk::RiskFactor;
use crate::rules::{
    Bound, Category, Dose, Indicator, KampungKb, PregnancyBand, RiskRule, Rules, Topic, VisitPlan,
};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// What could not be read: the name of a field or type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the document of schema and rules cannot be read: {0}")]
pub struct Unread(pub &'static str);

type Read<T> = Result<T, Unread>;

/// Reads itself from a tree.
pub(super) trait OfTree: Sized {
    fn of_tree(tree: &Json) -> Read<Self>;

    /// What it is when the document does not say.
    fn missing(name: &'static str) -> Read<Self> {
        Err(Unread(name))
    }
}

/// The field of an object.
pub(super) fn field<T: OfTree>(tree: &Json, name: &'static str) -> Read<T> {
    match tree.get(name) {
        Some(tree) => T::of_tree(tree).map_err(|_| Unread(name)),
        None => T::missing(name),
    }
}

/// A field that only people who work on the schema read.
fn note(tree: &Json, name: &str) -> String {
    tree.get(name).and_then(Json::as_str).unwrap_or_default().to_owned()
}

macro_rules! objects {
    ($($object:ident { $($name:ident),* $(; $($note:ident),*)? })*) => {$(
        impl OfTree for $object {
            fn of_tree(tree: &Json) -> Read<$object> {
                Ok($object {
                    $($name: field(tree, stringify!($name))?,)*
                    $($($note: note(tree, stringify!($note)),)*)?
                })
            }
        }
    )*};
}

objects! {
    Schema { version, kinds, enumerations, flags }
    Kind {
        number, name, label, area, any_area, identity, keeping, writers, seal_owner, sections, fields, form_version; note
    }
    Section { name, label, when }
    Field {
        number, name, label, shape, value, unit, hard, soft, flags, elements, required, sensitivity, sealed, policy, writers,
        section, since; note
    }
    Part { name, label, value, unit, hard, soft, required }
    Range { min, max }
    Label { id, en }
    Enumeration { name, codes }
    Code { number, name, label, exclusive, risk }
    Flag { name, parameter, label, meaning }
    Rules { topics, pregnancy_bands, visit_plans, doses, indicators, risk, kampung_kb }
    Topic { name, label, unit, scale, covers_all, categories }
    Category { name, label, lower, upper; source, note }
    Bound { units, inclusive }
    PregnancyBand { gest_week, fetal_weight_g, fundus_cm, elsimil_weight_g; source }
    VisitPlan { target_group, default, counted_from, visits, from_day, to_day, label; source, note }
    Dose { code, due_day, basic, endemic_only; source, note }
    Indicator {
        id, group, label, definition, numerator, denominator, unit, level, period, disaggregation, among_visited, status;
        source, note
    }
    RiskRule { version, target, factors }
    RiskFactor { name, label, when, counts; source, note }
    ScoredIndicator { index, name, label, steps }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl OfTree for $number {
            fn of_tree(tree: &Json) -> Read<$number> {
                tree.as_i64().and_then(|number| number.try_into().ok()).ok_or(Unread("number"))
            }
        }
    )*};
}

numbers!(u8, u16, u32, i32, i64);

impl OfTree for bool {
    fn of_tree(tree: &Json) -> Read<bool> {
        tree.as_bool().ok_or(Unread("yes or no"))
    }
}

impl OfTree for String {
    fn of_tree(tree: &Json) -> Read<String> {
        tree.as_str().map(str::to_owned).ok_or(Unread("text"))
    }
}

impl OfTree for ListName {
    fn of_tree(tree: &Json) -> Read<ListName> {
        String::of_tree(tree).map(ListName::from)
    }
}

impl OfTree for Roles {
    fn of_tree(tree: &Json) -> Read<Roles> {
        u8::of_tree(tree).map(Roles)
    }
}

impl<T: OfTree> OfTree for Option<T> {
    fn of_tree(tree: &Json) -> Read<Option<T>> {
        if tree.is_null() { Ok(None) } else { T::of_tree(tree).map(Some) }
    }

    fn missing(_: &'static str) -> Read<Option<T>> {
        Ok(None)
    }
}

impl<T: OfTree> OfTree for Vec<T> {
    fn of_tree(tree: &Json) -> Read<Vec<T>> {
        tree.as_array().ok_or(Unread("list"))?.iter().map(T::of_tree).collect()
    }

    fn missing(_: &'static str) -> Read<Vec<T>> {
        Ok(Vec::new())
    }
}

impl<T: OfTree> OfTree for BTreeMap<String, T> {
    fn of_tree(tree: &Json) -> Read<BTreeMap<String, T>> {
        let mut map = BTreeMap::new();
        for (name, tree) in tree.as_object().ok_or(Unread("object"))? {
            map.insert(name.clone(), T::of_tree(tree)?);
        }
        Ok(map)
    }
}

impl<A: OfTree, B: OfTree> OfTree for (A, B) {
    fn of_tree(tree: &Json) -> Read<(A, B)> {
        match tree.as_array().map(Vec::as_slice) {
            Some([one, other]) => Ok((A::of_tree(one)?, B::of_tree(other)?)),
            _ => Err(Unread("pair")),
        }
    }
}

impl OfTree for [bool; 3] {
    fn of_tree(tree: &Json) -> Read<[bool; 3]> {
        let bits: Vec<bool> = OfTree::of_tree(tree)?;
        bits.try_into().map_err(|_| Unread("three"))
    }
}

impl OfTree for KampungKb {
    fn of_tree(tree: &Json) -> Read<KampungKb> {
        Ok(KampungKb { indicators: field(tree, "indicators")?, classes: field(tree, "classes")? })
    }

    fn missing(_: &'static str) -> Read<KampungKb> {
        Ok(KampungKb { indicators: Vec::new(), classes: Vec::new() })
    }
}

/// The word of a variant, and what it holds: `"text"`, or `{"decimal": {"scale": 1}}`.
fn variant(tree: &Json) -> Read<(&str, &Json)> {
    let one = |object: &'_ Map<String, Json>| object.len() == 1;
    match tree {
        Json::String(word) => Ok((word, &Json::Null)),
        Json::Object(object) if one(object) => {
            object.iter().next().map(|(word, held)| (word.as_str(), held)).ok_or(Unread("variant"))
        }
        _ => Err(Unread("variant")),
    }
}

macro_rules! variants {
    ($($variant:ident($held:ident) { $($word:literal => $made:expr,)* })*) => {$(
        impl OfTree for $variant {
            fn of_tree(tree: &Json) -> Read<$variant> {
                let (word, $held) = variant(tree)?;
                Ok(match word {
                    $($word => $made,)*
                    _ => return Err(Unread(stringify!($variant))),
                })
            }
        }
    )*};
}

variants! {
    AreaLevel(_held) {
        "village" => AreaLevel::Village,
        "subdistrict" => AreaLevel::Subdistrict,
        "district" => AreaLevel::District,
    }
    Identity(held) {
        "dot" => Identity::Dot,
        "natural" => Identity::Natural(OfTree::of_tree(held)?),
    }
    Keeping(_held) {
        "synced" => Keeping::Synced,
        "derived" => Keeping::Derived,
        "server" => Keeping::Server,
    }
    SealOwner(held) {
        "itself" => SealOwner::Itself,
        "field" => SealOwner::Field(OfTree::of_tree(held)?),
    }
    Shape(held) {
        "one" => Shape::One,
        "list" => Shape::List,
        "set" => Shape::Set(OfTree::of_tree(held)?),
        "map" => Shape::Map(OfTree::of_tree(held)?),
    }
    ElementType(held) {
        "code" => ElementType::Code(OfTree::of_tree(held)?),
        "ref" => ElementType::Ref(OfTree::of_tree(held)?),
        "area" => ElementType::Area(OfTree::of_tree(held)?),
        "int" => ElementType::Int,
    }
    ValueType(held) {
        "bool" => ValueType::Bool,
        "int" => ValueType::Int,
        "decimal" => ValueType::Decimal { scale: field(held, "scale")? },
        "text" => ValueType::Text,
        "date" => ValueType::Date,
        "month" => ValueType::Month,
        "date_time" => ValueType::DateTime,
        "code" => ValueType::Code(OfTree::of_tree(held)?),
        "ref" => ValueType::Ref(OfTree::of_tree(held)?),
        "area" => ValueType::Area(OfTree::of_tree(held)?),
        "blob" => ValueType::Blob,
        "group" => ValueType::Group(OfTree::of_tree(held)?),
    }
    Required(held) {
        "always" => Required::Always,
        "when" => Required::When(OfTree::of_tree(held)?),
        "optional" => Required::Optional(OfTree::of_tree(held)?),
    }
    Condition(held) {
        "is" => { let (field, codes) = OfTree::of_tree(held)?; Condition::Is(field, codes) },
        "is_not" => { let (field, codes) = OfTree::of_tree(held)?; Condition::IsNot(field, codes) },
        "above" => { let (field, bound) = OfTree::of_tree(held)?; Condition::Above(field, bound) },
        "below" => { let (field, bound) = OfTree::of_tree(held)?; Condition::Below(field, bound) },
        "filled" => Condition::Filled(OfTree::of_tree(held)?),
        "empty" => Condition::Empty(OfTree::of_tree(held)?),
        "all" => Condition::All(OfTree::of_tree(held)?),
        "any" => Condition::Any(OfTree::of_tree(held)?),
    }
    Policy(held) {
        "immutable" => Policy::Immutable,
        "append" => Policy::Append,
        "derived" => Policy::Derived,
        "server" => Policy::Server,
        "lww" => Policy::Lww,
        "lww_non_null" => Policy::LwwNonNull,
        "set_union" => Policy::SetUnion,
        "max" => Policy::Max,
        "earliest" => Policy::Earliest,
        "priority" => Policy::Priority(OfTree::of_tree(held)?),
        "priority_true" => Policy::PriorityTrue,
        "review_tol" => Policy::ReviewTol { units: field(held, "units")? },
        "review_sim" => Policy::ReviewSim { per_mille: field(held, "per_mille")? },
        "review" => Policy::Review,
    }
}
