//! Phones whose clocks are wrong.
//!
//! The rule this suite protects: *no clock loses anything*: a device's time is evidence and never judged, and a stamp from
//! far ahead sorts below every honest one (counterexample 15).

use lumbung_tests::people::DUWET;
use lumbung_tests::{Pen, Pulled, Server, on_both};
use schema::Value;
use serde_json::Value as Json;
use sync_core::{Dot, RecordId, Stamp};

/// 1 January 2099.
const IN_2099_S: i64 = 4_070_908_800;
/// How far ahead a stamp may lie.
const SKEW_MAX_S: i64 = 172_800;

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

/// What the merged table shows as the RT of a house.
#[track_caller]
fn rt(server: &Server, admin: &str, house: RecordId) -> String {
    let table = server.get("/v1/export/household.ndjson", Some(admin));
    let rows = table.text().lines().map(|line| serde_json::from_str::<Json>(line).unwrap());
    let row = rows.into_iter().find(|row| row["id"] == house.to_string()).expect("the house");
    row["fields"]["rt"].as_str().unwrap().into()
}

on_both! {
    fn whatever_a_clock_says_nothing_is_lost(server: Server) {
        let admin = server.admin();
        let times = [i64::MIN, -1, 0, 1, IN_2099_S, 1 << 44, i64::MAX];
        let mut houses = Vec::new();
        for (seed, at_s) in (1..).zip(times) {
            let mut pen = Pen::kader(&server, &admin, &format!("kader.{seed}"), seed);
            let now_s = pen.at_s;
            pen.at_s = at_s;
            let house = pen.create("household", &[("rt", text("001"))]);
            pen.edit("household", house, "rt", text("002"), &[]);
            assert_eq!(pen.push(&server).held, [], "{at_s}");
            // Corrected by the offset of its upload, it was made a moment ago, and never after it came.
            let changes: Vec<Json> = server.get(&format!("/v1/records/{house}/history"), Some(&admin)).ok();
            assert_eq!(changes.len(), 2, "{at_s}");
            for change in &changes {
                assert_eq!(change["device_time_s"], at_s);
                let (believed, received) = (&change["believed_at_s"], change["received_at_s"].as_i64().unwrap());
                assert!(received >= now_s && believed.as_i64().unwrap() <= received, "{at_s}: {change}");
            }
            houses.push((house, at_s));
        }
        let records = Pulled::all(&server, &admin).proven();
        for (house, at_s) in houses {
            let origins = records[&house].origins();
            assert!(origins.iter().all(|origin| origin.device_time_s == at_s));
            assert!(origins.iter().all(|origin| origin.distrusted == (at_s >= IN_2099_S)), "{at_s}");
            assert_eq!(rt(&server, &admin, house), "002");
        }
    }

    fn a_stamp_from_2099_is_marked_and_loses_against_honest_work(server: Server) {
        let admin = server.admin();
        let mut honest = Pen::kader(&server, &admin, "kader.satu", 1);
        let mut ahead = Pen::kader(&server, &admin, "kader.dua", 2);
        let house = honest.create("household", &[("rt", text("001"))]);
        let made = Dot::new(honest.actor(), 1);
        honest.push(&server);
        // Both saw the same and not each other; the one from 2099 comes last.
        honest.at_s += 60;
        honest.edit("household", house, "rt", text("002"), &[]);
        honest.push(&server);
        ahead.at_s = IN_2099_S;
        let lying = ahead.edit("household", house, "rt", text("099"), &[made]);
        assert_eq!(ahead.push(&server).held, []);
        assert_eq!(rt(&server, &admin, house), "002");
        for token in [&admin, &honest.token, &ahead.token] {
            let records = Pulled::all(&server, token).proven();
            let origin = records[&house].origin(lying).unwrap();
            assert!(origin.distrusted && origin.stamp == Stamp::of_second(IN_2099_S));
            assert!(!records[&house].origin(Dot::new(honest.actor(), 2)).unwrap().distrusted);
        }
        // A contest that both lose to whoever saw both, with a clock however slow.
        honest.at_s = 0;
        honest.edit("household", house, "rt", text("003"), &[lying]);
        honest.push(&server);
        assert_eq!(rt(&server, &admin, house), "003");
        // What she saw she may replace, from 2099 too: contexts order, not clocks.
        ahead.edit("household", house, "rt", text("004"), &[Dot::new(honest.actor(), 3)]);
        ahead.push(&server);
        assert_eq!(rt(&server, &admin, house), "004");
    }

    fn a_clock_may_be_wrong_by_two_days_and_not_by_more(server: Server) {
        let admin = server.admin();
        let mut pen = Pen::of(&server, &admin, "kader.satu", "kader", &[DUWET], 1);
        let now_s = pen.at_s;
        // The server's clock goes on while this runs, so the edge itself is a few minutes wide.
        for (ahead_s, distrusted) in [(0, false), (SKEW_MAX_S - 1, false), (SKEW_MAX_S + 600, true)] {
            pen.at_s = now_s + ahead_s;
            let dot = pen.next_dot();
            let house = pen.create("household", &[]);
            pen.push(&server);
            let record = &Pulled::all(&server, &pen.token).proven()[&house];
            assert_eq!(record.origin(dot).unwrap().distrusted, distrusted, "{ahead_s}");
        }
    }
}
