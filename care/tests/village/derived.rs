//! Derived fields, from what a form shows and what is known.

use crate::made::{
    Fields, TODAY, Village, code, group, length, measured, said, text, visit_fields, with_form,
};
use schema::Value;
use schema::growth::{Measurement, Position, Sex, assess};
use sync_core::RecordId;

fn derived(village: &Village, kind: &str, fields: Fields) -> impl Fn(&str) -> Option<String> + use<> {
    let values = with_form(kind, fields, |kind, form| village.book.derived(kind, None, form, TODAY));
    let kind = kind.to_owned();
    move |field| said(&kind, field, &values)
}

#[test]
fn z_scores_are_those_of_the_standards() {
    let mut village = Village::new();
    let home = village.family("Slamet");
    let girl = village.member(home, "Ayu", "F", TODAY - 400, &[]);
    let seen = [("child_weight", measured(780)), ("child_length", length(715, "lying"))];
    let field = derived(&village, "visit", &visit_fields(girl, "baduta", TODAY, &seen));
    let wanted = assess(&Measurement {
        sex: Sex::Female,
        age_days: 400,
        weight_g: Some(7800),
        length_height_tenth_mm: Some(7150),
        position: Some(Position::Lying),
        head_tenth_mm: None,
        muac_tenth_mm: None,
        oedema: false,
    });
    let text = |score: Option<schema::growth::ZScore>| score.map(|score| score.hundredths.to_string());
    assert_eq!(field("child_age_days").as_deref(), Some("400"));
    assert_eq!(field("child_haz"), text(wanted.haz));
    assert_eq!(field("child_waz"), text(wanted.waz));
    assert_eq!(field("child_whz"), text(wanted.whz));
    assert_eq!(field("child_bmiz"), text(wanted.bmiz));
    assert!(wanted.haz.is_some() && wanted.whz.is_some());
    assert_eq!(field("child_weight_trend").as_deref(), Some("B"));
    assert_eq!(field("child_immunization_complete").as_deref(), Some("false"));
    assert_eq!(field("child_dashat_received"), None, "no kitchen is known");
}

#[test]
fn a_trend_compares_with_the_month_before() {
    let mut village = Village::new();
    let home = village.family("Slamet");
    let baby = village.member(home, "Bagas", "M", TODAY - 200, &[]);
    let day = |text| schema::calendar::day(text).expect("day");
    let kg = |units| [("child_weight", measured(units))];
    village.visit(baby, "baduta", day("2026-10-31"), &kg(650));
    let trend = |village: &Village, on, units| {
        derived(village, "visit", &visit_fields(baby, "baduta", on, &kg(units)))("child_weight_trend")
    };
    for (on, units, wanted) in [
        (day("2026-11-01"), 651, "N"),
        (day("2026-11-30"), 650, "T"),
        (day("2026-12-01"), 700, "O"),
        (day("2026-10-31"), 700, "B"),
    ] {
        assert_eq!(trend(&village, on, units).as_deref(), Some(wanted), "{units} on {on}");
    }
    village.visit(baby, "baduta", day("2026-11-02"), &kg(720));
    assert_eq!(trend(&village, day("2026-11-20"), 700).as_deref(), Some("N"), "compared with October");
}

#[test]
fn a_pregnancy_counts_from_its_last_period() {
    let mut village = Village::new();
    let home = village.family("Slamet");
    let wife = village.wife(home, "Wati");
    let lmp = TODAY - 170;
    let fields = [
        ("mother_id", Value::Ref(wife.0)),
        ("lmp_date", Value::Date(lmp)),
        ("status", code("pregnancy_status", "ongoing")),
    ];
    let due = derived(&village, "pregnancy", &fields)("edd_date");
    assert_eq!(due, schema::calendar::day_text(lmp + 280));
    let pregnancy = village.put("pregnancy", lmp + 45, &fields);
    let of = ("pregnancy_id", Value::Ref(pregnancy.0));
    let first = [of.clone(), ("pregnant_weight", measured(500)), ("pregnant_height", measured(1600))];
    let field = derived(&village, "visit", &visit_fields(wife, "pregnant", lmp + 60, &first));
    assert_eq!(field("pregnant_contact_period").as_deref(), Some("first"));
    assert_eq!(field("visit_no").as_deref(), Some("1"));
    assert_eq!(field("pregnant_bmi_before").as_deref(), Some("195"));
    village.visit(wife, "pregnant", lmp + 60, &first);
    let pressure = group(&[Value::Int(120), Value::Int(81), code("measured_by", "midwife")]);
    let later = [of, ("pregnant_blood_pressure", pressure)];
    let field = derived(&village, "visit", &visit_fields(wife, "pregnant", TODAY, &later));
    assert_eq!(field("pregnant_contact_period").as_deref(), Some("w24"), "24 weeks and 2 days");
    assert_eq!(field("visit_no").as_deref(), Some("2"));
    assert_eq!(field("pregnant_map").as_deref(), Some("940"));
    assert_eq!(field("pregnant_bmi_before").as_deref(), Some("195"), "by the weight of the first trimester");
}

