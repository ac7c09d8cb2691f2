//! From the lines of a kind's file to its fields.
//!
//! The rule this module protects: *a group is one line followed by the lines of its parts*, `group.part` without a
//! number, so a part can never be told apart from its group.

use super::cell::{self, Cell};
use super::{Sources, known_sources, yes};
use crate::fault::Fault;
use crate::model::{Condition, Enumeration, Field, Label, Part, Required, Section, Shape, ValueType};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A line of `records/<kind>.csv`, field or part.
#[derive(Deserialize)]
pub(super) struct FieldRow {
    number: Option<u16>,
    field: String,
    label_id: String,
    label_en: String,
    shape: String,
    key: String,
    r#type: String,
    list: String,
    unit: String,
    hard: String,
    soft: String,
    elements: String,
    flags: String,
    required: String,
    when: String,
    sensitivity: String,
    sealed: String,
    merge: String,
    writers: String,
    since: String,
    section: String,
    source: String,
    note: String,
}

/// What a field is read with.
pub(super) struct Context<'a> {
    pub(super) file: &'a str,
    pub(super) kind: &'a str,
    pub(super) lists: &'a [Enumeration],
    pub(super) sources: &'a Sources,
    pub(super) sections: &'a [Section],
    pub(super) scales: &'a BTreeMap<String, u8>,
}

/// Digits after the point of every number, by `field` or `group.part`.
pub(super) fn scales(rows: &[FieldRow]) -> BTreeMap<String, u8> {
    let scale = |row: &FieldRow| match cell::value_type(&row.r#type, &row.list, &[]) {
        Ok(ValueType::Int) => Some((row.field.clone(), 0)),
        Ok(ValueType::Decimal { scale }) => Some((row.field.clone(), scale)),
        _ => None,
    };
    rows.iter().filter_map(scale).collect()
}

/// The fields of a kind, in the order of the file.
pub(super) fn fields(context: &Context, rows: &[FieldRow]) -> Result<Vec<Field>, Fault> {
    let mut fields = Vec::new();
    let mut rest = rows;
    while let Some((row, after)) = rest.split_first() {
        let count = after.iter().take_while(|part| part.field.contains('.')).count();
        let (parts, after) = after.split_at(count);
        let read = field(context, row, parts);
        fields.push(read.map_err(|(name, says)| Fault::part(context.file, context.kind, &name, says))?);
        rest = after;
    }
    Ok(fields)
}

fn field(context: &Context, row: &FieldRow, parts: &[FieldRow]) -> Result<Field, (String, String)> {
    let named = |says: String| (row.field.clone(), says);
    let mut value = cell::value_type(&row.r#type, &row.list, context.lists).map_err(named)?;
    if let ValueType::Group(places) = &mut value {
        for part_row in parts {
            places.push(part(context, row, part_row).map_err(|says| (part_row.field.clone(), says))?);
        }
    } else if let Some(stray) = parts.first() {
        return Err((stray.field.clone(), format!("{} is no group: give it the type group", row.field)));
    }
    plain(context, row, value).map_err(named)
}

fn plain(context: &Context, row: &FieldRow, value: ValueType) -> Cell<Field> {
    let shape = shape(&row.shape, &row.key, context.lists)?;
    // A set holds yes or no per element: its range is that of the elements.
    let ranged = if matches!(shape, Shape::Set(_)) { &ValueType::Int } else { &value };
    let first = match &value {
        ValueType::Group(parts) => parts.first().map_or(&ValueType::Bool, |part| &part.value),
        other => other,
    };
    known_sources(&row.source, context.sources)?;
    Ok(Field {
        number: row.number.ok_or("has no number: give it the next free one")?,
        name: row.field.clone(),
        label: Label { id: row.label_id.clone(), en: row.label_en.clone() },
        hard: cell::range(&row.hard, ranged)?,
        soft: cell::range(&row.soft, ranged)?,
        elements: cell::range(&row.elements, &ValueType::Int)?,
        flags: row.flags.split('|').filter(|flag| !flag.is_empty()).map(str::to_owned).collect(),
        required: required(context, row)?,
        sensitivity: row.sensitivity.parse().map_err(|_| "sensitivity is 0, 1 or 2".to_owned())?,
        sealed: yes(&row.sealed)?,
        policy: cell::policy(&row.merge, first, context.lists)?,
        writers: cell::roles(&row.writers)?,
        section: row.section.clone(),
        since: row
            .since
            .parse()
            .map_err(|_| "since is the first form version that has the field".to_owned())?,
        note: if row.note.is_empty() { row.source.clone() } else { format!("{} ({})", row.note, row.source) },
        unit: row.unit.clone(),
        shape,
        value,
    })
}

fn part(context: &Context, group: &FieldRow, row: &FieldRow) -> Cell<Part> {
    let name = row.field.strip_prefix(&format!("{}.", group.field));
    let name = name.ok_or_else(|| format!("stands under {}: put it under its own group", group.field))?;
    if row.number.is_some() {
        return Err("a part has no number of its own: its group is one register".to_owned());
    }
    let value = cell::value_type(&row.r#type, &row.list, context.lists)?;
    Ok(Part {
        name: name.to_owned(),
        label: Label { id: row.label_id.clone(), en: row.label_en.clone() },
        unit: row.unit.clone(),
        hard: cell::range(&row.hard, &value)?,
        soft: cell::range(&row.soft, &value)?,
        required: match row.required.as_str() {
            "R" => true,
            "O" => false,
            other => return Err(format!("`{other}`: a part is R (never null in the group) or O")),
        },
        value,
    })
}

fn shape(shape: &str, key: &str, lists: &[Enumeration]) -> Cell<Shape> {
    match (shape, key) {
        ("one", "") => Ok(Shape::One),
        ("list", "") => Ok(Shape::List),
        ("set", key) if !key.is_empty() => Ok(Shape::Set(cell::element(key, lists)?)),
        ("map", key) if !key.is_empty() => Ok(Shape::Map(cell::element(key, lists)?)),
        _ => Err(format!("shape `{shape}` with key `{key}`: one and list have no key, set and map need one")),
    }
}

fn required(context: &Context, row: &FieldRow) -> Cell<Required> {
    let section = match row.section.as_str() {
        "" => None,
        name => {
            let section = context.sections.iter().find(|section| section.name == name);
            Some(section.ok_or_else(|| format!("`{name}` is no section: add it to records/sections.csv"))?)
        }
    };
    let own = match row.when.as_str() {
        "" => None,
        text => Some(Condition::parse(text, &|name| context.scales.get(name).copied())?),
    };
    if row.required == "R" && own.is_some() {
        return Err("is always required, yet has a condition: make it C or empty `when`".to_owned());
    }
    if row.required == "C" && own.is_none() {
        return Err("is required under a condition that is missing: fill `when`".to_owned());
    }
    let when = match (section.map(|section| section.when.clone()), own) {
        (Some(section), Some(own)) => Some(section.and(own)),
        (section, own) => section.or(own),
    };
    match (row.required.as_str(), when) {
        ("O", when) => Ok(Required::Optional(when)),
        ("R", None) => Ok(Required::Always),
        ("R" | "C", Some(when)) => Ok(Required::When(when)),
        (other, _) => {
            Err(format!("`{other}`: a field is R (required), C (when its condition holds) or O (optional)"))
        }
    }
}
