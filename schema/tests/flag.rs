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
    let pregnancy_bands = &schema::Rules::builtin().pregnancy_bands;
    Context { believed_day: day(TODAY), pregnancy_bands, ..Context::default() }
}

/// Field and flag | what the record shows besides | a value that raises the flag | one that does not | context.
const CASES: &str = r#"
household.rt digits_only | {} | "0a" | "003"
member.nik nik_form | {} | "3507165708010001x" | "3507165708010001"
member.nik nik_form | {} | "0007165708010001" | "3507161708010001"
member.nik nik_form | {} | "3507167208010001" | "3507162902040001"
household.kk_number kk_form | {} | "3507165708010001" | "3507161708010001"
member.nik nik_matches_birth | BORN | "3507161708010001" | "3507165708010001"
member.nik nik_matches_birth | BORN | "3507165808010001" | "3507165708010001"
household.phone phone_form | {} | "0341 555" | "0812-0000 0000"
household.phone phone_form | {} | "+62 812 ext 3" | "+62 81200000000"
visit.visit_date not_in_future | {} | "2026-11-26" | "2026-11-25"
kampung_kb_monthly.month not_in_future | {} | "2026-12" | "2026-11"
kampung_kb_activity.activity_date not_in_future | {} | "2026-11-26T00:30:00+07:00" | "2026-11-25T23:30:00+07:00"
member.birth_date not_in_future | {} | {"date": "2026-11-26", "precision": "day"} | {"date": "2026-11-25", "precision": "day"}
visit.visit_date within_days | {} | "2026-09-24" | "2026-09-25"
lokmin_meeting.meeting_date not_ahead_days | {} | "2027-01-24" | "2027-01-23"
visit.child_measured_on after_birth | VISIT | "2025-11-23" | "2025-11-24" | child
member.birth_month month_of_birth_date | BORN | "2001-09" | "2001-08"
pregnancy.delivery_month month_of_delivery | DELIVERED | "2026-11" | "2026-10"
risk_screening.round half_year_start | {} | "2026-08" | "2026-07"
couple.groom_birth_date marriage_age | {"wedding_date": "2026-12-24"} | "2007-12-25" | "2007-12-24"
couple.groom_birth_date marriage_age | {} | "2007-11-25" | "2007-11-24"
couple.wedding_date met_90_days_before | {} | "2026-12-29" | "2026-12-30" | met
pregnancy.lmp_date lmp_near | {} | "2026-01-07" | "2026-01-08"
pregnancy.lmp_date lmp_near | {"delivery_date": "2026-06-01"} | "2025-07-15" | "2025-07-16"
pregnancy.delivery_date after_lmp | {"lmp_date": "2026-01-01"} | "2026-05-20" | "2026-05-21"
pregnancy.delivery_date delivery_at_term | {"lmp_date": "2026-01-01"} | "2026-09-09" | "2026-09-10"
pregnancy.gest_age_at_birth gestation_matches_lmp | DELIVERED | 37 | 38
visit.pregnant_gest_age_weeks gestation_matches_lmp | VISIT | 32 | 31 | pregnant
household.location near_village | {} | {"latitude": "-8.0", "longitude": "112.7", "accuracy_m": null} | null | far
visit.next_visit_date after_visit | VISIT | "2026-11-24" | "2026-11-25"
visit.next_visit_date next_visit_usual | VISIT | "2027-01-24" | "2027-01-23"
visit.child_measured_on measured_near_visit | VISIT | "2026-10-19" | "2026-10-20"
visit.child_measured_on measured_near_visit | VISIT | "2026-11-25" | "2026-11-24"
visit.child_weight weight_for_age | VISIT | {"kg": "20.00", "measured_by": "midwife"} | {"kg": "8.95", "measured_by": "midwife"} | child
visit.child_weight weight_for_age | LENGTH | {"kg": "14.50", "measured_by": "midwife"} | {"kg": "8.95", "measured_by": "midwife"} | child
visit.child_length length_for_age | VISIT | {"cm": "58.0", "position": "lying", "measured_by": "midwife"} | {"cm": "59.0", "position": "lying", "measured_by": "midwife"} | child
visit.child_length position_for_age | VISIT | {"cm": "74.0", "position": "standing", "measured_by": "midwife"} | {"cm": "74.0", "position": "lying", "measured_by": "midwife"} | child
visit.child_length position_for_age | VISIT | {"cm": "90.0", "position": "lying", "measured_by": "midwife"} | {"cm": "90.0", "position": "standing", "measured_by": "midwife"} | toddler
visit.child_head head_for_age | VISIT | {"cm": "60.0", "measured_by": "midwife"} | {"cm": "45.0", "measured_by": "midwife"} | child
visit.child_muac muac_for_age | VISIT | {"cm": "30.0", "measured_by": "midwife"} | {"cm": "14.2", "measured_by": "midwife"} | child
visit.pregnant_tfu fundus_by_week | WEEK_28 | {"cm": "23.9", "measured_by": "midwife"} | {"cm": "24.0", "measured_by": "midwife"}
visit.pregnant_fetal_weight fetal_weight_by_week | WEEK_28 | {"g": 1156, "measured_by": "midwife"} | {"g": 1155, "measured_by": "midwife"}
meal_session.portions_discarded not_above | {"portions_cooked": 40} | 41 | 40
lokmin_commitment.due_date after_meeting | {} | "2026-10-31" | "2026-11-01" | meeting
lokmin_commitment.due_date due_usual | {} | "2027-02-02" | "2027-02-01" | meeting
same_person.smaller_id smaller_id_first | PAIR | "00000000-0000-0000-0000-000000000002" | "00000000-0000-0000-0000-000000000001"
meal_session.portions_cooked unusual_value | {} | 301 | 300
visit.visit_date unusual_value | {} | "2020-12-31" | "2021-01-01"
"#;