#[test]
fn a_bride_is_ready_when_all_is_known_and_well() {
    let mut village = Village::new();
    let home = village.family("Slamet");
    let bride = village.member(home, "Rini", "F", TODAY - 9000, &[]);
    let couple = village.put(
        "couple",
        TODAY,
        &[("bride_id", Value::Ref(bride.0)), ("groom_birth_date", Value::Date(TODAY - 10_000))],
    );
    let seen = |muac, smokes| {
        vec![
            ("couple_id", Value::Ref(couple.0)),
            ("catin_weight", measured(500)),
            ("catin_height", measured(1550)),
            ("catin_muac", measured(muac)),
            ("catin_hb", measured(125)),
            ("catin_bride_smokes", code("yes_no", smokes)),
        ]
    };
    for (seen, wanted) in
        [(seen(235, "no"), "ideal"), (seen(234, "no"), "at_risk"), (seen(235, "yes"), "at_risk")]
    {
        let field = derived(&village, "visit", &visit_fields(bride, "catin", TODAY, &seen));
        assert_eq!(field("catin_fit_to_conceive").as_deref(), Some(wanted));
        assert_eq!(field("catin_bmi").as_deref(), Some("208"));
        assert_eq!(field("catin_age_years").as_deref(), Some("24"));
        assert_eq!(field("catin_groom_age_years").as_deref(), Some("27"));
    }
    let incomplete = &seen(235, "no")[..3];
    let field = derived(&village, "visit", &visit_fields(bride, "catin", TODAY, incomplete));
    assert_eq!(field("catin_fit_to_conceive").as_deref(), Some("incomplete"));
}

#[test]
fn meals_of_the_last_month_and_all_doses_are_seen() {
    let mut village = Village::new();
    let home = village.family("Slamet");
    let baby = village.member(home, "Bagas", "M", TODAY - 40, &[]);
    let kitchen = village.put("dashat_kitchen", TODAY - 90, &[("name", text("Dapur Melati"))]);
    let doses =
        [("child_immunizations=hb0", Value::Bool(true)), ("child_immunizations=bcg", Value::Bool(true))];
    village.visit(baby, "baduta", TODAY - 5, &doses);
    let ticked = [("child_immunizations=opv1", Value::Bool(true))];
    let ask = |village: &Village| derived(village, "visit", &visit_fields(baby, "baduta", TODAY, &ticked));
    assert_eq!(ask(&village)("child_immunization_complete").as_deref(), Some("true"));
    assert_eq!(ask(&village)("child_dashat_received").as_deref(), Some("no"));
    let recipient = format!("recipients={baby}");
    for (days, wanted) in [(31, "no"), (30, "yes")] {
        let share = group(&[code("target_group", "baduta"), Value::Decimal(10)]);
        let meal = [
            ("kitchen_id", Value::Ref(kitchen.0)),
            ("session_date", Value::Date(TODAY - days)),
            (recipient.as_str(), share),
        ];
        village.put("meal_session", TODAY - days, &meal);
        assert_eq!(ask(&village)("child_dashat_received").as_deref(), Some(wanted));
    }
    let today = village.book.today(TODAY, &[]);
    assert_eq!(today.kitchens[0].last_session.map(|day| day.0), Some(TODAY - 30));
}

#[test]
fn risk_follows_the_rule_and_what_is_known() {
    let mut village = Village::new();
    let home = village.family("Slamet");
    let wife = village.wife(home, "Wati");
    let screening = |water| {
        [
            ("household_id", Value::Ref(home.0)),
            ("screened_on", Value::Date(TODAY)),
            ("water_source", code("water_source", water)),
            ("toilet", code("toilet", "own_septic")),
        ]
    };
    let verdict = |village: &Village, water| {
        let field = derived(village, "risk_screening", &screening(water));
        ["is_target_family", "is_at_risk", "too_close", "not_modern_fp"]
            .map(|name| field(name).expect("verdict"))
    };
    assert_eq!(verdict(&village, "piped"), ["true", "false", "false", "false"]);
    assert_eq!(verdict(&village, "rain"), ["true", "true", "false", "false"]);
    let mother = [("mother_id", Value::Ref(wife.0))];
    village.member(home, "Bagas", "M", TODAY - 100, &mother);
    village.member(home, "Ayu", "F", TODAY - 100 - 731, &mother);
    assert_eq!(verdict(&village, "piped"), ["true", "false", "false", "false"], "24 months apart");
    village.member(home, "Adi", "M", TODAY - 100 - 700, &mother);
    assert_eq!(verdict(&village, "piped"), ["true", "true", "true", "false"], "less than 24 months apart");
}

#[test]
fn sales_members_and_groups_add_up() {
    let mut village = Village::new();
    let home = village.family("Slamet");
    village.wife(home, "Wati");
    let sale = [("quantity", Value::Decimal(250)), ("unit_price_idr", Value::Int(1501))];
    assert_eq!(derived(&village, "uppka_sale", &sale)("total_idr").as_deref(), Some("3753"), "2.50 of 1,501");
    let total = |id: Option<RecordId>| {
        let fields = [("head_name", text("Slamet"))];
        let values =
            with_form("household", &fields, |kind, form| village.book.derived(kind, id, form, TODAY));
        said("household", "members_total", &values)
    };
    assert_eq!((total(Some(home)).as_deref(), total(None)), (Some("1"), None));
    let born = [
        ("birth_date", group(&[Value::Date(TODAY - 10), code("date_precision", "day")])),
        ("sex", code("sex", "F")),
    ];
    let values = with_form("member", &born, |kind, form| village.book.derived(kind, None, form, TODAY));
    let baduta = schema::Element::Code(4);
    assert_eq!(values, [((22, baduta), Value::Bool(true))]);
}
