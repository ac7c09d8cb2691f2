//! The JSON Schema of each kind says what the JSON of its records is, and nothing else.

use schema::json::{RecordJson, to_json};
use schema::judge::judge;
use schema::{AreaCode, AreaLevel, json_schema};
use schema::{
    Element, ElementType, Field, Kind, Range, Register, Registers, Role, Schema, Shape, Value, ValueType,
};
use serde_json::{Value as Json, json};
use uuid::Uuid;

fn validator(kind: &Kind) -> jsonschema::Validator {
    let json = json_schema::of_kind(kind, Schema::builtin());
    assert!(jsonschema::draft202012::meta::is_valid(&json), "{}", kind.name);
    jsonschema::options().should_validate_formats(true).build(&json).expect("a schema")
}

/// Each end of what a field takes.
fn ends(wanted: &ValueType, hard: Option<&Range>) -> [Value; 2] {
    let within = |low: i64, high: i64| {
        [hard.and_then(|range| range.min).unwrap_or(low), hard.and_then(|range| range.max).unwrap_or(high)]
    };
    match wanted {
        ValueType::Bool => [Value::Bool(false), Value::Bool(true)],
        ValueType::Int => within(i64::MIN, i64::MAX).map(Value::Int),
        ValueType::Decimal { .. } => within(-999, 999).map(Value::Decimal),
        ValueType::Text => within(0, 40).map(|length| Value::Text("é".repeat(length as usize).into())),
        ValueType::Date => within(-700_000, 2_932_896).map(|day| Value::Date(day as i32)),
        ValueType::Month => within(-20_000, 90_000).map(|month| Value::Month(month as i32)),
        ValueType::DateTime => [0, 1_795_482_000].map(|at_s| Value::DateTime { at_s, offset_min: 420 }),
        ValueType::Code(list) => {
            let codes = &Schema::builtin().list(list).expect("list").codes;
            [codes.first(), codes.last()].map(|code| Value::Code(code.expect("a code").number))
        }
        ValueType::Ref(_) => [1, u128::MAX].map(|bits| Value::Ref(Uuid::from_u128(bits))),
        ValueType::Area(level) => [area(*level); 2].map(Value::Area),
        ValueType::Blob => [0, 255].map(|byte| Value::Blob([byte; 32].into())),
        ValueType::Group(parts) => [0, 1].map(|end| {
            let part = |part: &schema::Part| match (end, part.required) {
                (0, false) => Value::Null,
                _ => ends(&part.value, part.hard.as_ref())[end].clone(),
            };
            Value::Group(parts.iter().map(part).collect())
        }),
    }
}

fn area(level: AreaLevel) -> AreaCode {
    AreaCode(match level {
        AreaLevel::Village => 3_507_162_013,
        AreaLevel::Subdistrict => 350_716,
        AreaLevel::District => 3507,
    })
}

fn element(field: &Field) -> Element {
    match &field.shape {
        Shape::One => Element::Whole,
        Shape::List => Element::Line { actor: 7, seq: 1, nth: 0 },
        Shape::Set(key) | Shape::Map(key) => match key {
            ElementType::Code(_) => Element::Code(1),
            ElementType::Ref(_) => Element::Ref(Uuid::from_u128(7)),
            ElementType::Area(level) => Element::Area(area(*level)),
            ElementType::Int => Element::Int(1),
        },
    }
}

#[test]
fn every_record_that_can_be_is_valid() {
    let schema = Schema::builtin();
    let sealed = Value::Sealed([9; 33].into());
    for kind in &schema.kinds {
        let validator = validator(kind);
        for end in 0..2 {
            let values: Vec<_> = kind
                .fields
                .iter()
                .map(|field| match &field.shape {
                    Shape::Set(_) => Value::Bool(true),
                    _ if field.sealed && end == 0 => sealed.clone(),
                    _ => ends(&field.value, field.hard.as_ref())[end].clone(),
                })
                .collect();
            let registers: Vec<_> = kind
                .fields
                .iter()
                .zip(&values)
                .map(|(field, value)| Register { field: field.number, element: element(field), value })
                .collect();
            let registers = Registers::new(&registers);
            let json = RecordJson { kind, registers, schema, identified: true };
            let json = serde_json::to_value(json).expect("JSON");
            let errors: Vec<_> =
                validator.iter_errors(&json).map(|e| format!("{}: {e}", e.instance_path())).collect();
            assert!(errors.is_empty(), "{}: {errors:?}", kind.name);
            assert_eq!(json.as_object().map(|map| map.len()), Some(kind.fields.len()), "{}", kind.name);
        }
    }
}

/// What may not enter is not valid either, as far as JSON Schema can say it (not the ends of decimals and dates).
#[test]
fn what_is_refused_is_not_valid() {
    let schema = Schema::builtin();
    let cases = [
        ("visit", "target_group", Value::Int(1)),
        ("visit", "met_in_person", Value::Code(1)),
        ("meal_session", "portions_cooked", Value::Int(5001)),
        ("household", "rt", Value::Text("0003".into())),
        ("visit", "child_weight", Value::Decimal(805)),
        ("visit", "child_weight", Value::Group([Value::Decimal(805), Value::Null].into())),
        ("transfer", "to_village", Value::Area(AreaCode(3507))),
        ("visit", "visit_date", Value::Month(1)),
    ];
    for (kind, name, value) in cases {
        let kind = schema.kind_named(kind).expect(kind);
        let field = kind.field_named(name).expect(name);
        let verdict =
            judge(kind, field.number, &Element::Whole, &value, Role::Plkb, kind.form_version, schema);
        assert!(verdict.is_err(), "{name}");
        let json = json!({ name: to_json(&value, &field.value, schema) });
        assert!(!validator(kind).is_valid(&json), "{json}");
    }
}

#[test]
fn fields_and_codes_of_a_newer_form_are_let_through_and_misspelt_ones_are_not() {
    let kind = Schema::builtin().kind_named("visit").expect("visit");
    let valid = |json: Json| validator(kind).is_valid(&json);
    assert!(valid(
        json!({"60000": {"int": 7}, "target_group": {"code": 999}, "kie_topics": ["asi", "code:99"]})
    ));
    assert!(!valid(json!({"target_groups": "baduta"})));
    assert!(!valid(json!({"target_group": "toddler"})));
}
