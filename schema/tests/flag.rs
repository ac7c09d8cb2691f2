//! What is worth a second look, flag by flag, on the schema that ships.

use schema::flag::{Context, flags};
use schema::growth::Sex;
use schema::{Element, Kind, Register, Registers, Schema, Value, calendar, decimal};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The day on which everything here was written.
const TODAY: &str = "2026-11-24";

fn day(text: &str) -> i32 {
    calendar::day(text).expect(text)
}

/// A record by field name (and element): values in their JSON form.
struct Sample {
    kind: &'static Kind,
    values: BTreeMap<(u16, Element), Value>,
}

impl Sample {
    fn new(kind: &str, fields: serde_json::Value) -> Sample {
        let kind = Schema::builtin().kind_named(kind).expect(kind);
        let mut sample = Sample { kind, values: BTreeMap::new() };
        for (name, json) in fields.as_object().expect("an object") {
            sample = sample.with(name, Element::Whole, json);
        }
        sample
    }

    fn with(mut self, name: &str, element: Element, json: &serde_json::Value) -> Sample {
        let field = self.kind.field_named(name).expect(name);
        let value = schema::json::from_json(json, &field.value, Schema::builtin()).expect(name);
        self.values.insert((field.number, element), value);
        self
    }

    /// What is raised, as `field: flag` or `field.part: flag`, without what is missing.
    fn raised(&self, context: &Context) -> BTreeSet<String> {
        self.all(context).into_iter().filter(|text| !text.ends_with(": missing")).collect()
    }

    fn all(&self, context: &Context) -> BTreeSet<String> {
        let registers: Vec<_> = self
            .values
            .iter()
            .map(|((field, element), value)| Register { field: *field, element: *element, value })
            .collect();
        let raised = flags(self.kind, Registers::new(&registers), context, Schema::builtin());
        let text = |raised: &schema::flag::Raised| match raised.part {
            Some(part) => format!("{}.{part}: {}", raised.field.name, raised.flag),
            None => format!("{}: {}", raised.field.name, raised.flag),
        };
        raised.iter().map(text).collect()
    }
}

fn today() -> Context {
    Context { believed_day: day(TODAY), ..Context::default() }
}

