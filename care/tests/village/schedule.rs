//! When somebody is due, and how late that is.

use crate::made::{Fields, TODAY, Village, code, length, measured};
use care::{Due, Urgency};
use schema::Value;
use sync_core::RecordId;

fn due(village: &Village, person: RecordId, day: i32) -> Due {
    village.book.person(person, day).expect("a person").row.due.expect("a visit that is owed")
}

#[test]
fn a_baby_is_visited_monthly() {
    let mut village = Village::new();
    let home = village.family("Slamet");
    let baby = village.member(home, "Bagas", "M", TODAY - 600, &[]);
    let never = due(&village, baby, TODAY);
    // Registered on the day of birth, 600 days ago: the first visit was due within seven days.
    assert_eq!((never.day.0, never.days_late, never.last_visit), (TODAY - 593, 593, None));
    assert_eq!(never.marks, ["never_visited"]);
    village.visit(baby, "baduta", TODAY - 29, &[]);
    for (day, urgency, days_late) in [
        (TODAY - 14, Urgency::Later, 0),
        (TODAY - 13, Urgency::Soon, 0),
        (TODAY - 6, Urgency::Due, 0),
        (TODAY + 1, Urgency::Due, 0),
        (TODAY + 2, Urgency::Late, 1),
    ] {
        let due = due(&village, baby, day);
        assert_eq!((due.day.0, due.urgency, due.days_late), (TODAY + 1, urgency, days_late));
    }
    // At home, but not met: that does not count.
    village.visit(baby, "baduta", TODAY - 2, &[("met_in_person", Value::Bool(false))]);
    assert_eq!(due(&village, baby, TODAY).day.0, TODAY + 1);
}

#[test]
fn a_child_of_two_is_visited_quarterly_unless_it_needs_attention() {
    let thin: Fields = &[("child_weight", measured(850)), ("child_length", length(900, "standing"))];
    let well: Fields = &[("child_weight", measured(1280)), ("child_length", length(900, "standing"))];
    for (seen, interval, marks) in [(well, 91, 0), (thin, 30, 0)] {
        let mut village = Village::new();
        let home = village.family("Slamet");
        let child = village.member(home, "Bagas", "M", TODAY - 900, &[]);
        village.visit(child, "balita", TODAY - 10, seen);
        let due = due(&village, child, TODAY);
        assert_eq!((due.day.0, due.marks.len()), (TODAY - 10 + interval, marks));
        // The next month without gain.
        village.visit(child, "balita", TODAY + 21, seen);
        let due = self::due(&village, child, TODAY + 22);
        assert_eq!((due.day.0, due.marks), (TODAY + 51, vec!["not_gaining"]));
    }
}

#[test]
fn a_planned_visit_comes_first_when_it_is_earlier() {
    for (planned, wanted, marks) in [(10, 10, vec!["planned"]), (60, 30, vec![])] {
        let mut village = Village::new();
        let home = village.family("Slamet");
        let baby = village.member(home, "Bagas", "M", TODAY - 100, &[]);
        village.visit(baby, "baduta", TODAY, &[("next_visit_date", Value::Date(TODAY + planned))]);
        let due = due(&village, baby, TODAY);
        assert_eq!((due.day.0, due.marks), (TODAY + wanted, marks));
    }
}

#[test]
fn pregnancy_goes_by_weeks_of_contact() {
    // Week of the last visit, week in which the next is due.
    for (visited, next) in [(8, 12), (11, 16), (12, 16), (15, 20), (20, 24), (33, 36), (36, 40)] {
        let mut village = Village::new();
        let home = village.family("Slamet");
        let wife = village.wife(home, "Wati");
        let lmp = TODAY - 260;
        let pregnancy = [
            ("mother_id", Value::Ref(wife.0)),
            ("lmp_date", Value::Date(lmp)),
            ("status", code("pregnancy_status", "ongoing")),
        ];
        village.put("pregnancy", lmp + 45, &pregnancy);
        assert_eq!(due(&village, wife, lmp + 50).day.0, lmp + 52, "a week after it was registered");
        village.visit(wife, "pregnant", lmp + visited * 7, &[]);
        assert_eq!(due(&village, wife, TODAY).day.0, lmp + next * 7, "after week {visited}");
    }
}

