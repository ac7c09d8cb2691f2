//! Values and elements survive JSON, whatever they are and whatever field they stand in.

use proptest::collection::vec;
use proptest::prelude::*;
use schema::json::{
    RecordJson, element_from_text, element_text, from_json, from_tagged, to_json, to_tagged, write_json,
};
use schema::{AreaCode, Element, Field, Register, Registers, Schema, Shape, Value, ValueType};
use serde_json::json;
use uuid::Uuid;

fn any_single() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        (-999_i64..999).prop_map(Value::Int),
        any::<i64>().prop_map(Value::Decimal),
        any::<String>().prop_map(|text| Value::Text(text.into())),
        any::<i32>().prop_map(Value::Date),
        (-30_000_i32..30_000).prop_map(Value::Date),
        (-3000_i32..3000).prop_map(Value::Month),
        any::<i32>().prop_map(Value::Month),
        (any::<i64>(), any::<i16>()).prop_map(|(at_s, offset_min)| Value::DateTime { at_s, offset_min }),
        (0..2_000_000_000_i64, -720_i16..840)
            .prop_map(|(at_s, offset_min)| Value::DateTime { at_s, offset_min }),
        (0_u16..40).prop_map(Value::Code),
        any::<u16>().prop_map(Value::Code),
        any::<u128>().prop_map(|bits| Value::Ref(Uuid::from_u128(bits))),
        any_area().prop_map(Value::Area),
        any::<[u8; 32]>().prop_map(|hash| Value::Blob(hash.into())),
        vec(any::<u8>(), 0..40).prop_map(|bytes| Value::Sealed(bytes.into())),
    ]
}

fn any_area() -> impl Strategy<Value = AreaCode> {
    prop_oneof![Just(3_507_162_013), Just(350_716), Just(3507), any::<u64>(), 0..99_999_u64]
        .prop_map(AreaCode)
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![4 => any_single(), 1 => vec(any_single(), 0..4).prop_map(|parts| Value::Group(parts.into()))]
}

fn any_element() -> impl Strategy<Value = Element> {
    prop_oneof![
        Just(Element::Whole),
        (0_u16..40).prop_map(Element::Code),
        any::<u16>().prop_map(Element::Code),
        any::<u128>().prop_map(|bits| Element::Ref(Uuid::from_u128(bits))),
        any_area().prop_map(Element::Area),
        any::<i64>().prop_map(Element::Int),
        any::<(u64, u64, u16)>().prop_map(|(actor, seq, nth)| Element::Line { actor, seq, nth }),
    ]
}

fn any_field() -> impl Strategy<Value = &'static Field> {
    let fields: Vec<&Field> = Schema::builtin().kinds.iter().flat_map(|kind| &kind.fields).collect();
    proptest::sample::select(fields)
}

