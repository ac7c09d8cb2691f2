//! Every boundary of every group, by day.

use crate::made::{TODAY, Village, code};
use schema::Value;

#[test]
fn a_child_changes_groups_on_its_day() {
    let mut village = Village::new();
    let home = village.family("Slamet");
    let child = village.member(home, "Bagas", "M", 20_000, &[]);
    let cases =
        [(0, "baduta"), (730, "baduta"), (731, "balita"), (1826, "balita"), (1827, "other"), (-1, "other")];
    for (age_days, wanted) in cases {
        assert_eq!(village.groups(child, 20_000 + age_days), [wanted], "{age_days} days old");
    }
}

#[test]
fn a_wife_is_pus_from_15_to_49_and_a_girl_is_a_teen_from_10_to_18() {
    let mut village = Village::new();
    let home = village.family("Slamet");
    let day = |text| schema::calendar::day(text).expect("day");
    let married = [("marital_status", code("marital_status", "married"))];
    let wife = village.member(home, "Wati", "F", day("1980-03-10"), &married);
    let girl = village.member(home, "Ayu", "F", day("2010-03-10"), &[]);
    let boy = village.member(home, "Adi", "M", day("2010-03-10"), &[]);
    let cases = [
        (wife, "1995-03-09", "other"),
        (wife, "1995-03-10", "pus"),
        (wife, "2030-03-09", "pus"),
        (wife, "2030-03-10", "other"),
        (girl, "2020-03-09", "other"),
        (girl, "2020-03-10", "teen"),
        (girl, "2029-03-09", "teen"),
        (girl, "2029-03-10", "other"),
        (boy, "2024-01-01", "other"),
    ];
    for (person, on, wanted) in cases {
        assert_eq!(village.groups(person, day(on)), [wanted], "on {on}");
    }
}

#[test]
fn pregnancy_ends_in_the_puerperium_which_ends_on_day_42() {
    let mut village = Village::new();
    let home = village.family("Slamet");
    let wife = village.wife(home, "Wati");
    let ongoing = [
        ("mother_id", Value::Ref(wife.0)),
        ("lmp_date", Value::Date(TODAY - 300)),
        ("status", code("pregnancy_status", "ongoing")),
    ];
    let pregnancy = village.put("pregnancy", TODAY - 200, &ongoing);
    assert_eq!(village.groups(wife, TODAY), ["pregnant"], "until somebody says how it ended");
    village.book.remove(pregnancy);
    for (status, after) in
        [("live_birth", "postpartum"), ("stillbirth", "postpartum"), ("miscarriage", "pus")]
    {
        let ended = [
            ("mother_id", Value::Ref(wife.0)),
            ("status", code("pregnancy_status", status)),
            ("delivery_date", Value::Date(TODAY)),
        ];
        let ended = village.put("pregnancy", TODAY, &ended);
        assert_eq!(village.groups(wife, TODAY + 42), [after], "{status}");
        assert_eq!(village.groups(wife, TODAY + 43), ["pus"], "{status}");
        assert_eq!(village.groups(wife, TODAY - 1), ["pus"], "{status}");
        village.book.remove(ended);
    }
}

#[test]
fn a_couple_is_to_be_married_until_its_wedding() {
    let mut village = Village::new();
    let home = village.family("Slamet");
    let bride = village.member(home, "Rini", "F", TODAY - 8000, &[]);
    let groom = village.member(home, "Joko", "M", TODAY - 9000, &[]);
    let couple = |outcome: Option<&str>| {
        let mut fields = vec![
            ("bride_id", Value::Ref(bride.0)),
            ("groom_id", Value::Ref(groom.0)),
            ("wedding_date", Value::Date(TODAY)),
        ];
        fields.extend(outcome.map(|outcome| ("outcome", code("couple_outcome", outcome))));
        fields
    };
    let running = village.put("couple", TODAY - 90, &couple(None));
    for person in [bride, groom] {
        assert_eq!(village.groups(person, TODAY), ["catin"]);
        assert_eq!(village.groups(person, TODAY + 1), ["other"]);
    }
    village.book.remove(running);
    village.put("couple", TODAY - 90, &couple(Some("cancelled")));
    assert_eq!(village.groups(bride, TODAY), ["other"]);
}

#[test]
fn who_died_or_moved_out_is_in_no_group() {
    let mut village = Village::new();
    let home = village.family("Slamet");
    let died = [("life_status", code("life_status", "deceased"))];
    let moved = [("residence_status", code("residence_status", "moved_out"))];
    let away = [("residence_status", code("residence_status", "temporary_away"))];
    let cases = [(&died, 0, false), (&moved, 0, true), (&away, 1, true)];
    for (more, groups, alive) in cases {
        let child = village.member(home, "Bagas", "M", TODAY - 100, more);
        let person = village.book.person(child, TODAY).expect("a person");
        assert_eq!((person.row.groups.len(), person.row.alive), (groups, alive));
        assert_eq!(person.row.due.is_some(), groups == 1);
    }
    assert_eq!(village.book.family(home, TODAY).expect("a family").row.people, 1);
}
