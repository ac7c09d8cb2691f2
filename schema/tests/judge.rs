//! One edit, judged by the constants of the schema that ships.

use schema::judge::{TOMBSTONE, judge, place};
use schema::{AreaCode, Element, Kind, Refusal, Role, Schema, Value};
use uuid::Uuid;

const VILLAGE: AreaCode = AreaCode(3_507_162_013);
const DISTRICT: AreaCode = AreaCode(3507);
const LINE: Element = Element::Line { actor: 7, seq: 1, nth: 0 };

fn kind(name: &str) -> &'static Kind {
    Schema::builtin().kind_named(name).expect(name)
}

fn code(list: &str, name: &str) -> u16 {
    let list = Schema::builtin().enumeration(list).expect("list");
    list.code_named(name).expect("code").number
}

/// What a kader on the present form is told.
fn verdict(kind_name: &str, field: &str, element: &Element, value: &Value) -> Result<(), Refusal> {
    by(Role::Kader, kind_name, field, element, value)
}

fn by(role: Role, kind_name: &str, field: &str, element: &Element, value: &Value) -> Result<(), Refusal> {
    let kind = kind(kind_name);
    let number = kind.field_named(field).expect(field).number;
    judge(kind, number, element, value, role, kind.form_version, Schema::builtin())
}

fn group(values: impl IntoIterator<Item = Value>) -> Value {
    Value::Group(values.into_iter().collect())
}

fn weight(units: i64) -> Value {
    group([Value::Decimal(units), Value::Code(code("measured_by", "midwife"))])
}

#[test]
fn values_are_judged_by_type_list_and_hard_range() {
    let text = |length: usize| Value::Text("é".repeat(length).into());
    let cases = [
        ("visit", "target_group", Value::Code(code("target_group", "baduta")), Ok(())),
        ("visit", "target_group", Value::Code(999), Err(Refusal::UnknownCode)),
        ("visit", "target_group", Value::Int(1), Err(Refusal::WrongType)),
        // A phone that woke in 1970 is flagged, not refused: the range of a visit date is soft.
        ("visit", "visit_date", Value::Date(0), Ok(())),
        ("visit", "next_visit_date", Value::Date(2_932_897), Err(Refusal::OutOfRange)),
        ("visit", "met_in_person", Value::Bool(false), Ok(())),
        ("visit", "met_in_person", Value::Code(1), Err(Refusal::WrongType)),
        ("visit", "subject_id", Value::Ref(Uuid::nil()), Ok(())),
        ("visit", "catin_weight", weight(200), Ok(())),
        ("visit", "catin_weight", weight(199), Err(Refusal::OutOfRange)),
        ("visit", "catin_weight", weight(2501), Err(Refusal::OutOfRange)),
        ("visit", "catin_weight", group([Value::Decimal(700), Value::Null]), Err(Refusal::MissingPart)),
        ("visit", "catin_weight", group([Value::Decimal(700)]), Err(Refusal::WrongType)),
        ("visit", "catin_weight", group([Value::Int(700), Value::Code(1)]), Err(Refusal::WrongType)),
        ("visit", "catin_weight", Value::Decimal(700), Err(Refusal::WrongType)),
        ("household", "hamlet", text(60), Ok(())),
        ("household", "hamlet", text(61), Err(Refusal::OutOfRange)),
        ("household", "rt", text(0), Err(Refusal::OutOfRange)),
        ("household", "hamlet", Value::Sealed([0; 17].into()), Err(Refusal::WrongType)),
        ("household", "kk_number", Value::Sealed([0; 17].into()), Ok(())),
        ("household", "kk_number", Value::Text("3507160000000001".into()), Err(Refusal::WrongType)),
        ("household", "kk_number", Value::Null, Ok(())),
        ("household", "location", Value::Sealed([0; 40].into()), Ok(())),
        ("household", "hamlet", Value::Null, Ok(())),
        ("visit", "household_id", Value::Null, Err(Refusal::NeverEmptied)),
        ("kampung_kb_monthly", "month", Value::Month(682), Ok(())),
        ("member", "birth_month", Value::Month(-840), Ok(())),
        ("member", "birth_month", Value::Month(-841), Err(Refusal::OutOfRange)),
        ("kampung_kb_monthly", "month", Value::Month(200_000), Err(Refusal::OutOfRange)),
    ];
    for (kind, field, value, wanted) in cases {
        assert_eq!(verdict(kind, field, &Element::Whole, &value), wanted, "{kind}.{field} = {value:?}");
    }
}

