//! The JSON has the very keys that the app's contract names.

use crate::made::{AREA, TODAY, Village, code, length, measured, text};
use schema::Value;
use serde_json::Value as Json;

const CONTRACT: &str = concat!(
    include_str!("../../../app/src/phone/contract/base.ts"),
    include_str!("../../../app/src/phone/contract/life.ts"),
    include_str!("../../../app/src/phone/contract/shown.ts"),
    include_str!("../../../app/src/phone/contract/sending.ts"),
);

/// The fields of an interface of the contract, those it extends too; `?` marks one that may be missing.
fn interface(name: &str) -> Vec<(String, bool)> {
    let opening = format!("export interface {name} ");
    let at = CONTRACT.find(&opening).unwrap_or_else(|| panic!("{name} is not in the contract"));
    let (head, body) = CONTRACT[at + opening.len()..].split_once("{\n").expect("a body");
    let mut fields = head.trim().strip_prefix("extends ").map_or(Vec::new(), interface);
    for line in body.lines().take_while(|line| *line != "}") {
        let Some((field, _)) = line.trim().split_once(": ") else { continue };
        if line.starts_with("  ") && !line.trim().starts_with(['/', '*']) {
            fields.push((field.trim_end_matches('?').to_owned(), field.ends_with('?')));
        }
    }
    fields
}

fn assert_is(name: &str, json: &Json) {
    let object = json.as_object().unwrap_or_else(|| panic!("{name} is {json}"));
    let mut wanted = interface(name);
    assert!(!wanted.is_empty());
    wanted.retain(|(field, optional)| !optional || object.contains_key(field));
    let mut wanted: Vec<&str> = wanted.iter().map(|(field, _)| field.as_str()).collect();
    wanted.sort_unstable();
    let mut keys: Vec<&str> = object.keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, wanted, "{name}");
}

fn json(value: impl serde::Serialize) -> Json {
    serde_json::to_value(value).expect("JSON")
}

/// A village in which everything that can be answered is there.
fn full() -> (Village, sync_core::RecordId, sync_core::RecordId, sync_core::RecordId) {
    let mut village = Village::new();
    let home = village.family("Slamet");
    let wife = village.wife(home, "Wati");
    let child = village.member(home, "Bagas", "M", TODAY - 200, &[("mother_id", Value::Ref(wife.0))]);
    let seen = [("child_weight", measured(780)), ("child_length", length(665, "lying"))];
    village.visit(child, "baduta", TODAY - 40, &seen);
    let of_wife = ("mother_id", Value::Ref(wife.0));
    let ongoing = ("status", code("pregnancy_status", "ongoing"));
    village.put("pregnancy", TODAY - 50, &[of_wife, ongoing, ("lmp_date", Value::Date(TODAY - 100))]);
    village.put(
        "couple",
        TODAY - 900,
        &[("bride_id", Value::Ref(wife.0)), ("outcome", code("couple_outcome", "married"))],
    );
    let agreed = ("purposes=accompaniment", Value::Bool(true));
    village.put(
        "consent",
        TODAY - 50,
        &[("subject_id", Value::Ref(wife.0)), ("given_on", Value::Date(TODAY - 50)), agreed],
    );
    let round = ("round", Value::Month(678));
    village.put("risk_screening", TODAY - 50, &[("household_id", Value::Ref(home.0)), round]);
    village.put("dashat_kitchen", TODAY - 50, &[("name", text("Dapur Melati"))]);
    (village, home, wife, child)
}

#[test]
fn today_and_families_are_as_in_the_contract() {
    let (village, home, _, _) = full();
    let today = json(village.book.today(TODAY, &[]));
    assert_is("Today", &today);
    assert_is("Due", &today["due"][0]);
    assert_eq!(today["day"], "2026-11-27");
    let kitchen: Vec<&String> = today["kitchens"][0].as_object().expect("a kitchen").keys().collect();
    assert_eq!(kitchen, ["id", "last_session", "name", "sessions_this_week"]);
    let families = json(village.book.families(&Default::default(), TODAY));
    assert_is("FamilyRow", &families[0]);
    let family = json(village.book.family(home, TODAY));
    assert_is("Family", &family);
    assert_is("PersonRow", &family["members"][0]);
    assert_is("Age", &family["members"][0]["age"]);
    assert_eq!(family["area"], AREA.to_string());
    assert_eq!(family["screening"]["round"], "2026-07");
    let screening: Vec<&String> = family["screening"].as_object().expect("a screening").keys().collect();
    assert_eq!(screening, ["at_risk", "factors", "id", "round"]);
}

#[test]
fn a_person_and_her_growth_are_as_in_the_contract() {
    let (village, _, wife, child) = full();
    let mother = json(village.book.person(wife, TODAY));
    assert_is("Person", &mother);
    let keys = |json: &Json| json.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&mother["pregnancy"]), ["edd", "id", "status", "trimester", "weeks"]);
    assert_eq!(mother["pregnancy"]["weeks"], 14);
    assert_eq!((&mother["groups"][0], &mother["gest_weeks"]), (&json("pregnant"), &json(14)));
    assert_eq!(keys(&mother["couple"]), ["id", "outcome", "wedding"]);
    assert_eq!(keys(&mother["consent"]), ["id", "purposes", "withdrawn"]);
    assert_eq!(mother["consent"]["purposes"], json(["accompaniment"]));
    let person = json(village.book.person(child, TODAY));
    assert_is("Person", &person);
    assert_is("VisitRow", &person["visits"][0]);
    assert_is("Advice", &person["advice"][0]);
    assert_eq!(person["mother"], serde_json::json!({ "id": wife, "name": "Wati" }));
    assert_eq!(person["visits"][0]["author"], "Kader Melati");
    assert_eq!(person["visits"][0]["figures"][0]["text"], "7.80");
    assert_eq!(keys(&person["visits"][0]["figures"][0]), ["label", "text", "unit"]);
    let growth = json(village.book.growth(child));
    assert_is("Growth", &growth);
    assert_is("GrowthPoint", &growth["points"][0]);
    assert_eq!(keys(&growth["curves"][0]), ["sd", "standard", "unit", "x"]);
    assert_eq!(keys(&growth["curves"][0]["sd"][0]), ["y", "z"]);
    assert_eq!(growth["points"][0]["trend"], "B");
    assert_eq!(json(village.book.growth(wife)), Json::Null);
}

#[test]
fn lists_are_as_in_the_contract() {
    let (village, _, wife, _) = full();
    assert_is("Hit", &json(village.book.search("wati", TODAY, 9))[0]);
    let known = care::NewPerson { name: "Wati", birth: Some(TODAY - 10_000), ..Default::default() };
    assert_is("Double", &json(village.book.doubles_of_person(&known, TODAY))[0]);
    assert_is("Row", &json(village.book.rows("dashat_kitchen", "mel", TODAY))[0]);
    assert_is("Contact", &json(village.book.contacts())[0]);
    assert!(
        village.book.rows("dashat_kitchen", "x", TODAY).is_empty()
            && village.book.rows("nothing", "", TODAY).is_empty()
    );
    let titles =
        |kind| village.book.rows(kind, "", TODAY).into_iter().map(|row| row.title).collect::<Vec<_>>();
    assert_eq!(
        (titles("pregnancy"), titles("risk_screening")),
        (vec!["Wati".to_owned()], vec!["Slamet".to_owned()])
    );
    assert_eq!(json(village.book.person(wife, TODAY))["sex"], "female");
}
