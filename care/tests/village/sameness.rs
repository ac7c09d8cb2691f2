//! Doubles that somebody decided to be one, and decided otherwise.

use crate::made::{TODAY, Village, code};
use schema::Value;
use std::collections::BTreeSet;
use sync_core::record::deletion;
use sync_core::{ActorId, Change, Closed, Dot, Origin, Record, RecordId};

/// What a field officer says of two records; gives the edge, so that it can be said again.
fn say(village: &mut Village, kind: &str, one: RecordId, other: RecordId, verdict: &str) -> Record {
    let fields = [
        ("smaller_id", Value::Ref(one.min(other).0)),
        ("larger_id", Value::Ref(one.max(other).0)),
        ("verdict", code("same_verdict", verdict)),
    ];
    let edge = Record::of_change(&village.change(kind, TODAY, &fields));
    village.book.put(&edge, &Closed, false);
    edge
}

/// The same edge with another verdict.
fn say_again(village: &mut Village, edge: &Record, verdict: &str) {
    let mut change = village.change("same_person", TODAY, &[("verdict", code("same_verdict", verdict))]);
    (change.record, change.kind) = (edge.id, edge.kind);
    change.edits.remove(0);
    let mut edge = edge.clone();
    assert!(edge.apply(&change));
    village.book.put(&edge, &Closed, false);
}

fn visits(village: &Village, person: RecordId) -> BTreeSet<RecordId> {
    let person = village.book.person(person, TODAY).expect("a person");
    person.visits.into_iter().map(|visit| visit.id).collect()
}

fn people(village: &Village, family: RecordId) -> Vec<RecordId> {
    let family = village.book.family(family, TODAY).expect("a family");
    family.members.into_iter().map(|person| person.id).collect()
}

fn found(village: &Village, text: &str) -> Vec<RecordId> {
    village.book.search(text, TODAY, 10).into_iter().map(|hit| hit.id).collect()
}

#[test]
fn visits_follow_the_one_that_stands_for_both_and_go_back_with_another_verdict() {
    let mut village = Village::new();
    let family = village.family("Slamet");
    let child = village.member(family, "Ayu Lestari", "F", TODAY - 300, &[]);
    let double = village.member(family, "Ayu Lestary", "F", TODAY - 300, &[]);
    let first = village.visit(child, "baduta", TODAY - 60, &[]);
    let second = village.visit(double, "baduta", TODAY - 30, &[]);
    let edge = say(&mut village, "same_person", child, double, "same");
    assert_eq!((village.book.survivor(double), people(&village, family)), (child, vec![child]));
    assert_eq!(visits(&village, child), BTreeSet::from([first, second]));
    assert_eq!(visits(&village, double), visits(&village, child), "an old address leads to the one");
    assert_eq!(found(&village, "ayu"), [child]);
    assert_eq!(village.book.today(TODAY, &[]).due.len(), 1, "she is visited once");

    let third = village.visit(double, "baduta", TODAY, &[]);
    assert!(visits(&village, child).contains(&third));
    say_again(&mut village, &edge, "different");
    assert_eq!(people(&village, family), [child, double]);
    assert_eq!(visits(&village, child), BTreeSet::from([first]));
    assert_eq!(visits(&village, double), BTreeSet::from([second, third]));
}

#[test]
fn a_ring_of_three_has_one_that_stands_for_it_and_another_when_that_one_goes() {
    let mut village = Village::new();
    let family = village.family("Slamet");
    let [one, two, three] =
        ["Siti A", "Siti B", "Siti C"].map(|name| village.member(family, name, "F", TODAY - 400, &[]));
    let seen = [one, two, three].map(|person| village.visit(person, "baduta", TODAY - 9, &[]));
    say(&mut village, "same_person", three, two, "same");
    say(&mut village, "same_person", one, three, "same");
    say(&mut village, "same_person", two, one, "same");
    assert_eq!(people(&village, family), [one]);
    assert_eq!(visits(&village, one), BTreeSet::from(seen));
    // A substitute in another village says the same of two of them, and takes it back: what others said holds.
    let again = say(&mut village, "same_person", two, one, "same");
    say_again(&mut village, &again, "undecided");
    assert_eq!(people(&village, family), [one]);

    let mut gone = Record::of_change(&Change { record: one, ..village.change("member", TODAY, &[]) });
    let origin = Origin { dot: Dot::new(ActorId(7), 900), ..gone.origins()[0] };
    let edits = vec![deletion(&gone, ActorId(7), Vec::new())];
    gone.apply(&Change { origin, record: one, kind: gone.kind, edits });
    village.book.put(&gone, &Closed, false);
    assert_eq!(people(&village, family), [two]);
    assert_eq!(visits(&village, three), BTreeSet::from(seen), "her visits are not lost with her");
}

#[test]
fn a_family_that_was_registered_twice_is_one_with_everybody_of_both_whatever_came_first() {
    let mut village = Village::new();
    let (old, new) = (village.family("Slamet"), village.family("Slamet R."));
    // The edges come before half of what they speak of.
    say(&mut village, "same_record", new, old, "same");
    let mother = village.wife(old, "Siti Aminah");
    let again = village.wife(new, "Siti Aminah");
    say(&mut village, "same_person", mother, again, "same");
    let of_mother = |id: RecordId| [("mother_id", Value::Ref(id.0))];
    let first = village.member(old, "Budi", "M", TODAY - 900, &of_mother(mother));
    let second = village.member(new, "Wati", "F", TODAY - 200, &of_mother(again));
    village.put(
        "risk_screening",
        TODAY - 5,
        &[
            ("household_id", Value::Ref(new.0)),
            ("screened_on", Value::Date(TODAY - 5)),
            ("round", Value::Month(682)),
        ],
    );
    assert_eq!(
        people(&village, old).into_iter().collect::<BTreeSet<_>>(),
        BTreeSet::from([mother, first, second])
    );
    assert_eq!(people(&village, new), people(&village, old));
    let families = village.book.families(&care::FamilyFilter::default(), TODAY);
    assert_eq!(families.iter().map(|family| (family.id, family.people)).collect::<Vec<_>>(), [(old, 3)]);
    let family = village.book.family(old, TODAY).expect("a family");
    assert!(family.screening.is_some(), "the screening of either is the family's");
    let child = village.book.person(second, TODAY).expect("a person");
    assert_eq!((child.row.household, child.mother.map(|mother| mother.id)), (old, Some(mother)));
    assert_eq!(found(&village, "slamet"), [old]);
}
