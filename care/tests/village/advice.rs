//! What is said about what was typed.

use crate::made::{Fields, TODAY, Village, code, group, length, measured, visit_fields, with_form};
use care::{Advice, Weight};
use schema::Value;
use sync_core::RecordId;

/// Two words of a case, and what is typed.
type Case<'a> = (&'a str, &'a str, Vec<(&'a str, Value)>);

fn advice(village: &Village, person: RecordId, target: &str, seen: Fields) -> Vec<Advice> {
    let fields = visit_fields(person, target, TODAY, seen);
    with_form("visit", &fields, |kind, form| village.book.advice(kind, None, form, TODAY))
}

fn words(said: &[Advice]) -> Vec<&'static str> {
    said.iter().map(|advice| advice.words).collect()
}

fn value(said: &[Advice], words: &str, name: &str) -> String {
    let advice = said.iter().find(|advice| advice.words == words).expect(words);
    let json = serde_json::to_value(advice).expect("JSON");
    json["values"][name].as_str().map_or_else(|| json["values"][name].to_string(), str::to_owned)
}

/// A boy of so many days, weighed 8.00 kg and 70.0 cm long a month ago.
fn boy(village: &mut Village, age_days: i32) -> RecordId {
    let home = village.family("Slamet");
    let boy = village.member(home, "Bagas", "M", TODAY - age_days, &[]);
    let seen = [("child_weight", measured(800)), ("child_length", length(700, "lying"))];
    village.visit(boy, "baduta", TODAY - 30, &seen);
    boy
}

#[test]
fn what_is_typed_about_a_child_is_answered() {
    let yes = || code("yes_no", "yes");
    let cases: [Case; 16] = [
        ("swelling_of_feet_refer_now", "", vec![("child_oedema", yes())]),
        (
            "weight_for_length_refer_now",
            "",
            vec![("child_weight", measured(700)), ("child_length", length(740, "lying"))],
        ),
        (
            "weight_for_length_refer",
            "weight_for_length_refer_now",
            vec![("child_weight", measured(765)), ("child_length", length(740, "lying"))],
        ),
        ("arm_circumference_refer_now", "", vec![("child_muac", measured(114))]),
        ("arm_circumference_refer", "arm_circumference_refer_now", vec![("child_muac", measured(115))]),
        ("weight_not_rising_refer", "gained_well", vec![("child_weight", measured(800))]),
        ("gained_well", "weight_not_rising_refer", vec![("child_weight", measured(801))]),
        ("shorter_than_last_time", "", vec![("child_length", length(694, "lying"))]),
        ("growth_needs_attention", "growth_needs_doctor", vec![("child_length", length(695, "lying"))]),
        ("growth_needs_doctor", "growth_needs_attention", vec![("child_length", length(660, "lying"))]),
        ("measure_lying_under_two", "", vec![("child_length", length(710, "standing"))]),
        ("weight_maybe_mistyped", "weight_changed_much", vec![("child_weight", measured(80 * 100))]),
        ("weight_changed_much", "weight_maybe_mistyped", vec![("child_weight", measured(600))]),
        ("development_refer", "development_repeat_in_two_weeks", vec![("child_kpsp_score", Value::Int(6))]),
        ("development_repeat_in_two_weeks", "development_refer", vec![("child_kpsp_score", Value::Int(7))]),
        ("tuberculosis_contact_refer", "", vec![("child_illness_2w=tb_contact", Value::Bool(true))]),
    ];
    for (wanted, unwanted, seen) in cases {
        let mut village = Village::new();
        let boy = boy(&mut village, 330);
        let said = advice(&village, boy, "baduta", &seen);
        assert!(words(&said).contains(&wanted), "{wanted} is not in {:?}", words(&said));
        assert!(!words(&said).contains(&unwanted), "{unwanted} is in {:?}", words(&said));
        assert!(said.is_sorted_by_key(|advice| advice.weight), "the gravest first");
    }
}

#[test]
fn what_is_well_gets_no_warning() {
    let mut village = Village::new();
    let boy = boy(&mut village, 330);
    let seen = [
        ("child_weight", measured(900)),
        ("child_length", length(735, "lying")),
        ("child_muac", measured(125)),
        ("child_kpsp_score", Value::Int(9)),
        ("child_oedema", code("yes_no", "no")),
    ];
    let said = advice(&village, boy, "baduta", &seen);
    let kept = ["immunization_due", "growing_well", "gained_well", "growth_result", "next_visit_suggested"];
    assert_eq!(words(&said), kept);
    assert_eq!(value(&said, "gained_well", "g"), "1000");
    assert_eq!(value(&said, "growth_result", "haz_class"), "normal");
    assert_eq!(value(&said, "next_visit_suggested", "day"), "2026-12-27");
    assert_eq!(said[0].field, Some("child_immunizations"));
}