#[test]
fn elements_are_judged_by_the_shape_of_the_field() {
    let (yes, five) = (Value::Bool(true), Value::Int(5));
    let kie = Element::Code(code("kie_topic", "nutrition"));
    let cases = [
        ("visit", "kie_topics", kie, &yes, Ok(())),
        ("visit", "kie_topics", kie, &Value::Bool(false), Ok(())),
        ("visit", "kie_topics", kie, &Value::Null, Err(Refusal::WrongType)),
        ("visit", "kie_topics", Element::Code(999), &yes, Err(Refusal::UnknownCode)),
        ("visit", "kie_topics", Element::Int(1), &yes, Err(Refusal::WrongElement)),
        ("visit", "kie_topics", Element::Whole, &yes, Err(Refusal::WrongElement)),
        ("visit", "visit_place", kie, &Value::Code(1), Err(Refusal::WrongElement)),
        ("visit", "present_members", Element::Ref(Uuid::nil()), &yes, Ok(())),
        ("visit", "photos", LINE, &Value::Blob(Box::new([7; 32])), Ok(())),
        ("visit", "photos", LINE, &Value::Null, Ok(())),
        ("visit", "photos", Element::Whole, &Value::Null, Err(Refusal::WrongElement)),
        ("meal_session", "served_by_group", Element::Code(1), &five, Ok(())),
        ("meal_session", "served_by_group", Element::Code(1), &Value::Int(5001), Err(Refusal::OutOfRange)),
    ];
    for (kind, field, element, value, wanted) in cases {
        assert_eq!(verdict(kind, field, &element, value), wanted, "{kind}.{field} {element:?}");
    }
    let week = |week| by(Role::Korlap, "lokmin_commitment", "week_plan", &Element::Int(week), &yes);
    assert_eq!((week(5), week(6)), (Ok(()), Err(Refusal::OutOfRange)));
    let area = |area| by(Role::Korlap, "lokmin_commitment", "village_codes", &Element::Area(area), &yes);
    assert_eq!((area(VILLAGE), area(DISTRICT)), (Ok(()), Err(Refusal::WrongLevel)));
    let cut = |units| by(Role::Plkb, "weekly_signoff", "cut", &Element::Int(-7), &Value::Int(units));
    assert_eq!((cut(1), cut(0)), (Ok(()), Err(Refusal::OutOfRange)));
}

#[test]
fn who_may_write_is_the_fields_word_then_the_kinds() {
    let role = Value::Code(1);
    let cases = [
        (Role::Kader, "household", "welfare_decile", Value::Int(1), Err(Refusal::NotYours)),
        (Role::DistrictAdmin, "household", "welfare_decile", Value::Int(1), Ok(())),
        (Role::Plkb, "worker", "role", role.clone(), Err(Refusal::NotYours)),
        (Role::Korlap, "worker", "role", role, Ok(())),
        (Role::Kader, "weekly_signoff", "conflicts_open", Value::Int(0), Err(Refusal::NotYours)),
        (Role::DistrictViewer, "household", "hamlet", Value::Null, Err(Refusal::NotYours)),
        (Role::Plkb, "visit", "visit_no", Value::Int(1), Err(Refusal::NotFromDevices)),
        (Role::DistrictAdmin, "access_log", "purpose", Value::Code(1), Err(Refusal::NotFromDevices)),
        (Role::DistrictAdmin, "conflict_case", "id", Value::Null, Err(Refusal::NotFromDevices)),
    ];
    for (role, kind_name, field, value, wanted) in cases {
        let number = kind(kind_name).field_named(field).map_or(1, |field| field.number);
        let verdict = judge(kind(kind_name), number, &Element::Whole, &value, role, 1, Schema::builtin());
        assert_eq!(verdict, wanted, "{kind_name}.{field} by {}", role.name());
    }
}

#[test]
fn a_newer_form_may_bring_fields_and_codes_that_are_not_known_yet() {
    let visit = kind("visit");
    let now = visit.form_version;
    let judged = |field, value: Value, version| {
        judge(visit, field, &Element::Whole, &value, Role::Kader, version, Schema::builtin())
    };
    let group = visit.field_named("target_group").expect("field").number;
    assert_eq!(judged(60_000, Value::Int(1), now), Err(Refusal::UnknownField));
    assert_eq!(judged(60_000, Value::Int(1), now + 1), Ok(()));
    assert_eq!(judged(group, Value::Code(999), now), Err(Refusal::UnknownCode));
    assert_eq!(judged(group, Value::Code(999), now + 1), Ok(()));
    // What is known stays known: a newer form does not loosen types, ranges or roles.
    assert_eq!(judged(group, Value::Int(1), now + 1), Err(Refusal::WrongType));
}

#[test]
fn every_kind_has_a_tombstone_and_who_writes_records_writes_it() {
    let deleted = group([Value::Bool(true)]);
    let cases = [
        (Role::Kader, Element::Whole, Value::Bool(false), Ok(())),
        (Role::Kader, Element::Whole, deleted, Ok(())),
        (Role::Kader, Element::Whole, Value::Null, Err(Refusal::WrongType)),
        (Role::Kader, Element::Int(1), Value::Bool(false), Err(Refusal::WrongElement)),
        (Role::DistrictViewer, Element::Whole, Value::Bool(false), Err(Refusal::NotYours)),
    ];
    for (role, element, value, wanted) in cases {
        let verdict = judge(kind("household"), TOMBSTONE, &element, &value, role, 1, Schema::builtin());
        assert_eq!(verdict, wanted, "{value:?}");
    }
}

#[test]
fn a_record_lives_at_the_level_of_its_kind_or_above_it_where_the_kind_says_so() {
    let subdistrict = AreaCode(350_716);
    let cases = [
        ("household", VILLAGE, true),
        ("household", DISTRICT, false),
        ("education_session", VILLAGE, true),
        ("education_session", DISTRICT, true),
        ("lokmin_meeting", subdistrict, true),
        ("lokmin_meeting", VILLAGE, false),
        ("worker", VILLAGE, true),
        ("worker", DISTRICT, true),
        ("worker", AreaCode(35), false),
    ];
    for (name, area, wanted) in cases {
        assert_eq!(place(kind(name), area).is_ok(), wanted, "{name} in {area}");
    }
}