/// Each case: kind, field, flag, what the record shows besides, a value that raises the flag and one that does not.
#[test]
fn each_flag_is_raised_and_stays_down() {
    let child = Context { birth_day: Some(day("2025-11-24")), sex: Some(Sex::Female), ..today() };
    let toddler = Context { birth_day: Some(day("2024-01-01")), sex: Some(Sex::Male), ..today() };
    let pregnant = Context { lmp_day: Some(day("2026-05-05")), ..today() };
    let met = Context { first_visit_day: Some(day("2026-10-01")), ..today() };
    let meeting = Context { meeting_day: Some(day("2026-11-01")), ..today() };
    let visited = json!({"visit_date": "2026-11-24"});
    let week = |weeks: u16| json!({"visit_date": "2026-11-24", "pregnant_gest_age_weeks": weeks});
    let weight = |kg: &str| json!({"kg": kg, "measured_by": "midwife"});
    let length = |cm: &str, position: &str| json!({"cm": cm, "position": position, "measured_by": "midwife"});
    let cm = |cm: &str| json!({"cm": cm, "measured_by": "midwife"});
    let grams = |g: i64| json!({"g": g, "measured_by": "midwife"});
    let born = json!({"sex": "F", "birth_date": {"date": "2001-08-17", "precision": "day"}});
    let delivered = json!({"lmp_date": "2026-01-01", "delivery_date": "2026-10-08"});
    let home = json!({"latitude": "-8.0", "longitude": "112.7", "accuracy_m": null});
    let (low, high) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let none = json!({});
    let cases = [
        ("household", "rt", "digits_only", &none, json!("0a"), json!("003"), today()),
        ("member", "nik", "nik_form", &none, json!("3507165708010001x"), json!("3507165708010001"), today()),
        ("member", "nik", "nik_form", &none, json!("0007165708010001"), json!("3507161708010001"), today()),
        ("member", "nik", "nik_form", &none, json!("3507167208010001"), json!("3507162902040001"), today()),
        (
            "household",
            "kk_number",
            "kk_form",
            &none,
            json!("3507165708010001"),
            json!("3507161708010001"),
            today(),
        ),
        (
            "member",
            "nik",
            "nik_matches_birth",
            &born,
            json!("3507161708010001"),
            json!("3507165708010001"),
            today(),
        ),
        (
            "member",
            "nik",
            "nik_matches_birth",
            &born,
            json!("3507165808010001"),
            json!("3507165708010001"),
            today(),
        ),
        ("household", "phone", "phone_form", &none, json!("0341 555"), json!("0812-0000 0000"), today()),
        (
            "household",
            "phone",
            "phone_form",
            &none,
            json!("+62 812 ext 3"),
            json!("+62 81200000000"),
            today(),
        ),
        ("visit", "visit_date", "not_in_future", &none, json!("2026-11-26"), json!("2026-11-25"), today()),
        ("kampung_kb_monthly", "month", "not_in_future", &none, json!("2026-12"), json!("2026-11"), today()),
        (
            "kampung_kb_activity",
            "activity_date",
            "not_in_future",
            &none,
            json!("2026-11-26T00:30:00+07:00"),
            json!("2026-11-25T23:30:00+07:00"),
            today(),
        ),
        ("visit", "visit_date", "within_days", &none, json!("2026-09-24"), json!("2026-09-25"), today()),
        (
            "lokmin_meeting",
            "meeting_date",
            "not_ahead_days",
            &none,
            json!("2027-01-24"),
            json!("2027-01-23"),
            today(),
        ),
        (
            "visit",
            "child_measured_on",
            "after_birth",
            &visited,
            json!("2025-11-23"),
            json!("2025-11-24"),
            child,
        ),
        ("member", "birth_month", "month_of_birth_date", &born, json!("2001-09"), json!("2001-08"), today()),
        (
            "pregnancy",
            "delivery_month",
            "month_of_delivery",
            &delivered,
            json!("2026-11"),
            json!("2026-10"),
            today(),
        ),
        ("risk_screening", "round", "half_year_start", &none, json!("2026-08"), json!("2026-07"), today()),
        (
            "couple",
            "groom_birth_date",
            "marriage_age",
            &json!({"wedding_date": "2026-12-24"}),
            json!("2007-12-25"),
            json!("2007-12-24"),
            today(),
        ),
        (
            "couple",
            "wedding_date",
            "met_90_days_before",
            &none,
            json!("2026-12-29"),
            json!("2026-12-30"),
            met,
        ),
        ("pregnancy", "lmp_date", "lmp_near", &none, json!("2026-01-07"), json!("2026-01-08"), today()),
        (
            "pregnancy",
            "lmp_date",
            "lmp_near",
            &json!({"delivery_date": "2026-06-01"}),
            json!("2025-07-15"),
            json!("2025-07-16"),
            today(),
        ),
        (
            "pregnancy",
            "delivery_date",
            "after_lmp",
            &json!({"lmp_date": "2026-01-01"}),
            json!("2026-05-20"),
            json!("2026-05-21"),
            today(),
        ),
        (
            "pregnancy",
            "delivery_date",
            "delivery_at_term",
            &json!({"lmp_date": "2026-01-01"}),
            json!("2026-09-09"),
            json!("2026-09-10"),
            today(),
        ),
        (
            "pregnancy",
            "gest_age_at_birth",
            "gestation_matches_lmp",
            &delivered,
            json!(37),
            json!(38),
            today(),
        ),
        (
            "visit",
            "pregnant_gest_age_weeks",
            "gestation_matches_lmp",
            &visited,
            json!(32),
            json!(31),
            pregnant,
        ),
        (
            "household",
            "location",
            "near_village",
            &none,
            home.clone(),
            json!(null),
            Context { village_distance_m: Some(5_001), ..today() },
        ),
        (
            "visit",
            "next_visit_date",
            "after_visit",
            &visited,
            json!("2026-11-24"),
            json!("2026-11-25"),
            today(),
        ),
        (
            "visit",
            "next_visit_date",
            "next_visit_usual",
            &visited,
            json!("2027-01-24"),
            json!("2027-01-23"),
            today(),
        ),
        (
            "visit",
            "child_measured_on",
            "measured_near_visit",
            &visited,
            json!("2026-10-19"),
            json!("2026-10-20"),
            child,
        ),
        (
            "visit",
            "child_measured_on",
            "measured_near_visit",
            &visited,
            json!("2026-11-25"),
            json!("2026-11-24"),
            child,
        ),
        ("visit", "child_weight", "weight_for_age", &visited, weight("20.00"), weight("8.95"), child),
        (
            "visit",
            "child_length",
            "length_for_age",
            &visited,
            length("50.0", "lying"),
            length("74.0", "lying"),
            child,
        ),
        ("visit", "child_head", "head_for_age", &visited, cm("60.0"), cm("45.0"), child),
        ("visit", "child_muac", "muac_for_age", &visited, cm("30.0"), cm("14.2"), child),
        (
            "visit",
            "child_length",
            "position_for_age",
            &visited,
            length("74.0", "standing"),
            length("74.0", "lying"),
            child,
        ),
        (
            "visit",
            "child_length",
            "position_for_age",
            &visited,
            length("90.0", "lying"),
            length("90.0", "standing"),
            toddler,
        ),
        ("visit", "pregnant_tfu", "fundus_by_week", &week(28), cm("23.9"), cm("24.0"), today()),
        (
            "visit",
            "pregnant_fetal_weight",
            "fetal_weight_by_week",
            &week(28),
            grams(1156),
            grams(1155),
            today(),
        ),
        (
            "meal_session",
            "portions_discarded",
            "not_above",
            &json!({"portions_cooked": 40}),
            json!(41),
            json!(40),
            today(),
        ),
        (
            "lokmin_commitment",
            "due_date",
            "after_meeting",
            &none,
            json!("2026-10-31"),
            json!("2026-11-01"),
            meeting,
        ),
        (
            "lokmin_commitment",
            "due_date",
            "due_usual",
            &none,
            json!("2027-02-02"),
            json!("2027-02-01"),
            meeting,
        ),
        (
            "same_person",
            "smaller_id",
            "smaller_id_first",
            &json!({"larger_id": low}),
            json!(high),
            json!(null),
            today(),
        ),
        (
            "same_person",
            "smaller_id",
            "smaller_id_first",
            &json!({"larger_id": low}),
            json!(low),
            json!(null),
            today(),
        ),
        ("meal_session", "portions_cooked", "unusual_value", &none, json!(301), json!(300), today()),
        ("visit", "visit_date", "unusual_value", &none, json!("2020-12-31"), json!("2021-01-01"), today()),
    ];
    for (kind, field, flag, besides, up, down, context) in &cases {
        for (json, wanted) in [(up, true), (down, false)] {
            let sample = Sample::new(kind, (*besides).clone()).with(field, Element::Whole, json);
            let raised = sample.raised(context);
            assert_eq!(
                raised.contains(&format!("{field}: {flag}")),
                wanted,
                "{kind}.{field} = {json}: {raised:?}"
            );
        }
    }
    let tested: BTreeSet<_> = cases.iter().map(|case| case.2).collect();
    let elsewhere = BTreeSet::from(["missing", "unusual_count", "portions_add_up"]);
    let all: BTreeSet<_> = Schema::builtin().flags.keys().map(String::as_str).collect();
    assert_eq!(&tested | &elsewhere, all, "each flag of records/flags.csv has a case");
}

