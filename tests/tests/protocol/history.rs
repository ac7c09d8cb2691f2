//! "Explain this value": what was ever written to a record.
//!
//! The rule this suite protects: *nothing is rewritten*: a history holds every change of a record, also those that were
//! replaced or held, with the clock of the phone as it was and the moment as the server believes it.

use lumbung_tests::pen::value_of;
use lumbung_tests::people::{DUWET, TUMPANG};
use lumbung_tests::{Pen, Reply, Server, on_both};
use schema::Value;
use serde_json::{Value as Json, json};
use sync_core::{Dot, ErrorCode, RecordId};

const DAY_S: i64 = 86_400;

fn ask(server: &Server, token: &str, id: &str) -> Reply {
    server.get(&format!("/v1/records/{id}/history"), Some(token))
}

#[track_caller]
fn history(server: &Server, token: &str, record: RecordId) -> Vec<Json> {
    ask(server, token, &record.to_string()).ok()
}

#[track_caller]
fn entry(entries: &[Json], dot: Dot) -> &Json {
    entries.iter().find(|entry| entry["dot"] == json!(dot)).unwrap_or_else(|| panic!("{dot} in {entries:?}"))
}

/// The edit of a field in a change.
#[track_caller]
fn edit<'e>(entries: &'e [Json], dot: Dot, field: &str) -> &'e Json {
    let edits = entry(entries, dot)["edits"].as_array().unwrap();
    edits.iter().find(|edit| edit["field"] == field).unwrap()
}

fn rt(text: &str) -> Value {
    Value::Text(text.into())
}

on_both! {
    fn a_history_holds_every_change_oldest_receipt_first(server: Server) {
        let admin = server.admin();
        let mut one = Pen::kader(&server, &admin, "kader.satu", 1);
        let mut two = Pen::kader(&server, &admin, "kader.dua", 2);
        let made = one.next_dot();
        let status = |text| value_of("household", "verval_status", text);
        let household = one.create("household", &[("rt", rt("001")), ("verval_status", status("found"))]);
        let own = one.edit("household", household, "rt", rt("002"), &[]);
        let moved = one.edit("household", household, "verval_status", status("moved"), &[]);
        let held = one.edit("household", household, "rw", rt("terlalu panjang"), &[]);
        let author = one.unsent[0].origin.author;
        assert_eq!(one.push(&server).held.len(), 1);
        let seen = two.edit("household", household, "rt", rt("003"), &[own]);
        let unseen = two.edit("household", household, "verval_status", status("duplicate"), &[made]);
        two.push(&server);
        let entries = history(&server, &two.token, household);
        assert_eq!(entries.len(), 6);
        let order = |entry: &Json| (entry["received_at_s"].as_i64(), entry["dot"].as_str().map(String::from));
        assert!(entries.is_sorted_by_key(order));
        for (dot, field, value, seen, survives) in [
            (made, "tombstone", json!({ "bool": false }), vec![], true),
            (made, "rt", json!("001"), vec![], false),
            (made, "verval_status", json!("found"), vec![], false),
            (own, "rt", json!("002"), vec![], false),
            (moved, "verval_status", json!("moved"), vec![], true),
            (held, "rw", json!("terlalu panjang"), vec![], false),
            (seen, "rt", json!("003"), vec![own], true),
            (unseen, "verval_status", json!("duplicate"), vec![made], true),
        ] {
            let edit = edit(&entries, dot, field);
            assert_eq!(edit["value"], value, "{field}");
            assert_eq!(edit["survives"], survives, "{edit}");
            assert_eq!(edit.get("seen"), (!seen.is_empty()).then(|| json!(seen)).as_ref(), "{edit}");
            assert_eq!(edit.get("held").is_some(), dot == held, "{edit}");
        }
        assert_eq!(edit(&entries, held, "rw")["held"], "out_of_range");
        let first = entry(&entries, made);
        assert_eq!((&first["author"], &first["area"]), (&json!(author), &json!(DUWET)));
        assert_eq!((&first["device_time_s"], &first["form_version"]), (&json!(one.at_s), &json!(1)));
    }

    fn a_wrong_clock_is_told_as_it_was_and_as_it_is_believed(server: Server) {
        let admin = server.admin();
        for (nth, wrong_s) in [(1, 0), (2, -400 * DAY_S), (3, 20_000 * DAY_S)] {
            let mut pen = Pen::kader(&server, &admin, &format!("kader.{nth}"), nth);
            let now_s = pen.at_s;
            // Saved three hours before it is sent, and once with a clock that was set back since.
            pen.at_s = now_s + wrong_s - 10_800;
            let early = pen.next_dot();
            let household = pen.create("household", &[("rt", rt("001"))]);
            pen.at_s += 20_000;
            let late = pen.edit("household", household, "rt", rt("002"), &[]);
            pen.at_s = now_s + wrong_s;
            pen.push(&server);
            let entries = history(&server, &pen.token, household);
            let told = |dot: Dot, key: &str| entry(&entries, dot)[key].as_i64().unwrap();
            assert_eq!(told(early, "device_time_s"), now_s + wrong_s - 10_800);
            let received_s = told(early, "received_at_s");
            assert!((now_s..now_s + 60).contains(&received_s));
            assert_eq!(told(early, "believed_at_s"), received_s - 10_800, "{wrong_s}");
            assert_eq!(told(late, "believed_at_s"), received_s, "never later than its receipt");
        }
    }

    fn a_history_is_for_those_who_may_see_the_record(server: Server) {
        let admin = server.admin();
        let mut pen = Pen::kader(&server, &admin, "kader.satu", 1);
        let other = Pen::of(&server, &admin, "kader.dua", "kader", &[TUMPANG], 2);
        let korlap = Pen::of(&server, &admin, "korlap.satu", "korlap", &["35.07.16"], 3);
        let household = pen.create("household", &[("rt", rt("001"))]);
        pen.push(&server);
        for token in [&pen.token, &korlap.token, &admin] {
            assert_eq!(history(&server, token, household).len(), 1);
        }
        ask(&server, &other.token, &household.to_string()).refused(ErrorCode::NotFound);
        ask(&server, &pen.token, &RecordId::of_dot(pen.next_dot()).to_string()).refused(ErrorCode::NotFound);
        ask(&server, &pen.token, "bukan-catatan").refused(ErrorCode::BadRequest);
        server.get(&format!("/v1/records/{household}/history"), None).refused(ErrorCode::Unauthorized);
    }
}
