//! Fields: types, ranges, flags, writers, form versions.

use super::Place;
use super::lists::lists_of;
use crate::flag;
use crate::model::{
    ANY_RECORD, ElementType, Field, Keeping, Policy, Range, Required, Role, Shape, ValueType,
};

pub(super) fn faults(place: &mut Place) {
    let field = place.field;
    place.must(field.since >= 1, "has no form version: since counts from 1");
    let published = u32::from(field.since) <= place.schema.version.max(1);
    place.must(published, "is newer than the schema: raise records/VERSION");
    place.must(field.sensitivity <= 2, "has an unknown sensitivity: write 0, 1 or 2");
    names(place);
    shape(place);
    ranges(place, &field.name, field.hard.as_ref(), field.soft.as_ref());
    flags(place);
    writers(place);
    let demanded = matches!(field.required, Required::Always | Required::When(_));
    let computed = field.policy == Policy::Derived && place.kind.keeping == Keeping::Synced;
    place.must(!(computed && demanded), "is computed, so it cannot be required of a phone: make it O");
}

/// Lists and kinds that are named exist.
fn names(place: &mut Place) {
    let field = place.field;
    for (list, _) in lists_of(field) {
        if place.schema.list(list).is_none() {
            place.fault(format!("`{list}` is no enumeration: add it to records/enumerations.csv"));
        }
    }
    for kind in refs_of(field) {
        if kind != ANY_RECORD && place.schema.kind_named(kind).is_none() {
            place.fault(format!("`{kind}` is no kind: see records/kinds.csv"));
        }
    }
}

fn refs_of(field: &Field) -> Vec<&str> {
    let mut kinds = Vec::new();
    if let Shape::Set(ElementType::Ref(kind)) | Shape::Map(ElementType::Ref(kind)) = &field.shape {
        kinds.push(kind.as_str());
    }
    kinds.extend(field.leaves().filter_map(|value| match value {
        ValueType::Ref(kind) => Some(kind.as_str()),
        _ => None,
    }));
    kinds
}

fn shape(place: &mut Place) {
    let field = place.field;
    let is_set = matches!(field.shape, Shape::Set(_));
    place.must(!is_set || field.value == ValueType::Bool, "is a set: its type is bool, \"is in\"");
    let many = field.shape != Shape::One;
    place.must(many || field.elements.is_none(), "has one register: empty `elements`");
    let counts = |range: Range| range.min.is_none_or(|min| min >= 0) && is_ordered(&range);
    place.must(field.elements.is_none_or(counts), "has a number of elements that cannot be: mend `elements`");
    let bounded = field.hard.is_some_and(|range| range.max.is_some());
    place.must(field.value != ValueType::Text || bounded, "is a text without end: give it a highest length");
}

/// Ranges of a field or a part.
pub(super) fn ranges(place: &mut Place, name: &str, hard: Option<&Range>, soft: Option<&Range>) {
    for (range, column) in [(hard, "hard"), (soft, "soft")] {
        if range.is_some_and(|range| !is_ordered(range)) {
            place.fault_of(name, format!("has a range that ends before it begins: mend `{column}`"));
        }
    }
    let (Some(hard), Some(soft)) = (hard, soft) else { return };
    let low = hard.min.zip(soft.min).is_some_and(|(hard, soft)| soft < hard);
    let high = hard.max.zip(soft.max).is_some_and(|(hard, soft)| soft > hard);
    if low || high {
        place.fault_of(name, "has a soft range that reaches beyond the hard one: narrow `soft`");
    }
}

fn is_ordered(range: &Range) -> bool {
    range.min.zip(range.max).is_none_or(|(min, max)| min <= max)
}

fn flags(place: &mut Place) {
    let field = place.field;
    for text in &field.flags {
        let (name, parameter) = flag::split(text);
        let Some(line) = place.schema.flags.get(name) else {
            place.fault(format!("`{name}` is no flag: add it to records/flags.csv"));
            continue;
        };
        let fits = match line.parameter.as_str() {
            "days" => parameter.parse::<u16>().is_ok(),
            "field" => place.kind.field_named(parameter).is_some_and(|other| other.value == field.value),
            _ => parameter.is_empty(),
        };
        if !fits {
            place.fault(match line.parameter.as_str() {
                "days" => format!("`{text}` needs a number of days in brackets"),
                "field" => format!("`{text}` needs the name of a field of the same type in brackets"),
                _ => format!("`{text}` takes nothing in brackets"),
            });
        }
        if flag::named(name).is_some_and(|named| !(named.fits)(&field.value)) {
            place.fault(format!("`{name}` cannot judge a value of this type"));
        }
    }
}

fn writers(place: &mut Place) {
    let (field, keeping) = (place.field, place.kind.keeping);
    let Some(writers) = field.writers else {
        let lacks = field.policy == Policy::Server && keeping == Keeping::Synced;
        place.must(!lacks, "is for PLKB and above: say which roles in `writers`");
        return;
    };
    place.must(field.policy != Policy::Derived, "is computed: empty `writers`");
    place.must(!writers.contains(Role::DistrictViewer), "is written by a role that only reads");
    let below = writers.contains(Role::Kader) || writers.contains(Role::Midwife);
    place.must(
        !(field.policy == Policy::Server && below),
        "is for PLKB and above: take kader and midwife away",
    );
}