/// What a word in the second column stands for.
fn besides(text: &str) -> serde_json::Value {
    match text {
        "BORN" => json!({"sex": "F", "birth_date": {"date": "2001-08-17", "precision": "day"}}),
        "DELIVERED" => json!({"lmp_date": "2026-01-01", "delivery_date": "2026-10-08"}),
        "VISIT" => json!({"visit_date": "2026-11-24"}),
        "LENGTH" => json!({
            "visit_date": "2026-11-24",
            "child_length": {"cm": "74.0", "position": "lying", "measured_by": "midwife"},
        }),
        "WEEK_28" => json!({"visit_date": "2026-11-24", "pregnant_gest_age_weeks": 28}),
        "PAIR" => json!({"larger_id": Uuid::from_u128(2)}),
        json => serde_json::from_str(json).expect(json),
    }
}

/// What a word in the last column stands for.
fn context(word: &str) -> Context {
    let some = |text| Some(day(text));
    match word {
        "" => today(),
        "child" => Context { birth_day: some("2025-11-24"), sex: Some(Sex::Female), ..today() },
        "toddler" => Context { birth_day: some("2024-01-01"), sex: Some(Sex::Male), ..today() },
        "pregnant" => Context { lmp_day: some("2026-05-05"), ..today() },
        "met" => Context { first_visit_day: some("2026-10-01"), ..today() },
        "meeting" => Context { meeting_day: some("2026-11-01"), ..today() },
        "far" => Context { village_distance_m: Some(5_001), ..today() },
        other => panic!("no context `{other}`"),
    }
}

#[test]
fn each_flag_is_raised_and_stays_down() {
    let mut tested = BTreeSet::from(["missing", "unusual_count", "portions_add_up"]);
    for line in CASES.lines().filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split(" | ").collect();
        let (place, flag) = cells[0].split_once(' ').expect("a flag");
        let (kind, field) = place.split_once('.').expect("a field");
        let context = context(cells.get(4).copied().unwrap_or_default());
        for (json, wanted) in [(cells[2], true), (cells[3], false)] {
            let json = serde_json::from_str(json).expect(json);
            let sample = Sample::new(kind, besides(cells[1])).with(field, Element::Whole, &json);
            let raised = sample.raised(&context);
            assert_eq!(raised.contains(&format!("{field}: {flag}")), wanted, "{line} gave {raised:?}");
        }
        tested.insert(flag);
    }
    let all: BTreeSet<_> = Schema::builtin().flags.keys().map(String::as_str).collect();
    assert_eq!(tested, all, "each flag of records/flags.csv has a case");
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