/// A value of the type of a field, made from one that is not.
fn fitted(wanted: &ValueType, value: &Value, seed: i64) -> Value {
    match (wanted, value) {
        (ValueType::Bool, _) => Value::Bool(seed & 1 == 1),
        (ValueType::Int, _) => Value::Int(seed),
        (ValueType::Decimal { .. }, _) => Value::Decimal(seed),
        (ValueType::Text, Value::Text(_)) => value.clone(),
        (ValueType::Text, _) => Value::Text(seed.to_string().into()),
        (ValueType::Date, _) => Value::Date(seed as i32 % 700_000),
        (ValueType::Month, _) => Value::Month(seed as i32 % 20_000),
        (ValueType::DateTime, _) => Value::DateTime { at_s: seed >> 32, offset_min: seed as i16 % 1400 },
        (ValueType::Code(_), _) => Value::Code(seed as u16 % 12),
        (ValueType::Ref(_), _) => Value::Ref(Uuid::from_u64_pair(seed as u64, 1)),
        (ValueType::Area(_), _) => Value::Area(AreaCode(1_000_000_000 + seed.unsigned_abs() % 1_000_000_000)),
        (ValueType::Blob, _) => Value::Blob([seed as u8; 32].into()),
        (ValueType::Group(parts), _) => {
            let part = |(nth, part): (usize, &schema::Part)| match seed >> nth & 3 {
                0 if !part.required => Value::Null,
                _ => fitted(&part.value, value, seed.rotate_left(nth as u32)),
            };
            Value::Group(parts.iter().enumerate().map(part).collect())
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_tagged_form_gives_back_every_value(value in any_value()) {
        prop_assert_eq!(from_tagged(&to_tagged(&value)), Ok(value));
    }

    #[test]
    fn the_typed_form_gives_back_every_value_fitting_or_not(
        field in any_field(), value in any_value(), seed in any::<i64>(), fit in any::<bool>(),
    ) {
        let schema = Schema::builtin();
        let value = if fit { fitted(&field.value, &value, seed) } else { value };
        let json = to_json(&value, &field.value, schema);
        prop_assert_eq!(from_json(&json, &field.value, schema), Ok(value.clone()), "{}", json);
        let mut streamed = Vec::new();
        write_json(&mut streamed, &value, &field.value, schema);
        prop_assert_eq!(serde_json::from_slice::<serde_json::Value>(&streamed).expect("JSON"), json);
    }

    #[test]
    fn a_key_gives_back_every_element_fitting_or_not(field in any_field(), element in any_element()) {
        let schema = Schema::builtin();
        for shape in [Some(&field.shape), None] {
            let text = element_text(&element, shape, schema);
            prop_assert_eq!(element_from_text(&text, shape, schema), Ok(element), "{}", text);
        }
    }
}

/// A misplaced text looks like a group with a part named `text`, but a group is always written whole.
#[test]
fn a_tagged_value_is_never_taken_for_a_group() {
    let problems = &field("lokmin_meeting", "problems").value;
    let text = Value::Text("road".into());
    let json = to_json(&text, problems, Schema::builtin());
    assert_eq!(json, json!({"text": "road"}));
    assert_eq!(from_json(&json, problems, Schema::builtin()), Ok(text));
}

fn field(kind: &str, name: &str) -> &'static Field {
    Schema::builtin().kind_named(kind).and_then(|kind| kind.field_named(name)).expect(name)
}

#[test]
fn values_look_as_people_write_them() {
    let group = |parts: Vec<Value>| Value::Group(parts.into());
    let cases = [
        (
            "visit",
            "child_weight",
            group(vec![Value::Decimal(805), Value::Code(2)]),
            json!({"kg": "8.05", "measured_by": "posyandu"}),
        ),
        ("visit", "visit_date", Value::Date(20_781), json!("2026-11-24")),
        ("member", "birth_month", Value::Month(682), json!("2026-11")),
        (
            "kampung_kb_activity",
            "activity_date",
            Value::DateTime { at_s: 1_795_482_000, offset_min: 420 },
            json!("2026-11-24T08:00:00+07:00"),
        ),
        ("visit", "target_group", Value::Code(4), json!("baduta")),
        ("visit", "target_group", Value::Code(999), json!({"code": 999})),
        ("visit", "met_in_person", Value::Bool(true), json!(true)),
        ("meal_session", "portions_cooked", Value::Int(40), json!(40)),
        ("meal_session", "portions_cooked", Value::Int(i64::MAX), json!("9223372036854775807")),
        ("transfer", "to_village", Value::Area(AreaCode(3_507_162_013)), json!("35.07.16.2013")),
        ("household", "kk_number", Value::Sealed([0xfb, 0xff].into()), json!({"sealed": "-_8"})),
        ("household", "hamlet", Value::Null, json!(null)),
    ];
    for (kind, name, value, wanted) in cases {
        assert_eq!(to_json(&value, &field(kind, name).value, Schema::builtin()), wanted, "{kind}.{name}");
    }
}

#[test]
fn what_cannot_be_read_exactly_is_refused_and_not_repeated() {
    let cases = [
        (
            "visit",
            "child_weight",
            json!({"kg": "8.055", "measured_by": "posyandu"}),
            "an object of kg, measured_by",
        ),
        ("visit", "child_weight", json!({"kg": 8.05, "measured_by": "posyandu"}), "an object of kg"),
        ("visit", "child_weight", json!({"kg": "8.05", "weighed_by": "posyandu"}), "an object of kg"),
        ("visit", "child_weight", json!({"kg": "8.05"}), "null when empty"),
        ("visit", "visit_date", json!("24-11-2026"), "a date such as"),
        ("visit", "target_group", json!("toddler"), "the name of a code of target_group"),
        ("meal_session", "portions_cooked", json!(40.5), "a whole number"),
        ("visit", "met_in_person", json!("yes"), "true or false"),
        ("household", "head_name", json!(["Secret"]), "a list does not fit: write a text"),
    ];
    for (kind, name, json, says) in cases {
        let refused = from_json(&json, &field(kind, name).value, Schema::builtin()).expect_err(name);
        assert!(refused.contains(says) && !refused.contains("Secret"), "{kind}.{name}: {refused}");
    }
}

#[test]
fn a_record_shows_its_fields_by_name_and_hides_who_somebody_is_unless_asked() {
    let schema = Schema::builtin();
    let kind = schema.kind_named("household").expect("household");
    let number = |name: &str| kind.field_named(name).expect(name).number;
    let Shape::Set(_) = &field("household", "social_assistance").shape else { panic!("a set") };
    let (yes, no) = (Value::Bool(true), Value::Bool(false));
    let (name, rt) = (Value::Text("Opened".into()), Value::Text("003".into()));
    let (seven, gone) = (Value::Int(7), Value::Null);
    let register = |field, element, value| Register { field, element, value };
    let registers = [
        register(0, Element::Whole, &no),
        register(number("head_name"), Element::Whole, &name),
        register(number("hamlet"), Element::Whole, &gone),
        register(number("rt"), Element::Whole, &rt),
        register(number("social_assistance"), Element::Code(1), &yes),
        register(number("social_assistance"), Element::Code(2), &no),
        register(60_000, Element::Whole, &seven),
        register(60_001, Element::Code(3), &seven),
    ];
    let registers = Registers::new(&registers);
    let first = &schema.enumeration("social_assistance").expect("list").codes[0].name;
    let mut wanted = json!({
        "rt": "003", "social_assistance": [first], "60000": {"int": 7}, "60001": {"code:3": {"int": 7}},
    });
    let shown =
        |identified| serde_json::to_value(RecordJson { kind, registers, schema, identified }).expect("JSON");
    assert_eq!(shown(false), wanted);
    wanted["head_name"] = json!("Opened");
    assert_eq!(shown(true), wanted);
}