#[test]
fn a_flag_stays_down_while_something_it_needs_is_not_known() {
    let home = json!({"location": {"latitude": "-8.0", "longitude": "112.7", "accuracy_m": null}});
    assert_eq!(Sample::new("household", home).raised(&today()), BTreeSet::new());
    let heavy =
        json!({"visit_date": "2026-11-24", "child_weight": {"kg": "50.00", "measured_by": "midwife"}});
    assert_eq!(Sample::new("visit", heavy).raised(&today()), BTreeSet::new());
    // The day of delivery is sealed: the last period cannot be judged against "today".
    let sealed = json!({"lmp_date": "2025-01-01", "delivery_date": {"sealed": "AAAA"}});
    assert_eq!(Sample::new("pregnancy", sealed).raised(&today()), BTreeSet::new());
}

#[test]
fn portions_of_people_and_groups_add_up_to_those_given_away() {
    let session = |free: i64| {
        let meal = |portions: &str| {
            json!({
                "target_group": "baduta", "portions": portions, "consumed": null, "staple": null,
                "side_dish": null, "vegetable": null, "fruit": null, "per_recipe": null, "delivered_by": null,
            })
        };
        Sample::new("meal_session", json!({"portions_served_free": free}))
            .with("recipients", Element::Ref(Uuid::from_u128(1)), &meal("1.5"))
            .with("recipients", Element::Ref(Uuid::from_u128(2)), &meal("2.5"))
            .with("served_by_group", Element::Code(4), &json!(10))
    };
    assert_eq!(session(14).raised(&today()), BTreeSet::new());
    let off = BTreeSet::from(["portions_served_free: portions_add_up".to_owned()]);
    assert_eq!(session(13).raised(&today()), off);
    let without_lines = Sample::new("meal_session", json!({"portions_served_free": 13}));
    assert_eq!(without_lines.raised(&today()), BTreeSet::new());
}

