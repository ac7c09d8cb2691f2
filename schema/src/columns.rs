//! The columns of an export, kind by kind.
//!
//! The rule this module protects: *a column keeps its name and its place.* They follow the numbers of the fields, so a
//! new field is a new column at the end of its kind and nobody's spreadsheet shifts. Columns of the record itself (id,
//! area, who, when) are put in front by whoever exports.

use crate::csv_cell::{quote, write_csv_cell};
use crate::json::FieldJson;
use crate::model::{ElementType, Field, Kind, Label, Schema, Shape, ValueType};
use crate::{Registers, registers};

/// One column: a field, or one part of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column<'a> {
    /// `field`, or `field.part`.
    pub name: String,
    /// Heading; of a part: "field: part", unless both say the same.
    pub label: Label,
    /// Word of the type, as [`ValueType::word`]; `codes`, `refs`, `areas`, `ints` for a set, joined by `|`; `json` for
    /// a map or list.
    pub word: String,
    /// Name of the enumeration, kind or level that the values come from; empty when there is none.
    pub list: String,
    /// Unit as printed, empty when there is none.
    pub unit: &'a str,
    /// The field.
    pub field: &'a Field,
    /// Which part of the group.
    pub part: Option<usize>,
}

/// The columns of a kind, in ascending order of field number; with sealed fields only when `identified`.
pub fn columns(kind: &Kind, identified: bool) -> Vec<Column<'_>> {
    let fields = kind.fields.iter().filter(|field| identified || !field.sealed);
    fields.flat_map(of_field).collect()
}

fn of_field(field: &Field) -> Vec<Column<'_>> {
    let column = |word: String, list: String| Column {
        name: field.name.clone(),
        label: field.label.clone(),
        word,
        list,
        unit: &field.unit,
        field,
        part: None,
    };
    match (&field.shape, &field.value) {
        (Shape::One, ValueType::Group(parts)) => {
            (0..parts.len()).filter_map(|nth| of_part(field, nth)).collect()
        }
        (Shape::One, value) => vec![column(value.word(), list_of(value))],
        (Shape::Set(key), _) => {
            let (word, list) = match key {
                ElementType::Code(list) => ("codes", list.to_string()),
                ElementType::Ref(kind) => ("refs", kind.clone()),
                ElementType::Area(level) => ("areas", level.word().to_owned()),
                ElementType::Int => ("ints", String::new()),
            };
            vec![column(word.to_owned(), list)]
        }
        (Shape::Map(_) | Shape::List, _) => vec![column("json".to_owned(), String::new())],
    }
}

fn of_part(field: &Field, nth: usize) -> Option<Column<'_>> {
    let ValueType::Group(parts) = &field.value else { return None };
    let part = parts.get(nth)?;
    let joined = |whole: &str, part: &str| {
        if whole == part { whole.to_owned() } else { format!("{whole}: {part}") }
    };
    Some(Column {
        name: format!("{}.{}", field.name, part.name),
        label: Label {
            id: joined(&field.label.id, &part.label.id),
            en: joined(&field.label.en, &part.label.en),
        },
        word: part.value.word(),
        list: list_of(&part.value),
        unit: &part.unit,
        field,
        part: Some(nth),
    })
}

fn list_of(value: &ValueType) -> String {
    match value {
        ValueType::Code(list) => list.to_string(),
        ValueType::Ref(kind) => kind.clone(),
        ValueType::Area(level) => level.word().to_owned(),
        _ => String::new(),
    }
}

impl Column<'_> {
    /// Appends the cell of a record.
    pub fn write_csv(&self, out: &mut Vec<u8>, registers: Registers<'_>, schema: &Schema) {
        let json = FieldJson { field: self.field, registers, schema };
        match &self.field.shape {
            Shape::One => self.write_one(out, registers, schema),
            Shape::Set(_) => quote(out, json.keys().collect::<Vec<_>>().join("|").as_bytes()),
            Shape::Map(_) | Shape::List => {
                let mut text = Vec::new();
                let is_empty = registers.present(self.field).next().is_none();
                if !is_empty && serde_json::to_writer(&mut text, &json).is_ok() {
                    quote(out, &text);
                }
            }
        }
    }

    fn write_one(&self, out: &mut Vec<u8>, registers: Registers<'_>, schema: &Schema) {
        let Some(value) = registers.one(self.field.number) else { return };
        match (&self.field.value, self.part) {
            (ValueType::Group(parts), Some(nth)) => {
                if let (Some(part), Some(value)) = (parts.get(nth), registers::part(value, nth)) {
                    write_csv_cell(out, value, &part.value, schema);
                }
            }
            (wanted, _) => write_csv_cell(out, value, wanted, schema),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Element, Register, Value};

    fn line(kind: &Kind, registers: &[Register], identified: bool) -> String {
        let mut out = Vec::new();
        for column in columns(kind, identified) {
            if !out.is_empty() {
                out.push(b';');
            }
            out.extend_from_slice(format!("{}=", column.name).as_bytes());
            column.write_csv(&mut out, Registers::new(registers), Schema::builtin());
        }
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn groups_have_a_column_per_part_sets_one_and_maps_are_json() {
        let schema = Schema::builtin();
        let visit = schema.kind_named("visit").expect("visit");
        let number = |name: &str| visit.field_named(name).expect(name).number;
        let weight = Value::Group([Value::Decimal(805), Value::Code(2)].into());
        let (yes, no) = (Value::Bool(true), Value::Bool(false));
        let hash = Value::Blob([0xab; 32].into());
        let topics = number("kie_topics");
        let registers = [
            Register { field: topics, element: Element::Code(1), value: &yes },
            Register { field: topics, element: Element::Code(2), value: &no },
            Register { field: topics, element: Element::Code(3), value: &yes },
            Register {
                field: number("photos"),
                element: Element::Line { actor: 7, seq: 1, nth: 0 },
                value: &hash,
            },
            Register { field: number("child_weight"), element: Element::Whole, value: &weight },
        ];
        let line = line(visit, &registers, false);
        assert!(line.contains(";kie_topics=nutrition|asi;"), "{line}");
        assert!(line.contains(";child_weight.kg=8.05;child_weight.measured_by=posyandu;"), "{line}");
        assert!(line.contains(r#";photos="{""0000000000000007:1:0"":""abab"#), "{line}");
        assert!(!line.contains("notes="), "sealed fields are left out: {line}");
    }

    #[test]
    fn sealed_columns_come_only_when_asked_and_are_empty_without_the_key() {
        let schema = Schema::builtin();
        let household = schema.kind_named("household").expect("household");
        let number = |name: &str| household.field_named(name).expect(name).number;
        let (open, sealed) = (Value::Text("Opened".into()), Value::Sealed([1; 20].into()));
        let registers = [
            Register { field: number("head_name"), element: Element::Whole, value: &open },
            Register { field: number("address"), element: Element::Whole, value: &sealed },
        ];
        assert!(!line(household, &registers, false).contains("head_name"));
        assert!(line(household, &registers, true).contains(";head_name=Opened;address=;"));
    }

    #[test]
    fn every_field_has_its_columns_and_names_are_unique() {
        for kind in &Schema::builtin().kinds {
            let columns = columns(kind, true);
            let names: std::collections::BTreeSet<_> = columns.iter().map(|column| &column.name).collect();
            assert_eq!(names.len(), columns.len(), "{}", kind.name);
            for field in &kind.fields {
                assert!(columns.iter().any(|column| column.field.number == field.number), "{}", field.name);
            }
            assert!(columns.is_sorted_by_key(|column| (column.field.number, column.part)));
        }
    }
}