#[test]
fn after_a_delivery_and_before_a_wedding_the_plan_counts_visits() {
    let mut village = Village::new();
    let home = village.family("Slamet");
    let wife = village.wife(home, "Wati");
    let birth = TODAY - 10;
    let ended = [
        ("mother_id", Value::Ref(wife.0)),
        ("status", code("pregnancy_status", "live_birth")),
        ("delivery_date", Value::Date(birth)),
    ];
    village.put("pregnancy", birth, &ended);
    assert_eq!(due(&village, wife, TODAY).day.0, birth);
    village.visit(wife, "postpartum", birth + 1, &[]);
    assert_eq!(due(&village, wife, TODAY).day.0, birth + 42);
    village.visit(wife, "postpartum", birth + 42, &[]);
    assert!(village.book.person(wife, birth + 42).expect("a person").row.due.is_none());

    let bride = village.member(home, "Rini", "F", TODAY - 8000, &[]);
    let wedding = TODAY + 60;
    let couple = [("bride_id", Value::Ref(bride.0)), ("wedding_date", Value::Date(wedding))];
    village.put("couple", TODAY - 40, &couple);
    assert_eq!(due(&village, bride, TODAY).day.0, wedding - 90);
    village.visit(bride, "catin", TODAY - 20, &[]);
    assert_eq!(due(&village, bride, TODAY).day.0, wedding - 60);
}

#[test]
fn a_family_at_risk_without_anybody_else_is_visited_through_the_wife() {
    let mut village = Village::new();
    let home = village.family("Slamet");
    let wife = village.wife(home, "Wati");
    assert!(village.book.person(wife, TODAY).expect("a person").row.due.is_none());
    let screening = [
        ("household_id", Value::Ref(home.0)),
        ("round", Value::Month(schema::calendar::month("2026-07").expect("month"))),
        ("screened_on", Value::Date(TODAY - 60)),
        ("water_source", code("water_source", "surface")),
        ("toilet", code("toilet", "own_septic")),
    ];
    village.put("risk_screening", TODAY - 60, &screening);
    let family = village.book.family(home, TODAY).expect("a family");
    let factors: Vec<&str> =
        family.screening.iter().flat_map(|one| &one.factors).map(|label| label.en.as_str()).collect();
    assert_eq!((family.row.at_risk, family.screening_due), (Some(true), false));
    assert_eq!(factors, ["Poor source of drinking water"]);
    village.visit(wife, "krs_family_other", TODAY - 30, &[]);
    assert_eq!(due(&village, wife, TODAY).day.0, TODAY + 61);
    assert!(village.book.family(home, TODAY + 60).expect("a family").screening_due, "a new half-year");
}

#[test]
fn today_lists_the_longest_waiting_first_and_counts_the_week() {
    let mut village = Village::new();
    let home = village.family("Slamet");
    let early = village.member(home, "Bagas", "M", TODAY - 100, &[]);
    let late = village.member(home, "Ayu", "F", TODAY - 300, &[]);
    let later = village.member(home, "Dewi", "F", TODAY - 300, &[]);
    village.visit(early, "baduta", TODAY - 29, &[]);
    village.visit(late, "baduta", TODAY - 50, &[]);
    village.visit(later, "baduta", TODAY - 1, &[]);
    let today = village.book.today(TODAY, &[village.author]);
    let names: Vec<&str> = today.due.iter().map(|due| due.name.as_str()).collect();
    assert_eq!(names, ["Ayu", "Bagas"]);
    // One made on Thursday; Ayu is late and Bagas due on Saturday.
    assert_eq!((today.done_this_week, today.owed_this_week), (1, 3));
    assert_eq!(village.book.today(TODAY, &[]).done_this_week, 0, "somebody else's visit");
}
