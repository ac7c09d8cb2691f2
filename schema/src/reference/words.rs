//! What stands in a cell of the reference: the words of the files, with numbers in the unit of the field.

use crate::model::{
    AreaLevel, ElementType, Field, Identity, Keeping, Kind, Language, Policy, Range, Required, Role, Roles,
    Schema, Shape, ValueType,
};
use crate::{calendar, decimal};

pub(super) struct Words<'a> {
    pub(super) schema: &'a Schema,
    pub(super) language: Language,
}

impl Words<'_> {
    pub(super) fn yes(&self, yes: bool) -> &'static str {
        if yes { self.language.pick("ya", "yes") } else { "" }
    }

    pub(super) fn area(&self, kind: &Kind) -> String {
        let level = self.level(kind.area);
        let above = self.language.pick("dan di atasnya", "and above");
        if kind.any_area { format!("{level} {above}") } else { level.to_owned() }
    }

    fn level(&self, level: AreaLevel) -> &'static str {
        match level {
            AreaLevel::Village => self.language.pick("desa/kelurahan", "village"),
            AreaLevel::Subdistrict => self.language.pick("kecamatan", "subdistrict"),
            AreaLevel::District => self.language.pick("kabupaten/kota", "district"),
        }
    }

    pub(super) fn identity(&self, kind: &Kind) -> String {
        match &kind.identity {
            Identity::Dot => {
                self.language.pick("perubahan yang membuatnya", "the change that made it").to_owned()
            }
            Identity::Natural(numbers) => {
                let names = numbers.iter().filter_map(|number| kind.field(*number));
                let names: Vec<_> = names.map(|field| format!("`{}`", field.name)).collect();
                let area = self.language.pick("wilayah", "area");
                format!("{area}, {}", names.join(", "))
            }
        }
    }

    pub(super) fn keeping(&self, kind: &Kind) -> &'static str {
        match kind.keeping {
            Keeping::Synced => self.language.pick("disinkronkan", "synced"),
            Keeping::Derived => self.language.pick("dihitung", "derived"),
            Keeping::Server => self.language.pick("hanya di server", "server only"),
        }
    }

    pub(super) fn roles(&self, roles: Roles) -> String {
        let names = Role::ALL.into_iter().filter(|role| roles.contains(*role)).map(Role::name);
        names.collect::<Vec<_>>().join(", ")
    }

    pub(super) fn shape(&self, field: &Field) -> String {
        let value = self.value(&field.value);
        match &field.shape {
            Shape::One => value,
            Shape::Set(key) => format!("set: {}", self.element(key)),
            Shape::Map(key) => format!("map: {} → {value}", self.element(key)),
            Shape::List => format!("list: {value}"),
        }
    }

    pub(super) fn value(&self, value: &ValueType) -> String {
        match value {
            ValueType::Code(list) => format!("code `{list}`"),
            ValueType::Ref(kind) => format!("ref `{kind}`"),
            ValueType::Area(level) => format!("area {}", self.level(*level)),
            plain => plain.word(),
        }
    }

    /// The type that a field's range speaks of.
    pub(super) fn ranged<'f>(&self, field: &'f Field) -> &'f ValueType {
        if matches!(field.shape, Shape::Set(_)) { &ValueType::Int } else { &field.value }
    }

    pub(super) fn range(&self, range: Option<Range>, value: &ValueType) -> String {
        let Some(range) = range else { return String::new() };
        let day = |n: i64, text: fn(i32) -> Option<String>| i32::try_from(n).ok().and_then(text);
        let end = |n: i64| match value {
            ValueType::Decimal { scale } => decimal::text(n, *scale),
            ValueType::Date => day(n, calendar::day_text).unwrap_or_default(),
            ValueType::Month => day(n, calendar::month_text).unwrap_or_default(),
            _ => n.to_string(),
        };
        let characters = match value {
            ValueType::Text => self.language.pick(" karakter", " characters"),
            _ => "",
        };
        let end = |bound: Option<i64>| bound.map(end).unwrap_or_default();
        format!("{}..{}{characters}", end(range.min), end(range.max))
    }

    pub(super) fn required(&self, field: &Field) -> String {
        match &field.required {
            Required::Always => self.language.pick("selalu", "always").to_owned(),
            Required::When(when) => self.language.pick(format!("jika `{when}`"), format!("when `{when}`")),
            Required::Optional(None) => String::new(),
            Required::Optional(Some(when)) => {
                self.language.pick(format!("tidak; tampil jika `{when}`"), format!("no; shown when `{when}`"))
            }
        }
    }

    pub(super) fn policy(&self, field: &Field) -> String {
        let plain = match &field.policy {
            Policy::Immutable => "IMMUTABLE",
            Policy::Append => "APPEND",
            Policy::Derived => "DERIVED",
            Policy::Server => "SERVER",
            Policy::Lww => "LWW",
            Policy::LwwNonNull => "LWW_NONNULL",
            Policy::SetUnion => "SET_UNION",
            Policy::Max => "MAX",
            Policy::Earliest => "EARLIEST",
            Policy::PriorityTrue => "PRIORITY(true)",
            Policy::Review => "REVIEW",
            Policy::Priority(order) => return format!("PRIORITY({})", self.order(order, &field.value)),
            Policy::ReviewTol { units } => {
                let scale = field.leaves().next().map_or(0, |value| match value {
                    ValueType::Decimal { scale } => *scale,
                    _ => 0,
                });
                return format!("REVIEW_TOL({})", decimal::text(*units, scale));
            }
            Policy::ReviewSim { per_mille } => {
                return format!("REVIEW_SIM({})", decimal::text(i64::from(*per_mille), 3));
            }
        };
        plain.to_owned()
    }

    fn order(&self, order: &[u16], value: &ValueType) -> String {
        let ValueType::Code(list) = value else { return String::new() };
        let list = self.schema.list(list);
        let name = |number: &u16| list.and_then(|list| list.code(*number)).map(|code| code.name.as_str());
        order.iter().filter_map(name).collect::<Vec<_>>().join(" > ")
    }

    pub(super) fn flags(&self, field: &Field) -> String {
        let mut flags: Vec<String> = field.flags.iter().map(|flag| format!("`{flag}`")).collect();
        if let Some(range) = field.elements {
            let usual = self.language.pick("biasanya", "usually");
            flags.push(format!("{usual} {}", self.range(Some(range), &ValueType::Int)));
        }
        flags.join(", ")
    }

    fn element(&self, key: &ElementType) -> String {
        match key {
            ElementType::Code(list) => format!("code `{list}`"),
            ElementType::Ref(kind) => format!("ref `{kind}`"),
            ElementType::Area(level) => format!("area {}", self.level(*level)),
            ElementType::Int => "int".to_owned(),
        }
    }
}