#[test]
fn sets_lists_and_parts_have_their_usual_size_too() {
    let photo = json!(format!("{:064}", 0));
    let mut visit = Sample::new("visit", json!({"visit_date": "2026-11-24"}));
    for nth in 0..3 {
        visit = visit.with("photos", Element::Line { actor: 1, seq: 1, nth }, &photo);
    }
    assert_eq!(visit.raised(&today()), BTreeSet::from(["photos: unusual_count".to_owned()]));
    let light = json!({"catin_weight": {"kg": "30.0", "measured_by": "midwife"}});
    let raised = Sample::new("visit", light).raised(&today());
    assert_eq!(raised, BTreeSet::from(["catin_weight.0: unusual_value".to_owned()]));
    assert_eq!(decimal::text(300, 1), "30.0");
    // An opened value may lie outside a hard range that nobody could judge while it was sealed.
    let name = Sample::new("household", json!({"head_name": "x".repeat(121)}));
    assert_eq!(name.raised(&today()), BTreeSet::from(["head_name: unusual_value".to_owned()]));
}

#[test]
fn what_is_missing_follows_the_conditions_of_the_form() {
    let missing = |fields: serde_json::Value| Sample::new("visit", fields).all(&today());
    let empty = missing(json!({}));
    assert!(empty.contains("visit_date: missing") && empty.contains("present_members: missing"));
    assert!(!empty.iter().any(|text| text.starts_with("child_") || text.starts_with("kie_topics")));
    let child =
        missing(json!({"target_group": "baduta", "alive": "yes", "met_in_person": true, "kie_given": true}));
    assert!(child.contains("child_weight: missing") && child.contains("kie_topics: missing"));
    assert!(!child.contains("pregnant_weight: missing") && !child.contains("target_group: missing"));
    let dead = missing(json!({"target_group": "baduta", "alive": "no", "met_in_person": true}));
    assert!(!dead.contains("child_weight: missing"));
    // Nobody demands what everyone computes, and nothing is demanded of kinds that no device writes.
    assert!(!child.contains("child_age_days: missing"));
    assert_eq!(Sample::new("access_log", json!({})).all(&today()), BTreeSet::new());
}
