//! Searching, and finding doubles.

use crate::made::{AREA, TODAY, Village, code};
use care::{Double, FamilyFilter, Group, NewPerson};
use schema::growth::Sex;
use schema::{AreaCode, Value};

#[test]
fn search_finds_people_and_families() {
    let mut village = Village::new();
    let home = village.family("Moh. Yusuf");
    village.wife(home, "Siti Aminah");
    let gone = [("residence_status", code("residence_status", "moved_out"))];
    village.member(home, "Siti Rahma", "F", TODAY - 9000, &gone);
    let names = |text: &str, limit| -> Vec<(String, &str)> {
        let hits = village.book.search(text, TODAY, limit);
        hits.into_iter().map(|hit| (hit.name, hit.is)).collect()
    };
    let owned = |name: &str, is| (name.to_owned(), is);
    assert_eq!(names("sit", 9), [owned("Siti Aminah", "person"), owned("Siti Rahma", "person")]);
    assert_eq!(names("sit", 1), [owned("Siti Aminah", "person")]);
    assert_eq!(names("muhammad yusup", 9), [owned("Moh. Yusuf", "family")]);
    assert_eq!(names("rt 3", 9), [owned("Moh. Yusuf", "family")]);
    assert_eq!(names("siti 03", 9).len(), 2);
    assert!(names("siti rt 4", 9).is_empty() && names("", 9).is_empty() && names("budi", 9).is_empty());
}

#[test]
fn families_are_filtered_and_sorted_by_neighbourhood() {
    let mut village = Village::new();
    let rows = [("10", "Ahmad"), ("2", "Budi"), ("02", "Adi")];
    for (rt, head) in rows {
        let text = crate::made::text;
        village.put("household", TODAY - 90, &[("rt", text(rt)), ("head_name", text(head))]);
    }
    let home = village.family("Slamet");
    village.member(home, "Bagas", "M", TODAY - 90, &[]);
    let heads = |filter: FamilyFilter| -> Vec<String> {
        village.book.families(&filter, TODAY).into_iter().map(|row| row.head).collect()
    };
    assert_eq!(heads(FamilyFilter::default()), ["Adi", "Budi", "Slamet", "Ahmad"]);
    assert_eq!(heads(FamilyFilter { rt: Some("02".into()), ..FamilyFilter::default() }), ["Adi", "Budi"]);
    assert_eq!(heads(FamilyFilter { group: Some(Group::Baduta), ..FamilyFilter::default() }), ["Slamet"]);
    assert!(heads(FamilyFilter { at_risk: Some(false), ..FamilyFilter::default() }).is_empty());
}

fn why(doubles: &[Double]) -> Vec<Vec<&'static str>> {
    doubles.iter().map(|double| double.why.clone()).collect()
}

#[test]
fn a_family_is_doubled_next_door_or_by_its_very_name() {
    let mut village = Village::new();
    village.family("Soekarno");
    let find = |name, rt, area| why(&village.book.doubles_of_family(name, rt, area, TODAY));
    assert_eq!(find("Sukarno", "3", AREA), [["same_name", "same_rt"]]);
    assert_eq!(find("Pak Sukarno", "7", AREA), [["same_name"]]);
    assert_eq!(find("Sukarna", "03", AREA), [["similar_name", "same_rt"]]);
    assert!(find("Sukarna", "7", AREA).is_empty());
    assert!(find("Slamet", "3", AREA).is_empty());
    assert!(find("Sukarno", "3", AreaCode(3_507_162_014)).is_empty(), "another village");
}

#[test]
fn a_person_is_doubled_when_more_than_the_name_speaks_for_it() {
    let mut village = Village::new();
    let home = village.family("Slamet");
    let wife = village.wife(home, "Wati");
    let mother = [("mother_id", Value::Ref(wife.0))];
    let born = TODAY - 60;
    let boy = village.member(home, "Muhammad Rizky", "M", born, &mother);
    let known = NewPerson { name: "Moh. Rizki", sex: Some(Sex::Male), ..NewPerson::default() };
    let find = |known: NewPerson| why(&village.book.doubles_of_person(&known, TODAY));
    assert!(find(known).is_empty(), "a name alone");
    assert_eq!(find(NewPerson { birth: Some(born), ..known }), [["same_name", "same_birth_day"]]);
    assert_eq!(find(NewPerson { birth: Some(born + 20), ..known }), [["same_name", "near_birth_day"]]);
    assert_eq!(find(NewPerson { household: Some(home), ..known }), [["same_name", "same_household"]]);
    assert!(find(NewPerson { birth: Some(born + 4000), household: Some(home), ..known }).is_empty());
    assert!(find(NewPerson { birth: Some(born), sex: Some(Sex::Female), ..known }).is_empty());
    assert!(find(NewPerson { birth: Some(born), except: Some(boy), ..known }).is_empty());
    let twin =
        NewPerson { name: "Fajar", birth: Some(born), mother: Some(wife), household: Some(home), ..known };
    assert!(find(twin).is_empty(), "twins have names of their own");
    let nameless = NewPerson { name: "By. Ny. Wati", ..twin };
    assert_eq!(find(nameless), [["same_birth_day", "same_mother", "same_household", "no_name_yet"]]);
}
