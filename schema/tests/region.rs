//! The compiled-in lists are whole, and codes say where an area lies.

use schema::AreaLevel;
use schema::region::{self, NotACode, TimeZone, VillageKind};

#[test]
fn codes_are_read_and_written_as_people_write_them() {
    for (text, code) in [("35.07.16.2013", 3507162013), ("35.07.16", 350716), ("35.07", 3507), ("35", 35)] {
        assert_eq!(region::parse(text), Ok(code));
        assert_eq!(region::parse(&code.to_string()), Ok(code));
        assert_eq!(region::dotted(code), text);
    }
    for text in
        ["", "0", "350", "35.7", "3.507", "35071", "3507162", "05.07", "35-07", "+3507", "35.07.16.20133"]
    {
        assert_eq!(region::parse(text), Err(NotACode), "{text}");
    }
}

#[test]
fn a_code_says_where_it_lies() {
    let duwet = 3507162013;
    assert_eq!(region::level(duwet), Some(AreaLevel::Village));
    assert_eq!(region::level(350716), Some(AreaLevel::Subdistrict));
    assert_eq!(region::level(3507), Some(AreaLevel::District));
    assert_eq!(region::level(35), None);
    assert_eq!(region::subdistrict_of(duwet), Some(350716));
    assert_eq!(region::district_of(duwet), Some(3507));
    assert_eq!(region::district_of(350716), Some(3507));
    assert_eq!(region::subdistrict_of(3507), None);
    assert_eq!(region::province_of(duwet), Some(35));
    assert_eq!(region::village_kind(duwet), Some(VillageKind::Desa));
    assert_eq!(region::village_kind(350716), None);
    assert!(region::lies_in(duwet, 3507) && region::lies_in(duwet, duwet) && region::lies_in(duwet, 35));
    assert!(!region::lies_in(duwet, 3528) && !region::lies_in(3507, duwet));
}

#[test]
fn every_province_has_its_time_zone() {
    let zone = |code| region::time_zone(code).map(|zone| zone.to_string());
    assert_eq!(zone(3507162013).as_deref(), Some("WIB"));
    assert_eq!(zone(5171).as_deref(), Some("WITA"));
    assert_eq!(zone(91).as_deref(), Some("WIT"));
    let count = |zone| region::provinces().filter(|(code, _)| TimeZone::of_province(*code) == zone).count();
    assert_eq!([TimeZone::Wib, TimeZone::Wita, TimeZone::Wit].map(count), [18, 12, 8]);
    assert_eq!([TimeZone::Wib, TimeZone::Wita, TimeZone::Wit].map(TimeZone::offset_minutes), [420, 480, 540]);
}

#[test]
fn provinces_and_districts_are_complete() {
    assert_eq!(region::provinces().count(), 38);
    assert_eq!(region::districts().count(), 514);
    assert_eq!(region::province_name(35), Some("Jawa Timur"));
    assert_eq!(region::district_name(3507), Some("Kabupaten Malang"));
    assert_eq!(region::district_name(3599), None);
    for (code, name) in region::districts() {
        assert!(
            region::province_of(code).and_then(region::province_name).is_some(),
            "province of {code} {name}"
        );
        assert!(name.starts_with(if code % 100 < 71 { "Kabupaten " } else { "Kota " }), "{code} {name}");
    }
}

#[cfg(feature = "national-regions")]
mod national {
    use super::*;

    #[test]
    fn every_village_lies_in_a_subdistrict_and_a_district_that_exist() {
        let (mut subdistricts, mut villages) = (0, Vec::new());
        for (province, _) in region::provinces() {
            for (subdistrict, name) in region::subdistricts(province) {
                let district = region::district_of(subdistrict).unwrap();
                assert!(
                    region::district_name(district).is_some() && !name.is_empty(),
                    "{subdistrict} {name}"
                );
                assert!(
                    region::villages(subdistrict).all(|village| region::lies_in(village.code, subdistrict))
                );
                villages.extend(region::villages(subdistrict));
                subdistricts += 1;
            }
        }
        assert_eq!((subdistricts, villages.len()), (7_285, 83_762));
        assert!(
            villages.is_sorted_by(|a, b| a.code < b.code)
                && villages.iter().all(|village| !village.name.is_empty())
        );
        let count = |kind| villages.iter().filter(|village| village.kind == kind).count();
        assert_eq!(
            [VillageKind::Kelurahan, VillageKind::Desa, VillageKind::DesaAdat].map(count),
            [8_496, 75_252, 14]
        );
    }

    #[test]
    fn the_three_districts_of_the_pilot_have_778_villages() {
        let counts = [1605, 3528, 3507].map(|district| region::villages(district).count());
        assert_eq!(counts, [199, 189, 390]);
        assert_eq!(region::villages(16).count(), 3_259);
        assert_eq!(region::subdistricts(3507).count(), 33);
    }

    #[test]
    fn names_are_found_by_code() {
        let duwet = region::village(3507162013).unwrap();
        assert_eq!((duwet.name, duwet.kind), ("Duwet", VillageKind::Desa));
        assert_eq!(region::subdistrict_name(350716), Some("Tumpang"));
        assert_eq!(region::villages(350716).filter(|village| village.code == duwet.code).count(), 1);
        assert_eq!(region::village(3507162099), None);
        assert_eq!(region::village(9999999999), None);
        assert_eq!(region::villages(9900).count(), 0);
    }
}