#[test]
fn shorter_by_half_a_centimetre_is_within_the_error_of_measuring() {
    let mut village = Village::new();
    let boy = boy(&mut village, 330);
    let said = |tenths| advice(&village, boy, "baduta", &[("child_length", length(tenths, "lying"))]);
    assert!(!words(&said(695)).contains(&"shorter_than_last_time"));
    let shorter = said(694);
    assert_eq!(value(&shorter, "shorter_than_last_time", "cm"), "69.4");
    assert_eq!(value(&shorter, "shorter_than_last_time", "last"), "70.0");
}

#[test]
fn danger_signs_of_women_are_answered() {
    let pressure = |systolic, diastolic| {
        (
            "pregnant_blood_pressure",
            group(&[Value::Int(systolic), Value::Int(diastolic), code("measured_by", "midwife")]),
        )
    };
    let protein = ("pregnant_proteinuria", code("pos_neg_na", "positive"));
    let cases: [Case; 11] = [
        ("pregnant", "haemoglobin_refer_now", vec![("pregnant_hb", measured(69))]),
        ("pregnant", "haemoglobin_refer", vec![("pregnant_hb", measured(70))]),
        ("pregnant", "haemoglobin_slightly_low", vec![("pregnant_hb", measured(100))]),
        ("pregnant", "blood_pressure_refer", vec![pressure(120, 80)]),
        ("pregnant", "blood_pressure_and_protein_refer_now", vec![pressure(120, 80), protein]),
        ("pregnant", "mother_arm_circumference_refer", vec![("pregnant_muac", measured(234))]),
        (
            "pregnant",
            "baby_not_moving_refer_now",
            vec![("pregnant_fetal_movement", code("pos_neg_na", "negative"))],
        ),
        ("pregnant", "weeks_differ_from_last_period", vec![("pregnant_gest_age_weeks", Value::Int(27))]),
        ("pregnant", "plan_birth_in_facility", vec![("pregnant_height", measured(1449))]),
        (
            "postpartum",
            "bleeding_refer_now",
            vec![("postpartum_complication_types=bleeding", Value::Bool(true))],
        ),
        ("postpartum", "complication_refer", vec![("postpartum_complication", code("yes_no", "yes"))]),
    ];
    let mut village = Village::new();
    let home = village.family("Slamet");
    let wife = village.wife(home, "Wati");
    let pregnancy = [
        ("mother_id", Value::Ref(wife.0)),
        ("lmp_date", Value::Date(TODAY - 24 * 7)),
        ("status", code("pregnancy_status", "ongoing")),
    ];
    village.put("pregnancy", TODAY - 100, &pregnancy);
    for (target, wanted, seen) in cases {
        assert_eq!(words(&advice(&village, wife, target, &seen))[0], wanted);
    }
    let well = [
        ("pregnant_hb", measured(110)),
        pressure(110, 80),
        ("pregnant_muac", measured(235)),
        ("pregnant_gest_age_weeks", Value::Int(26)),
        ("pregnant_height", measured(1450)),
    ];
    let said = advice(&village, wife, "pregnant", &well);
    assert_eq!(words(&said), ["pregnancy_weeks", "next_visit_suggested"]);
    assert_eq!(value(&said, "pregnancy_weeks", "trimester"), "2");
}

#[test]
fn what_cannot_be_is_doubted() {
    let mut village = Village::new();
    let home = village.family("Slamet");
    let boy = village.member(home, "Bagas", "M", TODAY - 800, &[]);
    let said = |seen: Fields| words(&advice(&village, boy, "balita", seen));
    let lying = [("child_length", length(850, "lying"))];
    assert!(said(&lying).contains(&"measure_standing_from_two"));
    let tiny = [("child_length", length(400, "standing"))];
    assert_eq!(said(&tiny)[0], "measurement_unlikely");
    assert!(!said(&tiny).contains(&"growth_needs_doctor"), "nobody is worried by what cannot be");
    // 8.57 kg became 5.87: two digits changed places.
    let mut village = Village::new();
    let home = village.family("Slamet");
    let girl = village.member(home, "Ayu", "F", TODAY - 330, &[]);
    village.visit(girl, "baduta", TODAY - 30, &[("child_weight", measured(840))]);
    let swapped = advice(&village, girl, "baduta", &[("child_weight", measured(587))]);
    assert_eq!(value(&swapped, "weight_maybe_mistyped", "maybe"), "8.57");
    let late = advice(
        &village,
        girl,
        "baduta",
        &[("child_measured_on", Value::Date(TODAY + 90)), ("child_weight", measured(1200))],
    );
    assert!(!words(&late).contains(&"weight_changed_much"), "after four months anything may be");
}

#[test]
fn a_birth_that_is_overdue_is_asked_about() {
    let mut village = Village::new();
    let home = village.family("Slamet");
    let wife = village.wife(home, "Wati");
    let ongoing = ("status", code("pregnancy_status", "ongoing"));
    let of_wife = ("mother_id", Value::Ref(wife.0));
    village.put("pregnancy", TODAY - 200, &[of_wife, ongoing, ("lmp_date", Value::Date(TODAY - 283))]);
    let said = advice(&village, wife, "pregnant", &[]);
    assert_eq!(value(&said, "overdue_delivery_ask", "days"), "3");
}

#[test]
fn a_saved_visit_advises_on_the_page_of_the_person() {
    let mut village = Village::new();
    let boy = boy(&mut village, 330);
    let seen = [
        ("child_weight", measured(790)),
        ("child_length", length(690, "lying")),
        ("referral_status", code("facilitation_status", "offered")),
    ];
    village.visit(boy, "baduta", TODAY - 1, &seen);
    let person = village.book.person(boy, TODAY).expect("a person");
    assert_eq!(person.advice[0].words, "weight_not_rising_refer");
    assert!(words(&person.advice).contains(&"referral_still_open"));
    assert!(person.advice.iter().all(|one| one.weight != Weight::MeasureAgain && one.field.is_none()));
    let marks = &person.row.due.as_ref().expect("a visit that is owed").marks;
    assert_eq!(marks[..], ["referral_open", "not_gaining"]);
}

#[test]
fn the_page_of_a_person_speaks_of_today_and_of_the_group_she_is_in() {
    let mut village = Village::new();
    let home = village.family("Slamet");
    let baby = village.member(home, "Ayu", "F", TODAY - 29, &[]);
    let said = |village: &Village, person, day| village.book.person(person, day).expect("a person").advice;
    assert_eq!(value(&said(&village, baby, TODAY), "immunization_due", "count"), "1", "never seen");
    village.visit(baby, "baduta", TODAY, &[("child_immunizations=hb0", Value::Bool(true))]);
    assert_eq!(words(&said(&village, baby, TODAY)), ["immunization_complete"]);
    assert_eq!(value(&said(&village, baby, TODAY + 1), "immunization_due", "doses"), "BCG, OPV1");

    let wife = village.wife(home, "Wati");
    let ongoing = ("status", code("pregnancy_status", "ongoing"));
    let fields = [("mother_id", Value::Ref(wife.0)), ("lmp_date", Value::Date(TODAY - 100)), ongoing];
    let pregnancy = village.put("pregnancy", TODAY - 50, &fields);
    village.visit(wife, "pregnant", TODAY - 30, &[("pregnant_hb", measured(69))]);
    let now = said(&village, wife, TODAY);
    assert_eq!(words(&now), ["haemoglobin_refer_now", "pregnancy_weeks"]);
    assert_eq!(value(&now, "pregnancy_weeks", "weeks"), "14");
    village.book.remove(pregnancy);
    assert!(said(&village, wife, TODAY).is_empty(), "she is not pregnant any more");
}

#[test]
fn other_kinds_get_no_advice() {
    let village = Village::new();
    let said = with_form("household", &[], |kind, form| village.book.advice(kind, None, form, TODAY));
    assert!(said.is_empty());
}

#[test]
fn milk_alone_is_praised_until_six_months_and_not_after() {
    for (age_days, is_praised) in [(100, true), (400, false)] {
        let mut village = Village::new();
        let home = village.family("Slamet");
        let boy = village.member(home, "Bagas", "M", TODAY - age_days, &[]);
        let seen = [("child_exclusive_breastfeeding", code("yes_no", "yes"))];
        let said = advice(&village, boy, "baduta", &seen);
        assert_eq!(words(&said).contains(&"breast_milk_only"), is_praised, "at {age_days} days");
    }
}
